// What many forms in a row have in common: names, words and times that come again and again.
internal import Glibc

/// Hands out one string for equal bytes, so that a million claims hold a name once.
struct TextCache: Sendable {
  /// Shorter strings are held in place and need no storage.
  static let shortest = 16
  /// Longer ones seldom come twice.
  static let longest = 128
  private static let size = 2048

  private var slots = [String](repeating: "", count: size)

  /// The text of some bytes, which are UTF-8; nil where they are not.
  mutating func text(_ bytes: Span<UInt8>) -> String? {
    guard bytes.count >= TextCache.shortest, bytes.count <= TextCache.longest else { return makeText(bytes) }
    let slot = Int(truncatingIfNeeded: fingerprint(bytes.bytes, count: bytes.count)) & (TextCache.size - 1)
    if slots[slot].hasBytes(bytes) { return slots[slot] }
    guard let text = makeText(bytes) else { return nil }
    slots[slot] = text
    return text
  }
}

/// Keeps what was read from small objects by the bytes that it was read from.
///
/// A JSON object's bytes are never the beginning of another's, so a match of all that was kept is a match of the object.
struct ObjectCache<Value: Sendable>: Sendable {
  private static var size: Int { 1024 }
  /// Bytes that choose the slot: they reach over what differs between two times.
  private static var chosenBy: Int { 96 }

  private var slots = [(bytes: [UInt8], value: Value?)](repeating: ([], nil), count: size)

  private func slot(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let count = min(Self.chosenBy, bytes.count - start)
    return Int(truncatingIfNeeded: fingerprint(bytes.extracting(start..<start + count).bytes, count: count)) & (Self.size - 1)
  }

  /// What was kept for the object that starts here, and its length.
  func found(_ bytes: Span<UInt8>, from start: Int) -> (value: Value, length: Int)? {
    guard start < bytes.count else { return nil }
    let slot = slot(bytes, from: start)
    let length = slots[slot].bytes.count
    guard let value = slots[slot].value, length <= bytes.count - start else { return nil }
    let isSame = bytes.extracting(start..<start + length).withUnsafeBufferPointer {
      memcmp($0.baseAddress!, slots[slot].bytes, length) == 0
    }
    return isSame ? (value, length) : nil
  }

  /// Keeps a value for the object `start..<end`.
  mutating func keep(_ value: Value, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    let copy = bytes.extracting(start..<end).withUnsafeBufferPointer { Array($0) }
    slots[slot(bytes, from: start)] = (copy, value)
  }
}

/// A number that differs for most different bytes; chooses a slot, proves nothing.
private func fingerprint(_ bytes: RawSpan, count: Int) -> UInt64 {
  var sum = UInt64(count) &* 0x9E37_79B9_7F4A_7C15
  var at = 0
  while at + 8 <= count {
    sum = (sum ^ bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
    sum ^= sum >> 32
    at += 8
  }
  while at < count {
    sum = (sum ^ UInt64(bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self))) &* 0xFF51_AFD7_ED55_8CCD
    at += 1
  }
  return sum ^ sum >> 29
}

/// The text of some bytes; nil where they are not UTF-8.
func makeText(_ bytes: Span<UInt8>) -> String? {
  guard let text = try? UTF8Span(validating: bytes) else { return nil }
  return String(copying: text)
}

extension String {
  /// Whether the string consists of these bytes.
  package func hasBytes(_ bytes: Span<UInt8>) -> Bool {
    guard utf8.count == bytes.count, bytes.count > 0 else { return utf8.isEmpty && bytes.isEmpty }
    return bytes.withUnsafeBufferPointer { other in
      utf8.withContiguousStorageIfAvailable { memcmp($0.baseAddress!, other.baseAddress!, other.count) == 0 } ?? utf8.elementsEqual(other)
    }
  }
}
