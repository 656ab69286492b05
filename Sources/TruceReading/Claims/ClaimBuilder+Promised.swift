// The times of what is promised: not the day of the promise, and how long somebody has for it.
internal import TruceModel

extension ClaimBuilder {
  /// "agreed to a ceasefire | from midnight": what was agreed begins then.
  func isTruce(_ event: Event) -> Bool { (event.roles[.what] ?? []).contains { $0.kinds.contains(.ceasefire) } }

  /// Whether a time is after the publication.
  func isAhead(_ chunk: Int) -> Bool {
    guard let published, let when = mention(chunk)?.when else { return false }
    return when.latest > published.latest
  }

  func isPromise(_ verb: Int) -> Bool {
    chunks[verb].isPast && !chunks[verb].isPassive && scene.cues(verb).contains(.promise)
  }

  /// "agreed | on | Monday | to leave": the day of the promise, and not of what is promised.
  func isOfPromise(_ time: Int, _ event: Event) -> Bool {
    guard event.verb >= 0, chunks[event.verb].isInfinitive, chunks[event.verb].governor >= 0, time < event.verb,
      mention(time)?.limit == nil
    else { return false }
    return time > chunks[event.verb].governor && isPromise(chunks[event.verb].governor)
  }

  /// "have two weeks to leave", "gives them 60 days to leave": the day on which the time runs out.
  func term(_ event: Event) -> When? {
    guard event.verb >= 0, chunks[event.verb].isInfinitive, chunks[event.verb].governor >= 0 else { return nil }
    for at in chunks[event.verb].governor + 1..<event.verb where chunks[at].kind == .time {
      guard let length = mention(at), length.type == .duration, let days = ClaimBuilder.days(length.value),
        let day = stated(before: chunks[event.verb].governor) ?? discourse.signed ?? discourse.day ?? published,
        let from = CivilDate(day.edtf.prefix(10))
      else { continue }
      return When(from.adding(days: days), zone: day.zone, rule: "term")
    }
    return nil
  }

  /// The first day that a sentence gives before a chunk.
  func stated(before chunk: Int) -> When? {
    chunks[..<chunk].indices.lazy.compactMap { self.isUsable($0) ? self.mention($0)?.when : nil }.first { $0.grain == .day }
  }
}
