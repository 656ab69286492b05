// Why a commitment's word is what it is, in a sentence.
internal import TruceAtlas
internal import TruceModel

extension CommitmentFold {
  /// What a word was derived from.
  struct Derivation {
    var provision: Provision
    var agreement: Agreement?
    var terms: Terms
    var state: CommitmentState
    var performance: Performance
    var moved: [Situation.Commitment.Deadline] = []
    var waits: [ProvisionID] = []
    var days: Int?
  }

  /// Days late against the original deadline, where it was done late or is overdue.
  func daysLate(_ word: CommitmentWord, done: When?, terms: Terms) -> Int? {
    guard let deciding = terms.deciding else { return nil }
    let due = deciding.when
    let last =
      deciding.word == .before ? due.zone.day(at: due.earliest).adding(days: -1) : due.zone.day(at: due.latest.adding(milliseconds: -1))
    switch word {
    case .keptLate, .keptOnRevisedDate, .disputed, .reportedKept:
      guard let done else { return nil }
      let days = done.zone.day(at: done.earliest).daysSinceEpoch - last.daysSinceEpoch
      return days > 0 ? days : nil
    case .overdue:
      return max(1, due.zone.day(at: query.on.adding(milliseconds: -1)).daysSinceEpoch - last.daysSinceEpoch)
    default: return nil
    }
  }

  func because(_ word: CommitmentWord, _ from: Derivation, _ standings: Standings) -> String {
    var parts: [String] = []
    if let due = from.terms.deciding {
      parts.append("due \(due.word.rawValue) \(due.when.edtf)" + Terms.note([due]))
      parts += readings(word, from)
    } else if from.state.kind == .recurring, let every = from.provision.every {
      parts.append("owed every " + CommitmentFold.length(every))
    } else if let term = from.provision.terms.first(where: { $0.after != nil && $0.word != .from }) {
      let span = term.span.map { CommitmentFold.length($0) + " " } ?? ""
      parts.append("due \(term.word.rawValue) \(span)after \(event(term.after!, from.agreement)), which nobody has dated")
    } else if from.state.kind != .maintain {
      parts.append("no deadline")
    }
    parts += from.moved.map(moved)
    if let condition = from.provision.condition { parts.append("on condition: \(condition)") }
    if let done = from.performance.done {
      parts.append("done \(done.edtf)" + (from.days.map { ", \(count($0, "day")) late against the original deadline" } ?? ""))
    }
    if !from.performance.because.isEmpty { parts.append(from.performance.because) }
    if let correspondence = from.performance.correspondence { parts.append(correspondence) }
    if !from.waits.isEmpty { parts.append("waits for " + points(from.waits, from.agreement, standings)) }
    parts += bonds(from, standings)
    if let term = renewal(from.provision, from.agreement) {
      let notice = term.notice.map { ", unless notice is given by \($0)" } ?? ""
      parts.append(
        "this term runs from \(term.from) to \(term.until) and is renewed by " + CommitmentFold.length(from.provision.renewal!.by) + notice)
    }
    parts += conclusion(word, from)
    return parts.joined(separator: "; ")
  }

  /// What nothing above says yet.
  private func conclusion(_ word: CommitmentWord, _ from: Derivation) -> [String] {
    let family = ActFamily(from.provision.act)
    let isOfTheLine = family == .ceasefire || family == .positions || family == .control
    let said = from.performance.because.isEmpty ? ["no source speaks of it"] : []
    switch word {
    case .keptDayUnknown: return ["the sources do not say whether that was in time"]
    case .overdue: return ["no source says that it was done" + (from.days.map { ": \(count($0, "day")) overdue" } ?? "")]
    case .noInformation: return ["no source speaks of it"]
    case .pending where from.terms.deciding == nil && from.waits.isEmpty && from.performance.because.isEmpty: return ["nothing reported"]
    case .holding where isOfTheLine: return ["no incident reported; " + watch.coverage.words]
    case .unobserved where isOfTheLine: return said + [watch.coverage.words]
    case .unobserved: return said
    case .void: return from.state.force == .superseded ? ["a later agreement replaced it"] : ["it ran out before it was done"]
    default: return []
    }
  }

  private func moved(_ move: Situation.Commitment.Deadline) -> String {
    let name = index.file.party(PartyID(move.by))?.name ?? move.by
    var text = "moved by \(name)" + (move.announced.map { " on \(index.file.zone.day(at: $0))" } ?? "")
    text += move.when.map { " to \($0.edtf)" } ?? " to a date that is not given"
    var notes: [String] = []
    switch move.acceptance {
    case .agreed: notes.append("agreed")
    case .unilateral: notes.append("by one side")
    case .contested: notes.append("contested")
    case .reported, nil: break
    }
    if move.isAfterExpiry { notes.append("after it had run out") }
    if let document = move.document { notes.append("by \(document)") }
    if let reason = move.reason { notes.append(reason) }
    return text + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
  }

  /// Where the published texts differ, or an event is dated differently: what the others would make of it.
  private func readings(_ word: CommitmentWord, _ from: Derivation) -> [String] {
    guard let deciding = from.terms.deciding else { return [] }
    var groups: [[Agreement.Due]] = []
    for due in from.terms.original where due.word != .from && due != deciding {
      if let same = groups.firstIndex(where: { $0[0].word == due.word && $0[0].when == due.when && $0[0].according == due.according }) {
        groups[same].append(due)
      } else {
        groups.append([due])
      }
    }
    return groups.compactMap { dues in
      var state = from.state
      state.late = dues[0].word.late(dues[0].when)
      state.dueFrom = dues[0].word.dueFrom(dues[0].when)
      let other = CommitmentWord(state, at: query.on)
      guard other != word else { return nil }
      return "by '\(dues[0].word.rawValue) \(dues[0].when.edtf)'" + Terms.note(dues) + " it is \(other)"
    }
  }

  /// The points with which it goes together, and how they stand.
  private func bonds(_ from: Derivation, _ standings: Standings) -> [String] {
    var parts: [String] = []
    if !from.provision.inParallelWith.isEmpty {
      parts.append("goes on in parallel with " + points(from.provision.inParallelWith, from.agreement, standings))
    }
    if let other = from.provision.reciprocal { parts.append("owed against " + points([other], from.agreement, standings)) }
    return parts
  }

  /// Points in words: "point 3 (reported kept)".
  private func points(_ ids: [ProvisionID], _ agreement: Agreement?, _ standings: Standings) -> String {
    ids.map { id in
      let point = agreement?.provisions.first { $0.id == id }
      // Points without a number in the text, and several of one number, are called by their ids.
      let isPlain = point.map { point in point.article != "-" && agreement!.provisions.count { $0.article == point.article } == 1 } ?? false
      let name = isPlain ? "point \(point!.article)" : id.rawValue
      return name + (standings.words[id].map { " (\($0))" } ?? "")
    }.joined(separator: ", ")
  }

  /// An event from which a term counts, in words: an anchor's title, a point's.
  private func event(_ id: String, _ agreement: Agreement?) -> String {
    if let anchor = agreement?.anchors.first(where: { $0.id == id }) { return "'\(anchor.title)'" }
    return agreement?.provisions.first { $0.id.rawValue == id }.map { "'\($0.title)'" } ?? id
  }

  /// A length of time in words: "5 years", "7 days".
  static func length(_ span: CivilSpan) -> String {
    let parts = [(span.months / 12, "year"), (span.months % 12, "month"), (span.days, "day"), (span.seconds / 3600, "hour")]
    let words = parts.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return words.isEmpty ? span.description : words.joined(separator: " ")
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
