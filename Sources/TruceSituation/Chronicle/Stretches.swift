// A sorted list that takes late comers at the price of early ones.

/// Elements in the caller's order. One that comes last costs nothing but itself; one that comes late moves at most `longest` others, however
/// many there are.
struct Stretches<Element: Sendable>: Sendable {
  /// Those in front of the newest stretch: in order, none empty and none longer than `longest`.
  private(set) var older: [[Element]] = []
  private(set) var newest: [Element] = []

  /// So many elements lie one behind the other.
  static var longest: Int { 512 }

  var count: Int { older.reduce(newest.count) { $0 + $1.count } }

  /// The bytes that the elements take, with what is kept free to grow.
  var storageBytes: Int {
    older.reduce(newest.capacity) { $0 + $1.capacity } * MemoryLayout<Element>.stride + 32 * (older.isEmpty ? 1 : older.count + 2)
  }

  /// Puts an element behind all others.
  mutating func append(_ element: Element) {
    if newest.count == Self.longest {
      older.append(newest)
      newest = []
    }
    Self.makeRoom(&newest)
    newest.append(element)
  }

  /// By a sixteenth: to double would leave much of the memory empty.
  private static func makeRoom(_ stretch: inout [Element]) {
    if stretch.count == stretch.capacity { stretch.reserveCapacity(min(longest, stretch.count + max(4, stretch.count / 16))) }
  }

  /// Puts an element in front of the first one that stands after it.
  mutating func insert(_ element: Element, isAfter: (Element) -> Bool) {
    guard let last = newest.last, isAfter(last) else { return append(element) }
    if !older.isEmpty, isAfter(newest[0]) {
      let number = max(0, older.partition { isAfter($0[0]) } - 1)
      if older[number].count == Self.longest {
        let half = Self.longest / 2
        older.insert(Array(older[number][half...]), at: number + 1)
        older[number] = Array(older[number][..<half])
        let part = isAfter(older[number + 1][0]) ? number : number + 1
        Self.insert(element, &older[part], isAfter)
      } else {
        Self.insert(element, &older[number], isAfter)
      }
      return
    }
    if newest.count == Self.longest {
      let half = Self.longest / 2
      older.append(Array(newest[..<half]))
      newest = Array(newest[half...])
      if isAfter(newest[0]) { return Self.insert(element, &older[older.count - 1], isAfter) }
    }
    Self.insert(element, &newest, isAfter)
  }

  /// Late comers mostly stand near the end.
  private static func insert(_ element: Element, _ stretch: inout [Element], _ isAfter: (Element) -> Bool) {
    makeRoom(&stretch)
    stretch.insert(element, at: stretch.partition(near: stretch.count - 1, where: isAfter))
  }

  /// Changes the first element, from the first that does not stand in front of a place on, that a change says was the one.
  ///
  /// - Parameters:
  ///   - isBefore: whether an element stands in front of the place.
  ///   - change: changes an element; nil where the search goes on, else whether it was found.
  /// - Returns: whether it was found.
  mutating func change(from isBefore: (Element) -> Bool, _ change: (inout Element) -> Bool?) -> Bool {
    // The stretch in front of the first that begins at the place or after it may end with it.
    for number in max(0, older.partition { !isBefore($0[0]) } - 1)..<older.count {
      for at in older[number].partition(where: { !isBefore($0) })..<older[number].count {
        if let found = change(&older[number][at]) { return found }
      }
    }
    for at in newest.partition(where: { !isBefore($0) })..<newest.count {
      if let found = change(&newest[at]) { return found }
    }
    return false
  }

  /// All of them, in order.
  var elements: FlattenSequence<[[Element]]> { (older + [newest]).joined() }

  /// Calls with the elements from the first on that stands behind a place, until the call says to stop.
  @inline(__always)
  func forEach(from isBehind: (Element) -> Bool, _ body: (Element) -> Bool) {
    // The stretch in front of the first that begins behind the place may end behind it.
    for number in max(0, older.partition { isBehind($0[0]) } - 1)..<older.count + 1 {
      let stretch = number < older.count ? older[number] : newest
      for at in stretch.partition(where: isBehind)..<stretch.count where !body(stretch[at]) { return }
    }
  }

  /// Calls with the elements in front of the first that stands behind a place, from the last, until the call says to stop.
  @inline(__always)
  func forEachReversed(before isBehind: (Element) -> Bool, _ body: (Element) -> Bool) {
    forEachPositionReversed(before: isBehind) { element, _ in body(element) }
  }

  /// The same, with where each element lies as long as none is put in front of it.
  @inline(__always)
  func forEachPositionReversed(before isBehind: (Element) -> Bool, _ body: (Element, _ position: Int) -> Bool) {
    for number in stride(from: older.count, through: 0, by: -1) {
      let stretch = number < older.count ? older[number] : newest
      if let first = stretch.first, isBehind(first) { continue }
      for at in stride(from: stretch.partition(where: isBehind) - 1, through: 0, by: -1)
      where !body(stretch[at], number * Self.longest + at) { return }
    }
  }

  subscript(position: Int) -> Element {
    let (number, at) = position.quotientAndRemainder(dividingBy: Self.longest)
    return number < older.count ? older[number][at] : newest[at]
  }
}
