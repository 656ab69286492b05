// What was agreed: an agreement's points as a case's `agreement.yaml` states them.

/// An agreement of a case.
public struct Agreement: Sendable, Hashable {
  /// One published text of it.
  public struct Variant: Sendable, Hashable {
    public var id: String
    /// Who published it, in words.
    public var source: String
    public var language: String
    public var isAuthentic: Bool

    public init(id: String, source: String, language: String, isAuthentic: Bool = false) {
      self.id = id
      self.source = source
      self.language = language
      self.isAuthentic = isAuthentic
    }
  }

  public var id: AgreementID
  public var title: String
  public var signed: When
  public var signatories: [String]
  public var parties: [PartyID]
  /// In which its days are days.
  public var zone: Zone
  public var variants: [Variant]
  public var provisions: [Provision]

  public init(
    id: AgreementID, title: String, signed: When, signatories: [String], parties: [PartyID], zone: Zone, variants: [Variant] = [],
    provisions: [Provision]
  ) {
    self.id = id
    self.title = title
    self.signed = signed
    self.signatories = signatories
    self.parties = parties
    self.zone = zone
    self.variants = variants
    self.provisions = provisions
  }
}

/// One point of an agreement: what it binds a party to.
public struct Provision: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case achieve, maintain, recurring, conditional
  }

  /// How the point sets its time.
  public struct Term: Sendable, Hashable {
    public var word: Deadline.Word
    /// A date, for terms that have one.
    public var when: When?
    /// An event that it counts from: `signing`, `effective`, or another provision's id; with `days`.
    public var after: String?
    public var days: Int?
    /// The variant text that has it so; nil for all.
    public var variant: String?

    public init(_ word: Deadline.Word, when: When? = nil, after: String? = nil, days: Int? = nil, variant: String? = nil) {
      self.word = word
      self.when = when
      self.after = after
      self.days = days
      self.variant = variant
    }
  }

  public var id: ProvisionID
  /// The point's number: "6a".
  public var article: String
  /// What it binds to, in a plain sentence of the case's author.
  public var title: String
  public var kind: Kind
  public var who: [PartyID]
  public var whom: [PartyID]
  /// A word of `docs/vocabulary.md`: `hand-over`, `ceasefire`, `hold-positions`, `deploy`, `withdraw`, `control`, `exchange`,
  /// `return-displaced`, `build-road`, `open-transport`, `establish-post` ...
  public var act: String
  public var object: String?
  public var place: PlaceID?
  /// The deadline of an achieve, the start (word `from`) of a maintain; several where variant texts differ; empty for none.
  public var terms: [Term]
  /// What it depends on, in words, for conditional and reciprocal points.
  public var condition: String?
  /// Numbers that the point fixes: servicemen 1960, corridor width 5 km.
  public var quantities: [Quantity]
  /// Whether it is still owed after its time ran out.
  public var isOwedAfterwards: Bool

  public init(
    id: ProvisionID, article: String, title: String, kind: Kind, who: [PartyID], whom: [PartyID] = [], act: String, object: String? = nil,
    place: PlaceID? = nil, terms: [Term] = [], condition: String? = nil, quantities: [Quantity] = [], isOwedAfterwards: Bool = true
  ) {
    self.id = id
    self.article = article
    self.title = title
    self.kind = kind
    self.who = who
    self.whom = whom
    self.act = act
    self.object = object
    self.place = place
    self.terms = terms
    self.condition = condition
    self.quantities = quantities
    self.isOwedAfterwards = isOwedAfterwards
  }
}
