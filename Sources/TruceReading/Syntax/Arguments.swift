// What the grammar finds around a verb: noun phrases with their complements, and what of a sentence was worked out already.

/// A noun phrase with its "of" complement, one member of a list.
struct Element: Sendable, Hashable {
  /// The noun chunk.
  var noun: Int
  /// The first noun of its "of" complement; -1 where it has none. `Clauses.inner` tells all of them.
  var inner = -1
  /// The chunk after it.
  var end: Int

  var hasInner: Bool { inner >= 0 }
  /// The first noun of its "of" complement.
  var firstInner: Int? { inner >= 0 ? inner : nil }
}

/// What stands around a verb: who does it, to what, and after which prepositions.
struct Arguments: Sendable {
  var subject: [Element] = []
  var object: [Element] = []
  var after: [(form: Form, elements: [Element])] = []
  /// Times with the chunks at which they stand.
  var times: [Int] = []
  /// The chunk at which the clause ends.
  var end = 0

  /// Whether anything stands after a preposition.
  func has(_ preposition: Form) -> Bool {
    for index in after.indices where after[index].form == preposition { return true }
    return false
  }
}

/// What was worked out of a sentence's clauses: rules ask for the same again and again.
///
/// Each table is read or set and done with at once, so that no access meets another and none need be watched for.
final class ClauseMemo {
  @exclusivity(unchecked) var elements = ByChunk<Element>()
  @exclusivity(unchecked) var subjectLists = ByChunk<[Element]>()
  @exclusivity(unchecked) var lists = ByChunk<[Element]>()
  @exclusivity(unchecked) var arguments = ByChunk<Arguments>()
  @exclusivity(unchecked) var subjects = ByChunk<[Element]>()

  /// Empties it for a sentence of so many chunks.
  func open(count: Int) {
    elements.open(count: count)
    subjectLists.open(count: count)
    lists.open(count: count)
    arguments.open(count: count)
    subjects.open(count: count)
  }
}
