// When an event was of which its sentence does not say it: from the publication, the paragraph, the day at which the text stands.
internal import TruceModel

extension ClaimBuilder {
  /// What the text around an event tells of its time; `own` are the times that its sentence gives of something else.
  func ofContext(_ event: Event, _ own: [Int], _ mood: Mood, _ type: ClaimType) -> Told {
    if type == .casualties, let lasting = conflict() { return told(lasting, "since the fighting began, as the sentence tells") }
    if type == .casualties, let all = ofAllFighting(event) {
      return told(all, "from the first day of the fighting to the last of which the text tells")
    }
    if mood.isPerfect, !mood.isPast || isEarlier(event), let upTo = upToPublication() {
      return told(upTo, "present perfect: by the time of publication")
    }
    if isEarlier(event) || mood.isPast && mood.isPerfect && (discourse.day == nil || isSaidLater(event, type)), let upTo = upToPublication()
    {
      return told(upTo, "earlier than the publication")
    }
    // "are attacking the town", "who is now fighting them": as the report is written.
    // "said that gunmen were still resisting": as he says it.
    let isStill = mood.isPast && !mood.isPerfect && event.verb >= 0 && isStill(event.verb)
    if mood.isPresent || isStill, event.verb >= 0, chunks[head(of: event.verb)].isProgressive, let day = dayOfReport("now") {
      return told(day, "what goes on at the publication")
    }
    // "The war began in 2008. The army hit back": the day at which the news stands is not meant.
    // "Weeks before the raid, rebels had killed ...": on another day.
    let isElsewhen = isElsewhen(event)
    let isPast = discourse.past == scene.sentence.paragraph || isElsewhen
    if let narrated, mood.isPast, !mood.isPerfect, !isElsewhen,
      type != .ceasefireStart, type != .agreementSigned
    {
      if let length = lasting(event), let all = from(narrated.day, length, narrated.zone) {
        return told(all, "so long from the day of which the paragraph tells")
      }
      // "fought for several days": in the month of the day.
      if lasting(event) != nil || isFollowing(event),
        let month = When(String(narrated.day.description.prefix(7)), zone: narrated.zone, rule: "paragraph-day")
      {
        return told(month, "the month of which the paragraph tells")
      }
      return told(paragraphDay(narrated), "the day of which the paragraph tells")
    }
    if !isElsewhen, let month = narratedMonth(mood, type) { return told(month, "the month of which the paragraph tells") }
    if type == .ceasefireStart, isImmediate(event), let day = discourse.day ?? published, day.grain == .day || day.grain == .time {
      return told(day, "at once: the day on which it is told")
    }
    // "agreed to a truce from Friday": the day of the truce is no day of the text.
    let isLater = type == .agreementSigned && own.contains { scene.isOnset($0) && isTruce(event) }
    if !isPast, !isLater, let day = discourse.day,
      !mood.isPresent || type == .casualties || type == .hostilities || type == .ceasefireViolation
    {
      if let month = monthOfText(day) { return told(month, "the month at which the text stands") }
      return told(day, "the day at which the text stands")
    }
    if mood.isPresent, event.verb >= 0, scene.lexicon.frames[event.frame].flags.contains(.state),
      let day = dayOfReport("publication-day")
    {
      return told(day, "a state that lasts at the publication")
    }
    return (nil, nil, nil)
  }

  /// "were | still | resisting", in words that somebody is told to have said.
  private func isStill(_ verb: Int) -> Bool {
    guard speeches.contains(where: { $0.verb >= 0 && $0.scope.contains(verb) }) else { return false }
    return (chunks[verb].first..<chunks[verb].end).contains { scene.form($0) == ClaimBuilder.stillWord }
  }

  private static let stillWord = Form("still")

  /// "are continuing | to search the caves": the verb that governs all.
  private func head(of verb: Int) -> Int {
    var at = verb
    while chunks[at].governor >= 0, chunks[at].governor < at { at = chunks[at].governor }
    return at
  }

  private func dayOfReport(_ rule: String) -> When? {
    guard let published, published.grain == .day || published.grain == .time else { return nil }
    return When(String(published.edtf.prefix(10)), zone: published.zone, rule: rule)
  }
}
