// JSON to bytes: as it stands, or in the canonical form of RFC 8785.

extension JSON {
  /// Compact JSON in the members' own order.
  public var bytes: [UInt8] { written(canonical: false) }

  /// The canonical form (RFC 8785): members sorted by UTF-16 code units, no spaces, ECMAScript's numbers.
  public var canonical: [UInt8] { written(canonical: true) }

  /// Compact JSON as text, in the members' own order.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends the value; numbers must be finite.
  public func write(into out: inout [UInt8], canonical: Bool) {
    var writer = JSONWriter(canonical: canonical)
    writer.append(self)
    writer.withBytes { out.append(contentsOf: $0) }
    precondition(writer.fault != .notFinite, "JSON has no infinite numbers and no NaN")
  }

  private func written(canonical: Bool) -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out, canonical: canonical)
    return out
  }

  /// Appends a string with the escapes that RFC 8785 section 3.2.2.2 wants.
  public static func write(_ string: String, into out: inout [UInt8]) {
    var string = string
    out.append(0x22)
    string.withUTF8 { bytes in
      // Runs that need no escape go over whole.
      var start = 0
      while true {
        let end = endOfPlain(bytes.span.bytes, from: start)
        out.append(contentsOf: bytes[start..<end])
        if end == bytes.count { break }
        JSONWriter.escape(bytes[end]) { out.append($0) }
        start = end + 1
      }
    }
    out.append(0x22)
  }

  /// Appends a number, which must be finite, as ECMAScript prints it (RFC 8785 section 3.2.2.3).
  public static func write(_ value: Double, into out: inout [UInt8]) {
    precondition(value.isFinite, "JSON has no infinite numbers and no NaN")
    if abs(value) < 9_007_199_254_740_992, value == value.rounded() {
      out.append(contentsOf: String(Int64(value)).utf8)
    } else {
      out += JSONWriter.fraction(value)
    }
  }
}

