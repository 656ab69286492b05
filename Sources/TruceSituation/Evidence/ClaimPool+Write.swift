// A claim into the pool: numbers of seven bits a byte, what is shared by its number.
internal import TruceModel

extension ClaimPool {
  /// Takes a claim in, without its id.
  ///
  /// - Returns: where it begins, and the number of its last speaker.
  mutating func add(_ claim: Claim) -> (start: Int, speaker: UInt32?) {
    open.removeAll(keepingCapacity: true)
    // First what is asked for by itself.
    if epoch == nil { epoch = claim.when?.earliest.milliseconds }
    put(claim.when, near: epoch ?? 0)
    let near = claim.when?.earliest.milliseconds ?? epoch ?? 0
    put(claim.said, near: near)
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
    if !claim.who.isEmpty { put(claim.who, near: span) }
    if !claim.whom.isEmpty { put(claim.whom, near: span) }
    if !claim.places.isEmpty {
      put(UInt64(claim.places.count))
      for place in claim.places {
        let candidates = place.candidates.map { number($0.rawValue) }
        _ = put(Name(text: number(place.text), id: number(place.place?.rawValue), candidates: candidates), place.span, near: span)
      }
    }
    var last: UInt32?
    if !claim.speakers.isEmpty {
      put(UInt64(claim.speakers.count))
      for speaker in claim.speakers {
        last = put(
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
      put(due.when, near: near)
      put(UInt64(ClaimPool.words.firstIndex(of: due.word)!))
    }
    if claim.was != nil { put(claim.was, near: near) }
    if claim.becomes != nil { put(claim.becomes, near: near) }
    return (close(), last)
  }

  /// Puts the claim that was taken in behind the others.
  private mutating func close() -> Int {
    if chunks.isEmpty {
      chunks.append([])
    } else if chunks[chunks.count - 1].count + open.count > ClaimPool.chunk {
      var next: [UInt8] = []
      next.reserveCapacity(ClaimPool.chunk)
      chunks.append(next)
    }
    let start = (chunks.count - 1) * ClaimPool.chunk + chunks[chunks.count - 1].count
    chunks[chunks.count - 1] += open
    return start
  }

  private mutating func number(_ text: String) -> UInt32 { texts.number(of: Text(text: text)) + 1 }

  private mutating func number(_ text: String?) -> UInt32 { text.map { texts.number(of: Text(text: $0)) + 1 } ?? 0 }

  private mutating func put(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      open.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    open.append(UInt8(rest))
  }

  /// A whole number of seconds as such.
  private mutating func put(duration: Int64) {
    let (seconds, rest) = duration.quotientAndRemainder(dividingBy: 1000)
    put(rest == 0 ? UInt64(seconds) << 1 : UInt64(duration) << 1 | 1)
  }

  private mutating func put(signed duration: Int64) {
    let (seconds, rest) = duration.quotientAndRemainder(dividingBy: 1000)
    let value = rest == 0 ? seconds : duration
    put(UInt64(bitPattern: value << 1 ^ value >> 63) << 1 | (rest == 0 ? 0 : 1))
  }

  /// A span by its distance from the claim's own; 0 for none.
  private mutating func put(_ span: ByteSpan?, near own: ByteSpan) {
    guard let span else { return put(0) }
    let distance = Int64(span.start) - Int64(own.start)
    put(UInt64(bitPattern: distance << 1 ^ distance >> 63) + 1)
    put(UInt64(span.end - span.start))
  }

  private mutating func put(_ mentions: [Mention], near own: ByteSpan) {
    put(UInt64(mentions.count))
    for mention in mentions {
      _ = put(
        Name(
          text: number(mention.text), id: number(mention.party?.rawValue), organ: number(mention.organ), other: number(mention.standsFor),
          isImplicit: mention.isImplicit), mention.span, near: own)
    }
  }

  /// Returns the name's number.
  private mutating func put(_ name: Name, _ span: ByteSpan?, near own: ByteSpan) -> UInt32 {
    let number = names.number(of: name)
    put(UInt64(number))
    put(span, near: own)
    return number
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
      for shift in stride(from: UInt64(0), to: 64, by: 8) { open.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift)) }
    }
  }

  /// 0 for none, an odd number for a shared one, else for the form of one that is written out near a moment.
  private mutating func put(_ when: When?, near moment: Int64) {
    guard let when else { return put(0) }
    var time = Time(when: when, rule: number(when.rule))
    time.when.rule = nil
    if times.values.count < ClaimPool.sharedTimes {
      put(UInt64(times.number(of: time)) << 1 | 1)
    } else if let known = times.known(time) {
      put(UInt64(known) << 1 | 1)
    } else {
      write(time.when, time.rule, near: moment)
    }
  }

  private mutating func write(_ when: When, _ rule: UInt32, near moment: Int64) {
    let form = Form(
      zone: zones.number(of: when.zone), rule: rule, qualifier: number(when.qualifier.map { String($0) }), grain: when.grain,
      role: when.role, isInterval: when.end != nil)
    put((UInt64(forms.number(of: form)) + 1) << 1)
    put(UInt64(number(when.edtf)))
    write(when.begin, near: moment)
    if let end = when.end { write(end, near: when.begin.lowerBound.milliseconds) }
  }

  private mutating func write(_ window: Range<Instant>, near moment: Int64) {
    put(signed: window.lowerBound.milliseconds - moment)
    put(duration: window.upperBound.milliseconds - window.lowerBound.milliseconds)
  }
}
