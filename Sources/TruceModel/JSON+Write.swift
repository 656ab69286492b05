// JSON to bytes: as it stands, or in the canonical form of RFC 8785.

extension JSON {
  /// Compact JSON in the members' own order.
  public var bytes: [UInt8] {
    var out: [UInt8] = []
    write(into: &out, canonical: false)
    return out
  }

  /// The canonical form (RFC 8785): members sorted by UTF-16 code units, no spaces, ECMAScript's numbers.
  public var canonical: [UInt8] {
    var out: [UInt8] = []
    write(into: &out, canonical: true)
    return out
  }

  /// Compact JSON as text, in the members' own order.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends the value; numbers must be finite.
  public func write(into out: inout [UInt8], canonical: Bool) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): JSON.write(value, into: &out)
    case .string(let value): JSON.write(value, into: &out)
    case .array(let values):
      out.append(0x5B)
      for (i, value) in values.enumerated() {
        if i > 0 { out.append(0x2C) }
        value.write(into: &out, canonical: canonical)
      }
      out.append(0x5D)
    case .object(let members):
      out.append(0x7B)
      let order = canonical ? JSON.canonicalOrder(members) : Array(members.indices)
      for (i, index) in order.enumerated() {
        if i > 0 { out.append(0x2C) }
        JSON.write(members[index].key, into: &out)
        out.append(0x3A)
        members[index].value.write(into: &out, canonical: canonical)
      }
      out.append(0x7D)
    }
  }

  /// The members' places, sorted by their names' UTF-16 code units (RFC 8785 section 3.2.3).
  private static func canonicalOrder(_ members: [Member]) -> [Int] {
    // Among ASCII names the order of bytes, which String's own comparison gives at once, is the order of code units.
    if members.allSatisfy({ $0.key.utf8.allSatisfy { $0 < 0x80 } }) {
      return members.indices.sorted { members[$0].key < members[$1].key }
    }
    return members.indices.sorted { members[$0].key.utf16.lexicographicallyPrecedes(members[$1].key.utf16) }
  }

  /// Appends a string with the escapes that RFC 8785 section 3.2.2.2 wants.
  public static func write(_ string: String, into out: inout [UInt8]) {
    var string = string
    out.append(0x22)
    string.withUTF8 { bytes in
      var start = 0
      // Runs that need no escape go over whole.
      for (i, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        out.append(contentsOf: bytes[start..<i])
        escape(byte, into: &out)
        start = i + 1
      }
      out.append(contentsOf: bytes[start...])
    }
    out.append(0x22)
  }

  private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
    let hex = StaticString("0123456789abcdef")
    out.append(0x5C)
    switch byte {
    case 0x22, 0x5C: out.append(byte)
    case 0x08: out.append(0x62)
    case 0x09: out.append(0x74)
    case 0x0A: out.append(0x6E)
    case 0x0C: out.append(0x66)
    case 0x0D: out.append(0x72)
    default: out.append(contentsOf: [0x75, 0x30, 0x30, hex.utf8Start[Int(byte >> 4)], hex.utf8Start[Int(byte & 15)]])
    }
  }

  /// Appends a number as ECMAScript prints it (RFC 8785 section 3.2.2.3).
  public static func write(_ value: Double, into out: inout [UInt8]) {
    precondition(value.isFinite, "JSON has no infinite numbers and no NaN")
    if value == value.rounded(), abs(value) < 9_007_199_254_740_992 {
      out.append(contentsOf: String(Int64(value)).utf8)
      return
    }
    // Swift prints the shortest digits that read back; only their arrangement differs from ECMAScript's.
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    var text = Array(abs(value).description.utf8)[...]
    if let e = text.firstIndex(of: 0x65) {
      let sign = text[e + 1] == 0x2D ? -1 : 1
      exponent = sign * (decimal(text[(e + 1)...].drop { $0 == 0x2D || $0 == 0x2B }) ?? 0)
      text = text[..<e]
    }
    for byte in text {
      if byte == 0x2E { point = digits.count } else { digits.append(byte) }
    }
    var place = (point ?? digits.count) + exponent  // where the decimal point stands after the digits' start
    while digits.count > 1, digits.first == 0x30 {
      digits.removeFirst()
      place -= 1
    }
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    if value < 0 { out.append(0x2D) }
    let count = digits.count
    if count <= place, place <= 21 {
      out += digits + Array(repeating: 0x30, count: place - count)
    } else if place > 0, place <= 21 {
      out += digits[..<place] + [0x2E] + digits[place...]
    } else if place > -6, place <= 0 {
      out += [0x30, 0x2E] + Array(repeating: 0x30, count: -place) + digits
    } else {
      out.append(digits[0])
      if count > 1 { out += [0x2E] + digits[1...] }
      out += [0x65, place - 1 < 0 ? 0x2D : 0x2B] + Array(String(abs(place - 1)).utf8)
    }
  }
}
