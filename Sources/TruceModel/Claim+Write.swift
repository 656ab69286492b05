// A claim's JSON form written straight to bytes: what a stream of readings prints, several times faster than by way of `json`.

extension Claim {
  /// Appends what `json` gives, as compact JSON in its members' order.
  ///
  /// - Parameter report: what stands for the report's id where it has one, for a stream whose reports have names of their own.
  public func write(into out: inout [UInt8], report name: String? = nil) {
    out.put("{\"id\":", id.rawValue)
    if let report { out.put(",\"report\":", name ?? report.rawValue) }
    if let enteredBy { out.put(",\"enteredBy\":", enteredBy) }
    out.put(",\"type\":", type.rawValue)
    out.put(",\"act\":", act)
    out.put(",\"span\":", span)
    out.put(",\"frame\":", frame)
    if let trigger { out.put(",\"trigger\":", trigger) }
    out.put(",\"who\":", who) { $0.write(into: &$1) }
    out.put(",\"whom\":", whom) { $0.write(into: &$1) }
    out.put(",\"where\":", places) { $0.write(into: &$1) }
    if let when { when.write(into: &out, key: ",\"when\":") }
    if let due {
      due.when.write(into: &out, key: ",\"due\":")
      out.removeLast()
      out.put(",\"word\":", due.word.rawValue)
      out.append(0x7D)
    }
    if let was { was.write(into: &out, key: ",\"was\":") }
    if let becomes { becomes.write(into: &out, key: ",\"becomes\":") }
    out.put(",\"modality\":", modality.rawValue)
    out.put(",\"polarity\":", polarity.rawValue)
    out.put(",\"speakers\":", speakers) { $0.write(into: &$1) }
    out.put(",\"quantities\":", quantities) { $0.write(into: &$1) }
    if let object { out.put(",\"object\":", object) }
    if let reason { out.put(",\"reason\":", reason) }
    if let said { said.write(into: &out, key: ",\"said\":") }
    out.append(0x7D)
  }
}

extension Mention {
  fileprivate func write(into out: inout [UInt8]) {
    out.put("{\"text\":", text)
    if let span { out.put(",\"span\":", span) }
    if let party { out.put(",\"party\":", party.rawValue) }
    if let organ { out.put(",\"organ\":", organ) }
    if isImplicit { out.put(",\"implicit\":true") }
    if let standsFor { out.put(",\"standsFor\":", standsFor) }
    out.append(0x7D)
  }
}

extension PlaceMention {
  fileprivate func write(into out: inout [UInt8]) {
    out.put("{\"text\":", text)
    if let span { out.put(",\"span\":", span) }
    if let place { out.put(",\"place\":", place.rawValue) }
    out.put(",\"candidates\":", candidates) { JSON.write($0.rawValue, into: &$1) }
    out.append(0x7D)
  }
}

extension Speaker {
  fileprivate func write(into out: inout [UInt8]) {
    out.put("{\"text\":", text)
    if let span { out.put(",\"span\":", span) }
    if let party { out.put(",\"party\":", party.rawValue) }
    if let organ { out.put(",\"organ\":", organ) }
    if let source { out.put(",\"source\":", source.rawValue) }
    out.append(0x7D)
  }
}

extension Quantity {
  fileprivate func write(into out: inout [UInt8]) {
    out.put("{\"what\":", what)
    out.put(",\"minimum\":")
    JSON.write(minimum, into: &out)
    if maximum != minimum {
      out.put(",\"maximum\":")
      JSON.write(maximum, into: &out)
    }
    if isAbout { out.put(",\"about\":true") }
    if let span { out.put(",\"span\":", span) }
    out.append(0x7D)
  }
}

extension When {
  fileprivate func write(into out: inout [UInt8], key: StaticString) {
    out.put(key)
    out.put("{\"edtf\":", edtf)
    func bound(_ key: StaticString, _ instant: Instant) {
      if instant != .distantPast, instant != .distantFuture { out.put(key, zone.text(instant)) }
    }
    bound(",\"earliest\":", earliest)
    bound(",\"latest\":", latest)
    if let end {
      bound(",\"beginLatest\":", begin.upperBound)
      bound(",\"endEarliest\":", end.lowerBound)
      out.put(",\"isInterval\":true")
    }
    if let grain { out.put(",\"grain\":", grain.rawValue) }
    if let qualifier { out.put(",\"qualifier\":", String(qualifier)) }
    out.put(",\"zone\":", zone.identifier)
    if role != .happened { out.put(",\"role\":", role.rawValue) }
    if let rule { out.put(",\"rule\":", rule) }
    out.append(0x7D)
  }
}

extension [UInt8] {
  /// Text that is JSON already.
  fileprivate mutating func put(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  fileprivate mutating func put(_ key: StaticString, _ value: String) {
    put(key)
    JSON.write(value, into: &self)
  }

  fileprivate mutating func put(_ key: StaticString, _ span: ByteSpan) {
    put(key)
    put("{\"start\":")
    put(span.start)
    put(",\"end\":")
    put(span.end)
    append(0x7D)
  }

  /// A list; an empty one is left out with its key.
  fileprivate mutating func put<Value>(_ key: StaticString, _ values: [Value], _ write: (Value, inout [UInt8]) -> Void) {
    guard !values.isEmpty else { return }
    put(key)
    for at in values.indices {
      append(at == 0 ? 0x5B : 0x2C)
      write(values[at], &self)
    }
    append(0x5D)
  }

  /// A count in decimal digits.
  private mutating func put(_ number: Int) {
    var rest = number
    let start = count
    repeat {
      append(UInt8(0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }
}
