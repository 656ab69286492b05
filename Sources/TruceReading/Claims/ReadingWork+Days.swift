// The day at which the text's own events stand, and the day of what its first sentence tells.
internal import TruceModel

/// A day that a sentence gives of what it tells, and not of who says it.
struct ToldDay {
  let sentence: Int
  let day: CivilDate
  /// "Monday night's attack": the day by which the text names an event that it told of.
  let isOfName: Bool
}

extension ReadingWork {
  /// The paragraph of a sentence that tells of a day or year long before the publication; nil where it tells of none.
  func pastDay(_ scene: Scene) -> Int? {
    guard let published, let grain = published.grain, grain >= .day else { return nil }
    for chunk in scene.chunks where chunk.kind == .time {
      guard times.mentions[Int(chunk.time)].isOnCalendar, let latest = times.mentions[Int(chunk.time)].when?.latest else { continue }
      return published.earliest.milliseconds - latest.milliseconds > 9 * 86_400_000 ? scene.sentence.paragraph : -1
    }
    return nil
  }

  /// The day of which the paragraph goes on to tell: the last that a sentence gives.
  mutating func narrate(_ scene: Scene) {
    for at in scene.chunks.indices.reversed() where scene.chunks[at].kind == .time {
      let time = Int(scene.chunks[at].time)
      guard let day = ownDays[time] else {
        let mention = times.mentions[time]
        if let last = mention.lastOfDays, let zone = mention.when?.zone, !scene.isOfNoun(at) {
          discourse.narrated = (last, zone, scene.sentence.paragraph)
          return
        }
        guard let when = mention.when, when.isWholeMonth, mention.isOnCalendar, mention.word == nil || mention.word == .on else { continue }
        discourse.narratedMonth = (when.edtf, when.zone, scene.sentence.paragraph)
        return
      }
      if isOnlySaid(at, scene) { continue }
      guard !scene.isOfNoun(at), !isInPassing(scene.chunks[at], scene), let zone = times.mentions[time].when?.zone else { continue }
      // "had left it the previous night": before the day of which it tells.
      let before = ownDays[..<time].lazy.compactMap(\.self).last
      if let before, day < before, times.mentions[time].rule.hasPrefix("text-") { continue }
      discourse.narratedMonth = nil
      discourse.narrated = (day, zone, scene.sentence.paragraph)
      return
    }
  }

  /// "the town that they took a week ago", "Orlin, which fell on 3 May, ...": the day of something told in passing.
  private func isInPassing(_ time: Chunk, _ scene: Scene) -> Bool {
    var verbs = 0
    for chunk in scene.chunks.reversed() where chunk.first < time.first {
      if chunk.kind == .comma || chunk.kind == .semicolon { return false }
      if chunk.kind == .verb { verbs += 1 }
      if chunk.kind == .subordinator, Clauses.relatives.contains(chunk.form) { return verbs == 1 }
    }
    return false
  }

  /// The text's own day: a day that a sentence of narration names, near the publication where that is known.
  mutating func setDay(_ scene: Scene) {
    // "entered the port on Thursday and on Friday reached Orlin": the later one.
    var latest: (day: CivilDate, time: Int)?
    var isOfSpeech = true
    for at in scene.chunks.indices where scene.chunks[at].kind == .time {
      let time = Int(scene.chunks[at].time)
      guard let day = ownDays[time] else { continue }
      if let publishedDay, !(0..<4).contains(publishedDay.daysSinceEpoch - day.daysSinceEpoch) { continue }
      // Even "after the truce began on Wednesday, rockets fell": not the day of what is told.
      if scene.opensSentence(before: at) { continue }
      // "was hit on Friday, police said on Saturday": what the text goes on to tell was on Friday.
      let isSpeech = scene.isOfSpeech(at)
      if isSpeech, !isOfSpeech { continue }
      if isOfSpeech == isSpeech, let latest, day <= latest.day { continue }
      latest = (day, time)
      isOfSpeech = isSpeech
      if !isSpeech { noteTold(day, at, scene) }
    }
    guard let latest, let zone = times.mentions[latest.time].when?.zone else { return }
    let day = When(latest.day, zone: zone, rule: "text-day")
    if discourse.day?.edtf != day.edtf || discourse.day?.zone != zone { discourse.day = day }
  }

  /// "was hit on Friday, police said | on Saturday": where the sentence gives a day of what is told, too.
  func isOnlySaid(_ at: Int, _ scene: Scene) -> Bool {
    scene.isOfSpeech(at)
      && scene.chunks.indices.contains {
        $0 != at && scene.chunks[$0].kind == .time && ownDays[Int(scene.chunks[$0].time)] != nil && !scene.isOfSpeech($0)
      }
  }

