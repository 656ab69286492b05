// A claim as far as an answer about a place names it, without the claim itself.
internal import TruceModel

/// What an answer shows of a claim beside what it says: whose word it is, when it was said, and where it stands.
protocol Attributed {
  associatedtype Key: Hashable
  var id: ClaimID { get }
  var origin: Origin { get }
  /// What a sentence calls it.
  var originName: String { get }
  /// Equal keys are one origin.
  var originKey: Key { get }
  var citation: Fact.Citation { get }
  var saidFrom: Instant { get }
  /// The moments at which its matter can have happened.
  var window: Range<Instant> { get }
}

extension Fact: Attributed {
  var originName: String { origin.name }
  var originKey: String { origin.key }
  var saidFrom: Instant { said.lowerBound }
}

/// A claim of control, by its number: to put the whole claim together for every answer would take most of its time. A reference, because
/// several lists hold it and none changes it.
final class Testimony: Attributed {
  let id: ClaimID
  let sight: ClaimSights.Sight
  /// Of the store, by number.
  private let contexts: [ClaimStore.Context]
  let originKey: UInt32
  let saidFrom: Instant
  let window: Range<Instant>

  init(
    id: ClaimID, sight: ClaimSights.Sight, contexts: [ClaimStore.Context], originKey: UInt32, saidFrom: Instant, window: Range<Instant>
  ) {
    self.id = id
    self.sight = sight
    self.contexts = contexts
    self.originKey = originKey
    self.saidFrom = saidFrom
    self.window = window
  }

  var origin: Origin { contexts[sight.context].origin }
  var originName: String { contexts[sight.context].origin.name }
  var citation: Fact.Citation { contexts[sight.context].citation }
}
