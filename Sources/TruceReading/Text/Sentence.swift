// What a text's structure consists of: sentences with their kinds, datelines, quotations and asides.
public import TruceModel

/// A sentence, or a line that stands for itself.
public struct Sentence: Sendable, Hashable {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    case body
    /// A line without a full stop that stands for itself: a headline, a heading, a lead line.
    case headline
    /// Who wrote it.
    case byline
    case caption
    /// What belongs to the page and not to the report.
    case boilerplate
    case listItem
    case tableRow
  }

  /// Its bytes: from its first token to its last, a dateline before it included.
  public var span: ByteSpan
  /// Its tokens.
  public var tokens: Range<Int>
  /// The first token after a dateline or a list mark; else the first token.
  public var body: Int
  public var kind: Kind
  /// Index of its paragraph, from 0.
  public var paragraph: Int

  /// The tokens after a dateline or a list mark.
  public var bodyTokens: Range<Int> { body..<tokens.upperBound }
}

/// "BAKU, December 1. /TASS/." at the head of a report's first sentence.
public struct Dateline: Sendable, Hashable {
  /// All its tokens, the closing mark included.
  public var tokens: Range<Int>
  /// The tokens before the agency: places and the date.
  public var head: Range<Int>
  /// The tokens of the agency's name; nil where it names none.
  public var agency: Range<Int>?
  public var sentence: Int
}

/// What stands between quotation marks.
public struct Quotation: Sendable, Hashable {
  /// The tokens between the marks; may cross sentences.
  public var tokens: Range<Int>
  /// 1 for the outermost.
  public var depth: Int
  /// False where its closing mark is missing and the paragraph's end closed it.
  public var isClosed: Bool
}
