// What a claim is about and how many: its object and its quantities.
internal import TruceModel

extension ClaimBuilder {
  func objects(_ event: Event, _ frame: Frame) -> [String?] {
    guard let what = event.roles[.what], !what.isEmpty else { return [frame.object ?? defaultObject(event, frame)] }
    var found: [String] = []
    for filler in what where filler.chunk >= 0 {
      let kinds = filler.kinds
      let head = chunks[filler.chunk].head
      let name: String =
        if kinds.contains(.captive) { "prisoners" } else if kinds.contains(.body) { "bodies" } else if kinds.contains(.ceasefire) {
          "ceasefire"
        } else if kinds.contains(.post) { "posts" } else if frame.type == .exchange, !kinds.isDisjoint(with: [.person, .force]) {
          "prisoners"
        } else {
          scene.units[head].word.nounLemma >= 0
            ? scene.lexicon.nouns[Int(scene.units[head].word.nounLemma)].lemma : scene.text(scene.span(head..<head + 1))
        }
      if !found.contains(name) { found.append(name) }
    }
    if !frame.flags.contains(.each) { return [frame.object ?? found.first] }
    return found.isEmpty ? [frame.object] : found
  }

  private func defaultObject(_ event: Event, _ frame: Frame) -> String? {
    guard frame.type == .exchange else { return frame.type == .deployment && frame.act == "deploy" ? "troops" : nil }
    let words = event.trigger.map { scene.units[$0].word.noun }.reduce(NounKinds()) { $0.union($1) }
    let inner = scene.clauses.inner(scene.clauses.element(event.chunk)).reduce(NounKinds()) { $0.union(chunks[$1].kinds) }
    return words.union(inner).contains(.body) ? "bodies" : "prisoners"
  }

  /// Numbers that stand before what is counted: "44 prisoners", "16 people".
  func quantities(_ event: Event, _ frame: Frame) -> [Quantity] {
    var found: [Quantity] = []
    let slots: [Frame.Slot] = frame.type == .casualties || frame.type == .displacement ? [.whom] : [.what, .who]
    for slot in slots {
      for filler in event.roles[slot] ?? [] { found += quantities(filler, event, frame) }
    }
    return found
  }

  /// The numbers before what one filler counts.
  func quantities(_ filler: Filler, _ event: Event, _ frame: Frame) -> [Quantity] {
    guard filler.chunk >= 0 else { return [] }
    var found: [Quantity] = []
    let chunk = chunks[filler.chunk]
    for (unit, value) in counts(chunk) {
      let lemma = scene.units[chunk.head].word.nounLemma
      let what: String
      if frame.type == .casualties {
        what = ["wound", "injure"].contains(scene.verb(max(0, event.verb))?.lemma ?? "") ? "wounded" : "killed"
      } else if frame.type == .displacement {
        what = "displaced"
      } else if filler.kinds.contains(.captive) {
        what = "prisoners"
      } else if filler.kinds.contains(.body) {
        what = "bodies"
      } else {
        let head = scene.units[chunk.head]
        what =
          lemma < 0
          ? "count"
          : head.word.isPlural
            ? scene.text(scene.span(chunk.head..<chunk.head + 1)).lowercased()
            : Morphology.plural(scene.lexicon.nouns[Int(lemma)].lemma)
      }
      found.append(
        Quantity(
          what, value, isAbout: (chunk.first..<unit).contains { ClaimBuilder.about.contains(scene.form($0)) },
          span: scene.span(unit..<unit + 1)))
    }
    return found
  }

  /// The numbers of a noun phrase: "16", "twenty-three", "2.5 million", each with the unit at which it begins.
  private func counts(_ chunk: Chunk) -> [(unit: Int, value: Double)] {
    var found: [(unit: Int, value: Double)] = []
    var last = -2
    for unit in chunk.first..<chunk.end where scene.units[unit].tag == .number {
      guard let value = value(scene.units[unit]) else { continue }
      if last == unit - 1, !found.isEmpty, value >= 12, value > found[found.count - 1].value || value >= 100 {
        // "two dozen", "2.5 million".
        found[found.count - 1].value *= value
      } else {
        found.append((unit, value))
      }
      last = unit
    }
    return found
  }

  private func value(_ unit: Unit) -> Double? {
    if let digits = scene.document.number(token: Int(unit.first)) { return digits }
    var sum = 0.0
    for token in Int(unit.first)..<Int(unit.end) where scene.tokens[token].kind != .hyphen {
      guard let part = scene.lexicon.numbers[scene.tokens[token].form] else { return nil }
      sum += part
    }
    return sum
  }

  static let about = FormSet(
    ["about", "around", "some", "approximately", "nearly", "almost", "over", "least", "than", "roughly"])
}
