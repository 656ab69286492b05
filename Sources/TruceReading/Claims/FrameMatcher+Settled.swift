// Of a sentence's events, those that say the same thing twice: one is kept.

internal import TruceModel

extension FrameMatcher {
  /// The events with each thing told once.
  func settled(_ found: [Event]) -> [Event] {
    guard found.count > 1 else { return found }
    var events = found
    // "Launched an attack": the verb with its noun tells it, the noun no second time.
    let consumed = Set(events.filter { $0.consumed != $0.chunk }.map(\.consumed))
    events.removeAll { $0.verb != $0.chunk && consumed.contains($0.chunk) }
    // "is due to remain | under control": the noun tells what is owed.
    let told = Set(events.filter { $0.verb != $0.chunk }.map(\.verb))
    // "repelled | an attack": the attack, and no clash beside it.
    // "are in control of the town": held, and no more than that.
    events.removeAll {
      told.contains($0.chunk) && (isOwed($0) || type($0) == .deployment || type($0) == .hostilities && isRepelled($0.chunk))
    }
    // "stopped | fighting": the ceasefire, and no fighting that was not.
    let stops = Set(events.filter { type($0) == .ceasefireStart && $0.verb == $0.chunk }.map(\.chunk))
    events.removeAll { type($0) == .hostilities && $0.verb == $0.chunk && stops.contains(chunks[$0.chunk].governor) }
    events.removeAll { noun in
      type(noun) == .casualties && noun.verb != noun.chunk && noun.roles[.whom] == nil
        && found.contains { other in
          other.chunk == noun.verb && other.verb == other.chunk && type(other) == .casualties && other.roles[.whom] != nil
            && (scene.clauses.subject(of: other.chunk) + scene.clauses.arguments(other.chunk).object).contains { $0.noun == noun.chunk }
        }
    }
    settleStart(&events)
    settleBreach(&events)
    settleFighting(&events)
    // "Attacks targeted Kins, Orlin and the Tarn district": the noun happened where the verb says.
    for event in events where event.verb == event.chunk {
      guard let places = event.roles[.place], places.count > 1, let subject = scene.clauses.subject(of: event.chunk).first,
        let noun = events.firstIndex(where: { $0.chunk == subject.noun && type($0) == type(event) }),
        places.count > events[noun].roles[.place]?.count ?? 0
      else { continue }
      events[noun].roles[.place] = places
    }
    // "Shelling hit the town": the noun tells it, the verb beside it no second time.
    return events.filter { event in
      guard event.verb == event.chunk else { return true }
      // "reported the deaths of ten soldiers": what is reported, and not the report.
      if type(event) == .casualties, let object = scene.clauses.arguments(event.chunk).object.first,
        events.contains(where: { $0.chunk == object.noun && type($0) == .casualties })
      {
        return false
      }
      guard let subject = scene.clauses.subject(of: event.chunk).first else { return true }
      // "The death toll has reached 40": how many, as the verb says.
      if type(event) == .casualties, event.roles[.whom] != nil, chunks[subject.noun].kinds.contains(.dead) { return true }
      return !events.contains { $0.chunk == subject.noun && type($0) == type(event) }
    }
  }

  /// "A rocket fired from Orlin hit Tarn", "a mine planted by the rebels exploded", "In fighting on 2 June a rocket hit ...", "advanced and
  /// took the town": one deed.
  private func settleFighting(_ events: inout [Event]) {
    guard events.contains(where: { type($0) == .hostilities }) else { return }
    let all = events
    events.removeAll { event in
      guard type(event) == .hostilities else { return false }
      let act = lexicon.frames[event.frame].act
      if event.verb == event.chunk, act == "fire" || act == "plant", scene.clauses.isReduced(event.chunk), event.chunk > 0 {
        let weapon = event.chunk - 1
        return all.contains {
          $0.chunk > event.chunk && $0.verb == $0.chunk && type($0) == .hostilities
            && scene.clauses.subject(of: $0.chunk).contains { $0.noun == weapon }
        }
      }
      if event.verb < 0, act == "clash", event.chunk == 1, chunks[0].kind == .preposition, event.roles[.who] == nil,
        event.roles[.place] == nil
      {
        return FrameMatcher.amid.contains(chunks[0].form) && chunks[0].form != ClaimBuilder.after
          && all.contains { $0.verb == $0.chunk && type($0) == .hostilities }
      }
      if event.verb != event.chunk, event.chunk > 1, chunks[event.chunk - 1].form == Clauses.with, event.roles[.place] == nil,
        let launch = all.first(where: { $0.verb == $0.chunk && type($0) == .hostilities && $0.chunk < event.chunk })
      {
        // "launched the offensive with an air strike".
        return chunks[launch.chunk..<event.chunk].allSatisfy {
          $0.kind != .comma && ($0.kind != .verb || $0.first == chunks[launch.chunk].first)
        }
      }
      if event.verb < 0, event.chunk > 1, chunks[event.chunk - 1].kind == .comma {
        // "attacked the town, its first assault on ...": what the attack was.
        let first = chunks[event.chunk].first
        return Mentions.possessives.contains(scene.form(first))
          && all.contains { $0.verb == $0.chunk && type($0) == .hostilities && $0.chunk < event.chunk }
      }
      if event.verb == event.chunk, act == "attack", event.roles[.whom] == nil, scene.verb(event.chunk)?.lemma == "advance" {
        // "advanced on Orlin and took it", "advanced to the east, capturing Orlin".
        let doer = scene.clauses.subject(of: event.chunk).first?.noun
        return all.contains {
          type($0) == .controlChange && $0.chunk > event.chunk && $0.verb == $0.chunk
            && (event.roles[.place] == nil
              || scene.clauses.subject(of: $0.chunk).first?.noun == doer && $0.roles[.place]?.first?.kinds.contains(.it) == false)
        }
      }
      return false
    }
  }

