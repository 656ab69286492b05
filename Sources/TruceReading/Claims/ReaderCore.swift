// What a reader keeps ready between documents: its lexicon, its names, and forms that rules compare with.
internal import TruceAtlas
internal import TruceModel

/// The immutable part of a reader, shared by all documents.
final class ReaderCore: Sendable {
  let verbs: [Verb]
  let nouns: [Noun]
  let frames: [Frame]
  /// What words of number count.
  let numbers: [Form: Double]
  /// Frames of what is owed, whatever the verb.
  let obligations: [Int32]
  /// The frame of agreements that are signed, for those that are only named with their date.
  let signing: Int32?
  let happenings: [[Lexicon.Happening]]
  let meanings: [Names.Meaning]
  /// Armed groups that are no state's.
  let rebels: Set<PartyID>
  /// Countries that are no side of a case: "the army" of a text about one of them is its army.
  let states: Set<PartyID>
  /// Of them, peoples and lands that no state rules or that rule themselves unrecognised: who takes up arms there fights for them.
  let peoples: Set<PartyID>
  /// The states that an armed group or a people is known to fight.
  let foes: [PartyID: [PartyID]]
  /// What each party is called: a state by its land's name.
  private let partyNames: [PartyID: String]
  /// The word of belonging of each state: "Iraqi".
  private let belonging: [PartyID: String]
  /// For each meaning: whether its party is one of them.
  private let stateMarks: [Bool]
  let places: [Names.KnownPlace]
  let sides: [(party: PartyID, name: String)]
  /// Sources of the cases by id and by name, letter for letter.
  private let sources: [String: Source]
  let builder: UnitBuilder
  let chunker: Chunker
  private let verbCues: [Verb.Cues]
  /// For each verb: 1 where it has triggers, 2 where it tells a claim or a speaker.
  private let verbMarks: [UInt8]
  /// For each noun: whether it has triggers.
  private let nounMarks: [Bool]
  /// The singular form of each noun of the lexicon.
  let nounForms: [Form]
  /// The last word of each noun's singular: "shelling" of "mortar shelling".
  let nounHeads: [Form]
  /// Heads that only count or portion what follows "of".
  let portions: FormSet

  init(lexicon: Lexicon, cases: [Case]) {
    var sources: [String: Source] = [:]
    for source in cases.lazy.flatMap(\.sources) {
      for name in [source.id.rawValue] + source.names.map(\.text) where sources[name] == nil { sources[name] = source }
    }
    self.sources = sources
    let names = Names(lexicon: lexicon, cases: cases)
    verbs = lexicon.verbs
    nouns = lexicon.nouns
    frames = lexicon.frames
    obligations = lexicon.obligations
    signing = lexicon.frames.firstIndex { $0.type == .agreementSigned && $0.act == "sign" }.map(Int32.init)
    numbers = lexicon.numbers
    happenings = lexicon.happenings
    meanings = names.meanings
    states = Set(
      names.meanings.lazy.filter { $0.kinds.isSuperset(of: [.party, .place]) || $0.kinds.isSuperset(of: [.party, .demonym]) }
        .compactMap(\.party)
    ).subtracting(names.meanings.lazy.filter { $0.kinds.contains(.rebel) }.compactMap(\.party)).subtracting(names.sides.map(\.party))
    stateMarks = names.meanings.map { [states] in $0.party.map(states.contains) ?? false }
    foes = names.foes
    peoples = Set(names.meanings.lazy.filter(\.isEntity).compactMap(\.party))
    rebels = Set(names.meanings.lazy.filter { $0.kinds.contains(.rebel) }.compactMap(\.party))
    var partyNames: [PartyID: String] = [:]
    for meaning in names.meanings where meaning.isCountry || meaning.organ == nil && !meaning.kinds.contains(.demonym) {
      guard let party = meaning.party, partyNames[party] == nil else { continue }
      partyNames[party] = meaning.text
    }
    for side in names.sides { partyNames[side.party] = side.name }
    self.partyNames = partyNames
    var belonging: [PartyID: String] = [:]
    for meaning in names.meanings where meaning.kinds.contains(.demonym) {
      if let party = meaning.party, belonging[party] == nil { belonging[party] = meaning.text }
    }
    self.belonging = belonging
    places = names.places
    sides = names.sides
    builder = UnitBuilder(lexicon: lexicon, names: names)
    chunker = Chunker(lexicon: lexicon, names: names)
    verbCues = lexicon.verbs.map(\.cues)
    verbMarks = lexicon.verbs.map { verb in
      let tells = !verb.triggers.isEmpty || !verb.cues.isDisjoint(with: [.speech, .denial, .allegation])
      return (verb.triggers.isEmpty ? 0 : 1) | (tells ? 2 : 0)
    }
    nounMarks = lexicon.nouns.map { !$0.triggers.isEmpty }
    nounForms = lexicon.nouns.map { noun in
      let forms = Lexicon.forms(noun.lemma)
      return forms.count == 1 ? forms[0] : Form.none
    }
    nounHeads = lexicon.nouns.map { Lexicon.forms($0.lemma).last ?? .none }
    portions = FormSet(
      [
        "part", "parts", "whole", "entirety", "remainder", "much", "tracts", "stretches", "some", "all", "most", "hundreds", "dozens",
        "thousands", "tens", "scores", "number", "majority", "rest", "half",
        "third", "quarter", "bulk", "percent", "per",
        "groups", "group", "units", "members", "one", "two", "three", "four", "several", "many", "remains", "both", "portions", "swathes",
        "cent", "thirds", "quarters", "lives",
        "outskirts", "centre", "center", "control", "set", "package", "series", "total", "truckloads", "truckload", "busloads", "range",
        "million", "people dead",
      ])
  }

