// A unit: one or several tokens that the grammar treats as one word, with its part of speech.

/// One word of a sentence as the grammar sees it: a token, a name, a phrase, a compound, a time.
struct Unit: Sendable {
  enum Tag: UInt8, Sendable {
    case determiner, preposition, conjunction, contrast, subordinator, pronoun, negation, adverb
    case planned, possible, infinitive
    case verb, nominal, number, clitic, time
    case comma, semicolon, colon, dash, openQuote, closeQuote, openBracket, closeBracket, terminal, other
  }

  /// Tokens, half-open.
  var first: Int32
  var end: Int32
  var tag: Tag
  var isCapitalised: Bool
  /// An adjective-like compound ("Russian-backed"): it names no party.
  var isCompound = false
  var word: Word
  /// Index into `Names.meanings`; -1 for none.
  var meaning: Int32 = -1
  /// Index into the document's times; -1 for none.
  var time: Int32 = -1
}