  /// "A truce called by the mediators took effect on Monday": one start, which the main verb tells.
  private func settleStart(_ events: inout [Event]) {
    func starts(_ event: Event) -> Bool { type(event) == .ceasefireStart && event.verb == event.chunk }
    // "On Monday they declared a truce from Friday": one start, from when the noun says.
    for noun in events where type(noun) == .ceasefireStart && noun.verb != noun.chunk {
      guard
        let verb = events.firstIndex(where: {
          starts($0) && scene.clauses.arguments($0.chunk).object.contains { $0.noun == noun.chunk }
        })
      else { continue }
      events[verb].times = noun.times
      events.removeAll { $0.chunk == noun.chunk && type($0) == .ceasefireStart }
    }
    for event in events where starts(event) && chunks[event.chunk].isBare {
      guard let noun = chunks[..<event.chunk].lastIndex(where: { $0.kind == .noun }),
        events.contains(where: {
          starts($0) && $0.chunk > event.chunk && scene.clauses.subject(of: $0.chunk).contains { $0.noun == noun }
        })
      else { continue }
      events.removeAll { $0.chunk == event.chunk && starts($0) }
      return
    }
  }

  /// "Violating the truce, troops shelled the town", "violated the truce by shelling the town": one breach, told by what was done.
  private func settleBreach(_ events: inout [Event]) {
    guard let breach = events.firstIndex(where: isBreach) else { return }
    if chunks[events[breach].chunk].isGerund, events[breach].verb == events[breach].chunk {
      func canBreak(_ event: Event) -> Bool {
        type(event) == .hostilities || type(event) == .controlChange && ClaimBuilder.taking.contains(lexicon.frames[event.frame].act)
      }
      guard events.contains(where: canBreak) else { return }
      events.remove(at: breach)
      for index in events.indices where canBreak(events[index]) { events[index].isBreach = true }
    } else if let deed = events.firstIndex(where: { isDeed($0, after: events[breach].chunk) }) {
      events[deed].isBreach = true
    } else if let deed = events.firstIndex(where: isBy) {
      if events[breach].roles[.place] == nil { events[breach].roles[.place] = events[deed].roles[.place] ?? events[deed].roles[.whom] }
      events.remove(at: deed)
    }
  }

  private func isOwed(_ event: Event) -> Bool { lexicon.obligations.contains(Int32(event.frame)) }

  private func type(_ event: Event) -> ClaimType { lexicon.frames[event.frame].type }

  /// "... by shelling the town".
  private func isBy(_ event: Event) -> Bool {
    isGerund(event) && event.chunk > 0 && chunks[event.chunk - 1].form == Clauses.by && type(event) == .hostilities
  }

  /// "..., shelling the town": what the same doer did with it.
  private func isDeed(_ event: Event, after breach: Int) -> Bool {
    isGerund(event) && event.chunk > breach && chunks[event.chunk - 1].kind == .comma && type(event) == .hostilities
  }

  private func isGerund(_ event: Event) -> Bool { event.verb == event.chunk && chunks[event.chunk].isGerund }

  private func isBreach(_ event: Event) -> Bool {
    type(event) == .ceasefireViolation && lexicon.frames[event.frame].act == "violation" && !event.isNegated
  }
}
