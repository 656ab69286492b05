// The words by which a text's structure is recognised, by language: abbreviations, first words, captions, boilerplate.

/// A language's words of structure; a language without any gets the rules that need no words.
struct StructureWords: Sendable {
  /// How a full stop after an abbreviation is to be taken.
  enum Abbreviation: UInt8, Sendable {
    /// A name follows: "Col.", "Mr."; the sentence never ends here.
    case title
    /// It abbreviates only before a number: "No.", "Art."; else the word is an ordinary one.
    case beforeNumber
    /// It abbreviates, and may end the sentence where a typical first word follows: "Inc.", "Nov.", "U.S.".
    case open
  }

  var abbreviations = FormTable<Abbreviation>()
  /// Words that, with a capital, tell a new sentence after an abbreviation.
  var starters = Set<Form>()
  /// "said": after a closed question or cry its sentence goes on.
  var reporting = Set<Form>()
  /// First words of bylines.
  var byline = Set<Form>()
  /// First words of captions.
  var captions = Set<Form>()
  /// First words, in order, of lines that are no part of the report.
  var boilerplate: [[Form]] = []
  /// The first of each.
  var boilerplateHeads = FormSet([])
  /// Small words that may stand in a dateline's place names.
  var placeWords = Set<Form>()

  static func of(language: String) -> StructureWords { language.hasPrefix("en") ? english : universal }

  static let universal = StructureWords()

  static let english: StructureWords = {
    func forms(_ text: String) -> Set<Form> { Set(text.split(separator: " ").map { Form(String($0)) }) }
    var words = StructureWords()
    let titles =
      "mr mrs ms messrs dr prof col lt gen gens maj capt cpt sgt brig cmdr cdr adm rev hon sen rep gov pres amb fr sr pvt cpl supt "
      + "insp dep st mt ft"
    for form in forms(titles) { words.abbreviations.set(form, .title) }
    for form in forms("no nos art arts sec sect fig vol para paras pp p pt ch cl approx ca res op") {
      words.abbreviations.set(form, .beforeNumber)
    }
    let open =
      "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun inc ltd co corp plc bros jr etc vs "
      + "cf est dept univ assn bn km kg sq min hrs hr u.s. u.k. u.n. e.u. u.s.s.r. p.m. a.m. d.c. i.e. e.g. viz al"
    for form in forms(open) { words.abbreviations.set(form, .open) }
    words.starters = forms(
      "the a an in on at by it he she they we i you but and however meanwhile later earlier this that these those there his her their its "
        + "our my for as after before since when while if although though according both some many all no not nor so yet also then thus "
        + "under over during with without from to of two three several more most another other what who why how where such separately "
        + "besides moreover furthermore instead still until once following despite because"
    )
    words.reporting = forms("said says say told asked asks added adds wrote shouted replied cried declared announced tweeted")
    words.byline = forms("by")
    words.captions = forms("photo photos image images picture pictured caption video photograph infographic file")
    let boilerplate = [
      "all news", "all rights reserved", "copyright", "subscribe", "sign up", "sign in", "read more", "read also", "see also", "related",
      "share", "follow us", "click here", "advertisement", "print", "comments", "top stories", "more news", "most read", "cookie",
      "this material may not be", "terms of use", "privacy policy", "download our app", "join us", "tags", "story continues",
    ]
    words.boilerplate = boilerplate.map { $0.split(separator: " ").map { Form(String($0)) } }
    words.boilerplateHeads = FormSet(boilerplate.map { String($0.prefix { $0 != " " }) })
    words.placeWords = forms("de la le el al of the ul us du da do an st and bin ibn")
    return words
  }()
}
