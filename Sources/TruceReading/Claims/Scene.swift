// A sentence ready for frames: its tokens, units, chunks, clauses and times.
internal import TruceModel

/// Who or what fills a role: chunks of the sentence, or what they refer to.
struct Filler: Sendable {
  /// Units, half-open; empty where the filler comes from elsewhere in the text.
  var units: Range<Int>
  var kinds: NounKinds
  /// The noun chunk; -1 for a possessor inside one.
  var chunk: Int
}

/// Something that the text named before; a class, because the memory hands it on all the time.
final class Referent: Sendable {
  let text: String
  let span: ByteSpan
  let party: PartyID?
  let organ: String?
  let kinds: NounKinds
  let place: PlaceID?
  let isPlural: Bool
  /// False for a description: "the monitors".
  let isNamed: Bool
  /// Whether a clause is about it.
  let isSubject: Bool
  /// Whether it only says where another place is: "27 km west of Goma", "the east of the country".
  let isBearing: Bool

  init(
    text: String, span: ByteSpan, party: PartyID?, organ: String?, kinds: NounKinds, place: PlaceID?, isPlural: Bool, isNamed: Bool = true,
    isSubject: Bool = false, isBearing: Bool = false
  ) {
    self.text = text
    self.span = span
    self.party = party
    self.organ = organ
    self.kinds = kinds
    self.place = place
    self.isPlural = isPlural
    self.isNamed = isNamed
    self.isSubject = isSubject
    self.isBearing = isBearing
  }

  /// The same of further kinds.
  func being(_ more: NounKinds) -> Referent {
    if kinds.isSuperset(of: more) { return self }
    return Referent(
      text: text, span: span, party: party, organ: organ, kinds: kinds.union(more), place: place, isPlural: isPlural, isNamed: isNamed,
      isSubject: isSubject, isBearing: isBearing)
  }
}

/// A document where many hold it: handing it on counts one reference instead of one for each of its lists.
final class DocumentBox: Sendable {
  let document: Document

  init(_ document: Document) { self.document = document }
}

/// A sentence as the frames see it.
final class Scene {
  let reader: ReaderCore
  let source: DocumentBox
  let tokens: [Token]
  private let bytes: [UInt8]
  let sentence: Sentence
  let units: [Unit]
  let chunks: [Chunk]
  let clauses: Clauses
  let times: [TimeMention]
  /// What the pronouns stand for, by chunk.
  var pronouns: [Int: Referent] = [:]
  /// Whether the paragraph is about what an agreement lays down.
  var isUnderAgreement = false
  /// Whether the sentence before is about a ceasefire: "It began at noon."
  var followsTruce = false
  /// Whether this paragraph or the one before names an agreement.
  var followsAgreement = false
  /// Whether the paragraph, or the one before, has begun to tell what an agreement lays down.
  var followsTerms = false

  init(
    reader: ReaderCore, source: DocumentBox, sentence: Sentence, units: [Unit], chunks: [Chunk], times: [TimeMention], memo: ClauseMemo
  ) {
    self.reader = reader
    self.source = source
    tokens = source.document.tokens
    bytes = source.document.bytes
    self.sentence = sentence
    self.units = units
    self.chunks = chunks
    self.times = times
    clauses = Clauses(lexicon: reader, units: units, chunks: chunks, memo: memo)
  }

  var document: Document { _read { yield source.document } }
  var lexicon: ReaderCore { reader }
  var names: ReaderCore { reader }

  /// What a verb group's verb says by itself; nothing where the lexicon does not know it.
  func cues(_ chunk: Int) -> Verb.Cues { reader.cues(verb: chunks[chunk].verb) }

  func verb(_ chunk: Int) -> Verb? {
    let index = chunks[chunk].verb
    return index >= 0 ? lexicon.verbs[Int(index)] : nil
  }

  func form(_ unit: Int) -> Form { tokens[Int(units[unit].first)].form }

  /// "north of".
  func isCompass(_ chunk: Int) -> Bool {
    let unit = chunks[chunk].first
    return chunks[chunk].kind == .preposition && units[unit].end - units[unit].first > 1 && UnitBuilder.bearings.contains(form(unit))
  }

  func lemma(_ unit: Int) -> Form? {
    let lemma = units[unit].word.nounLemma
    return lemma >= 0 ? reader.nounForms[Int(lemma)] : nil
  }

  /// The text of a span.
  func text(_ span: ByteSpan) -> String { Document.text(bytes, span) }

  /// The bytes of some units, without a determiner before them.
  func span(_ range: Range<Int>, withDeterminer: Bool = false) -> ByteSpan {
    var first = range.lowerBound
    if !withDeterminer {
      // "most of the town" keeps its first word.
      while first < range.upperBound - 1, units[first].tag == .determiner, units[first + 1].tag != .preposition { first += 1 }
    }
    let start = Int(tokens[Int(units[first].first)].start)
    return ByteSpan(start, max(start, Int(tokens[Int(units[range.upperBound - 1].end) - 1].end)))
  }