  /// The place that a name means here: the kind that the word beside it asks for, else a settlement before a district.
  func place(_ meaning: Int32, asking kinds: Set<Place.Kind>?) -> Names.KnownPlace? {
    let candidates = meanings[Int(meaning)].places.map { places[Int($0)] }
    if let kinds, let fit = candidates.first(where: { kinds.contains($0.kind) }) { return fit }
    if kinds != nil, candidates.count == 1, candidates[0].kind == .region { return candidates[0] }
    if kinds != nil { return nil }
    return candidates.first { $0.kind == .settlement } ?? candidates.first
  }

  /// The name by which a claim calls a party that its text leaves out.
  func name(of party: PartyID) -> String? { partyNames[party] }

  /// Words for what is a state's, with its word of belonging where they do not say it: "Iraqi military".
  func belonging(_ words: String, to party: PartyID) -> String {
    guard states.contains(party), !words.contains(where: \.isUppercase), let own = belonging[party] else { return words }
    return own + " " + words
  }

  /// Whether a meaning is a state's.
  func isState(meaning: Int32) -> Bool { stateMarks[Int(meaning)] }

  /// Whether a party is a people or land without a state, which has no army of its own.
  func isPeople(_ party: PartyID?) -> Bool { party.map(peoples.contains) ?? false }

  /// The kinds of a text's last word; none where the lexicon has no such noun.
  func kinds(lastWordOf text: String) -> NounKinds { builder.lexicon.words[Form(lastWordOf: text)]?.noun ?? [] }

  /// Whether words name what only an army has: "two helicopters", "F-16s".
  func isWarcraft(_ text: String) -> Bool {
    // "Soldiers backed by gunships" are no gunships.
    if kinds(lastWordOf: text).contains(.warcraft) { return !text.contains(" by ") }
    // "F-16s", "long-range B-52 bombers".
    guard text.utf8.contains(0x2D) else { return false }
    return text.split(separator: " ").contains { $0.first!.isUppercase && $0.contains("-") && $0.contains { $0.isNumber } }
  }

  /// Whom words say that somebody is against or for: the Taliban of "anti-Taliban fighters".
  func attitude(_ text: String) -> (party: PartyID, isFoe: Bool)? {
    guard text.utf8.contains(0x2D) else { return nil }
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "-", maxSplits: 1)
      guard parts.count == 2, let first = parts.first?.lowercased(), first == "anti" || first == "pro",
        let meaning = builder.names.table[[Form(String(parts[1]))]], let party = meanings[Int(meaning)].party
      else { continue }
      return (party, first == "anti")
    }
    return nil
  }

  /// The source that goes by an id or name.
  func source(named name: String) -> Source? { sources[name] }

  /// Whether a party fights or is fought for: a state, an armed group, a side of the case; no mission and no mediator.
  func isBelligerent(_ party: PartyID) -> Bool {
    states.contains(party) || rebels.contains(party) || sides.contains { $0.party == party }
  }

  func cues(verb: Int32) -> Verb.Cues { verb >= 0 ? verbCues[Int(verb)] : [] }

  /// Whether a verb tells a claim or a speaker.
  func isTelling(verb: Int32) -> Bool { verbMarks[Int(verb)] & 2 != 0 }

  /// Whether a frame names a verb as its trigger.
  func isTrigger(verb: Int32) -> Bool { verb >= 0 && verbMarks[Int(verb)] & 1 != 0 }

  /// Whether a frame names a noun as its trigger.
  func isTrigger(noun: Int32) -> Bool { noun >= 0 && nounMarks[Int(noun)] }

  /// Whether a frame can find its trigger in a word, as a verb, a participle or a noun.
  func isTrigger(_ word: Word) -> Bool { isTrigger(verb: word.verb) || isTrigger(noun: word.nounLemma) }
}
