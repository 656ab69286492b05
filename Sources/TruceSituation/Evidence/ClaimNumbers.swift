// Claims' ids as numbers: 24 bytes an id, however often and before whatever it is named.
internal import TruceModel

/// Numbers from 0 for ids, in the order in which they are first named.
struct ClaimNumbers: Sendable {
  /// The 128 bits of an id as truce makes it: 32 hexadecimal digits, in lower case.
  private struct Bits: Sendable, Hashable {
    var high: UInt64
    var low: UInt64
  }

  private var bits: [Bits] = []
  /// Ids of another form, by number; their bits are 0.
  private var texts: [UInt32: ClaimID] = [:]
  /// Numbers plus one, each at the first free place from its hash on; a power of two, at most three quarters full.
  private var table = [UInt32](repeating: 0, count: 16)

  var count: Int { bits.count }

  /// The number of an id that was named before.
  func number(of id: ClaimID) -> Int? {
    let bits = ClaimNumbers.bits(of: id)
    let slot = slot(of: id, bits)
    return table[slot] == 0 ? nil : Int(table[slot]) - 1
  }

  /// The number of an id, a new one where it was not named before.
  mutating func register(_ id: ClaimID) -> Int {
    let own = ClaimNumbers.bits(of: id)
    let slot = slot(of: id, own)
    if table[slot] > 0 { return Int(table[slot]) - 1 }
    precondition(bits.count < Int(UInt32.max) - 1, "More than four thousand million claims do not fit into one index")
    bits.append(own ?? Bits(high: 0, low: 0))
    if own == nil { texts[UInt32(bits.count - 1)] = id }
    table[slot] = UInt32(bits.count)
    if bits.count * 4 > table.count * 3 { grow() }
    return bits.count - 1
  }

  /// The id of a number.
  func id(_ number: Int) -> ClaimID {
    if !texts.isEmpty, let text = texts[UInt32(number)] { return text }
    let own = bits[number]
    return ClaimID(
      String(unsafeUninitializedCapacity: 32) { buffer in
        for place in 0..<32 {
          let word = place < 16 ? own.high : own.low
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (place & 15))) & 15
          buffer[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
        }
        return 32
      })
  }

  /// Whether one id stands before another.
  func isOrdered(_ left: Int, _ right: Int) -> Bool {
    guard texts.isEmpty || texts[UInt32(left)] == nil && texts[UInt32(right)] == nil else { return id(left) < id(right) }
    return bits[left].high != bits[right].high ? bits[left].high < bits[right].high : bits[left].low < bits[right].low
  }

  /// The place of an id, or the free one where it belongs.
  private func slot(of id: ClaimID, _ own: Bits?) -> Int {
    var slot = ClaimNumbers.hash(id, own) & (table.count - 1)
    while table[slot] > 0 {
      let number = table[slot] - 1
      if let own {
        if bits[Int(number)] == own, texts.isEmpty || texts[number] == nil { break }
      } else if texts[number] == id {
        break
      }
      slot = (slot + 1) & (table.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: table.count * 2)
    for number in bits.indices {
      let text = texts.isEmpty ? nil : texts[UInt32(number)]
      var slot = ClaimNumbers.hash(text ?? "", text == nil ? bits[number] : nil) & (table.count - 1)
      while table[slot] > 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(number + 1)
    }
  }

  /// Seeded anew in each process, so that nobody can choose ids that fall together.
  private static func hash(_ id: ClaimID, _ own: Bits?) -> Int {
    var hasher = Hasher()
    if let own {
      hasher.combine(own.high)
      hasher.combine(own.low)
    } else {
      for byte in id.rawValue.utf8 { hasher.combine(byte) }
    }
    return hasher.finalize()
  }

  private static func bits(of id: ClaimID) -> Bits? {
    let text = id.rawValue
    guard text.utf8.count == 32 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var place = 0
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      if place < 16 { words.0 = words.0 << 4 | UInt64(digit) } else { words.1 = words.1 << 4 | UInt64(digit) }
      place += 1
    }
    return Bits(high: words.0, low: words.1)
  }

  /// The bytes that it takes, with what is kept free to grow.
  var storageBytes: Int { bits.capacity * 16 + table.capacity * 4 + texts.count * 64 }
}
