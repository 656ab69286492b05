// Where the number of a value stands, by the value's hash.

/// Numbers from 0 by hash; what they number lies with the owner, once.
struct NumberTable: Sendable {
  /// Numbers plus one, each at the first free place from its hash on; a power of two, at most three quarters full.
  private var slots = [UInt32](repeating: 0, count: 16)
  private var count = 0

  var storageBytes: Int { slots.capacity * 4 }

  /// The number with a hash that is the one looked for; nil where there is none.
  @inline(__always)
  func number(_ hash: Int, isSame: (Int) -> Bool) -> Int? {
    let slot = slot(hash, isSame)
    return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
  }

  /// Whether the next number wants more room: `rebuild`.
  var isFull: Bool { (count + 1) * 4 > slots.count * 3 }

  /// Puts the next number where its hash belongs; no number has been found by it.
  mutating func append(_ hash: Int) {
    precondition(count < Int(UInt32.max) - 1, "More than four thousand million values do not fit into one index")
    count += 1
    slots[slot(hash) { _ in false }] = UInt32(count)
  }

  /// Twice the room, with the hashes of all numbers so far.
  mutating func rebuild(_ hashes: some Sequence<Int>) {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    count = 0
    for hash in hashes { append(hash) }
  }

  @inline(__always)
  private func slot(_ hash: Int, _ isSame: (Int) -> Bool) -> Int {
    var slot = hash & (slots.count - 1)
    while slots[slot] > 0, !isSame(Int(slots[slot]) - 1) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