/// Writes JSON, many values one after the other into one buffer that is used again.
package struct JSONWriter: ~Copyable {
  /// Why a value has no canonical form; it is written all the same, as far as it can be.
  package enum Fault: Sendable, Hashable {
    case notFinite
    case doubledMember(String)
    case tooDeep
  }

  /// A member's place, with the first eight bytes of its name as a number that compares as they do.
  private struct Place {
    var prefix: UInt64
    var index: Int
  }

  private var sink = ByteSink()
  private let isCanonical: Bool
  /// The places of the objects that are open, innermost last.
  private var places: [Place] = []
  /// The first fault since the writer was emptied.
  package private(set) var fault: Fault?

  package init(canonical: Bool) { isCanonical = canonical }

  package mutating func removeAll() {
    sink.removeAll()
    fault = nil
  }

  package var count: Int { sink.count }

  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result { try sink.withBytes(body) }

  /// Appends bytes as they are.
  package mutating func append(raw text: StaticString) { sink.append(text) }
  package mutating func append(raw bytes: UnsafeRawBufferPointer) { sink.append(bytes) }

  /// Appends a value.
  ///
  /// - Parameter depth: How deep it may be nested; what lies deeper is left out, and is a fault.
  package mutating func append(_ value: JSON, depth: Int = .max) {
    switch value {
    case .null: sink.append("null")
    case .bool(let value): sink.append(value ? "true" : "false")
    case .number(let value): append(value)
    case .string(let value): append(value)
    case .array(let values):
      guard depth > 1 || values.isEmpty else { return note(.tooDeep) }
      sink.append(0x5B)
      var isFirst = true
      for value in values {
        if !isFirst { sink.append(0x2C) }
        isFirst = false
        append(value, depth: depth - 1)
      }
      sink.append(0x5D)
    case .object(let members):
      guard depth > 1 || members.isEmpty else { return note(.tooDeep) }
      sink.append(0x7B)
      if isCanonical { appendSorted(members, depth: depth - 1) } else { appendInOrder(members, depth: depth - 1) }
      sink.append(0x7D)
    }
  }

  private mutating func note(_ found: Fault) { if fault == nil { fault = found } }

  private mutating func append(_ member: JSON.Member, isFirst: Bool, depth: Int) {
    if !isFirst { sink.append(0x2C) }
    append(member.key)
    sink.append(0x3A)
    append(member.value, depth: depth)
  }

  private mutating func appendInOrder(_ members: [JSON.Member], depth: Int) {
    for place in members.indices { append(members[place], isFirst: place == 0, depth: depth) }
  }

  /// Appends members by their names' UTF-16 code units (RFC 8785 section 3.2.3).
  private mutating func appendSorted(_ members: [JSON.Member], depth: Int) {
    let base = places.count
    var isASCII = true
    for index in members.indices {
      places.append(Place(prefix: JSONWriter.prefix(members[index].key, &isASCII), index: index))
    }
    if isASCII {
      // Among ASCII names the order of bytes is the order of code units.
      sort(from: base) { left, right in
        left.prefix != right.prefix ? left.prefix < right.prefix : members[left.index].key < members[right.index].key
      }
    } else {
      sort(from: base) { members[$0.index].key.utf16.lexicographicallyPrecedes(members[$1.index].key.utf16) }
    }
    for at in base..<base + members.count {
      let index = places[at].index
      if at > base, places[at].prefix == places[at - 1].prefix, members[index].key.hasSameBytes(as: members[places[at - 1].index].key) {
        note(.doubledMember(members[index].key))
      }
      append(members[index], isFirst: at == base, depth: depth)
    }
    places.removeLast(members.count)
  }

  /// Sorts the innermost object's places by insertion: forms are short and mostly nearly sorted.
  private mutating func sort(from base: Int, _ precedes: (Place, Place) -> Bool) {
    guard places.count - base <= 48 else { return places[base...].sort(by: precedes) }
    for end in base..<places.count {
      let place = places[end]
      var at = end
      while at > base, precedes(place, places[at - 1]) {
        places[at] = places[at - 1]
        at -= 1
      }
      places[at] = place
    }
  }

  private static func prefix(_ name: String, _ isASCII: inout Bool) -> UInt64 {
    name.withBytes { bytes in
      var prefix: UInt64 = 0
      for byte in bytes.prefix(8) { prefix = prefix << 8 | UInt64(byte) }
      prefix <<= UInt64(8 * max(0, 8 - bytes.count))
      if prefix & 0x8080_8080_8080_8080 != 0 || bytes.dropFirst(8).contains(where: { $0 >= 0x80 }) { isASCII = false }
      return prefix
    }
  }

  /// Appends a string with the escapes that RFC 8785 section 3.2.2.2 wants.
  package mutating func append(_ string: String) {
    string.withBytes { bytes in
      sink.reserve(bytes.count + 2)
      sink.append(0x22)
      // Runs that need no escape go over whole.
      var start = 0
      while true {
        let end = endOfPlain(bytes.span.bytes, from: start)
        sink.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<end]))
        if end == bytes.count { break }
        JSONWriter.escape(bytes[end]) { sink.append($0) }
        start = end + 1
      }
      sink.append(0x22)
    }
  }

  /// Puts the escape of a byte that cannot stand in a string as it is.
  @inline(__always) fileprivate static func escape(_ byte: UInt8, _ put: (UInt8) -> Void) {
    let hex = StaticString("0123456789abcdef")
    put(0x5C)
    switch byte {
    case 0x22, 0x5C: put(byte)
    case 0x08: put(0x62)
    case 0x09: put(0x74)
    case 0x0A: put(0x6E)
    case 0x0C: put(0x66)
    case 0x0D: put(0x72)
    default: for byte in [0x75, 0x30, 0x30, hex.utf8Start[Int(byte >> 4)], hex.utf8Start[Int(byte & 15)]] { put(byte) }
    }
  }

  /// Appends a number as ECMAScript prints it (RFC 8785 section 3.2.2.3).
  package mutating func append(_ value: Double) {
    guard value.isFinite else {
      sink.append("null")
      return note(.notFinite)
    }
    if abs(value) < 9_007_199_254_740_992, value == value.rounded() { return sink.append(decimal: Int64(value)) }
    JSONWriter.fraction(value).withUnsafeBytes { sink.append($0) }
  }

  /// Appends a whole number in decimal digits.
  package mutating func append(_ value: Int64) { sink.append(decimal: value) }

  /// Appends a moment as a string, with a zone's offset.
  package mutating func append(_ instant: Instant, in zone: Zone) {
    sink.append(0x22)
    sink.append(upTo: Instant.longestText) { instant.write(into: $0, offsetSeconds: zone.offsetSeconds(at: instant)) }
    sink.append(0x22)
  }

  /// Swift prints the shortest digits that read back; only their arrangement differs from ECMAScript's.
  fileprivate static func fraction(_ value: Double) -> [UInt8] {
    var out: [UInt8] = []
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
    return out
  }
}
