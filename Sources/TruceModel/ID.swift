// Ids are types: a place's id cannot be passed where a party's is wanted.

/// A name that stands for one thing of kind `Tag`; compared and ordered by its UTF-8 bytes.
public struct ID<Tag>: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The id as it is written in files, JSON and addresses.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(_ rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  public var description: String { rawValue }

  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws { rawValue = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// What an id names; these types carry no values.
public enum Tags {
  public enum Place {}
  public enum Party {}
  public enum Source {}
  public enum Report {}
  public enum Claim {}
  public enum Post {}
  public enum Provision {}
  public enum Agreement {}
  public enum Entry {}
  public enum Observation {}
}

/// A place of a case: `lachin-district`, `lachin`, `lachin-corridor`.
public typealias PlaceID = ID<Tags.Place>
/// A party: an ISO 3166 alpha-3 code (`AZE`) or the case's own id.
public typealias PartyID = ID<Tags.Party>
/// Who published: an agency, a ministry's site, a post.
public typealias SourceID = ID<Tags.Source>
/// A report: the first 32 hexadecimal digits of the SHA-256 over its source, time and text.
public typealias ReportID = ID<Tags.Report>
/// A claim: the first 32 hexadecimal digits of the SHA-256 over report, span, frame and slots.
public typealias ClaimID = ID<Tags.Claim>
/// An observation post.
public typealias PostID = ID<Tags.Post>
/// One point of an agreement, in a case: `nk-2020/6a`.
public typealias ProvisionID = ID<Tags.Provision>
/// An agreement of a case.
public typealias AgreementID = ID<Tags.Agreement>
/// A ledger entry's id, made and kept by its sender before it is sent.
public typealias EntryID = ID<Tags.Entry>
/// One observation.
public typealias ObservationID = ID<Tags.Observation>
