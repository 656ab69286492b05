// The words of time of a language, from a file of readable lines (`Lexicons/en/time.txt`).
public import TruceModel

/// A language's words of time, checked when loaded.
public struct TimeLexicon: Sendable {
  /// What a word can be in a time expression.
  enum Class: UInt8, Sendable, Hashable, CaseIterable {
    case month, weekday, season, unit, weekend, number, vague, half, ordinal, daypart, clock, zone, ref, earlier, later, ago, hence, before
    case after, then, nextday, theday, that, direction, determiner, article, every, part, earlypart, latepart, rest, whole, of, and, to
    case consecutive, old, times, governor, negation, revision, about, hedge, set, future, past, holiday, named, anchor, day, tonight
    case overnight, oclock, hours, halfDay, monthFirst, encyclopedia, perfect, passive, clause, thence, numbered

    /// The class as one bit of a set.
    @inline(__always) var bit: UInt64 { 1 << UInt64(rawValue) }

    /// As the source names it: asking for it costs a look into the program's metadata, so that it is kept.
    var name: String { Class.names[Int(rawValue)] }

    private static let names = allCases.map { String(describing: $0) }

    /// The classes by their names in the file: `half-day` is `halfDay`.
    static let byName: [String: Class] = Dictionary(
      uniqueKeysWithValues: allCases.map { kind in
        (kind.name.flatMap { $0.isUppercase ? "-" + $0.lowercased() : String($0) }, kind)
      }.map { (String($0.0), $0.1) })
  }

  /// One meaning of a word or phrase; a class, because rules hand it on all the time.
  final class Meaning: Sendable {
    /// The phrase's words after the first.
    let rest: [Form]
    let kind: Class
    /// The value as the file has it.
    let text: String
    /// The value as a number where it is one.
    let number: Int
    let isAmbiguous: Bool
    /// Zone, part-of-day bounds in minutes: what was checked once.
    let zone: Zone?
    let hours: Range<Int>

    init(rest: [Form], kind: Class, value: Value, isAmbiguous: Bool) {
      self.rest = rest
      self.kind = kind
      text = value.text
      number = value.number
      zone = value.zone
      hours = value.hours
      self.isAmbiguous = isAmbiguous
    }
  }

  /// A value as the file has it, and what was read in it.
  struct Value {
    let kind: Class
    var text: String
    let number: Int
    var zone: Zone?
    var hours: Range<Int> = 0..<0

    init(kind: Class, text: String) {
      self.kind = kind
      self.text = text
      number = Int(text) ?? 0
    }
  }

  /// Meanings by first word, longest phrase first.
  var meanings = FormTable<[Meaning]>()
  /// The classes of one first word's meanings, alone and as head of a phrase.
  struct Bits: Sendable {
    var alone: UInt64 = 0
    var phrases: UInt64 = 0
    /// The classes of the phrases by their second words, and a mask of these.
    private var bySecond: [(second: Form, classes: UInt64)] = []
    private var seconds: UInt64 = 0

    init(_ meanings: [Meaning]) {
      for meaning in meanings {
        guard let second = meaning.rest.first else {
          alone |= meaning.kind.bit
          continue
        }
        phrases |= meaning.kind.bit
        bySecond.append((second, meaning.kind.bit))
        seconds |= 1 << (second.rawValue & 63)
      }
    }

    /// The classes that are possible where a form follows.
    @inline(__always) func before(_ next: Form) -> UInt64 {
      guard seconds >> (next.rawValue & 63) & 1 != 0 else { return alone }
      var classes = alone
      for phrase in bySecond where phrase.second == next { classes |= phrase.classes }
      return classes
    }
  }

  /// A bit for each first word: most words of a text are none, and this is small enough to stay at hand.
  private var sieve = [UInt64](repeating: 0, count: 128)

  /// A first word's index in `meanings`, or -1.
  @inline(__always) func slot(of form: Form) -> Int {
    sieve[Int(form.rawValue >> 6 & 127)] >> (form.rawValue & 63) & 1 != 0 ? meanings.index(of: form) : -1
  }

  /// By a first word's index in `meanings`.
  var bits: [Bits] = []
  /// Endings that tell the past ("ed"), as bytes.
  var pastSuffixes: [[UInt8]] = []

  /// No words at all: only numeric dates are found.
  public init() {}

