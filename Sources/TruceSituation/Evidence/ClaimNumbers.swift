// Claims' ids as numbers: 24 bytes an id, however often and before whatever it is named.
internal import TruceModel

/// Numbers from 0 for ids, in the order in which they are first named.
struct ClaimNumbers: Sendable {
  /// The 128 bits of an id as truce makes it: 32 hexadecimal digits, in lower case.
  struct Bits: Sendable, Hashable {
    fileprivate var high: UInt64
    fileprivate var low: UInt64
  }

  private var bits: [Bits] = []
  /// Ids of another form, by number; their bits are 0.
  private var texts: [UInt32: ClaimID] = [:]
  private var table = NumberTable()

  var count: Int { bits.count }

  /// The number of an id that was named before.
  func number(of id: ClaimID) -> Int? {
    let own = ClaimNumbers.bits(of: id)
    return table.number(ClaimNumbers.hash(id, own)) { isSame($0, id, own) }
  }

  /// The number of an id, a new one where it was not named before.
  mutating func register(_ id: ClaimID) -> Int {
    let own = ClaimNumbers.bits(of: id)
    let hash = ClaimNumbers.hash(id, own)
    if let known = table.number(hash, isSame: { isSame($0, id, own) }) { return known }
    if table.isFull {
      let hashes = bits.indices.map { number in
        let text = texts[UInt32(number)]
        return ClaimNumbers.hash(text ?? "", text == nil ? bits[number] : nil)
      }
      table.rebuild(hashes)
    }
    table.append(hash)
    bits.append(own ?? Bits(high: 0, low: 0))
    if own == nil { texts[UInt32(bits.count - 1)] = id }
    return bits.count - 1
  }

  private func isSame(_ number: Int, _ id: ClaimID, _ own: Bits?) -> Bool {
    guard let own else { return texts[UInt32(number)] == id }
    return bits[number] == own && (texts.isEmpty || texts[UInt32(number)] == nil)
  }

  /// The id of a number.
  func id(_ number: Int) -> ClaimID { id(number, bits[number]) }

  func bits(_ number: Int) -> Bits { bits[number] }

  /// The same, of one whose bits were looked up.
  func id(_ number: Int, _ own: Bits) -> ClaimID {
    if !texts.isEmpty, let text = texts[UInt32(number)] { return text }
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
  var storageBytes: Int { bits.capacity * 16 + table.storageBytes + texts.count * 64 }
}
