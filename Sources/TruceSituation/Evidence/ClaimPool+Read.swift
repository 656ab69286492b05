// A claim out of the pool again.
internal import TruceModel

extension ClaimPool {
  var reader: Reader {
    Reader(
      epoch: epoch ?? 0, chunks: chunks, texts: texts.values, kinds: kinds.values, names: names.values, times: times.values,
      forms: forms.values, zones: zones.values)
  }

  /// The pool as far as claims are read from it: less to copy than all of it.
  struct Reader: Sendable {
    fileprivate let epoch: Int64
    fileprivate let chunks: [[UInt8]]
    fileprivate let texts: [Text]
    fileprivate let kinds: [Kind]
    fileprivate let names: [Name]
    fileprivate let times: [Time]
    fileprivate let forms: [Form]
    fileprivate let zones: [Zone]
  }
}

extension ClaimPool.Reader {
  /// A place in the bytes that moves on.
  private struct Cursor {
    let bytes: [UInt8]
    var at: Int
  }

  private func cursor(at start: Int) -> Cursor { Cursor(bytes: chunks[start / ClaimPool.chunk], at: start % ClaimPool.chunk) }

  /// The claim that begins at a place.
  func claim(at start: Int, id: ClaimID) -> Claim {
    var cursor = cursor(at: start)
    let when = time(&cursor, near: epoch)
    let near = when?.earliest.milliseconds ?? epoch
    let said = time(&cursor, near: near)
    let kind = kinds[Int(next(&cursor))]
    let parts = ClaimPool.Parts(rawValue: next(&cursor))
    let report = parts.contains(.report) ? ReportID(text(next(&cursor))!) : nil
    let person = parts.contains(.person) ? text(next(&cursor)) : nil
    let begin = Int(next(&cursor))
    let own = ByteSpan(begin, begin + Int(next(&cursor)))
    let trigger = parts.contains(.trigger) ? span(&cursor, near: own) : nil
    let who = parts.contains(.who) ? list(&cursor) { mention(&$0, near: own) } : []
    let whom = parts.contains(.whom) ? list(&cursor) { mention(&$0, near: own) } : []
    let places = parts.contains(.places) ? list(&cursor) { place(&$0, near: own) } : []
    let speakers = parts.contains(.speakers) ? list(&cursor) { speaker(&$0, near: own) } : []
    let quantities = parts.contains(.quantities) ? list(&cursor) { quantity(&$0, near: own) } : []
    var due: Deadline?
    if parts.contains(.due), let when = time(&cursor, near: near) { due = Deadline(when, ClaimPool.words[Int(next(&cursor))]) }
    let was = parts.contains(.was) ? time(&cursor, near: near) : nil
    let becomes = parts.contains(.becomes) ? time(&cursor, near: near) : nil
    return Claim(
      id: id, report: report, enteredBy: person, type: kind.type, act: text(UInt64(kind.act))!, span: own, frame: text(UInt64(kind.frame))!,
      trigger: trigger, who: who, whom: whom, places: places, when: when, due: due, was: was, becomes: becomes, modality: kind.modality,
      polarity: kind.polarity, speakers: speakers, quantities: quantities, object: text(UInt64(kind.object)),
      reason: text(UInt64(kind.reason)), said: said)
  }

  /// Whether the claim that begins at a place says when its matter was so.
  func hasTime(at start: Int) -> Bool { chunks[start / ClaimPool.chunk][start % ClaimPool.chunk] != 0 }

  /// When the matter of the claim that begins at a place was so, without the rest of it.
  func when(at start: Int) -> When? {
    var cursor = cursor(at: start)
    return time(&cursor, near: epoch)
  }

  private func next(_ cursor: inout Cursor) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = cursor.bytes[cursor.at]
      cursor.at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  private func duration(_ cursor: inout Cursor) -> Int64 {
    let value = next(&cursor)
    return Int64(value >> 1) * (value & 1 == 0 ? 1000 : 1)
  }

  private func signed(_ cursor: inout Cursor) -> Int64 {
    let value = next(&cursor)
    let magnitude = value >> 1
    return (Int64(bitPattern: magnitude >> 1) ^ -Int64(bitPattern: magnitude & 1)) * (value & 1 == 0 ? 1000 : 1)
  }

