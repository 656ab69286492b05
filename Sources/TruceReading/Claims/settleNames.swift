// What the whole text tells last of its claims: the states that its words stand for, and the days of a toll so far.
internal import TruceModel

extension ReadingWork {
  /// "Eritrean forces", "US troops": the state's name beside words that do not say it.
  mutating func nameStates() {
    for index in claims.indices {
      for at in claims[index].who.indices { name(&claims[index].who[at]) }
      for at in claims[index].whom.indices { name(&claims[index].whom[at]) }
    }
  }

  private func name(_ mention: inout Mention) {
    guard mention.standsFor == nil, let party = mention.party, core.states.contains(party), let name = core.name(of: party),
      !says(mention.text, name)
    else { return }
    mention.standsFor = name
  }

  /// Whether words hold a name as such: "Eritrea's army", and not "Eritrean".
  private func says(_ text: String, _ name: String) -> Bool {
    guard text.hasPrefix(name) || text.contains(" " + name) else { return false }
    return text.hasSuffix(name) || text.contains(name + " ") || text.contains(name + "'") || text.contains(name + "’")
  }

  /// "86 have been killed in the fighting so far": since the first day of the fighting of which the text tells.
  mutating func settleTolls() {
    guard let publishedDay else { return }
    var first: CivilDate?
    for index in claims.indices {
      guard let when = claims[index].when, claims[index].when?.rule != "up-to-publication", let day = claims[index].dayOfDeed(when),
        (1..<60).contains(publishedDay.daysSinceEpoch - day.daysSinceEpoch)
      else { continue }
      first = min(first ?? day, day)
    }
    guard let first else { return }
    for index in claims.indices where claims[index].type == .casualties && claims[index].when?.rule == "up-to-publication" {
      guard Document.text(document.bytes, claims[index].span).contains(" in the fighting so far") else { continue }
      claims[index].when = When("\(first)/\(publishedDay)", zone: claims[index].when?.zone ?? .utc, rule: "fighting-so-far")
      note(index, .init(what: "when", how: "since the fighting began, as far as the text tells", span: nil))
    }
  }
}

extension Claim {
  /// The day of a deed of war that took place.
  fileprivate func dayOfDeed(_ when: When) -> CivilDate? {
    guard [.hostilities, .controlChange, .casualties].contains(type), modality != .planned, modality != .denied else { return nil }
    return CivilDate(when.edtf.prefix(10))
  }
}
