// What stands around a word, further off than its neighbours, and tells its part of speech.

extension UnitBuilder {
  /// "about | a third".
  func isFraction(_ unit: Unit, _ tokens: Span<Token>) -> Bool {
    let form = tokens[Int(unit.first)].form
    return UnitBuilder.fractions.contains(form)
  }

  private static let fractions = FormSet(["third", "quarter", "half", "fifth", "tenth", "dozen", "hundred"])

  /// "saw troops of the Emirate | capture several posts", "helped the army | hold the town": a bare form after who is seen or helped.
  func isSeen(_ units: [Unit], _ at: Int) -> Bool {
    var before = at - 1
    while before > 0, before > at - 8, units[before].tag != .verb { before -= 1 }
    guard before >= 0, units[before].tag == .verb else { return false }
    return units[before].word.verb >= 0 && lexicon.verbs[Int(units[before].word.verb)].cues.contains(.causative)
  }

  /// Whether a verb that is no auxiliary stands at a unit.
  func isDeed(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    guard at >= 0, units[at].tag == .verb else { return false }
    let form = tokens[Int(units[at].first)].form
    return !auxiliaries.contains(form)
  }

  /// "to | surrounding villages": what lies around, and no siege.
  func isAdjectival(_ units: [Unit], _ at: Int, _ tokens: Span<Token>) -> Bool {
    guard units[at].word.shape.contains(.gerund), at + 1 < units.count, units[at + 1].tag == .nominal, units[at + 1].word.isPlural,
      !units[at + 1].isCapitalised
    else { return false }
    let form = tokens[Int(units[at].first)].form
    return UnitBuilder.lying.contains(form) && (at == 0 || units[at - 1].tag != .verb)
  }

  private static let lying = FormSet(["surrounding", "neighbouring", "neighboring", "bordering", "remaining", "existing", "opposing"])
}
