// The regular forms of English verbs and nouns.

/// Forms by rule; what the rules cannot know stands in `verbs.txt` and `nouns.txt`.
enum Morphology {
  private static let vowels = Set("aeiou")
  /// Verbs of more than one syllable that double their last consonant all the same.
  private static let doubling: Set<String> = [
    "admit", "commit", "submit", "permit", "transfer", "refer", "prefer", "occur", "compel", "expel", "repel", "regret", "control",
    "patrol",
    "equip", "rebel", "begin", "overrun", "forbid", "incur", "concur", "defer", "recur", "propel",
  ]

  /// A verb's third person, past and gerund.
  static func verb(_ lemma: String) -> (third: String, past: String, gerund: String) {
    let last = lemma.last ?? "x"
    let before = lemma.dropLast().last ?? "x"
    let third: String
    if last == "y", !vowels.contains(before) {
      third = lemma.dropLast() + "ies"
    } else if "sxzo".contains(last) || lemma.hasSuffix("ch") || lemma.hasSuffix("sh") {
      third = lemma + "es"
    } else {
      third = lemma + "s"
    }
    if last == "e" {
      let stem = String(lemma.dropLast())
      let keeps = lemma.hasSuffix("ee") || lemma.hasSuffix("oe") || lemma.hasSuffix("ye")
      let gerund = lemma.hasSuffix("ie") ? lemma.dropLast(2) + "ying" : (keeps ? lemma : stem) + "ing"
      return (third, lemma + "d", String(gerund))
    }
    if last == "y", !vowels.contains(before) { return (third, lemma.dropLast() + "ied", lemma + "ing") }
    let third3 = lemma.dropLast(2).last ?? "x"
    let isShort = lemma.count <= 4 && lemma.filter { vowels.contains($0) }.count == 1
    if !vowels.contains(last), !"wxy".contains(last), vowels.contains(before), !vowels.contains(third3), isShort || doubling.contains(lemma)
    {
      return (third, lemma + String(last) + "ed", lemma + String(last) + "ing")
    }
    if lemma == "travel" || lemma == "cancel" || lemma == "signal" {
      return (third, lemma + "led", lemma + "ling")
    }
    return (third, lemma + "ed", lemma + "ing")
  }

  /// A noun's plural.
  static func plural(_ lemma: String) -> String {
    let last = lemma.last ?? "x"
    if last == "y", let before = lemma.dropLast().last, !vowels.contains(before) { return lemma.dropLast() + "ies" }
    if "sxz".contains(last) || lemma.hasSuffix("ch") || lemma.hasSuffix("sh") { return lemma + "es" }
    return lemma + "s"
  }
}
