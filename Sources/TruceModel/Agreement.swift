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

  /// An event from which terms count, with every date that somebody gives for it: two where the sides count from different days.
  public struct Anchor: Sendable, Hashable {
    /// One dating of the event.
    public struct Dating: Sendable, Hashable {
      public var when: When
      /// Who dates it so, in words.
      public var according: String

      public init(when: When, according: String) {
        self.when = when
        self.according = according
      }
    }

    /// `signing` and `effective`, or the case's own word.
    public var id: String
    public var title: String
    /// None where it has not happened or nobody dates it.
    public var datings: [Dating]
    /// The points of which it consists: it happens when the last of them is done; empty where it is an event of its own.
    public var of: [ProvisionID]

    public init(id: String, title: String, datings: [Dating], of: [ProvisionID] = []) {
      self.id = id
      self.title = title
      self.datings = datings
      self.of = of
    }

    /// Whether the event is dated differently by different sources.
    public var isContested: Bool { Set(datings.map(\.when.edtf)).count > 1 }
  }

  public var id: AgreementID
  public var title: String
  /// When it was signed or adopted; nil where nobody says, and then `effective` is there.
  public var signed: When?
  /// From when it holds; nil where the text does not say.
  public var effective: When?
  /// The agreement whose term it prolongs, that it takes up again after a lapse, or that it replaces.
  public var extends: AgreementID?
  public var resumes: AgreementID?
  public var supersedes: AgreementID?
  /// The events from which terms count, beside `signing` and `effective`.
  public var anchors: [Anchor]
  public var signatories: [String]
  public var parties: [PartyID]
  /// In which its days are days.
  public var zone: Zone
  public var variants: [Variant]
  public var provisions: [Provision]

  /// - Precondition: one of `signed` and `effective` is there.
  public init(
    id: AgreementID, title: String, signed: When?, signatories: [String], parties: [PartyID], zone: Zone, variants: [Variant] = [],
    provisions: [Provision], effective: When? = nil, anchors: [Anchor] = [],
    extends: AgreementID? = nil, resumes: AgreementID? = nil, supersedes: AgreementID? = nil
  ) {
    precondition(signed != nil || effective != nil, "An agreement without a date is none")
    self.id = id
    self.title = title
    self.signed = signed
    self.signatories = signatories
    self.parties = parties
    self.zone = zone
    self.variants = variants
    self.provisions = provisions
    self.effective = effective
    self.anchors = anchors
    self.extends = extends
    self.resumes = resumes
    self.supersedes = supersedes
  }

  /// The day of it: when it was signed or, where nobody says that, from when it holds.
  public var dated: When {
    guard let when = signed ?? effective else { preconditionFailure("An agreement without a date is none") }
    return when
  }

  /// From when it holds; where the text does not say, when it was signed.
  public var starts: When { effective ?? dated }
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
    /// An event that it counts from: `signing`, `effective`, an anchor of the agreement, or another provision's id.
    public var after: String?
    /// The days of `span`, where it counts whole days only.
    public var days: Int?
    /// How long after that event: 21 days, 14 months, 72 hours; nil for at once.
    public var span: CivilSpan?
    /// The variant text that has it so; nil for all.
    public var variant: String?

    public init(
      _ word: Deadline.Word, when: When? = nil, after: String? = nil, days: Int? = nil, variant: String? = nil, span: CivilSpan? = nil
    ) {
      self.word = word
      self.when = when
      self.after = after
      self.days = days ?? span.flatMap { $0.months == 0 && $0.isWholeDays ? $0.days : nil }
      self.span = span ?? days.map { CivilSpan(days: $0) }
      self.variant = variant
    }
  }

  /// A term that runs on by itself until somebody gives notice.
  public struct Renewal: Sendable, Hashable {
    /// How long one term lasts.
    public var term: CivilSpan
    /// By how much each renewal prolongs it.
    public var by: CivilSpan
    /// How long before a term's end notice must be given; nil where the text sets none.
    public var notice: CivilSpan?

    public init(term: CivilSpan, by: CivilSpan, notice: CivilSpan? = nil) {
      self.term = term
      self.by = by
      self.notice = notice
    }
  }

  /// How one published text puts the point, where the texts differ.
  public struct Wording: Sendable, Hashable {
    /// The variant's id.
    public var variant: String
    /// What is different there, in the words of the case's author.
    public var text: String

    public init(variant: String, text: String) {
      self.variant = variant
      self.text = text
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
  /// Whether `who` is understood and not named: "shall be returned" without by whom.
  public var isImplied: Bool
  /// Points that must be carried out first.
  public var requires: [ProvisionID]
  /// Points that go on at the same time: a deployment in parallel with a withdrawal.
  public var inParallelWith: [ProvisionID]
  /// The point with which it is owed against each other.
  public var reciprocal: ProvisionID?
  /// How often, for recurring points: `P7D`.
  public var every: CivilSpan?
  public var renewal: Renewal?
  /// How long it holds from its start, the first day counted: a ceasefire of three days; nil for without an end.
  public var lasts: CivilSpan?
  /// Whether it is carried out in several steps, so that a part of it can be done.
  public var isPhased: Bool
  /// Who verifies it.
  public var verifiedBy: [PartyID]
  /// The variant texts that have the point; empty for all.
  public var variants: [String]
  public var wordings: [Wording]

  public init(
    id: ProvisionID, article: String, title: String, kind: Kind, who: [PartyID], whom: [PartyID] = [], act: String, object: String? = nil,
    place: PlaceID? = nil, terms: [Term] = [], condition: String? = nil, quantities: [Quantity] = [], isOwedAfterwards: Bool = true,
    isImplied: Bool = false, requires: [ProvisionID] = [], inParallelWith: [ProvisionID] = [], reciprocal: ProvisionID? = nil,
    every: CivilSpan? = nil, renewal: Renewal? = nil, variants: [String] = [], wordings: [Wording] = [],
    isPhased: Bool = false, verifiedBy: [PartyID] = [], lasts: CivilSpan? = nil
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
    self.isImplied = isImplied
    self.requires = requires
    self.inParallelWith = inParallelWith
    self.reciprocal = reciprocal
    self.every = every
    self.renewal = renewal
    self.variants = variants
    self.wordings = wordings
    self.isPhased = isPhased
    self.verifiedBy = verifiedBy
    self.lasts = lasts
  }
}
