// A person's ruling on incidents: these observations are one, these are not, this one does not count.
public import TruceModel

/// What a `ruling` entry says of observations.
public struct IncidentRuling: Sendable, Hashable {
  public enum Act: String, Sendable, Hashable, CaseIterable {
    /// The observations belong to one incident.
    case merge
    /// No two of the observations belong to one incident.
    case split
    /// The observations do not count, or another ruling does not hold.
    case retract
  }

  public var id: EntryID
  public var act: Act
  public var by: String
  public var observations: [EntryID]
  /// Of `retract`: the ruling that is taken back.
  public var ruling: EntryID?
  public var reason: String?

  public init(id: EntryID, act: Act, by: String, observations: [EntryID] = [], ruling: EntryID? = nil, reason: String? = nil) {
    self.id = id
    self.act = act
    self.by = by
    self.observations = observations
    self.ruling = ruling
    self.reason = reason
  }

  /// A ruling from its entry's content; nil where it is of something else than observations.
  public init?(json: JSON, id: EntryID) throws(FormError) {
    let form = try FormReader(json)
    guard let act = try form.optionalString("act").flatMap({ Act(rawValue: $0) }) else { return nil }
    let observations = try form.strings("observations")
    let ruling = act == .retract ? try form.optionalString("ruling") : nil
    if observations.isEmpty, ruling == nil { return nil }
    self.init(
      id: id, act: act, by: try form.string("by"), observations: observations.map { EntryID($0) }, ruling: ruling.map { EntryID($0) },
      reason: try form.optionalString("reason"))
  }

  public var json: JSON {
    .compact([
      "by": JSON(by), "act": JSON(act.rawValue), "observations": observations.isEmpty ? JSON?.none : .array(observations.map { JSON($0) }),
      "ruling": ruling.map { JSON($0) }, "reason": reason.map { JSON($0) },
    ])
  }
}
