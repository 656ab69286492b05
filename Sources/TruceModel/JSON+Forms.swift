// Steps over canonical JSON: members are asked for in their order, once each.

extension JSONParser {
  /// Takes the beginning of an object.
  mutating func open(_ bytes: Span<UInt8>) throws(JSONError) { try take(0x7B, bytes) }

  /// Takes the end of an object; a member that was not asked for stands in its way.
  mutating func close(_ bytes: Span<UInt8>) throws(JSONError) { try take(0x7D, bytes) }

  /// Takes the beginning of a list.
  mutating func openList(_ bytes: Span<UInt8>) throws(JSONError) { try take(0x5B, bytes) }

  @inline(__always) private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONError) {
    guard at < bytes.count, bytes[at] == byte else { throw fail("another byte stands here") }
    at += 1
  }

  /// Moves to the next element of a list; false behind its end.
  mutating func hasElement(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
    guard at < bytes.count else { throw fail("the array is not closed") }
    if bytes[at] == 0x5D {
      at += 1
      return false
    }
    if bytes[at - 1] == 0x5B { return true }
    try take(0x2C, bytes)
    // A list does not end behind a comma.
    guard at < bytes.count, bytes[at] != 0x5D else { throw fail("expected an element") }
    return true
  }

  /// Moves behind the name of the next member where it is this one; stays where it is another.
  mutating func has(_ name: MemberName, _ bytes: Span<UInt8>) -> Bool {
    // No value ends with the brace that opens an object: behind one the first member stands, behind all else a comma.
    let isFirst = bytes[at - 1] == 0x7B
    let start = isFirst ? at : at + 1
    guard start + max(name.length, 8) <= bytes.count else { return false }
    let opening = bytes[at]
    guard isFirst || opening == 0x2C else { return false }
    let raw = bytes.bytes
    let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
    guard word & name.mask == name.first else { return false }
    if name.length > 8 {
      let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: start + name.length - 8, as: UInt64.self))
      guard word == name.last else { return false }
    }
    at = start + name.length
    return true
  }

  /// The bytes of a string that has no escapes, and moves behind it; nil, and stays, where there is none.
  mutating func plainString(_ bytes: Span<UInt8>) -> Range<Int>? {
    guard at < bytes.count, bytes[at] == 0x22 else { return nil }
    let end = endOfPlain(bytes.bytes, from: at + 1)
    guard end < bytes.count, bytes[end] == 0x22 else { return nil }
    defer { at = end + 1 }
    return at + 1..<end
  }

  /// A string, whatever stands here.
  mutating func string(checked bytes: Span<UInt8>) throws(JSONError) -> String {
    guard at < bytes.count, bytes[at] == 0x22 else { throw fail("expected a string") }
    return try string(bytes)
  }

  /// A number, whatever stands here.
  mutating func number(checked bytes: Span<UInt8>) throws(JSONError) -> Double {
    guard at < bytes.count, bytes[at] == 0x2D || (bytes[at] >= 0x30 && bytes[at] <= 0x39) else { throw fail("expected a number") }
    return try number(bytes)
  }

  /// A whole number of few digits, without a sign.
  mutating func integer(_ bytes: Span<UInt8>) throws(JSONError) -> Int {
    let start = at
    var value = 0
    while at < bytes.count, at - start < 15, bytes[at] >= 0x30, bytes[at] <= 0x39 {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    // What goes on as a number is one of another kind.
    guard at > start, at < bytes.count, bytes[at] == 0x2C || bytes[at] == 0x7D, at - start == 1 || bytes[start] != 0x30 else {
      throw fail("expected a whole number")
    }
    return value
  }

  mutating func bool(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
    guard let bool = try value(bytes, depth: 1).bool else { throw fail("expected true or false") }
    return bool
  }
}

/// A member's name as it stands in front of its value, `"name":`, in words of eight bytes: two comparisons find it.
struct MemberName: Sendable, ExpressibleByStringLiteral {
  fileprivate let length: Int
  /// The first eight bytes, of which there are those that the mask has.
  fileprivate let first: UInt64
  fileprivate let mask: UInt64
  /// The last eight bytes, where there are more.
  fileprivate let last: UInt64

  init(stringLiteral name: StaticString) {
    let bytes = Array("\"\(name)\":".utf8)
    precondition(bytes.count <= 16, "A member's name has at most 13 bytes")
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    length = bytes.count
    first = word(bytes.prefix(8))
    mask = .max >> UInt64(8 * max(0, 8 - length))
    last = word(bytes.suffix(8))
  }
}
