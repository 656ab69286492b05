// A frame: how a verb or noun tells a claim, one line of `frames.txt`.
public import TruceModel

/// How a verb or noun tells a claim.
final class Frame: Sendable {
  /// Where a role's filler stands.
  enum Source: Sendable, Hashable {
    /// The subject of an active verb, the agent of a passive one.
    case subject
    /// The object of an active verb, the subject of a passive one.
    case object
    /// The possessor of a noun or the word of belonging before it.
    case owner
    /// Who did it to the object: "a ceasefire offered by the coalition", "prisoners released by".
    case agent
    /// The owner of the event in which it happened: "in Israeli offensives".
    case within
    /// After a preposition.
    case after(Form)
  }

  /// One place to look for a role's filler, and what it must be.
  struct Option: Sendable {
    var source: Source
    var kinds: NounKinds?
  }

  enum Slot: String, Sendable, Hashable, CaseIterable {
    case who, whom, place = "where", what, reason, number
  }

  struct Role: Sendable {
    var slot: Slot
    var isRequired: Bool
    var options: [Option]
  }

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt32
    /// A bare mention of the noun tells the claim, without a verb of happening.
    static let bare = Flags(rawValue: 1)
    /// The claim says that something did not happen.
    static let negative = Flags(rawValue: 2)
    /// The obligation lies in the frame itself ("a ban on").
    static let planned = Flags(rawValue: 4)
    /// The object's and subject's lists make one claim each.
    static let mutual = Flags(rawValue: 8)
    /// It describes a state that lasts.
    static let state = Flags(rawValue: 16)
    /// The frame is heard of only in the passive ("is stationed").
    static let passive = Flags(rawValue: 32)
    /// Every thing counts for itself: prisoners and bodies are two claims.
    static let each = Flags(rawValue: 64)
    /// The noun is an event of its own beside the verb that governs it.
    static let nominal = Flags(rawValue: 128)
    /// It may be refused ("refused to assemble") and is a claim then.
    static let weak = Flags(rawValue: 256)
    /// The frame holds only with a word of time that says since when.
    static let timed = Flags(rawValue: 512)
    /// The frame holds only where a place is known for it.
    /// A bare mention tells the claim where it counts: "the deaths of 400 people".
    static let counted = Flags(rawValue: 2048)
    static let placed = Flags(rawValue: 1024)
    /// Only where the verb has no object: "the truce collapsed".
    static let intransitive = Flags(rawValue: 8192)
    /// Two or more do it together, and what they do follows as an infinitive: "A and B agreed to withdraw".
    static let joint = Flags(rawValue: 4096)

    /// Only with a place that bears a name: "held the town of Orlin", not "held positions".
    static let named = Flags(rawValue: 16384)

    /// Words that mean something else together ("leave them in peace"): no claim, and no narrower reading of the verb.
    static let idiom = Flags(rawValue: 32768)

    static let words: [String: Flags] = [
      "bare": .bare, "negative": .negative, "planned": .planned, "mutual": .mutual, "state": .state, "passive": .passive, "each": .each,
      "nominal": .nominal, "weak": .weak, "timed": .timed, "placed": .placed, "joint": .joint,
      "intransitive": .intransitive, "counted": .counted, "named": .named, "idiom": .idiom,
    ]
  }

  /// `entered/enter`: act and first trigger, unique in the file.
  let id: String
  let type: ClaimType
  let act: String
  let roles: [Role]
  let flags: Flags
  /// `frames.txt:12`, for the derivation.
  let origin: String
  /// What it says is exchanged, signed or set up where no role fills it.
  let object: String?

  init(id: String, type: ClaimType, act: String, roles: [Role], flags: Flags, origin: String, object: String?) {
    self.id = id
    self.type = type
    self.act = act
    self.roles = roles
    self.flags = flags
    self.origin = origin
    self.object = object
  }
}

/// A trigger of a frame: the words that follow the verb or come before the noun.
struct Trigger: Sendable {
  let frame: Int32
  /// Words that must follow the verb (`control` of "seize control", `out` of "pull out"), or precede the noun (`under` of "under control").
  let words: [Form]
  /// The first of the words may stand behind the object: "handed the town over".
  let isSeparable: Bool
  /// The words once more, to see at a glance that a sentence has not all of them.
  let sieve: FormSieve

  init(frame: Int32, words: [Form], isSeparable: Bool) {
    self.frame = frame
    self.words = words
    self.isSeparable = isSeparable
    sieve = FormSieve(words)
  }
}
