// A claim: one assertion, by whom, of what, carried by which bytes of which report.

/// What a claim is about.
public enum ClaimType: String, Sendable, Hashable, CaseIterable {
  case controlChange = "control_change"
  case commitment
  case deadlineRevised = "deadline_revised"
  case agreementSigned = "agreement_signed"
  case ceasefireStart = "ceasefire_start"
  case ceasefireViolation = "ceasefire_violation"
  case hostilities
  case deployment
  case postEstablished = "post_established"
  case exchange
  case casualties
  case displacement
  case access
  case cooperation
  case statement
}

/// How a claim puts its matter.
public enum Modality: String, Sendable, Hashable, CaseIterable {
  case happened, planned, alleged, denied, conditional
}

/// Whether a claim says that it was so or that it was not: "without any incidents" is negative.
public enum Polarity: String, Sendable, Hashable, CaseIterable {
  case positive, negative
}

/// Words of a text that name a party, and the party where it is known.
public struct Mention: Sendable, Hashable {
  public var text: String
  public var span: ByteSpan?
  public var party: PartyID?
  /// The party's organ where the words name one.
  public var organ: String?
  /// True where the text leaves the party out and the frame supplies it.
  public var isImplicit: Bool

  public init(_ text: String, span: ByteSpan? = nil, party: PartyID? = nil, organ: String? = nil, isImplicit: Bool = false) {
    self.text = text
    self.span = span
    self.party = party
    self.organ = organ
    self.isImplicit = isImplicit
  }
}

/// Words of a text that name a place, and the place where it is known and unambiguous.
public struct PlaceMention: Sendable, Hashable {
  public var text: String
  public var span: ByteSpan?
  public var place: PlaceID?
  /// The places that the words can mean where they can mean several.
  public var candidates: [PlaceID]

  public init(_ text: String, span: ByteSpan? = nil, place: PlaceID? = nil, candidates: [PlaceID] = []) {
    self.text = text
    self.span = span
    self.place = place
    self.candidates = candidates
  }
}

/// Someone who says a claim: an outlet, an organ, a person.
public struct Speaker: Sendable, Hashable {
  public var text: String
  public var span: ByteSpan?
  public var party: PartyID?
  public var organ: String?
  /// The source by the case's id, where the speaker is one (the outlet itself, mostly).
  public var source: SourceID?

  public init(_ text: String, span: ByteSpan? = nil, party: PartyID? = nil, organ: String? = nil, source: SourceID? = nil) {
    self.text = text
    self.span = span
    self.party = party
    self.organ = organ
    self.source = source
  }
}

/// A number that a claim gives: how many of what, exact or about.
public struct Quantity: Sendable, Hashable {
  /// `prisoners`, `civilians`, `bodies`, `posts`, `killed`, `wounded`, `vehicles`, `km` ...
  public var what: String
  public var minimum: Double
  public var maximum: Double
  /// True where the text says "about", "some", "more than".
  public var isAbout: Bool
  public var span: ByteSpan?

  public init(_ what: String, _ minimum: Double, _ maximum: Double? = nil, isAbout: Bool = false, span: ByteSpan? = nil) {
    self.what = what
    self.minimum = minimum
    self.maximum = maximum ?? minimum
    self.isAbout = isAbout
    self.span = span
  }
}

/// By when something is owed, and the word that says so.
public struct Deadline: Sendable, Hashable {
  public enum Word: String, Sendable, Hashable, CaseIterable {
    case by, before, until, within, on, from
  }

  public var when: When
  public var word: Word

  public init(_ when: When, _ word: Word) {
    self.when = when
    self.word = word
  }
}

