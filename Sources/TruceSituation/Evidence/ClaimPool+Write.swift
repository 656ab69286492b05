// A claim into the pool: numbers of seven bits a byte, what is shared by its number.
internal import TruceModel

extension ClaimPool {
  /// Takes a claim in, without its id.
  ///
  /// - Returns: where it begins.
  mutating func add(_ claim: Claim) -> Int {
    let start = bytes.count
    // By a quarter: to double would leave much of the memory empty.
    if bytes.capacity - start < 1024 { bytes.reserveCapacity(start + max(4096, start / 4)) }
    // First what is asked for by itself.
    put(claim.when)
    put(claim.said)
    let kind = Kind(
      type: claim.type, modality: claim.modality, polarity: claim.polarity, act: number(claim.act), frame: number(claim.frame),
      object: number(claim.object), reason: number(claim.reason))
    put(UInt64(kinds.number(of: kind)))
    var parts: Parts = []
    if claim.report != nil { parts.insert(.report) }
    if claim.enteredBy != nil { parts.insert(.person) }
    if claim.trigger != nil { parts.insert(.trigger) }
    if !claim.who.isEmpty { parts.insert(.who) }
    if !claim.whom.isEmpty { parts.insert(.whom) }
    if !claim.places.isEmpty { parts.insert(.places) }
    if !claim.speakers.isEmpty { parts.insert(.speakers) }
    if !claim.quantities.isEmpty { parts.insert(.quantities) }
    if claim.due != nil { parts.insert(.due) }
    if claim.was != nil { parts.insert(.was) }
    if claim.becomes != nil { parts.insert(.becomes) }
    put(parts.rawValue)
    if let report = claim.report { put(UInt64(number(report.rawValue))) }
    if let person = claim.enteredBy { put(UInt64(number(person))) }
    let span = claim.span
    put(UInt64(span.start))
    put(UInt64(span.end - span.start))
    if claim.trigger != nil { put(claim.trigger, near: span) }
    for list in [claim.who, claim.whom] where !list.isEmpty {
      put(UInt64(list.count))
      for mention in list {
        put(
          Name(
            text: number(mention.text), id: number(mention.party?.rawValue), organ: number(mention.organ), other: number(mention.standsFor),
            isImplicit: mention.isImplicit), mention.span, near: span)
      }
    }
    if !claim.places.isEmpty {
      put(UInt64(claim.places.count))
      for place in claim.places {
        let candidates = place.candidates.map { number($0.rawValue) }
        put(Name(text: number(place.text), id: number(place.place?.rawValue), candidates: candidates), place.span, near: span)
      }
    }
    if !claim.speakers.isEmpty {
      put(UInt64(claim.speakers.count))
      for speaker in claim.speakers {
        put(
          Name(
            text: number(speaker.text), id: number(speaker.party?.rawValue), organ: number(speaker.organ),
            other: number(speaker.source?.rawValue)), speaker.span, near: span)
      }
    }
    if !claim.quantities.isEmpty {
      put(UInt64(claim.quantities.count))
      for quantity in claim.quantities { put(quantity, near: span) }
    }
    if let due = claim.due {
      put(due.when)
      put(UInt64(ClaimPool.words.firstIndex(of: due.word)!))
    }
    if claim.was != nil { put(claim.was) }
    if claim.becomes != nil { put(claim.becomes) }
    return start
  }

  private mutating func number(_ text: String) -> UInt32 { texts.number(of: Text(text: text)) + 1 }

  private mutating func number(_ text: String?) -> UInt32 { text.map { texts.number(of: Text(text: $0)) + 1 } ?? 0 }

  private mutating func put(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func put(signed value: Int64) { put(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  /// A span by its distance from the claim's own; 0 for none.
  private mutating func put(_ span: ByteSpan?, near own: ByteSpan) {
    guard let span else { return put(0) }
    let distance = Int64(span.start) - Int64(own.start)
    put(UInt64(bitPattern: distance << 1 ^ distance >> 63) + 1)
    put(UInt64(span.end - span.start))
  }

  private mutating func put(_ name: Name, _ span: ByteSpan?, near own: ByteSpan) {
    put(UInt64(names.number(of: name)))
    put(span, near: own)
  }

  private mutating func put(_ quantity: Quantity, near own: ByteSpan) {
    put(UInt64(number(quantity.what)) << 1 | (quantity.isAbout ? 1 : 0))
    put(figure: quantity.minimum)
    put(figure: quantity.maximum)
    put(quantity.span, near: own)
  }

  /// A whole number in few bytes, everything else by its bits.
  private mutating func put(figure number: Double) {
    if number >= 0, number < 0x1p52, number.rounded() == number, number.sign == .plus {
      put(UInt64(number) << 1)
    } else {
      put(1)
      for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift)) }
    }
  }

  /// 0 for none, 1 for one that is written out, else the number of a shared one.
  private mutating func put(_ when: When?) {
    guard let when else { return put(0) }
    var time = Time(when: when, rule: number(when.rule))
    time.when.rule = nil
    if times.values.count < ClaimPool.sharedTimes {
      put(UInt64(times.number(of: time)) + 2)
    } else if let known = times.known(time) {
      put(UInt64(known) + 2)
    } else {
      put(1)
      write(time.when, time.rule)
    }
  }

  private mutating func write(_ when: When, _ rule: UInt32) {
    put(UInt64(number(when.edtf)))
    put(UInt64(zones.number(of: when.zone)))
    put(UInt64(rule))
    let grain = when.grain.flatMap { ClaimPool.grains.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    let role = ClaimPool.roles.firstIndex(of: when.role)!
    put(UInt64((grain * ClaimPool.roles.count + role) << 2 | (when.qualifier == nil ? 0 : 2) | (when.end == nil ? 0 : 1)))
    if let qualifier = when.qualifier { put(UInt64(number(String(qualifier)))) }
    write(when.begin, near: 0)
    if let end = when.end { write(end, near: when.begin.lowerBound.milliseconds) }
  }

  private mutating func write(_ window: Range<Instant>, near moment: Int64) {
    put(signed: window.lowerBound.milliseconds - moment)
    put(UInt64(window.upperBound.milliseconds - window.lowerBound.milliseconds))
  }
}
