// Times that a narrative leaves to its context: what was said later, what a relative tells more of, months that carry on.
internal import TruceModel

extension ClaimBuilder {
  static let then = Form("then")

  /// The day that the sentence's own paragraph last gave.
  var narrated: (day: CivilDate, zone: Zone)? {
    guard let last = discourse.narrated, last.paragraph == scene.sentence.paragraph else { return nil }
    return (last.day, last.zone)
  }

  func paragraphDay(_ narrated: (day: CivilDate, zone: Zone)) -> When { When(narrated.day, zone: narrated.zone, rule: "paragraph-day") }

  /// "said that the rebels had handed over the port", days after the day at which the text stands: at any time up to the publication.
  func isSaidLater(_ event: Event, _ type: ClaimType) -> Bool {
    guard type == .controlChange || type == .deployment || type == .postEstablished, let published, let day = discourse.day,
      published.earliest.milliseconds - day.earliest.milliseconds >= 2 * 86_400_000
    else { return false }
    return speeches.contains { $0.verb >= 0 && $0.verb != event.verb && $0.scope.contains(event.chunk) }
  }

  /// "the 18 August accord signed in Orlin": the date within the agreement's name.
  func dateOfAgreement(_ event: Event) -> TimeMention? {
    guard let at = event.roles[.what]?.first?.chunk, at >= 0 else { return nil }
    return dateWithin(at)
  }

  /// "Monday night's attack", "the April 8 attacks": the date within a noun's own words.
  func dateWithin(_ noun: Int) -> TimeMention? {
    for unit in chunks[noun].first..<chunks[noun].head where scene.units[unit].time >= 0 {
      let mention = scene.times[Int(scene.units[unit].time)]
      if mention.isOnCalendar, mention.type == .date || mention.type == .time, !mention.isVague { return mention }
    }
    // "said | Monday night's attack": before its noun.
    if noun > 0, let mention = mention(noun - 1), mention.isOnCalendar, scene.isOwner(time: noun - 1) { return mention }
    return nil
  }

  /// "an offensive in June, which led to the fall of Orlin": the time right before the relative.
  func ofRelative(_ event: Event) -> Int? {
    var at = max(event.verb, 0)
    if event.verb < 0 { at = event.chunk }
    while at > 0, [.noun, .adverb, .preposition, .conjunction, .verb].contains(chunks[at].kind), at > event.chunk - 9 { at -= 1 }
    guard at >= 2, chunks[at].kind == .subordinator, Clauses.relatives.contains(chunks[at].form), chunks[at - 1].kind == .comma,
      chunks[at - 2].kind == .time
    else { return nil }
    return at - 2
  }

  /// "in July and August 2019", "on 3 and 4 May": both of two times that "and" joins.
  func joined(_ first: Int, _ mention: (Int) -> TimeMention?) -> When? {
    guard first >= 0, first + 2 < chunks.count, chunks[first].kind == .time, chunks[first + 1].kind == .conjunction,
      chunks[first + 2].kind == .time,
      let one = mention(first)?.when, let other = mention(first + 2)?.when, one.end == nil, other.end == nil, one.role == other.role
    else { return nil }
    if one.edtf.utf8.count == 10, other.edtf.utf8.count == 10, let from = CivilDate(one.edtf),
      from.adding(days: 1).description == other.edtf
    {
      return When("\(from)/\(other.edtf)", zone: other.zone, rule: "joined-days")
    }
    guard one.grain == .month, other.grain == .month else { return nil }
    // The second gives the year of both, where it is not one to come.
    let isToCome = published.map { other.earliest >= $0.latest && one.earliest < $0.latest } ?? false
    let month = one.edtf.prefix(7).suffix(2)
    var last = String(other.edtf.prefix(7))
    guard let year = Int((isToCome ? one : other).edtf.prefix(4)), month.count == 2 else { return nil }
    if isToCome { last = "\(year)-\(last.suffix(2))" }
    let from = "\(month > last.suffix(2) ? year - 1 : year)-\(month)"
    guard from < last else { return nil }
    return When("\(from)/\(last)", zone: other.zone, rule: "joined-months")
  }