  private mutating func noteTold(_ day: CivilDate, _ at: Int, _ scene: Scene) {
    guard told.count < 16, !isOfOther(at, scene) else { return }
    let next = at + 1
    let isOfName =
      next < scene.chunks.count && scene.chunks[next].kind == .noun && scene.chunks[next].kinds.contains(.event)
      && scene.isOwner(time: at)
    told.append(ToldDay(sentence: scene.sentence.span.start, day: day, isOfName: isOfName))
  }

  /// "On Thursday they had met", "Meanwhile, ...": another event than that of which the text told.
  private func isOfOther(_ at: Int, _ scene: Scene) -> Bool {
    let chunks = scene.chunks
    if let first = chunks.first, first.kind == .adverb, ReadingWork.turns.contains(scene.form(first.first)) { return true }
    let verb = chunks[..<at].lastIndex { $0.kind == .verb && $0.isFinite } ?? chunks[at...].firstIndex { $0.kind == .verb && $0.isFinite }
    return verb.map { chunks[$0].isPerfect && chunks[$0].isPast } ?? false
  }

  private static let turns = FormSet(["meanwhile", "separately", "elsewhere", "earlier"])

  /// "Rebels raided a village, police said on Friday. ... Thursday's attack ...": the lead's day is the one that the text gives of it further
  /// on; else "has attacked" there is of the day of the report.
  mutating func settleLead() {
    guard let publishedDay, let lead = document.sentences.first(where: { $0.kind == .body })?.span,
      claims[0].span == lead, told.first?.sentence != lead.start
    else { return }
    var open: [Int] = []
    for index in claims.indices {
      if let first = told.first, claims[index].span.start >= first.sentence { break }
      if claims[index].isOfLead(lead) { open.append(index) }
    }
    guard let first = open.first, claims[first].span == lead else { return }
    let day = dayOfLead(publishedDay)
    for index in open {
      guard day != nil || claims[index].span == lead && claims[index].isNews else { continue }
      claims[index].when = When(day ?? publishedDay, zone: claims[index].when?.zone ?? .utc, rule: "lead-day")
      note(index, .init(what: "when", how: "the day that the text gives of its first news", span: nil))
    }
  }

  /// Among so many sentences a text tells more of its first news.
  private static let leadReach = 4

  private func dayOfLead(_ publishedDay: CivilDate) -> CivilDate? {
    func isBefore(_ day: CivilDate) -> Bool { (1..<4).contains(publishedDay.daysSinceEpoch - day.daysSinceEpoch) }
    // "Monday night's attack".
    if let named = told.first(where: { $0.isOfName && isBefore($0.day) }) { return named.day }
    guard let first = told.first, isBefore(first.day) else { return nil }
    // Soon after it: "They opened fire late on Thursday, he said."
    let body = document.sentences.lazy.filter { $0.kind == .body }.prefix(ReadingWork.leadReach)
    return body.contains { $0.span.start == first.sentence } ? first.day : nil
  }
}

extension Scene {
  /// "Monday night's": a time before an apostrophe.
  func isOwner(time at: Int) -> Bool {
    let next = Int(units[chunks[at].end - 1].end)
    return tokens[next - 1].kind == .clitic || next < tokens.count && tokens[next].kind == .clitic
  }

  /// "said on Friday", "told reporters on Friday", "on Friday accused": the day on which somebody speaks.
  func isOfSpeech(_ time: Int) -> Bool {
    // "said | Monday night's | raid had been the worst".
    if isOwner(time: time) { return false }
    func speaks(_ at: Int) -> Bool { chunks[at].kind == .verb && !cues(at).isDisjoint(with: [.speech, .allegation, .denial]) }
    if time + 1 < chunks.count, speaks(time + 1), !chunks[time + 1].isPassive { return true }
    var at = time - 1
    while at >= 0, [.preposition, .adverb].contains(chunks[at].kind) { at -= 1 }
    if at > 0, chunks[at].kind == .noun, !chunks[at].kinds.isDisjoint(with: [.person, .office, .pronoun, .name, .someone]) { at -= 1 }
    return at >= 0 && speaks(at)
  }
}

extension Claim {
  /// Fighting, harm or a gain of which only who tells of it gives the day, or "has done".
  fileprivate func isOfLead(_ lead: ByteSpan) -> Bool {
    guard modality != .planned, modality != .denied, polarity == .positive else { return false }
    switch type {
    case .hostilities, .casualties, .ceasefireViolation: break
    case .controlChange where act == "captured" || act == "entered" || act == "regained": break
    default: return false
    }
    guard let when else { return span == lead }
    // "Clashes have continued": to this day.
    return when.rule == "speech-day" || when.rule == "text-day" || when.rule == "up-to-publication" && act != "clash"
  }

  /// "Jets have bombed the town": a deed of force that is news; a great toll is none of one day.
  fileprivate var isNews: Bool {
    when?.rule == "up-to-publication" && (type == .hostilities || type == .casualties) && quantities.allSatisfy { $0.minimum < 300 }
  }
}
