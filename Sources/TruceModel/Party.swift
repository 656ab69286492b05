// Who takes part: sides, third parties, their organs and the names by which texts call them.

/// A party to the conflict or to its settlement.
public struct Party: Sendable, Hashable {
  /// What a party has to gain or lose.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// A side of the conflict: it gains and loses.
    case side
    /// A mediator or peacekeeper with no stake of its own.
    case third
    /// Named in texts and neither of these.
    case other
  }

  /// A body that speaks and acts for the party: a ministry, an army, a contingent, an office.
  public struct Organ: Sendable, Hashable {
    public var id: String
    /// The name to show, then the others by which it is called.
    public var names: [Name]
    /// `ministry`, `army`, `peacekeepers`, `head-of-state`, `head-of-government`, `press-service` ... or nil.
    public var kind: String?

    public init(id: String, names: [Name], kind: String? = nil) {
      self.id = id
      self.names = names
      self.kind = kind
    }
  }

  public var id: PartyID
  public var role: Role
  /// The name to show first, then every other: country, capital as metonym, demonym, army.
  public var names: [Name]
  /// Words of belonging: "Azerbaijani", "Azeri".
  public var demonyms: [String]
  public var organs: [Organ]
  /// The side with which this party counts when gains are computed (an entity backed by a side); nil for itself.
  public var side: PartyID?
  /// The map's colour, `#rrggbb`; nil where the outlet chooses.
  public var colour: String?

  public init(
    id: PartyID, role: Role, names: [Name], demonyms: [String] = [], organs: [Organ] = [], side: PartyID? = nil, colour: String? = nil
  ) {
    self.id = id
    self.role = role
    self.names = names
    self.demonyms = demonyms
    self.organs = organs
    self.side = side
    self.colour = colour
  }

  /// The name to show.
  public var name: String { names.first?.text ?? id.rawValue }
}

/// A name with who uses it, in which language, and when.
public struct Name: Sendable, Hashable {
  public var text: String
  /// BCP 47, `en`, `az`, `hy`, `ru`; nil for any.
  public var language: String?
  /// The party that says it so; nil for all.
  public var user: PartyID?
  /// An EDTF interval of use; nil for always.
  public var period: String?

  public init(_ text: String, language: String? = nil, user: PartyID? = nil, period: String? = nil) {
    self.text = text
    self.language = language
    self.user = user
    self.period = period
  }
}
