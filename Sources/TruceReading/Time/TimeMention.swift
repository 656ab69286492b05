// A time expression of a text: where it stands, what it says, and how the words around it bind an event to it.
public import TruceModel

/// The kinds of time expression of TimeML's TIMEX3.
public enum TimexType: String, Sendable, Hashable, CaseIterable {
  case date = "DATE"
  case time = "TIME"
  case duration = "DURATION"
  case set = "SET"
}

/// A time expression, read.
public struct TimeMention: Sendable, Hashable {
  /// Its bytes, without the preposition before it.
  public var span: ByteSpan
  public var tokens: Range<Int>
  public var type: TimexType
  /// The TIMEX3 value: `2020-12-01`, `2020-W48`, `P5Y`, `PAST_REF` ...
  public var value: String
  /// The time itself, with its role; nil of a bare length, a recurrence, or where a year or day is not known.
  public var when: When?
  /// The time of an event that the words bind: `[..2020-11-15]` of "by November 15", `2020-11-10/..` of "since"; else as `when`.
  public var bounded: When?
  /// The word that makes a deadline of it: by, before, until, within, on, from; nil where none stands before it.
  public var word: Deadline.Word?
  /// The tokens of that word or phrase; empty where there is none.
  public var governor: Range<Int>
  /// The rule that read it.
  public var rule: String
  /// True where it stands in a dateline: the report's date, no event's.
  public var isDateline: Bool
  /// True of a word such as "now" or "recent" that names no time.
  public var isVague: Bool

  /// "the end of March", "late 2021".
  var isEnd = false

  /// The word that makes its end a deadline: by, before, until, within; nil of "on" and "from", and where there is none.
  var limit: Deadline.Word? {
    switch word {
    case .by, .before, .until, .within: word
    case .on, .from, nil: nil
    }
  }

  public var role: When.Role { when?.role ?? .happened }

  /// Whether it says when something was, in the text and not in its dateline.
  @inline(__always) var isOnCalendar: Bool { (type == .date || type == .time) && !isVague && !isDateline }

  /// Whether it names one day, or a time of one, at which a text can stand.
  @inline(__always) var isOwnDay: Bool {
    guard !isDateline, !isVague, word == nil || word == .on, let grain = when?.grain, grain >= .day, let text = when?.edtf.utf8 else {
      return false
    }
    return text.count >= 10 && !text.contains(0x2F)
  }

  /// The last of a few days that it names: "on 4 and 5 June".
  var lastOfDays: CivilDate? {
    guard word == nil || word == .on, let text = when?.edtf, text.utf8.count == 21, let first = CivilDate(text.prefix(10)),
      let last = CivilDate(text.suffix(10)), last.daysSinceEpoch - first.daysSinceEpoch < 4
    else { return nil }
    return last
  }
}

/// All time expressions of a document.
public struct Times: Sendable {
  /// In the order of the text.
  public var mentions: [TimeMention]
  /// When the document was published: as it was given, else as its own lines say.
  public var published: When?
  /// In which its local times were resolved.
  public var zone: Zone
  /// Whether it tells of days long before its publication, as an encyclopedia does: nothing in it counts from that.
  public var isHistory: Bool

  /// The mentions of some tokens, a sentence's for one; found by halving.
  public func mentions(in tokens: Range<Int>) -> ArraySlice<TimeMention> {
    var low = 0
    var high = mentions.count
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle].tokens.lowerBound < tokens.lowerBound { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < mentions.count, mentions[end].tokens.lowerBound < tokens.upperBound { end += 1 }
    return mentions[low..<end]
  }
}