  /// The text of a number; nil for 0.
  private func text(_ number: UInt64) -> String? { number == 0 ? nil : texts[Int(number) - 1].text }

  private func list<Value>(_ cursor: inout Cursor, _ one: (inout Cursor) -> Value) -> [Value] {
    let count = Int(next(&cursor))
    var list: [Value] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(one(&cursor)) }
    return list
  }

  private func span(_ cursor: inout Cursor, near own: ByteSpan) -> ByteSpan? {
    let value = next(&cursor)
    if value == 0 { return nil }
    let distance = Int64(bitPattern: (value - 1) >> 1) ^ -Int64(bitPattern: (value - 1) & 1)
    let begin = own.start + Int(distance)
    return ByteSpan(begin, begin + Int(next(&cursor)))
  }

  private func mention(_ cursor: inout Cursor, near own: ByteSpan) -> Mention {
    let name = names[Int(next(&cursor))]
    return Mention(
      text(UInt64(name.text))!, span: span(&cursor, near: own), party: text(UInt64(name.id)).map { PartyID($0) },
      organ: text(UInt64(name.organ)), isImplicit: name.isImplicit, standsFor: text(UInt64(name.other)))
  }

  private func place(_ cursor: inout Cursor, near own: ByteSpan) -> PlaceMention {
    let name = names[Int(next(&cursor))]
    return PlaceMention(
      text(UInt64(name.text))!, span: span(&cursor, near: own), place: text(UInt64(name.id)).map { PlaceID($0) },
      candidates: name.candidates.map { PlaceID(text(UInt64($0))!) })
  }

  private func speaker(_ cursor: inout Cursor, near own: ByteSpan) -> Speaker {
    let name = names[Int(next(&cursor))]
    return Speaker(
      text(UInt64(name.text))!, span: span(&cursor, near: own), party: text(UInt64(name.id)).map { PartyID($0) },
      organ: text(UInt64(name.organ)), source: text(UInt64(name.other)).map { SourceID($0) })
  }

  private func quantity(_ cursor: inout Cursor, near own: ByteSpan) -> Quantity {
    let head = next(&cursor)
    let minimum = double(&cursor)
    let maximum = double(&cursor)
    return Quantity(text(head >> 1)!, minimum, maximum, isAbout: head & 1 == 1, span: span(&cursor, near: own))
  }

  private func double(_ cursor: inout Cursor) -> Double {
    let value = next(&cursor)
    if value & 1 == 0 { return Double(value >> 1) }
    var bits: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bits |= UInt64(cursor.bytes[cursor.at]) << shift
      cursor.at += 1
    }
    return Double(bitPattern: bits)
  }

  private func time(_ cursor: inout Cursor, near moment: Int64) -> When? {
    let number = next(&cursor)
    if number == 0 { return nil }
    if number & 1 == 0 { return written(forms[Int(number >> 1) - 1], &cursor, near: moment) }
    let time = times[Int(number >> 1)]
    var when = time.when
    when.rule = text(UInt64(time.rule))
    return when
  }

  /// A time that is written out.
  private func written(_ form: ClaimPool.Form, _ cursor: inout Cursor, near moment: Int64) -> When {
    var when = ClaimPool.Reader.blank
    when.edtf = text(next(&cursor))!
    when.zone = zones[Int(form.zone)]
    when.role = form.role
    when.rule = text(UInt64(form.rule))
    when.qualifier = text(UInt64(form.qualifier))?.first
    when.grain = form.grain
    when.begin = window(&cursor, near: moment)
    if form.isInterval { when.end = window(&cursor, near: when.begin.lowerBound.milliseconds) }
    return when
  }

  private static let blank = When(CivilDate(daysSinceEpoch: 0), zone: .utc)

  private func window(_ cursor: inout Cursor, near moment: Int64) -> Range<Instant> {
    let lower = moment + signed(&cursor)
    return Instant(milliseconds: lower)..<Instant(milliseconds: lower + duration(&cursor))
  }
}
