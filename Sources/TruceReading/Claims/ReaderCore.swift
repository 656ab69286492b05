// What a reader keeps ready between documents: its lexicon, its names, and forms that rules compare with.
internal import TruceAtlas
internal import TruceModel

/// The immutable part of a reader, shared by all documents.
final class ReaderCore: Sendable {
  let lexicon: Lexicon
  let names: Names
  let cases: [Case]
  let builder: UnitBuilder
  let chunker: Chunker
  /// The singular form of each noun of the lexicon.
  let nounForms: [Form]
  /// Heads that only count or portion what follows "of".
  let portions: Set<Form>

  init(lexicon: Lexicon, cases: [Case]) {
    self.lexicon = lexicon
    self.cases = cases
    names = Names(lexicon: lexicon, cases: cases)
    builder = UnitBuilder(lexicon: lexicon, names: names)
    chunker = Chunker(lexicon: lexicon, names: names)
    nounForms = lexicon.nouns.map { noun in
      let forms = Lexicon.forms(noun.lemma)
      return forms.count == 1 ? forms[0] : Form.none
    }
    portions = Set(
      [
        "part", "parts", "some", "all", "most", "hundreds", "dozens", "thousands", "tens", "scores", "number", "majority", "rest", "half",
        "third",
        "groups", "group", "units", "members", "one", "two", "three", "four", "several", "many", "remains", "both", "portions", "swathes",
        "lives",
        "outskirts", "centre", "center", "control", "set", "package", "series", "range", "million", "people dead",
      ].map { Form($0) })
  }
}
