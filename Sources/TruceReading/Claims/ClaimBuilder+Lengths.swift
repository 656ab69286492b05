// How long fighting took: "for 55 days", "two weeks of fighting", counted from or to a day that the text gives or that ended it.
internal import TruceModel

extension ClaimBuilder {
  /// The rule of a time that only tells how long fighting had gone on: no truce of the text is broken by it.
  static let stretchRule = "stretch"

  /// "took hold after eight days of conflict", "halted 34 days of fighting": the time chunk that says how long; nil where none does.
  func lengthOfFighting(_ event: Event) -> Int? {
    guard chunks[event.chunk].kind == .noun else { return nil }
    return FrameMatcher.length(scene, of: event.chunk)
  }

  /// So long to the day of what ended it; nil where the sentence gives no such day.
  func stretch(_ length: Int) -> When? {
    guard let last = endOfStretch(length), var day = CivilDate(last.edtf.prefix(10)), chunks[length].time >= 0 else { return nil }
    let value = scene.times[Int(chunks[length].time)].value
    // Of days, the first and the last are among them; none is the day on which a truce took hold "after eight days".
    let isEnded = length > 0 && chunks[length - 1].kind == .verb
    let isBeforeTruce = !isEnded && mainVerb(around: length).map(isOfTruce) ?? false
    if value.last == "D", isBeforeTruce { day = day.adding(days: -1) }
    return to(day, value, withLast: isEnded || isBeforeTruce).flatMap { When($0, zone: last.zone, rule: ClaimBuilder.stretchRule) }
  }

  private func endOfStretch(_ length: Int) -> When? {
    func day(_ at: Int) -> When? {
      guard at != length, chunks[at].time >= 0 else { return nil }
      let mention = scene.times[Int(chunks[at].time)]
      guard !mention.isVague, !mention.isDateline, mention.type != .duration, let when = mention.when, when.end == nil,
        when.grain == .day || when.grain == .time
      else { return nil }
      return when
    }
    if length > 0, chunks[length - 1].kind == .verb {
      // "a truce that ended on 3 May 17 days of fighting".
      let verb = length - 1
      if let own = scene.clauses.arguments(verb).times.lazy.compactMap(day).first { return own }
      var at = verb - 1
      while at >= 0, chunks[at].kind != .verb {
        if let own = day(at) { return own }
        at -= 1
      }
      return discourse.truce
    }
    // "After two weeks of fighting, they took the town on Friday."
    guard let verb = mainVerb(around: length) else { return nil }
    if let own = scene.clauses.arguments(verb).times.lazy.compactMap(day).first { return own }
    if let own = chunks[..<length].indices.lazy.reversed().compactMap(day).first { return own }
    if let narrated { return paragraphDay(narrated) }
    return isOfTruce(verb) ? discourse.truce : nil
  }

  private func mainVerb(around at: Int) -> Int? {
    chunks[..<at].lastIndex { $0.kind == .verb && $0.isFinite } ?? chunks[at...].firstIndex { $0.kind == .verb && $0.isFinite }
  }

  private func isOfTruce(_ verb: Int) -> Bool {
    scene.clauses.subject(of: verb).contains { chunks[$0.noun].kinds.contains(.ceasefire) }
  }

  /// "halted a month of clashes in which 20 died": the length of the fighting that a relative tells more of.
  func lengthBefore(_ event: Event) -> Int? {
    guard event.verb >= 0 else { return nil }
    var at = event.verb
    while at > 0, [.noun, .adverb, .conjunction, .verb].contains(chunks[at].kind) { at -= 1 }
    guard at > 1, chunks[at].kind == .subordinator, Clauses.relatives.contains(chunks[at].form) else { return nil }
    if chunks[at - 1].kind == .preposition { at -= 1 }
    return FrameMatcher.length(scene, of: at - 1)
  }

