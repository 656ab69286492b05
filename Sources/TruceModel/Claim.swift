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
  /// What the words stand for where they only describe it: "the rebels", "its forces", "the commander".
  public var standsFor: String?

  public init(
    _ text: String, span: ByteSpan? = nil, party: PartyID? = nil, organ: String? = nil, isImplicit: Bool = false, standsFor: String? = nil
  ) {
    self.text = text
    self.span = span
    self.party = party
    self.organ = organ
    self.isImplicit = isImplicit
    self.standsFor = standsFor
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
    var text = ByteSink()
    func put(_ mark: StaticString, _ part: String? = nil) {
      text.append(mark)
      if let part { text.append(part) }
    }
    put("claim\n", claim.report?.rawValue)
    put("\n", claim.enteredBy)
    put("\n")
    text.append(decimal: Int64(claim.span.start))
    put(" ")
    text.append(decimal: Int64(claim.span.end))
    put("\n", claim.frame)
    put("\n", claim.type.rawValue)
    put(" ", claim.act)
    put(" ", claim.modality.rawValue)
    put(" ", claim.polarity.rawValue)
    put(" ", claim.object)
    for mention in claim.who { put("\nwho ", mention.party?.rawValue ?? mention.text) }
    for mention in claim.whom { put("\nwhom ", mention.party?.rawValue ?? mention.text) }
    for mention in claim.places { put("\nwhere ", mention.place?.rawValue ?? mention.text) }
    put("\nwhen ", claim.when?.edtf)
    put(" due ", claim.due?.when.edtf)
    put(" ", claim.due?.word.rawValue)
    put("\nwas ", claim.was?.edtf)
    put(" becomes ", claim.becomes?.edtf)
    put("\n")
    for quantity in claim.quantities {
      put("", quantity.what)
      put(" ", quantity.minimum.description)
      put(" ", quantity.maximum.description)
      put("\n")
    }
    for speaker in claim.speakers {
      put("speaker ", speaker.text)
      put("\n")
    }
    return ClaimID(text.withBytes { Digest.short(of: $0) })
  }

  /// Whether two claims have one id: they are equal, byte for byte, in all that `id(of:)` hashes.
  public func says(theSameAs other: Claim) -> Bool {
    func same(_ one: String?, _ two: String?) -> Bool { (one ?? "").utf8.elementsEqual((two ?? "").utf8) }
    func all<Value>(_ one: [Value], _ two: [Value], _ equal: (Value, Value) -> Bool) -> Bool {
      one.count == two.count && zip(one, two).allSatisfy(equal)
    }
    func parties(_ one: [Mention], _ two: [Mention]) -> Bool {
      all(one, two) { same($0.party?.rawValue ?? $0.text, $1.party?.rawValue ?? $1.text) }
    }
    guard span == other.span, type == other.type, modality == other.modality, polarity == other.polarity else { return false }
    guard all(places, other.places, { same($0.place?.rawValue ?? $0.text, $1.place?.rawValue ?? $1.text) }) else { return false }
    guard same(report?.rawValue, other.report?.rawValue), same(enteredBy, other.enteredBy) else { return false }
    guard same(frame, other.frame), same(act, other.act), same(object, other.object) else { return false }
    guard parties(who, other.who), parties(whom, other.whom) else { return false }
    guard same(when?.edtf, other.when?.edtf), same(due?.when.edtf, other.due?.when.edtf), due?.word == other.due?.word else { return false }
    guard same(was?.edtf, other.was?.edtf), same(becomes?.edtf, other.becomes?.edtf) else { return false }
    guard all(speakers, other.speakers, { same($0.text, $1.text) }) else { return false }
    return all(quantities, other.quantities) { same($0.what, $1.what) && $0.minimum == $1.minimum && $0.maximum == $1.maximum }
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
    copy.carry(by: report)
    return copy
  }

  /// Makes it the claim that a report carries; its id follows.
  public mutating func carry(by report: ReportID) {
    self.report = report
    id = Claim.id(of: self)
  }
}
