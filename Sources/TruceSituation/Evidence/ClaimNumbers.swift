// Claims' ids as numbers: 22 bytes an id, however often and before whatever it is named.
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
      let (all, texts) = (bits, texts)
      table.rebuild(
        all.indices.lazy.map { number in
          let text = texts.isEmpty ? nil : texts[UInt32(number)]
          return ClaimNumbers.hash(text ?? "", text == nil ? all[number] : nil)
        })
    }
    table.append(hash)
    bits.makeRoom(for: 1)
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

  private static func digit(_ word: UInt64) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: word) & 15
    return value < 10 ? 0x30 + value : 0x57 + value
  }

  func bits(_ number: Int) -> Bits { bits[number] }

  /// The same, of one whose bits were looked up.
  func id(_ number: Int, _ own: Bits) -> ClaimID {
    if !texts.isEmpty, let text = texts[UInt32(number)] { return text }
    return ClaimID(
      String(unsafeUninitializedCapacity: 32) { buffer in
        for place in 0..<32 {
          let word = place < 16 ? own.high : own.low
          buffer[place] = ClaimNumbers.digit(word >> UInt64(60 - 4 * (place & 15)))
        }
        return 32
      })
  }

  /// The first eight bytes of an id's text, as a number in their order.
  func head(_ number: Int) -> UInt64 {
    if !texts.isEmpty, let text = texts[UInt32(number)] {
      let bytes = text.rawValue.utf8.prefix(8)
      return bytes.reduce(0) { $0 << 8 | UInt64($1) } << UInt64(8 * (8 - bytes.count) & 63)
    }
    return (0..<8).reduce(0) { $0 << 8 | UInt64(ClaimNumbers.digit(bits[number].high >> UInt64(60 - 4 * $1))) }
  }

  /// Whether one id stands before another.
  func isOrdered(_ left: Int, _ right: Int) -> Bool {
    guard texts.isEmpty || texts[UInt32(left)] == nil && texts[UInt32(right)] == nil else { return id(left) < id(right) }
    return bits[left].high != bits[right].high ? bits[left].high < bits[right].high : bits[left].low < bits[right].low
  }

  /// Seeded anew in each process, so that nobody can choose ids that fall together.
  private static let seeds = (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))

  private static func hash(_ id: ClaimID, _ own: Bits?) -> Int {
    guard let own else { return ClaimPool.Text(text: id.rawValue).hashValue }
    // An id's digits are a digest's, which needs no mixing but with the seed.
    let (high, low) = (own.high ^ seeds.0).multipliedFullWidth(by: own.low ^ seeds.1)
    return Int(truncatingIfNeeded: high ^ low)
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
