// How long fighting took: "for 55 days", "two weeks of fighting", counted from or to a day that the text gives.
internal import TruceModel

extension ClaimBuilder {
  /// "died in two weeks of fighting", "after eight days of conflict": to the day that the sentence gives, else at which the text stands; in a
  /// paragraph of long ago from its day on.
  func daysOfFighting(_ event: Event, _ type: ClaimType) -> When? {
    guard type == .casualties || type == .hostilities, !isDated(event) else { return nil }
    for at in chunks.indices.dropLast(2) where chunks[at].kind == .time && chunks[at + 1].form == Clauses.of {
      let fighting = at + 2
      guard chunks[fighting].kind == .noun, ClaimBuilder.battles.contains(chunks[fighting].headForm),
        event.chunk == fighting || type == .casualties && isBeside(at...fighting, event.verb), let length = mention(at),
        length.type == .duration
      else { continue }
      // "a truce that ended 34 days of fighting": until then, whenever that was.
      if at > 1, chunks[at - 1].kind == .verb, chunks[at - 2].kind == .subordinator { return nil }
      if let own = dayOfSentence { return to(own, length.value) }
      if published == nil, let first = discourse.fought?.first { return from(first, length.value, discourse.narrated?.zone ?? .utc) }
      let last = discourse.day ?? published
      if let narrated = discourse.narrated, narrated.paragraph == scene.sentence.paragraph,
        last?.edtf.hasPrefix(narrated.day.description) != true
      {
        return from(narrated.day, length.value, narrated.zone)
      }
      return last.flatMap { to($0, length.value) }
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

  /// From a day on, for a TIMEX3 length; nil of one without a count.
  func from(_ day: CivilDate, _ length: String, _ zone: Zone) -> When? {
    guard let last = ClaimBuilder.day(length, from: day, sign: 1) else { return nil }
    return When("\(day)/\(last)", zone: zone, rule: "length-from")
  }

  /// A TIMEX3 length that ends on a day: eight days are that day and the seven before it.
  private func to(_ last: When, _ length: String) -> When? {
    guard let day = CivilDate(last.edtf.prefix(10)), var first = ClaimBuilder.day(length, from: day, sign: -1) else { return nil }
    if length.last == "D" { first = first.adding(days: 1) }
    if first == day { return When(day, zone: last.zone, rule: "length-to") }
    return When("\(first)/\(day)", zone: last.zone, rule: "length-to")
  }

  /// The day a length of days, weeks or months away.
  private static func day(_ length: String, from day: CivilDate, sign: Int) -> CivilDate? {
    if let days = days(length) { return day.adding(days: sign * days) }
    guard length.hasPrefix("P"), length.last == "M", let months = Int(length.dropFirst().dropLast()) else { return nil }
    return day.adding(months: sign * months)
  }

  /// The days of a TIMEX3 length of days or weeks, or of hours that make whole days.
  static func days(_ value: String) -> Int? {
    guard value.hasPrefix("P"), let unit = value.last else { return nil }
    if value.hasPrefix("PT"), unit == "H", let hours = Int(value.dropFirst(2).dropLast()) { return hours % 24 == 0 ? hours / 24 : nil }
    guard let count = Int(value.dropFirst().dropLast()) else { return nil }
    return unit == "D" ? count : unit == "W" ? 7 * count : nil
  }
}
