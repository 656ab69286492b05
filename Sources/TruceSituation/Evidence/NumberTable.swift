// Where the number of a value stands, by the value's hash.

/// Numbers from 0 by hash; what they number lies with the owner, once.
struct NumberTable: Sendable {
  /// Numbers plus one, each at the first free place from its hash's on, and above it as much of the hash as there is room for: a number of
  /// another hash is mostly passed without a look at what it numbers.
  private var slots = [UInt32](repeating: 0, count: 16)
  private var count = 0
  /// The bits of a number plus one.
  private var bits: UInt32 = 5

  var storageBytes: Int { slots.capacity * 4 }

  /// The number with a hash that is the one looked for; nil where there is none.
  @inline(__always)
  func number(_ hash: Int, isSame: (Int) -> Bool) -> Int? {
    let slot = slot(hash, isSame)
    return slots[slot] == 0 ? nil : number(in: slots[slot])
  }

  /// Whether the next number wants more room: `rebuild`.
  var isFull: Bool { (count + 1) * 5 > slots.count * 4 }

  /// Puts the next number where its hash belongs; no number has been found by it.
  mutating func append(_ hash: Int) {
    count += 1
    slots[slot(hash) { _ in false }] = mark(hash) | UInt32(count)
  }

  /// A quarter more room, with the hashes of all numbers so far.
  mutating func rebuild(_ hashes: some Sequence<Int>) {
    let size = slots.count + slots.count / 4
    precondition(size < Int(UInt32.max), "More than three thousand million values do not fit into one index")
    slots = []
    slots = [UInt32](repeating: 0, count: size)
    bits = UInt32(UInt32.bitWidth - UInt32(size).leadingZeroBitCount)
    count = 0
    for hash in hashes { append(hash) }
  }

  @inline(__always)
  private func number(in slot: UInt32) -> Int { Int(slot & ~(UInt32.max << bits)) - 1 }

  /// The low bits of a hash, where a slot keeps them: its place follows from the high ones.
  @inline(__always)
  private func mark(_ hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash) << bits }

  @inline(__always)
  private func slot(_ hash: Int, _ isSame: (Int) -> Bool) -> Int {
    let mark = mark(hash)
    var slot = Int(UInt64(UInt(bitPattern: hash)).multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[slot] > 0 {
      if slots[slot] & UInt32.max << bits == mark, isSame(number(in: slots[slot])) { break }
      slot = slot + 1 < slots.count ? slot + 1 : 0
    }
    return slot
  }
}
