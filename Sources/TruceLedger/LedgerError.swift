// The one error that this module throws.

/// Why the ledger cannot go on.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What happened; the list may grow.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no file at the path.
    case missing
    /// The file is no SQLite database.
    case notADatabase
    /// The file is a database of another program.
    case notALedger
    /// The file was written by a newer truce.
    case newer
    /// Another process writes to the ledger.
    case locked
    /// The ledger was opened for reading.
    case readOnly
    /// The ledger is closed.
    case closed
    /// A draft, a body or a log cannot be taken as it is.
    case invalid
    /// What is in the file does not fit together.
    case damaged
    /// The disk is full.
    case full
    /// Reading or writing failed.
    case inputOutput
    /// A signature, a proof or a checkpoint was refused.
    case refused
  }

  public let code: Code
  /// A sentence: what is wrong, and what would be right.
  public let message: String
  /// The ledger's or the other file's path.
  public let file: String?

  public init(_ code: Code, _ message: String, file: String? = nil) {
    self.code = code
    self.message = message
    self.file = file
  }

  public var description: String { file.map { "\($0): \(message)" } ?? message }
}