  /// "died in two weeks of fighting", "after eight days of conflict": to the day that the sentence gives, else at which the text stands; in a
  /// paragraph of long ago from its day on.
  func daysOfFighting(_ event: Event, _ type: ClaimType) -> When? {
    guard type == .casualties || type == .hostilities, !isDated(event) else { return nil }
    for at in chunks.indices.dropLast(2) where chunks[at].kind == .time && chunks[at + 1].form == Clauses.of {
      let fighting = at + 2
      guard chunks[fighting].kind == .noun,
        ClaimBuilder.battles.contains(chunks[fighting].headForm) || ClaimBuilder.struggles.contains(chunks[fighting].headForm),
        event.chunk == fighting || type == .casualties && isBeside(at...fighting, event.verb), let length = mention(at),
        length.type == .duration
      else { continue }
      // "a truce that ended 34 days of fighting": until then, whenever that was.
      if at > 1, chunks[at - 1].kind == .verb, chunks[at - 2].kind == .subordinator { return nil }
      if let own = dayOfSentence { return upTo(own, length.value) }
      if published == nil, let first = discourse.fought?.first { return from(first, length.value, discourse.narrated?.zone ?? .utc) }
      let last = discourse.day ?? published
      if let narrated,
        last?.edtf.hasPrefix(narrated.day.description) != true
      {
        return from(narrated.day, length.value, narrated.zone)
      }
      return last.flatMap { upTo($0, length.value) }
    }
    return nil
  }

  /// The first day that the sentence gives, be it one up to which it tells: "by 12 December".
  private var dayOfSentence: When? {
    chunks.indices.lazy.compactMap { self.isUsable($0) ? self.mention($0) : nil }.first { $0.isOwnDay || $0.word == .by }?.when
  }

  /// Whether only nouns stand between some chunks and a verb, or the "in which" that leads to it.
  private func isBeside(_ fighting: ClosedRange<Int>, _ verb: Int) -> Bool {
    guard verb >= 0 else { return false }
    let isAfter = verb > fighting.upperBound
    return chunks[isAfter ? fighting.upperBound + 1..<verb : verb + 1..<fighting.lowerBound].allSatisfy {
      switch $0.kind {
      case .noun, .preposition, .adverb, .comma: true
      case .subordinator: isAfter && Clauses.relatives.contains($0.form)
      default: false
      }
    }
  }

  /// The length that a clause's event took: "fought for several days", "over two weeks"; nil where none is told, or one of hours.
  func lasting(_ event: Event) -> String? {
    for at in event.times where at > 0 && chunks[at - 1].kind == .preposition && ClaimBuilder.lasting.contains(chunks[at - 1].form) {
      if let mention = mention(at), mention.type == .duration, !mention.value.hasPrefix("PT") { return mention.value }
    }
    return nil
  }

  private static let lasting = FormSet(["for", "over", "throughout"])

  private func upTo(_ last: When, _ length: String) -> When? {
    guard let day = CivilDate(last.edtf.prefix(10)) else { return nil }
    return to(day, length, withLast: true).flatMap { When($0, zone: last.zone, rule: "length-to") }
  }

  /// From a day on, for a TIMEX3 length; nil of one without a count.
  func from(_ day: CivilDate, _ length: String, _ zone: Zone) -> When? {
    guard let last = ClaimBuilder.day(length, after: day) else { return nil }
    return When("\(day)/\(last)", zone: zone, rule: "length-from")
  }

  /// A TIMEX3 length that ends on a day, as an EDTF interval; with that day among those counted, or after them; nil without a count.
  func to(_ day: CivilDate, _ length: String, withLast: Bool) -> String? {
    guard length.hasPrefix("P"), let unit = length.last, let count = Int(length.dropFirst().dropLast()), (1..<400).contains(count) else {
      return nil
    }
    let start: String
    switch unit {
    case "D": start = day.adding(days: withLast || count == 1 ? 1 - count : -count).description
    case "W": start = day.adding(days: -7 * count).description
    case "M": start = String(day.adding(months: -count).description.prefix(7))
    case "Y": start = String(day.adding(months: -12 * count).description.prefix(4))
    default: return nil
    }
    return start == day.description ? start : "\(start)/\(day)"
  }

  /// The day a length of days, weeks or months later.
  private static func day(_ length: String, after day: CivilDate) -> CivilDate? {
    if let days = days(length) { return day.adding(days: days) }
    guard length.hasPrefix("P"), length.last == "M", let months = Int(length.dropFirst().dropLast()) else { return nil }
    return day.adding(months: months)
  }

  /// The days of a TIMEX3 length of days or weeks, or of hours that make whole days.
  static func days(_ value: String) -> Int? {
    guard value.hasPrefix("P"), let unit = value.last else { return nil }
    if value.hasPrefix("PT"), unit == "H", let hours = Int(value.dropFirst(2).dropLast()) { return hours % 24 == 0 ? hours / 24 : nil }
    guard let count = Int(value.dropFirst().dropLast()) else { return nil }
    return unit == "D" ? count : unit == "W" ? 7 * count : nil
  }
}