  /// A lexicon from its file's bytes.
  ///
  /// - Parameter file: the name for findings.
  /// - Throws: the first line that is not `class value = word, word`, as a finding with file and line.
  public init(_ text: [UInt8], file: String) throws(Finding) {
    var lines = 0
    var ambiguous = Set<String>()
    var rows: [(kind: Class, value: String, words: [String], line: Int)] = []
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      lines += 1
      let bare = line.firstIndex(of: 0x23).map { line[..<$0] } ?? line
      guard let equals = bare.firstIndex(of: 0x3D) else {
        if bare.contains(where: { $0 > 0x20 }) { throw TimeLexicon.wrong(file, lines, "Write 'class value = word, word'.") }
        continue
      }
      let head = String(decoding: bare[..<equals], as: UTF8.self).split(separator: " ").map(String.init)
      let words = bare[(equals + 1)...].split(separator: 0x2C).map { String(decoding: $0, as: UTF8.self) }
      if head.count == 2, head[0] == "ambiguous" {
        for word in words { ambiguous.insert(head[1] + " " + word.split(separator: " ").joined(separator: " ")) }
        continue
      }
      if head.first == "past-suffix" {
        for word in words { pastSuffixes.append(Array(word.utf8.filter { $0 > 0x20 })) }
        continue
      }
      guard head.count >= 2, let kind = Class.byName[head[0]] else {
        throw TimeLexicon.wrong(file, lines, "'\(head.first ?? "")' is no class of words of time, or its value is missing.")
      }
      rows.append((kind, head.dropFirst().joined(separator: " "), words, lines))
    }
    for row in rows {
      var value = Value(kind: row.kind, text: row.value)
      if let problem = TimeLexicon.check(&value) { throw TimeLexicon.wrong(file, row.line, problem) }
      for word in row.words {
        let parts = word.split(whereSeparator: { $0 == " " || $0 == "-" }).map(String.init)
        guard let first = parts.first else { throw TimeLexicon.wrong(file, row.line, "A word is missing between two commas.") }
        let meaning = Meaning(
          rest: parts.dropFirst().map { Form($0) }, kind: row.kind, value: value,
          isAmbiguous: ambiguous.contains(row.kind.name + " " + parts.joined(separator: " ")))
        let form = Form(first)
        sieve[Int(form.rawValue >> 6 & 127)] |= 1 << (form.rawValue & 63)
        meanings.update(form, default: []) { list in
          let at = list.firstIndex { $0.rest.count < meaning.rest.count } ?? list.count
          list.insert(meaning, at: at)
        }
      }
    }
    bits = meanings.values.map { Bits($0) }
  }

  /// The classes that can open a time expression.
  static let openers: UInt64 = Class.allCases.reduce(0) { bits, kind in
    switch kind {
    case .of, .and, .to, .governor, .negation, .revision, .about, .hedge, .future, .past, .anchor, .before, .after, .old, .consecutive,
      .perfect,
      .passive, .clause, .numbered, .zone, .whole, .ago, .hence, .oclock, .hours, .halfDay, .monthFirst, .encyclopedia:
      bits
    default: bits | kind.bit
    }
  }

  /// The number that an ordinal counts; nil of what is none.
  func ordinal(_ form: Form) -> Int? {
    let slot = meanings.index(of: form)
    guard slot >= 0 else { return nil }
    return meanings.values[slot].first { $0.kind == .ordinal && $0.rest.isEmpty && $0.number > 0 }?.number
  }

  private static func wrong(_ file: String, _ line: Int, _ message: String) -> Finding {
    Finding(.error, message, file: file, line: line)
  }

  /// Checks a value by its class and reads what is in it; a sentence where it is wrong.
  private static func check(_ meaning: inout Value) -> String? {
    switch meaning.kind {
    case .month:
      return (1...12).contains(meaning.number) ? nil : "A month is a number from 1 to 12."
    case .weekday:
      return (1...7).contains(meaning.number) ? nil : "A weekday is a number from 1, Monday, to 7, Sunday."
    case .daypart:
      let parts = meaning.text.split(separator: " ")
      let hours = parts.count == 2 ? parts[1].split(separator: "-").compactMap { Int($0) } : []
      guard hours.count == 2, hours[0] < hours[1], hours[1] <= 36 else { return "A part of the day is a code and hours, as 'MO 6-12'." }
      meaning.text = String(parts[0])
      meaning.hours = hours[0] * 60..<hours[1] * 60
    case .zone:
      if meaning.text == "local" { return nil }
      meaning.zone = Zone(meaning.text)
      return meaning.zone == nil ? "'\(meaning.text)' is no zone: write 'Asia/Baku' or '+04:00'." : nil
    case .governor:
      let words = Deadline.Word.allCases.map(\.rawValue) + ["after", "as-of", "between"]
      return words.contains(meaning.text) ? nil : "A governor is one of \(words.joined(separator: ", "))."
    case .named:
      return When(meaning.text, zone: .utc) == nil ? "'\(meaning.text)' is no date: write it as EDTF." : nil
    default: break
    }
    return nil
  }
}
