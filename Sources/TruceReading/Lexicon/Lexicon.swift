// The lexicon of a language: words, frames and the world's names, as its folder of text files states them.
internal import Foundation
public import TruceModel

/// What the reader knows of a language: its words, its frames, and the names that the whole world knows.
///
/// Made once, immutable, shared by all readers.
public struct Lexicon: Sendable {
  /// How a verb tells that an event takes place, and the words that must follow it ("break out").
  struct Happening: Sendable {
    enum Kind: String, Sendable { case starts, goes, ends, makes }
    var kind: Kind
    var words: [Form]
  }

  /// A name of the world layer.
  struct WorldName: Sendable {
    enum Kind: Sendable { case country, demonym, capital, organisation, armed, entity, force, place }
    var text: String
    var party: PartyID?
    var kind: Kind
    /// The states that a group is known to fight.
    var foes: [PartyID] = []
  }

  var words = FormTable<Word>(minimumCapacity: 1 << 14)
  var verbs: [Verb] = []
  var nouns: [Noun] = []
  var frames: [Frame] = []
  /// What a word of number counts.
  var numbers: [Form: Double] = [:]
  /// Frames with the trigger `*`: what is owed, whatever the verb.
  var obligations: [Int32] = []
  var phrases = PhraseTable()
  var phraseWords: [Word] = []
  var happenings: [[Happening]] = []
  var world: [WorldName] = []
  /// The words of time.
  public private(set) var times = TimeLexicon()

  /// The files that make a lexicon, in the order in which they are read.
  static let files = [
    "words.txt", "verbs.txt", "nouns.txt", "titles.txt", "cues.txt", "happening.txt", "frames.txt", "world-countries.txt",
    "world-groups.txt", "world-places.txt",
  ]
  static let timeFile = "time.txt"

  /// Loads the lexicon of a folder (`Lexicons/en`).
  ///
  /// - Throws: `LexiconError` with file and line, or what reading the files throws.
  public static func load(folder: String) throws -> Lexicon {
    var texts: [String: String] = [:]
    for file in files + [timeFile] {
      let path = folder + "/" + file
      guard let data = FileManager.default.contents(atPath: path) else {
        throw LexiconError(file: path, line: 0, message: "A lexicon needs this file, and it cannot be read.")
      }
      texts[file] = String(decoding: data, as: UTF8.self)
    }
    return try Lexicon(files: texts)
  }

  /// A lexicon from its files' texts by name.
  ///
  /// - Throws: `LexiconError` where a line does not say what it should.
  public init(files: [String: String]) throws(LexiconError) {
    var builder = LexiconBuilder()
    for file in Lexicon.files {
      guard let text = files[file] else { throw LexiconError(file: file, line: 0, message: "A lexicon needs this file.") }
      try builder.read(LexiconLines(file: file, text: text))
    }
    self = builder.lexicon
    guard let text = files[Lexicon.timeFile] else {
      throw LexiconError(file: Lexicon.timeFile, line: 0, message: "A lexicon needs this file.")
    }
    do {
      times = try TimeLexicon(Array(text.utf8), file: Lexicon.timeFile)
    } catch {
      throw LexiconError(file: Lexicon.timeFile, line: error.line ?? 0, message: error.message)
    }
  }

  init() {}

  /// The forms of a phrase as the tokenizer cuts it, marks left out.
  static func forms(_ text: some StringProtocol) -> [Form] {
    // "'ll": only after another word is it one token.
    if text.utf8.first == UInt8(ascii: "'") { return [Form(String(text))] }
    let bytes = Array(text.utf8)
    return Tokenizer.tokens(bytes, in: 0..<bytes.count).tokens.map(\.form).filter { $0 != .none }
  }
}