  /// "from Orlin on Monday and from Tarn on Tuesday": the time that follows each place; nil where not every one has its own.
  func placesTimes(_ event: Event, _ count: Int) -> [Int]? {
    guard count > 1, event.times.count > 1, let fillers = event.roles[.place], fillers.count == count else { return nil }
    var found: [Int] = []
    for (at, filler) in fillers.enumerated() {
      let next = at + 1 < count ? fillers[at + 1].chunk : chunks.count
      guard filler.chunk >= 0, let time = event.times.sorted().first(where: { $0 > filler.chunk && $0 < next }) else { return nil }
      found.append(time)
    }
    return Set(found).count == count ? found : nil
  }

  /// "at around midday on | the 16th": the day that follows a part of one.
  func dayOfPart(_ part: Int, _ mention: (Int) -> TimeMention?) -> When? {
    guard let first = mention(part), first.rule == "part-of-day" || first.rule == "clock", let when = first.when else { return nil }
    var next = part + 1
    // "at 9 p.m. (1900 GMT) on Wednesday".
    if next < chunks.count, chunks[next].kind == .openBracket {
      next = (chunks[next...].firstIndex { $0.kind == .closeBracket } ?? next) + 1
    }
    guard next + 1 < chunks.count, chunks[next].kind == .preposition, chunks[next].form == FrameMatcher.on,
      let day = mention(next + 1)?.when, day.grain == .day, day.edtf.utf8.count == 10
    else { return nil }
    return when.edtf.prefix(10) == day.edtf ? nil : When(day.edtf, zone: day.zone, rule: "day-of-part")
  }

  /// "In April rebels attacked a base. Eleven soldiers died": the month that the paragraph last gave.
  func narratedMonth(_ mood: Mood, _ type: ClaimType) -> When? {
    guard let month = discourse.narratedMonth, month.paragraph == scene.sentence.paragraph, mood.isPast, !mood.isPerfect,
      type != .ceasefireStart, type != .agreementSigned
    else { return nil }
    return When(month.edtf, zone: month.zone, rule: "paragraph-month")
  }

  /// "comes into force immediately", "with immediate effect": when it is said.
  func isImmediate(_ event: Event) -> Bool {
    guard event.verb >= 0 else { return false }
    for at in chunks.indices where at > event.verb - 2 && at <= event.verb + 5 {
      for unit in chunks[at].first..<chunks[at].end where ClaimBuilder.immediate.contains(scene.form(unit)) { return true }
    }
    return false
  }

  /// "by the 2006 raid": the year of what follows, and no bound.
  func isAttribute(_ mention: TimeMention) -> Bool {
    guard mention.value.utf8.count == 4, let first = mention.tokens.first else { return false }
    return scene.tokens[first].form == Mentions.the || first > 0 && scene.tokens[first - 1].form == Mentions.the
  }

  /// "the first such attack since 2006", "the worst fighting since March": what it compares with, and not since when it went on.
  func isOfFirst(_ chunk: Int, _ mention: TimeMention) -> Bool {
    mention.word == .from && mention.governor.contains { scene.tokens[$0].form == UnitBuilder.since } && isFirst(before: chunk)
  }

  /// Whether a noun shortly before is a first or a greatest of its kind.
  func isFirst(before chunk: Int) -> Bool {
    let end = chunks[chunk].first
    for unit in (max(0, end - 8)..<end).reversed() {
      if ClaimBuilder.firsts.contains(scene.form(unit)) { return true }
      if scene.units[unit].tag == .comma || scene.units[unit].tag == .verb { return false }
    }
    return false
  }

  private static let firsts = FormSet([
    "first", "worst", "deadliest", "bloodiest", "heaviest", "fiercest", "biggest", "largest", "most", "gravest", "highest", "longest",
  ])

  static let immediate = FormSet(["immediately", "immediate"])

  /// The month of the day at which a narrative without a date of publication stands, in a paragraph that does not give that day.
  func monthOfText(_ day: When) -> When? {
    guard published == nil, discourse.narrated?.paragraph != scene.sentence.paragraph,
      !chunks.contains(where: { $0.kind == .time && scene.times[Int($0.time)].isOwnDay })
    else { return nil }
    return When(String(day.edtf.prefix(7)), zone: day.zone, rule: "text-month")
  }

