// How simulated records reach the ledger: at once, or over a link that loses nineteen packets of twenty.
import TruceModel

extension SimulatedWorld {
  /// Every record as it is made, a second later.
  func punctual(random: inout SimulationRandom) -> [Entry] {
    var arrivals: [(Instant, Draft)] = openings.map { ($0.at, $0.draft) }
    for record in checkIns { arrivals.append((record.at.adding(seconds: 1), record.record.draft)) }
    for record in observations { arrivals.append((record.at.adding(seconds: 1), record.record.draft)) }
    return ledger(arrivals)
  }

  /// Every record by attempts a minute apart of which one in twenty arrives, again now and then because the receipt was lost, not before a dark
  /// link carries again; with each that arrives, a contact check-in of that attempt.
  func lossy(random: inout SimulationRandom) -> [Entry] {
    var arrivals: [(Instant, Draft)] = openings.map { ($0.at, $0.draft) }
    func deliver(_ draft: Draft, observer index: Int, at made: Instant, random: inout SimulationRandom) {
      let observer = observers[index]
      var at = made
      for repetition in 0..<random.trials(success: 0.6) {
        at = at.adding(seconds: Int64(60 * random.trials(success: 0.05)))
        if let dark = observer.dark.first(where: { $0.contains(at) }) {
          at = dark.upperBound.adding(seconds: Int64(60 * random.trials(success: 0.05)))
        }
        let delay = Int64(random.whole(50...8000))
        arrivals.append((at.adding(milliseconds: delay), draft))
        guard repetition == 0, let post = observer.post else { continue }
        let reading = at.adding(milliseconds: observer.fast)
        let contact = CheckIn(
          id: EntryID("\(draft.id)-contact"), post: post, at: reading, isContact: true, sending: Sending(sent: reading))
        arrivals.append((at.adding(milliseconds: delay), contact.draft))
      }
    }
    for record in checkIns { deliver(record.record.draft, observer: record.observer, at: record.at, random: &random) }
    for record in observations { deliver(record.record.draft, observer: record.observer, at: record.at, random: &random) }
    return ledger(arrivals)
  }

  /// The entries in the order of arrival, each repetition an entry of its own: the fold has to see through it.
  private func ledger(_ arrivals: [(Instant, Draft)]) -> [Entry] {
    let sorted = arrivals.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
    return sorted.enumerated().map { sequence, arrival in
      Entry(
        sequence: UInt64(sequence), recorded: arrival.0, id: arrival.1.id, kind: arrival.1.kind, key: arrival.1.key,
        content: arrival.1.content)
    }
  }
}
