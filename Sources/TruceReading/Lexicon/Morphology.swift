// The regular forms of English verbs and nouns.

/// Forms by rule; what the rules cannot know stands in `verbs.txt` and `nouns.txt`.
enum Morphology {
  private static func isVowel(_ letter: UInt8) -> Bool { [0x61, 0x65, 0x69, 0x6F, 0x75].contains(letter) }
  /// Verbs of more than one syllable that double their last consonant all the same.
  private static let doubling: Set<String> = [
    "admit", "commit", "submit", "permit", "transfer", "refer", "prefer", "occur", "compel", "expel", "repel", "regret", "control",
    "patrol", "kidnap", "worship", "deter", "abhor", "unplug",
    "equip", "rebel", "begin", "overrun", "forbid", "incur", "concur", "defer", "recur", "propel",
  ]

  /// A verb's third person, past and gerund.
  static func verb(_ lemma: String) -> (third: String, past: String, gerund: String) {
    let letters = Array(lemma.utf8)
    func letter(_ back: Int) -> UInt8 { back <= letters.count ? letters[letters.count - back] : UInt8(ascii: "x") }
    let last = letter(1)
    let before = letter(2)
    func without(_ count: Int) -> String { String(decoding: letters.dropLast(count), as: UTF8.self) }
    if last == UInt8(ascii: "y"), !isVowel(before) { return (without(1) + "ies", without(1) + "ied", lemma + "ing") }
    let third = lemma + (hisses(last, before) || last == UInt8(ascii: "o") ? "es" : "s")
    if last == UInt8(ascii: "e") {
      let keeps = [UInt8(ascii: "e"), UInt8(ascii: "o"), UInt8(ascii: "y")].contains(before)
      return (third, lemma + "d", before == UInt8(ascii: "i") ? without(2) + "ying" : (keeps ? lemma : without(1)) + "ing")
    }
    let isShort = letters.count <= 4 && letters.filter(isVowel).count == 1
    let isOpen = isVowel(before) && !isVowel(letter(3)) && !isVowel(last)
    if isOpen, ![UInt8(ascii: "w"), UInt8(ascii: "x"), UInt8(ascii: "y")].contains(last), isShort || doubling.contains(lemma) {
      let doubled = lemma + String(UnicodeScalar(last))
      return (third, doubled + "ed", doubled + "ing")
    }
    return (third, lemma + "ed", lemma + "ing")
  }

  /// The British past and gerund of a verb like "travel"; nil where there is none of its own.
  static func doubled(_ lemma: String) -> (past: String, gerund: String)? {
    let ending = lemma.suffix(2)
    guard lemma.utf8.count > 4, ["el", "al", "ol", "il"].contains(ending), !doubling.contains(lemma),
      !isVowel(Array(lemma.utf8)[lemma.utf8.count - 3])
    else { return nil }
    return (lemma + "led", lemma + "ling")
  }

  /// A noun's plural.
  static func plural(_ lemma: String) -> String {
    let letters = lemma.utf8.suffix(2)
    let last = letters.last ?? UInt8(ascii: "x")
    let before = letters.count > 1 ? letters.first! : UInt8(ascii: "a")
    if last == UInt8(ascii: "y"), !isVowel(before) { return lemma.dropLast() + "ies" }
    return lemma + (hisses(last, before) ? "es" : "s")
  }

  /// Whether a word ends in s, x, z, ch or sh.
  private static func hisses(_ last: UInt8, _ before: UInt8) -> Bool {
    switch last {
    case UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"): true
    case UInt8(ascii: "h"): before == UInt8(ascii: "c") || before == UInt8(ascii: "s")
    default: false
    }
  }
}