  /// "The clashes left 21 dead", "died in the battle": in a narrative the days of all of it.
  func ofAllFighting(_ event: Event) -> When? {
    guard published == nil, event.verb >= 0, let fought = discourse.fought else { return nil }
    var last = fought.last
    if let narrated = discourse.narrated, narrated.day > last { last = narrated.day }
    guard fought.first < last, last.daysSinceEpoch - fought.first.daysSinceEpoch <= 366 else { return nil }
    func isWhole(_ at: Int) -> Bool {
      chunks[at].kind == .noun && ClaimBuilder.battles.contains(chunks[at].headForm) && scene.form(chunks[at].first) == Mentions.the
        && chunks[at].end - chunks[at].first == 2
    }
    let isSubject = scene.clauses.subject(of: event.verb).contains { isWhole($0.noun) }
    let arguments = scene.clauses.arguments(event.verb)
    guard isSubject || arguments.after.contains(where: { $0.form == Clauses.in && $0.elements.contains { isWhole($0.noun) } }) else {
      return nil
    }
    return When("\(fought.first)/\(last)", zone: discourse.narrated?.zone ?? .utc, rule: "all-fighting")
  }

  static let battles = FormSet(
    ["battle", "battles", "clashes", "fighting", "war", "conflict", "offensive", "siege", "hostilities", "campaign"])

  /// "In the following days the army shelled the town": after the day of which the paragraph tells.
  func isFollowing(_ event: Event) -> Bool {
    guard event.verb >= 0 else { return false }
    return chunks[..<event.verb].contains { chunk in
      guard chunk.kind == .time, !scene.times[Int(chunk.time)].isOwnDay else { return false }
      let tokens = scene.times[Int(chunk.time)].tokens
      guard let last = tokens.last, ClaimBuilder.spans.contains(scene.tokens[last].form) else { return false }
      return tokens.contains { ClaimBuilder.next.contains(scene.tokens[$0].form) }
    }
  }

  private static let next = FormSet(["following", "next", "subsequent", "ensuing"])
  private static let spans = FormSet(["days", "nights"])

  /// "was shelled for a third day", "for the fourth straight day": so many days to the day at which the text stands.
  func runningDays(_ event: Event) -> When? {
    // "on the seventh day | of | a massive assault".
    if event.chunk > 1, chunks[event.chunk].kind == .noun, chunks[event.chunk - 1].form == Clauses.of,
      [.noun, .time].contains(chunks[event.chunk - 2].kind), let days = upToNow(event.chunk - 2)
    {
      return days
    }
    let start = max(event.verb, event.chunk) + 1
    for at in chunks.indices.dropFirst() where at >= start {
      if [.subordinator, .contrast, .semicolon].contains(chunks[at].kind) || chunks[at].kind == .verb && chunks[at].isFinite { return nil }
      guard chunks[at - 1].kind == .preposition && chunks[at - 1].form == UnitBuilder.for else { continue }
      guard chunks[at].kind == .noun || chunks[at].kind == .time,
        scene.form(chunks[at].end - 1) == ClaimBuilder.day || chunks[at].kind == .time
      else { continue }
      if let days = upToNow(at) { return days }
    }
    return nil
  }

  /// "the seventh day": so many days up to the one at which the text stands.
  private func upToNow(_ at: Int) -> When? {
    let tokens = Int(scene.units[chunks[at].first].first)..<Int(scene.units[chunks[at].end - 1].end)
    guard scene.tokens[tokens.upperBound - 1].form == ClaimBuilder.day,
      let count = tokens.lazy.compactMap({ scene.reader.builder.lexicon.times.ordinal(scene.tokens[$0].form) }).first, count > 1,
      let last = discourse.day ?? published, let day = CivilDate(last.edtf.prefix(10))
    else { return nil }
    return When("\(day.adding(days: 1 - count))/\(day)", zone: last.zone, rule: "running-days")
  }

  private static let day = Form("day")
}
