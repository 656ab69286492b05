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

  func bits(_ number: Int) -> Bits { bits[number] }

  /// The same, of one whose bits were looked up.
  func id(_ number: Int, _ own: Bits) -> ClaimID {
    if !texts.isEmpty, let text = texts[UInt32(number)] { return text }
    return ClaimID(
      String(unsafeUninitializedCapacity: 32) { buffer in
        let words = UnsafeMutableRawBufferPointer(buffer)
        for (place, value) in [own.high >> 32, own.high & 0xFFFF_FFFF, own.low >> 32, own.low & 0xFFFF_FFFF].enumerated() {
          words.storeBytes(of: ClaimNumbers.text(value).bigEndian, toByteOffset: 8 * place, as: UInt64.self)
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
    return ClaimNumbers.text(bits[number].high >> 32)
  }

  /// Whether one id stands before another.
  func isOrdered(_ left: Int, _ right: Int) -> Bool {
    guard texts.isEmpty || texts[UInt32(left)] == nil && texts[UInt32(right)] == nil else { return id(left) < id(right) }
    return bits[left].high != bits[right].high ? bits[left].high < bits[right].high : bits[left].low < bits[right].low
  }

  /// Seeded anew in each process, so that nobody can choose ids that fall together.
  private static let seeds = (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))

  private static func hash(_ id: ClaimID, _ own: Bits?) -> Int {
    guard let own else { return ClaimPool.Text(text: id.rawValue).mixed }
    // An id's digits are a digest's, which needs no mixing but with the seed.
    let (high, low) = (own.high ^ seeds.0).multipliedFullWidth(by: own.low ^ seeds.1)
    return Int(truncatingIfNeeded: high ^ low)
  }

  private static func bits(of id: ClaimID) -> Bits? {
    var text = id.rawValue
    return text.withUTF8 { bytes in
      guard bytes.count == 32 else { return nil }
      func word(_ at: Int) -> UInt64 { UInt64(bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
      guard let a = value(word(0)), let b = value(word(8)), let c = value(word(16)), let d = value(word(24)) else { return nil }
      return Bits(high: a << 32 | b, low: c << 32 | d)
    }
  }

  private static let each: UInt64 = 0x0101_0101_0101_0101

  /// The value of eight hexadecimal digits in lower case, a byte each; nil where one is none.
  private static func value(_ text: UInt64) -> UInt64? {
    let digits = text & (0x0F &* each) &+ (text >> 6 & each) &* 9
    guard digits & (0xF0 &* each) == 0, self.text(of: digits) == text else { return nil }
    let pairs = (digits >> 4 | digits) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs >> 8 | pairs) & 0x0000_FFFF_0000_FFFF
    return (fours >> 16 | fours) & 0xFFFF_FFFF
  }

  /// The text of eight digits, a byte each.
  private static func text(of digits: UInt64) -> UInt64 { digits &+ 0x30 * each &+ (digits &+ 6 &* each) >> 4 & each &* 0x27 }

  /// The text of a number of eight digits.
  private static func text(_ value: UInt64) -> UInt64 {
    let fours = (value << 16 | value) & 0x0000_FFFF_0000_FFFF
    let pairs = (fours << 8 | fours) & 0x00FF_00FF_00FF_00FF
    return text(of: (pairs << 4 | pairs) & (0x0F &* each))
  }

  /// The bytes that it takes, with what is kept free to grow.
  var storageBytes: Int { bits.capacity * 16 + table.storageBytes + texts.count * 64 }
}
