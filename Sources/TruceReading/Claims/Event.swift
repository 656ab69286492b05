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
  var roles: [Frame.Slot: [Filler]] = [:]
  /// Chunks of the times that belong to it.
  var times: [Int] = []
  /// Further places with times of their own: "the Agdam district by November 20".
  var ellipses: [(place: Filler, times: [Int])] = []
  var isNegated = false
  var notes: [String] = []
}
