// An event that a frame read in a sentence, before it becomes claims.
internal import TruceModel

/// What a frame read: its roles by chunk, and what the grammar around the trigger says of it.
struct Event: Sendable {
  var frame: Int
  /// The trigger's chunk and units.
  var chunk: Int
  var trigger: Range<Int>
  /// The verb group that carries tense and modality; -1 for a bare noun.
  var verb: Int
  var roles = Roles()
  /// Chunks of the times that belong to it.
  var times: [Int] = []
  /// Further places with times of their own: "the Agdam district by November 20"; or with a doer: "and one battalion to Orlin".
  var ellipses: [(who: Filler?, place: Filler, times: [Int])] = []
  var isNegated = false
  /// The chunk of the last word of a trigger of several: "launched | an attack".
  var consumed = -1
  /// Fighting that the sentence itself calls a breach of a ceasefire.
  var isBreach = false
  /// Fighting that is only named, with where it goes on: "refugees from the war in Orlin".
  var isInPassing = false
  /// An agreement that is only named, with the year or day within its name: "the 1993 accord".
  var isDatedName = false
}

/// The fillers of a frame's roles; nil where a role has none.
struct Roles: Sendable {
  private var who: [Filler]?
  private var whom: [Filler]?
  private var place: [Filler]?
  private var what: [Filler]?
  private var reason: [Filler]?
  private var number: [Filler]?

  subscript(slot: Frame.Slot) -> [Filler]? {
    get {
      switch slot {
      case .who: who
      case .whom: whom
      case .place: place
      case .what: what
      case .reason: reason
      case .number: number
      }
    }
    set {
      switch slot {
      case .who: who = newValue
      case .whom: whom = newValue
      case .place: place = newValue
      case .what: what = newValue
      case .reason: reason = newValue
      case .number: number = newValue
      }
    }
  }

  /// The fillers of all roles.
  var values: [[Filler]] { [who, whom, place, what, reason, number].compactMap { $0 } }
}
