// Why a case could not be loaded: every finding about its files, not only the first.
public import TruceModel

/// A case that could not be loaded, with all that was found wrong in its files.
public struct CaseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Errors and warnings in the order of files, lines and columns; at least one is an error.
  public var findings: [Finding]

  public init(findings: [Finding]) { self.findings = findings }

  /// One line a finding.
  public var description: String { findings.map(\.description).joined(separator: "\n") }
}
