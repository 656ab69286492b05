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
    let near = claim.when?.begin.lowerBound.milliseconds ?? epoch ?? 0
    put(claim.said, near: near)
    put(UInt64(kind(of: claim)))
    var parts: Parts = []
    if claim.report != nil { parts.insert(.report) }
    if claim.enteredBy != nil { parts.insert(.person) }
    if claim.trigger != nil { parts.insert(.trigger) }
    if !claim.who.isEmpty { parts.insert(.who) }
    if !claim.whom.isEmpty { parts.insert(.whom) }
    if !claim.places.isEmpty { parts.insert(.places) }
    if !claim.speakers.isEmpty { parts.insert(.speakers) }
    if !claim.quantities.isEmpty { parts.insert(.quantities) }
    // By pattern: to compare with nil would be to copy them.
    if case .some = claim.due { parts.insert(.due) }
    if case .some = claim.was { parts.insert(.was) }
    if case .some = claim.becomes { parts.insert(.becomes) }
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
        put(UInt64(name(place.text, id: place.place?.rawValue, candidates: place.candidates)))
        put(place.span, near: span)
      }
    }
    var last: UInt32?
    if !claim.speakers.isEmpty {
      put(UInt64(claim.speakers.count))
      for speaker in claim.speakers {
        let name = name(speaker.text, id: speaker.party?.rawValue, organ: speaker.organ, other: speaker.source?.rawValue)
        last = name
        put(UInt64(name))
        put(speaker.span, near: span)
      }
    }
    if !claim.quantities.isEmpty {
      put(UInt64(claim.quantities.count))
      for quantity in claim.quantities { put(quantity, near: span) }
    }
    if parts.contains(.due), let due = claim.due {
      put(due.when, near: near)
      put(UInt64(ClaimPool.words.firstIndex(of: due.word)!))
    }
    if parts.contains(.was) { put(claim.was, near: near) }
    if parts.contains(.becomes) { put(claim.becomes, near: near) }
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

  private mutating func number(_ text: String?) -> UInt32 { text.map { number($0) } ?? 0 }

  /// Whether a text has a number among some.
  @inline(__always)
  private static func isSame(_ number: UInt32, _ text: String?, _ texts: [Text]) -> Bool {
    guard let text else { return number == 0 }
    return number > 0 && texts[Int(number) - 1].text == text
  }

  // What is made of several texts is found by one hash of them: mostly it is known, and none of them is looked up by itself. The searches
  // hold no more of the pool than they ask, or it would be copied for each.

  private mutating func kind(of claim: Claim) -> UInt32 {
    var mixer = Mixer()
    mixer.add(claim.act)
    mixer.add(claim.frame)
    mixer.add(claim.object)
    mixer.add(claim.reason)
    let texts = texts.values
    let known = kinds.number(mixer.hash) {
      $0.type == claim.type && $0.modality == claim.modality && $0.polarity == claim.polarity
        && ClaimPool.isSame($0.act, claim.act, texts) && ClaimPool.isSame($0.frame, claim.frame, texts)
        && ClaimPool.isSame($0.object, claim.object, texts) && ClaimPool.isSame($0.reason, claim.reason, texts)
    }
    if let known { return known }
    let kind = Kind(
      type: claim.type, modality: claim.modality, polarity: claim.polarity, act: number(claim.act), frame: number(claim.frame),
      object: number(claim.object), reason: number(claim.reason))
    return kinds.append(kind, mixer.hash)
  }

  /// The number of a mention's, speaker's or place's name.
  private mutating func name(
    _ text: String, id: String?, organ: String? = nil, other: String? = nil, isImplicit: Bool = false, candidates: [PlaceID] = []
  ) -> UInt32 {
    var mixer = Mixer()
    mixer.add(text)
    mixer.add(id)
    mixer.add(organ)
    mixer.add(other)
    for candidate in candidates { mixer.add(candidate.rawValue) }
    let texts = texts.values
    let known = names.number(mixer.hash) {
      $0.isImplicit == isImplicit && ClaimPool.isSame($0.text, text, texts) && ClaimPool.isSame($0.id, id, texts)
        && ClaimPool.isSame($0.organ, organ, texts) && ClaimPool.isSame($0.other, other, texts)
        && $0.candidates.elementsEqual(candidates) { ClaimPool.isSame($0, $1.rawValue, texts) }
    }
    if let known { return known }
    let name = Name(
      text: number(text), id: number(id), organ: number(organ), other: number(other), isImplicit: isImplicit,
      candidates: candidates.map { number($0.rawValue) })
    return names.append(name, mixer.hash)
  }

  private mutating func form(of when: When) -> UInt32 {
    guard when.rule == nil, when.qualifier == nil else { return lookUp(form: when) }
    // Mostly one of the last two: that of matters and that of what is said.
    if isPlain(lastForms.0, when) { return lastForms.0! }
    if isPlain(lastForms.1, when) { return lastForms.1! }
    let number = lookUp(form: when)
    lastForms = (number, lastForms.0)
    return number
  }

  /// Whether a form without rule and qualifier is that of a time.
  @inline(__always)
  private func isPlain(_ number: UInt32?, _ when: When) -> Bool {
    guard let number else { return false }
    let form = forms.values[Int(number)]
    return form.role == when.role && form.isInterval == (when.end != nil) && form.grain == when.grain
      && zones.values[Int(form.zone)] == when.zone
  }

  private mutating func lookUp(form when: When) -> UInt32 {
    let qualifier = when.qualifier.map { String($0) }
    var mixer = Mixer()
    mixer.add(when.zone.identifier)
    mixer.add(when.rule)
    mixer.add(qualifier)
    mixer.add(when.end == nil ? 0 : 1)
    let (texts, zones) = (texts.values, zones.values)
    let known = forms.number(mixer.hash) {
      $0.role == when.role && $0.isInterval == (when.end != nil) && $0.grain == when.grain && zones[Int($0.zone)] == when.zone
        && ClaimPool.isSame($0.rule, when.rule, texts) && ClaimPool.isSame($0.qualifier, qualifier, texts)
    }
    if let known { return known }
    let form = Form(
      zone: self.zones.number(of: when.zone), rule: number(when.rule), qualifier: number(qualifier), grain: when.grain, role: when.role,
      isInterval: when.end != nil)
    return forms.append(form, mixer.hash)
  }

  @inline(__always)
  private mutating func put(_ value: UInt64) {
    if value < 0x80 { open.append(UInt8(truncatingIfNeeded: value)) } else { put(long: value) }
  }

  private mutating func put(long value: UInt64) {
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
      let name = name(
        mention.text, id: mention.party?.rawValue, organ: mention.organ, other: mention.standsFor, isImplicit: mention.isImplicit)
      put(UInt64(name))
      put(mention.span, near: own)
    }
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
    // Its parts by themselves: to unwrap it would be to copy it.
    guard let begin = when?.begin else { return put(0) }
    var mixer = Mixer()
    mixer.add(UInt64(bitPattern: begin.lowerBound.milliseconds))
    mixer.add(UInt64(bitPattern: (when?.end?.upperBound ?? begin.upperBound).milliseconds))
    mixer.add(when?.rule)
    let texts = texts.values
    let known = times.number(mixer.hash) { time in
      guard var own = when else { return false }
      let rule = own.rule
      own.rule = nil
      return time.when == own && ClaimPool.isSame(time.rule, rule, texts)
    }
    if let known {
      put(UInt64(known) << 1 | 1)
    } else if times.values.count < ClaimPool.sharedTimes, let when {
      var time = Time(when: when, rule: number(when.rule))
      time.when.rule = nil
      put(UInt64(times.append(time, mixer.hash)) << 1 | 1)
    } else {
      write(when!, near: moment)
    }
  }

  private mutating func write(_ when: When, near moment: Int64) {
    put((UInt64(form(of: when)) + 1) << 1)
    put(UInt64(number(when.edtf)))
    write(when.begin, near: moment)
    if let end = when.end { write(end, near: when.begin.lowerBound.milliseconds) }
  }

  private mutating func write(_ window: Range<Instant>, near moment: Int64) {
    put(signed: window.lowerBound.milliseconds - moment)
    put(duration: window.upperBound.milliseconds - window.lowerBound.milliseconds)
  }
}
