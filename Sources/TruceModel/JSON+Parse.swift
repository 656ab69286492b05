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
    var parser = JSONParser(bytes: bytes as? [UInt8] ?? Array(bytes))
    self = try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    if at < bytes.count { throw fail("the value ends here; nothing may follow it") }
    return value
  }

  func fail(_ message: String) -> JSONError { JSONError(byte: at, message: message) }

  mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < JSON.maximumDepth else { throw fail("nested deeper than \(JSON.maximumDepth)") }
    skipSpace()
    guard at < bytes.count else { throw fail("the text ends where a value should stand") }
    switch bytes[at] {
    case 0x7B: return try object(depth: depth)
    case 0x5B: return try array(depth: depth)
    case 0x22: return .string(try string())
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    case 0x2D, 0x30...0x39: return .number(try number())
    default: throw fail("no value starts with this byte")
    }
  }

  mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for i in 0..<word.utf8CodeUnitCount {
      guard at + i < bytes.count, bytes[at + i] == word.utf8Start[i] else { throw fail("expected '\(word)'") }
    }
    at += word.utf8CodeUnitCount
    return value
  }

  mutating func object(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if at < bytes.count, bytes[at] == 0x7D {
      at += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == 0x22 else { throw fail("expected a member's name in quotes") }
      let start = at
      let key = try string()
      if members.count == 8 { keys = Set(members.map(\.key)) }
      let doubled = members.count < 8 ? members.contains { $0.key == key } : !keys.insert(key).inserted
      if doubled { throw JSONError(byte: start, message: "the member '\(key)' stands twice") }
      skipSpace()
      guard at < bytes.count, bytes[at] == 0x3A else { throw fail("expected ':'") }
      at += 1
      members.append(JSON.Member(key, try value(depth: depth + 1)))
      skipSpace()
      guard at < bytes.count else { throw fail("the object is not closed") }
      at += 1
      if bytes[at - 1] == 0x7D { return .object(members) }
      if bytes[at - 1] != 0x2C {
        at -= 1
        throw fail("expected ',' or '}'")
      }
    }
  }

  mutating func array(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var values: [JSON] = []
    skipSpace()
    if at < bytes.count, bytes[at] == 0x5D {
      at += 1
      return .array([])
    }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      guard at < bytes.count else { throw fail("the array is not closed") }
      at += 1
      if bytes[at - 1] == 0x5D { return .array(values) }
      if bytes[at - 1] != 0x2C {
        at -= 1
        throw fail("expected ',' or ']'")
      }
    }
  }

  mutating func number() throws(JSONError) -> Double {
    let start = at
    if bytes[at] == 0x2D { at += 1 }
    guard let first = digits() else { throw fail("expected a digit") }
    if first > 1, bytes[at - first] == 0x30 {
      at -= first
      throw fail("a number does not start with 0")
    }
    let whole = at
    if at < bytes.count, bytes[at] == 0x2E {
      at += 1
      if digits() == nil { throw fail("expected a digit after '.'") }
    }
    if at < bytes.count, bytes[at] | 0x20 == 0x65 {
      at += 1
      if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
      if digits() == nil { throw fail("expected an exponent") }
    }
    if whole == at, at - start < 16, bytes[start] != 0x2D { return Double(decimal(bytes[start..<at])!) }
    guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)), value.isFinite else {
      throw JSONError(byte: start, message: "a number out of range")
    }
    return value
  }

  mutating func digits() -> Int? {
    let start = at
    while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 { at += 1 }
    return at > start ? at - start : nil
  }

  mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
    guard at < bytes.count else { throw fail("the string is not closed") }
    if bytes[at] == 0x22 {
      at += 1
      return try checked(bytes[start..<at - 1], at: start)
    }
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case 0x22:
        at += 1
        return try checked(out[...], at: start)
      case 0x5C:
        at += 1
        try escape(into: &out)
      case 0x00..<0x20: throw fail("a control character in a string is written \\u00XX")
      default:
        // A run without an escape goes over whole.
        let run = at
        while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
        out.append(contentsOf: bytes[run..<at])
      }
    }
    throw fail("the string is not closed")
  }

  func checked(_ slice: ArraySlice<UInt8>, at start: Int) throws(JSONError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else { throw JSONError(byte: start, message: "the string is not UTF-8") }
    return text
  }

  mutating func escape(into out: inout [UInt8]) throws(JSONError) {
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
      var code = try hex4()
      if code >= 0xD800, code < 0xDC00 {
        guard at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { throw fail("half of a surrogate pair") }
        at += 2
        let low = try hex4()
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

  mutating func hex4() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw fail("expected four hexadecimal digits") }
    var code: UInt32 = 0
    for byte in bytes[at..<at + 4] {
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