  /// The kinds of an element: its head's, and its complement's where the head only counts or portions ("hundreds of people").
  func kinds(_ element: Element) -> NounKinds {
    let chunk = chunks[element.noun]
    var kinds = chunk.kinds
    let own = kinds.subtracting([.number, .name, .party, .demonym])
    if own.isEmpty || reader.portions.contains(form(chunk.head)) {
      for inner in clauses.inner(element) {
        kinds.formUnion(chunks[inner].kinds)
        if !reader.portions.contains(form(chunks[inner].head)) { break }
      }
    }
    // "agreed to the second phase of a truce plan": to it.
    if FrameMatcher.stages.contains(chunk.headForm), let inner = element.firstInner, chunks[inner].kinds.contains(.agreement) {
      kinds.formUnion(.agreement)
    }
    if kinds.contains(.pronoun), let referent = pronouns[element.noun] { kinds.formUnion(referent.kinds) }
    // "A truce came into force, but it was broken": it.
    if kinds.contains(.it), followsTruce || chunks[..<element.noun].contains(where: { $0.kind == .noun && $0.kinds.contains(.ceasefire) }) {
      kinds.formUnion(.ceasefire)
    }
    // "a Russian attempt | to cross the river": theirs.
    if own.isEmpty, Scene.attempts.contains(chunk.headForm),
      (chunk.first..<chunk.head).contains(where: { units[$0].meaning >= 0 && names.meanings[Int(units[$0].meaning)].party != nil })
    {
      kinds.formUnion(.party)
    }
    // "by both camps": who fight, and no place.
    if Mentions.side.contains(chunk.headForm), (chunk.first..<chunk.head).contains(where: { Mentions.both.contains(form($0)) }) {
      kinds.formUnion(.force)
    }
    if kinds.contains(.force), let inner = element.firstInner, chunks[inner].kinds.contains(.party) { kinds.formUnion(.party) }
    return kinds
  }

  /// The units of an element with its complement.
  ///
  /// "Local soldiers backed by Armenia": who backs them belongs to their name.
  func range(_ element: Element) -> Range<Int> {
    var end = element.end
    if end + 2 < chunks.count, chunks[end].kind == .verb, chunks[end + 1].form == Clauses.by, chunks[end + 2].kind == .noun,
      Scene.backing.contains(form(chunks[end].main)), clauses.isReduced(end)
    {
      end += 3
    }
    if end == element.noun + 1, end + 2 < chunks.count, chunks[end].kind == .preposition, chunks[end].form == Scene.from,
      chunks[end + 1].kind == .noun, chunks[element.noun].kinds.contains(.force),
      chunks[end + 1].kinds.contains(.party)
        || !chunks[end + 1].kinds.isDisjoint(with: [.force, .office]) && chunks[end + 1].kinds.isDisjoint(with: .place)
    {
      // "Troops from Uganda and Kenya were deployed": before their verb.
      let last = clauses.list(end + 1, isSubject: true).last!.end
      if last < chunks.count, chunks[last].kind == .verb { end = last }
    }
    if end == element.noun + 1, end + 1 < chunks.count, chunks[end].kind == .preposition, chunks[end + 1].kind == .noun,
      units[chunks[element.noun].end - 1].word.classes.contains(.postnominal), chunks[element.noun].head < chunks[element.noun].end - 1
    {
      // "forces loyal to the president".
      end += 2
    }
    return chunks[element.noun].first..<chunks[end - 1].end
  }

  /// "the Beirut bombing", "the Kosovo war": a place before an event, and nobody who acts; a country there acts ("the Russia raid").
  func isSite(_ unit: Int, of chunk: Chunk) -> Bool {
    guard chunk.kinds.contains(.event), unit == chunk.head - 1, units[unit].meaning >= 0 else { return false }
    let meaning = names.meanings[Int(units[unit].meaning)]
    return meaning.kinds.contains(.place) && meaning.kinds.isDisjoint(with: [.demonym, .someone, .force]) && !meaning.isCountry
  }

  static let backing = FormSet(["backed", "supported", "led", "sponsored"])

  func filler(_ element: Element) -> Filler {
    Filler(units: range(element), kinds: kinds(element), chunk: element.noun)
  }

  /// Whether a chunk stands in a clause of time that comes before the main one: "After the truce began | on Wednesday, rockets fell."
  func opensSentence(before at: Int) -> Bool {
    guard let first = chunks.indices.first(where: { chunks[$0].kind != .adverb && chunks[$0].kind != .openQuote }), first < at,
      [.subordinator, .preposition].contains(chunks[first].kind), Scene.before.contains(chunks[first].form)
    else { return false }
    let clause = chunks[first..<at]
    return clause.contains { $0.kind == .verb } && !clause.contains { $0.kind == .comma }
  }

  private static let before = FormSet(["after", "before", "since"])

  /// "the lines | of | 9 August": the time of what a noun names.
  func isOfNoun(_ time: Int) -> Bool {
    time > 1 && chunks[time - 1].form == Clauses.of && chunks[time - 1].kind == .preposition && chunks[time - 2].kind == .noun
  }

  /// Whether a full stop and a space stand in a span.
  func hasStop(_ span: ByteSpan) -> Bool {
    (span.start..<max(span.start, span.end - 1)).contains { bytes[$0] == 0x2E && bytes[$0 + 1] == 0x20 }
  }
}
