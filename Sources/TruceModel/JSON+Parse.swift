// Bytes to JSON, strictly (RFC 8259), with a byte position for every error.

/// What is wrong with a text that should be JSON, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The byte at which reading stopped, from 0.
  public let byte: Int
  public let message: String

  public var description: String { "byte \(byte): \(message)" }
}

extension JSON {
  /// The deepest nesting that is read.
  public static let maximumDepth = 200

  /// A JSON text, whole; doubled keys, lone surrogates, broken UTF-8 and text behind the value are errors.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSON, JSONError> {
      var parser = JSONParser()
      return Result { () throws(JSONError) in try parser.document(bytes.span) }
    }
    self = try (bytes.withContiguousStorageIfAvailable(parse) ?? Array(bytes).withUnsafeBufferPointer(parse)).get()
  }
}

/// A place in a JSON text; the text itself is handed to each step, so that nothing of it is copied.
struct JSONParser {
  var at = 0
  /// Members and elements of what is open, innermost last: each object and array is made in one piece when it is closed.
  private var members: [JSON.Member] = []
  private var elements: [JSON] = []

  mutating func document(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
    let value = try value(bytes, depth: 0)
    skipSpace(bytes)
    if at < bytes.count { throw fail("the value ends here; nothing may follow it") }
    return value
  }

  func fail(_ message: String) -> JSONError { JSONError(byte: at, message: message) }

  @inline(__always) mutating func skipSpace(_ bytes: Span<UInt8>) {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  }

  mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    guard depth < JSON.maximumDepth else { throw fail("nested deeper than \(JSON.maximumDepth)") }
    skipSpace(bytes)
    guard at < bytes.count else { throw fail("the text ends where a value should stand") }
    switch bytes[at] {
    case 0x7B: return try object(bytes, depth: depth)
    case 0x5B: return try array(bytes, depth: depth)
    case 0x22: return .string(try string(bytes))
    case 0x74: return try word("true", .bool(true), bytes)
    case 0x66: return try word("false", .bool(false), bytes)
    case 0x6E: return try word("null", .null, bytes)
    case 0x2D, 0x30...0x39: return .number(try number(bytes))
    default: throw fail("no value starts with this byte")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON, _ bytes: Span<UInt8>) throws(JSONError) -> JSON {
    for i in 0..<word.utf8CodeUnitCount {
      guard at + i < bytes.count, bytes[at + i] == word.utf8Start[i] else { throw fail("expected '\(word)'") }
    }
    at += word.utf8CodeUnitCount
    return value
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    at += 1
    skipSpace(bytes)
    if at < bytes.count, bytes[at] == 0x7D {
      at += 1
      return .object([])
    }
    let base = members.count
    var keys: Set<String> = []
    while true {
      skipSpace(bytes)
      guard at < bytes.count, bytes[at] == 0x22 else { throw fail("expected a member's name in quotes") }
      let start = at
      let key = try string(bytes)
      let count = members.count - base
      if count == 24 { keys = Set(members[base...].map(\.key)) }
      // Strings are equal where they only look alike; names are doubled where their bytes are the same.
      if count < 24 || !keys.insert(key).inserted, members[base...].contains(where: { $0.key == key && $0.key.hasSameBytes(as: key) }) {
        throw JSONError(byte: start, message: "the member '\(key)' stands twice")
      }
      skipSpace(bytes)
      guard at < bytes.count, bytes[at] == 0x3A else { throw fail("expected ':'") }
      at += 1
      let value = try value(bytes, depth: depth + 1)
      members.append(JSON.Member(key, value))
      skipSpace(bytes)
      guard at < bytes.count else { throw fail("the object is not closed") }
      at += 1
      if bytes[at - 1] == 0x7D { break }
      if bytes[at - 1] != 0x2C {
        at -= 1
        throw fail("expected ',' or '}'")
      }
    }
    defer { members.removeLast(members.count - base) }
    return .object(Array(members[base...]))
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    at += 1
    skipSpace(bytes)
    if at < bytes.count, bytes[at] == 0x5D {
      at += 1
      return .array([])
    }
    let base = elements.count
    while true {
      let value = try value(bytes, depth: depth + 1)
      elements.append(value)
      skipSpace(bytes)
      guard at < bytes.count else { throw fail("the array is not closed") }
      at += 1
      if bytes[at - 1] == 0x5D { break }
      if bytes[at - 1] != 0x2C {
        at -= 1
        throw fail("expected ',' or ']'")
      }
    }
    defer { elements.removeLast(elements.count - base) }
    return .array(Array(elements[base...]))
  }

  mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> Double {
    let start = at
    if bytes[at] == 0x2D { at += 1 }
    guard let first = digits(bytes) else { throw fail("expected a digit") }
    if first > 1, bytes[at - first] == 0x30 {
      at -= first
      throw fail("a number does not start with 0")
    }
    let whole = at
    if at < bytes.count, bytes[at] == 0x2E {
      at += 1
      if digits(bytes) == nil { throw fail("expected a digit after '.'") }
    }
    if at < bytes.count, bytes[at] | 0x20 == 0x65 {
      at += 1
      if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
      if digits(bytes) == nil { throw fail("expected an exponent") }
    }
    if whole == at, at - start < 16, bytes[start] != 0x2D {
      var value: Int64 = 0
      for place in start..<at { value = value * 10 + Int64(bytes[place] - 0x30) }
      return Double(value)
    }
    guard let value = Double(try text(bytes, start..<at)), value.isFinite else {
      throw JSONError(byte: start, message: "a number out of range")
    }
    return value
  }

  private mutating func digits(_ bytes: Span<UInt8>) -> Int? {
    let start = at
    while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 { at += 1 }
    return at > start ? at - start : nil
  }

  /// The string whose opening quote stands here.
  mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
    at += 1
    let start = at
    at = endOfPlain(bytes.bytes, from: at)
    guard at < bytes.count else { throw fail("the string is not closed") }
    if bytes[at] == 0x22 {
      at += 1
      return try text(bytes, start..<at - 1)
    }
    var out: [UInt8] = []
    out.reserveCapacity(min(bytes.count - start, 4096))
    copy(bytes, start..<at, into: &out)
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        at += 1
        guard let text = String(validating: out, as: UTF8.self) else { throw JSONError(byte: start, message: notUTF8) }
        return text
      case 0x5C:
        at += 1
        try escape(bytes, into: &out)
      case 0x00..<0x20: throw fail("a control character in a string is written \\u00XX")
      default:
        let run = at
        at = endOfPlain(bytes.bytes, from: at)
        copy(bytes, run..<at, into: &out)
      }
    }
    throw fail("the string is not closed")
  }

  private func copy(_ bytes: Span<UInt8>, _ range: Range<Int>, into out: inout [UInt8]) {
    bytes.extracting(range).withUnsafeBufferPointer { out.append(contentsOf: $0) }
  }

  private var notUTF8: String { "the string is not UTF-8" }

  /// The text of some bytes.
  private func text(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONError) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch { throw JSONError(byte: range.lowerBound, message: notUTF8) }
  }

  private mutating func escape(_ bytes: Span<UInt8>, into out: inout [UInt8]) throws(JSONError) {
    guard at < bytes.count else { throw fail("the string is not closed") }
    at += 1
    switch bytes[at - 1] {
    case 0x22: out.append(0x22)
    case 0x5C: out.append(0x5C)
    case 0x2F: out.append(0x2F)
    case 0x62: out.append(0x08)
    case 0x66: out.append(0x0C)
    case 0x6E: out.append(0x0A)
    case 0x72: out.append(0x0D)
    case 0x74: out.append(0x09)
    case 0x75:
      var code = try hex4(bytes)
      if code >= 0xD800, code < 0xDC00 {
        guard at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { throw fail("half of a surrogate pair") }
        at += 2
        let low = try hex4(bytes)
        guard low >= 0xDC00, low < 0xE000 else { throw fail("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fail("half of a surrogate pair") }
      out.append(contentsOf: UTF8.encode(scalar)!)
    default:
      at -= 1
      throw fail("no such escape")
    }
  }

  private mutating func hex4(_ bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw fail("expected four hexadecimal digits") }
    var code: UInt32 = 0
    for place in at..<at + 4 {
      let byte = bytes[place]
      switch byte {
      case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
      case 0x61...0x66: code = code << 4 | UInt32(byte - 0x61 + 10)
      case 0x41...0x46: code = code << 4 | UInt32(byte - 0x41 + 10)
      default: throw fail("expected four hexadecimal digits")
      }
    }
    at += 4
    return code
  }
}

extension String {
  /// Whether two strings are the same bytes: equal strings may be composed in two ways.
  func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
