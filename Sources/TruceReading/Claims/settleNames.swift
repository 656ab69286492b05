// What the whole text tells last of its claims: the states that its words stand for, and the days of a toll so far.
internal import TruceModel

extension ReadingWork {
  /// "Kenyan forces", "US troops": the state's name beside words that do not say it.
  mutating func nameStates() {
    for index in claims.indices {
      // The name first and then the change: a claim that is changed while another is looked at is copied, and all the others with it.
      for at in claims[index].who.indices {
        if let name = stateName(claims[index].who[at]) { claims[index].who[at].standsFor = name }
      }
      for at in claims[index].whom.indices {
        if let name = stateName(claims[index].whom[at]) { claims[index].whom[at].standsFor = name }
      }
    }
  }

  /// The state's name, where words that stand for it do not say it.
  private func stateName(_ mention: Mention) -> String? {
    guard mention.standsFor == nil, let party = mention.party, core.states.contains(party), let name = core.name(of: party),
      !says(mention.text, name)
    else { return nil }
    return name
  }

  /// Whether words hold a name as such: "Eritrea's army", and not "Eritrean".
  private func says(_ text: String, _ name: String) -> Bool {
    let (text, name) = (text.utf8, name.utf8)
    var word = text.startIndex
    while true {
      var (at, own) = (word, name.startIndex)
      while at < text.endIndex, own < name.endIndex, text[at] == name[own] {
        at = text.index(after: at)
        own = name.index(after: own)
      }
      // A blank, an apostrophe or the first byte of a curved one ends it.
      if own == name.endIndex, at == text.endIndex || text[at] == 0x20 || text[at] == 0x27 || text[at] == 0xE2 { return true }
      guard let blank = text[word...].firstIndex(of: 0x20) else { return false }
      word = text.index(after: blank)
    }
  }

  /// "Forty have been killed in the fighting": of the days from the first of the fighting of which the text tells to the truce, else to the
  /// publication.
  mutating func settleTolls() {
    guard let publishedDay else { return }
    var first = publishedDay
    var last = CivilDate(daysSinceEpoch: 0)
    var truce: CivilDate?
    for claim in claims {
      guard let when = claim.when, when.rule != "up-to-publication", let day = CivilDate(when.edtf.prefix(10)),
        (0..<60).contains(publishedDay.daysSinceEpoch - day.daysSinceEpoch), claim.modality != .planned, claim.modality != .denied
      else { continue }
      switch claim.type {
      case .hostilities, .controlChange: (first, last) = (min(first, day), max(last, day))
      case .ceasefireStart where claim.polarity == .positive && claim.act != "lull": truce = day
      default: break
      }
    }
    guard first < last else { return }
    for index in claims.indices where claims[index].type == .casualties && claims[index].isOfText {
      guard Document.text(document.bytes, claims[index].span).contains(" in the fighting") else { continue }
      let end = truce.map { $0 > first ? $0 : publishedDay } ?? publishedDay
      claims[index].when = When("\(first)/\(end)", zone: claims[index].when?.zone ?? .utc, rule: "all-fighting")
      note(index, .init(what: "when", how: "of all the fighting of which the text tells", span: nil))
    }
  }
}

extension Claim {
  /// Whether only the text around it gives its time.
  fileprivate var isOfText: Bool {
    guard let rule = when?.rule else { return true }
    return rule == "text-day" || rule == "up-to-publication"
  }
}