/// One assertion read from a report, or entered by a named person.
public struct Claim: Sendable, Hashable {
  public var id: ClaimID
  /// The report that carries it; nil where a person entered it.
  public var report: ReportID?
  /// The person who entered it; nil where a report carries it.
  public var enteredBy: String?
  public var type: ClaimType
  /// What exactly, as a word of `docs/vocabulary.md`: `entered`, `withdrew`, `handed-over`, `captured`, `lost`, `regained`,
  /// `hand-over`, `exchange`, `hold-positions`, `control`, `deploy`, `headquarters`, `monitor` ...
  public var act: String
  /// The bytes of the report that carry it: the whole sentence.
  public var span: ByteSpan
  /// The id of the frame that read it.
  public var frame: String
  /// The frame's own words in the text: the verb or noun that told.
  public var trigger: ByteSpan?
  public var who: [Mention]
  public var whom: [Mention]
  public var places: [PlaceMention]
  public var when: When?
  public var due: Deadline?
  /// Of a revised deadline: the old and the new, each only where the text gives it.
  public var was: When?
  public var becomes: When?
  public var modality: Modality
  public var polarity: Polarity
  /// Outermost first: outlet, then whom it quotes, then whom that one quotes.
  public var speakers: [Speaker]
  public var quantities: [Quantity]
  /// What is exchanged, held, signed or deployed: `prisoners`, `bodies`, `positions`, `peacekeepers`.
  public var object: String?
  /// The reason that the text states, in its words.
  public var reason: String?
  /// When the source said it: the publication's time, or an earlier one that the text gives.
  public var said: When?

  /// A claim; its id follows from the other fields unless it is stated.
  public init(
    id: ClaimID? = nil, report: ReportID? = nil, enteredBy: String? = nil, type: ClaimType, act: String, span: ByteSpan, frame: String,
    trigger: ByteSpan? = nil,
    who: [Mention] = [], whom: [Mention] = [], places: [PlaceMention] = [], when: When? = nil, due: Deadline? = nil, was: When? = nil,
    becomes: When? = nil, modality: Modality = .happened, polarity: Polarity = .positive, speakers: [Speaker] = [],
    quantities: [Quantity] = [], object: String? = nil, reason: String? = nil, said: When? = nil
  ) {
    self.report = report
    self.enteredBy = enteredBy
    self.type = type
    self.act = act
    self.span = span
    self.frame = frame
    self.trigger = trigger
    self.who = who
    self.whom = whom
    self.places = places
    self.when = when
    self.due = due
    self.was = was
    self.becomes = becomes
    self.modality = modality
    self.polarity = polarity
    self.speakers = speakers
    self.quantities = quantities
    self.object = object
    self.reason = reason
    self.said = said
    self.id = id ?? ""
    if id == nil { self.id = Claim.id(of: self) }
  }

  /// The nearest speaker: the one whose knowledge it is.
  public var speaker: Speaker? { speakers.last }
}

extension Claim {
  /// The id of a claim: a hash of report, span, frame and slots, so that reading again, twice or elsewhere is harmless.
  public static func id(of claim: Claim) -> ClaimID {
    var text = "claim\n\(claim.report?.rawValue ?? "")\n\(claim.enteredBy ?? "")\n\(claim.span.start) \(claim.span.end)\n\(claim.frame)\n"
    text += "\(claim.type.rawValue) \(claim.act) \(claim.modality.rawValue) \(claim.polarity.rawValue) \(claim.object ?? "")\n"
    for mention in claim.who { text += "who \(mention.party?.rawValue ?? mention.text)\n" }
    for mention in claim.whom { text += "whom \(mention.party?.rawValue ?? mention.text)\n" }
    for mention in claim.places { text += "where \(mention.place?.rawValue ?? mention.text)\n" }
    text += "when \(claim.when?.edtf ?? "") due \(claim.due?.when.edtf ?? "") \(claim.due?.word.rawValue ?? "")\n"
    text += "was \(claim.was?.edtf ?? "") becomes \(claim.becomes?.edtf ?? "")\n"
    for quantity in claim.quantities { text += "\(quantity.what) \(quantity.minimum) \(quantity.maximum)\n" }
    for speaker in claim.speakers { text += "speaker \(speaker.text)\n" }
    return ClaimID(Digest(of: text).short)
  }
}

extension Claim {
  /// Between whom control of the place passes, for claims of control; a party that the claim leaves out is nil.
  ///
  /// A gain by `who`: entered, captured, regained, control. A loss by `who`: withdrew, lost. A passage from `who` to `whom`: handed-over.
  public var control: (from: PartyID?, to: PartyID?) {
    let actor = who.first?.party
    let other = whom.first?.party
    switch act {
    case "entered", "captured", "regained", "control": return (other, actor)
    case "withdrew", "lost": return (actor, other)
    case "handed-over", "hand-over": return (actor, other)
    default: return (nil, nil)
    }
  }
}

extension Claim {
  /// The same claim as a report carries it; its id follows.
  public func carried(by report: ReportID) -> Claim {
    var copy = self
    copy.report = report
    copy.id = Claim.id(of: copy)
    return copy
  }
}
