// What the lexicon knows of one word form.

/// What the lexicon knows of one word form.
struct Word: Sendable {
  struct Classes: OptionSet, Sendable, Hashable {
    let rawValue: UInt32
    static let determiner = Classes(rawValue: 1)
    static let preposition = Classes(rawValue: 1 << 1)
    static let conjunction = Classes(rawValue: 1 << 2)
    static let contrast = Classes(rawValue: 1 << 3)
    static let subordinator = Classes(rawValue: 1 << 4)
    static let pronoun = Classes(rawValue: 1 << 5)
    static let negation = Classes(rawValue: 1 << 6)
    static let adverb = Classes(rawValue: 1 << 7)
    static let planned = Classes(rawValue: 1 << 8)
    static let possible = Classes(rawValue: 1 << 9)
    static let title = Classes(rawValue: 1 << 10)
    static let head = Classes(rawValue: 1 << 11)
    static let hedge = Classes(rawValue: 1 << 12)
    /// A preposition after which a name is a place: "in", "near".
    static let locative = Classes(rawValue: 1 << 13)
    /// An adjective that stands after its noun: "forces loyal to".
    static let postnominal = Classes(rawValue: 1 << 14)
    /// A small word that opens a name: "al-Sham".
    static let particle = Classes(rawValue: 1 << 15)
    /// "three", "hundred".
    static let number = Classes(rawValue: 1 << 16)
    /// An adjective of what has not happened: "a threatened assault".
    static let pending = Classes(rawValue: 1 << 17)

    static let named: [String: Classes] = [
      "determiner": .determiner, "preposition": .preposition, "conjunction": .conjunction, "contrast": .contrast,
      "subordinator": .subordinator, "pronoun": .pronoun, "negation": .negation, "adverb": .adverb, "modal-planned": .planned,
      "modal-possible": .possible, "title": .title, "head": .head, "hedge": .hedge,
      "locative": .locative, "postnominal": .postnominal, "particle": .particle, "number": .number, "pending": .pending,
    ]
  }

  struct Shape: OptionSet, Sendable, Hashable {
    let rawValue: UInt8
    static let base = Shape(rawValue: 1)
    static let third = Shape(rawValue: 2)
    static let past = Shape(rawValue: 4)
    static let participle = Shape(rawValue: 8)
    static let gerund = Shape(rawValue: 16)
    /// Its bare form and form in -s are nouns more often.
    static let alsoNoun = Shape(rawValue: 32)
  }

  var classes: Classes = []
  /// The forms of a verb that it can be.
  var shape: Shape = []
  /// The verb's lemma, an index; -1 for no verb.
  var verb: Int32 = -1
  var noun: NounKinds = []
  /// The noun's lemma, an index; -1 where the lexicon has no such noun.
  var nounLemma: Int32 = -1
  var isPlural = false
  /// A phrase of the lexicon opens with it.
  var startsPhrase = false
}

/// What the lexicon knows of a verb in all its forms.
struct Verb: Sendable {
  struct Cues: OptionSet, Sendable, Hashable {
    let rawValue: UInt32
    static let planned = Cues(rawValue: 1)
    static let aspect = Cues(rawValue: 2)
    static let attempt = Cues(rawValue: 4)
    static let negative = Cues(rawValue: 8)
    static let denial = Cues(rawValue: 16)
    static let allegation = Cues(rawValue: 32)
    static let speech = Cues(rawValue: 64)
    static let calls = Cues(rawValue: 128)
    static let ended = Cues(rawValue: 256)
    /// Says that an event takes place: "erupted", "was carried out".
    static let happening = Cues(rawValue: 512)
    /// Binds who says it: "undertook to", "agreed to".
    static let promise = Cues(rawValue: 1024)
    /// An attempt that was made: "tried to take the town".
    static let tried = Cues(rawValue: 2048)
    /// Somebody saw or heard it: "counted 43 guns leaving".
    static let sense = Cues(rawValue: 4096)
    /// Somebody stood by: "supervised the handover".
    static let oversee = Cues(rawValue: 8192)
    /// What follows "from" did not happen: "prevented them from entering".
    static let hinder = Cues(rawValue: 16384)
    /// Lays down a length of time for what follows: "gave them two days to leave".
    static let grant = Cues(rawValue: 32768)
    /// What follows is how things look: "appeared to have left".
    static let seeming = Cues(rawValue: 65536)
    /// Binds who says it to the one beside the verb: "promised the envoy to leave".
    static let oath = Cues(rawValue: 131_072)
    /// By it an agreement lays down what its object names: "provides for a ceasefire".
    static let provision = Cues(rawValue: 262_144)

    /// Those come together who make an accord: "met".
    static let parley = Cues(rawValue: 524_288)
    /// An object and a bare infinitive follow it: "helped the army hold the town".
    static let causative = Cues(rawValue: 1_048_576)

    static let named: [String: Cues] = [
      "planned": .planned, "aspect": .aspect, "attempt": .attempt, "negative": .negative, "denial": .denial, "allegation": .allegation,
      "speech": .speech, "calls": .calls, "ended": .ended, "happening": .happening, "promise": .promise, "tried": .tried, "sense": .sense,
      "oversee": .oversee, "hinder": .hinder, "grant": .grant, "seeming": .seeming, "oath": .oath,
      "provision": .provision, "parley": .parley, "causative": .causative,
    ]
  }

  var lemma: String
  var cues: Cues = []
  var triggers: [Trigger] = []
}

/// What the lexicon knows of a noun in both numbers.
struct Noun: Sendable {
  var lemma: String
  var kinds: NounKinds
  var triggers: [Trigger] = []
}
