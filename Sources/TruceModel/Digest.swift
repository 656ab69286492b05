// SHA-256 digests as values.
internal import Crypto

/// A SHA-256 digest: 32 bytes, held in place.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The 32 bytes.
  public var bytes: [UInt8] { withBytes { Array($0) } }

  /// The digest of some bytes (FIPS 180-4).
  public init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
      hash.update(data: Array(bytes))
    }
    hash.finalize().withUnsafeBytes { take($0) }
  }

  /// The digest of a text's UTF-8 bytes.
  public init(of text: String) {
    var text = text
    var hash = SHA256()
    text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    hash.finalize().withUnsafeBytes { take($0) }
  }

  /// A digest that exists already; nil unless it has 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    bytes.withUnsafeBytes { take($0) }
  }

  /// A digest that exists already; nil unless it has 32 bytes.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    take(bytes)
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) { withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) } }

  /// The 32 bytes where they lie.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withUnsafeBytes(of: words, body)
  }

  /// A digest from 64 hexadecimal digits, else nil.
  public init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for i in stride(from: 0, to: 64, by: 2) {
      guard let high = Digest.nibble(digits[i]), let low = Digest.nibble(digits[i + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    bytes.withUnsafeBytes { take($0) }
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { digits(32) }

  /// The first 32 hexadecimal digits: 128 bits, what truce's ids are made of.
  public var short: String { digits(16) }

  /// The hexadecimal digits of the first bytes.
  private func digits(_ count: Int) -> String {
    let digits = StaticString("0123456789abcdef")
    return withBytes { bytes in
      String(unsafeUninitializedCapacity: 2 * count) { buffer in
        for place in 0..<count {
          buffer[2 * place] = digits.utf8Start[Int(bytes[place] >> 4)]
          buffer[2 * place + 1] = digits.utf8Start[Int(bytes[place] & 15)]
        }
        return 2 * count
      }
    }
  }

  /// The same of some bytes.
  static func short(of bytes: UnsafeRawBufferPointer) -> String { Digest(of: bytes).short }

  public var description: String { hex }

  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }

  public static func < (left: Digest, right: Digest) -> Bool {
    left.withBytes { left in right.withBytes { left.lexicographicallyPrecedes($0) } }
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    case 0x41...0x46: digit - 0x41 + 10
    default: nil
    }
  }
}
