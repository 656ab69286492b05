// The words by which daily reports tell what monitors saw and heard, from a file of readable lines (`Lexicons/en/observations.txt`).
internal import Foundation
internal import TruceModel

/// The words of observations in one language.
///
/// One meaning a line, `class value = word or phrase, word or phrase ...`, in lower case; a hyphen counts as a space. Number words are those of
/// the same language's `time.txt`.
public struct WatchLexicon: Sendable {
  enum Class: String, Sendable, CaseIterable {
    /// What was observed; what an explosion was taken for; with which weapon.
    case what, assessment, weapon
    /// Who observes, and how it is said that he did.
    case observer, verb
    case number, about, least, most, between, vague, article, filler
    /// Distances and directions.
    case unit, range, within, direction, ranging, of, own, heading
    case position, wide
    case assessed, all, and, or, to, from, stop
    /// Hours of a day: "during the day" is from 6 to 18.
    case hours
    case restriction, hearsay, negation, comparison
  }

  struct Meaning: Sendable {
    var rest: [String]
    var kind: Class
    var value: String
  }

  /// By first word, the longest phrases first.
  private var meanings: [String: [Meaning]] = [:]

  public static let file = "observations.txt"

  /// The lexicon of a language's folder.
  public static func load(folder: String) throws -> WatchLexicon {
    var texts: [String] = []
    for file in [WatchLexicon.file, Lexicon.timeFile] {
      guard let data = FileManager.default.contents(atPath: folder + "/" + file) else {
        throw LexiconError(file: folder + "/" + file, line: 0, message: "Reading observations needs this file, and it cannot be read.")
      }
      texts.append(String(decoding: data, as: UTF8.self))
    }
    return try WatchLexicon(observations: texts[0], times: texts[1])
  }

  /// A lexicon from the texts of `observations.txt` and `time.txt`.
  public init(observations: String, times: String) throws(LexiconError) {
    let own = try LexiconLines(file: WatchLexicon.file, text: observations)
    for line in own.lines {
      let (name, value, phrases) = try WatchLexicon.parts(line, own)
      guard let kind = Class(rawValue: name), kind != .number else {
        let known = Class.allCases.filter { $0 != .number }.map(\.rawValue).joined(separator: ", ")
        throw own.fail(line, "No class '\(name)'. Classes are \(known); numbers stand in \(Lexicon.timeFile).")
      }
      if let message = WatchLexicon.check(kind, value) { throw own.fail(line, message) }
      for phrase in phrases { add(phrase, kind, value) }
    }
    let numbers = try LexiconLines(file: Lexicon.timeFile, text: times)
    for line in numbers.lines where line.text.hasPrefix("number ") {
      let (_, value, phrases) = try WatchLexicon.parts(line, numbers)
      for phrase in phrases { add(phrase, .number, value) }
    }
    for key in meanings.keys { meanings[key]!.sort { $0.rest.count > $1.rest.count } }
  }

  private static func parts(_ line: LexiconLines.Line, _ file: LexiconLines) throws(LexiconError) -> (
    name: String, value: String, phrases: [Substring]
  ) {
    let sides = line.text.split(separator: "=", maxSplits: 1)
    let head = sides[0].split(separator: " ", maxSplits: 1)
    guard sides.count == 2, head.count == 2 else {
      throw file.fail(line, "A line is `class value = phrase, phrase`, as `what burst = burst, bursts`.")
    }
    return (String(head[0]), String(Substring(head[1]).trimmed), Substring(sides[1]).parts(","))
  }

  /// What is wrong with a value; nil where nothing is.
  private static func check(_ kind: Class, _ value: String) -> String? {
    let known: [String]? =
      switch kind {
      case .what: Observation.What.allCases.map(\.rawValue)
      case .assessment: Observation.Assessment.allCases.map(\.rawValue)
      case .observer: ["camera", "drone", "radar", "patrol", "post"]
      case .verb: ["saw", "heard", "recorded"]
      case .restriction: Restriction.Kind.allCases.map(\.rawValue)
      case .hours: WatchLexicon.hours(value) == nil ? ["two hours, as 6-18"] : nil
      case .unit: Double(value) == nil ? ["metres as a number"] : nil
      case .vague: Int(value) == nil ? ["the least number that is meant"] : nil
      default: nil
      }
    guard let known, !known.contains(value) else { return nil }
    return "The value of '\(kind.rawValue)' should be one of \(known.joined(separator: ", "))."
  }

  /// "6-18".
  static func hours(_ value: String) -> (from: Int, until: Int)? {
    let ends = value.split(separator: "-").compactMap { Int($0) }
    return ends.count == 2 && ends[0] < ends[1] && (0...24).contains(ends[0]) && ends[1] <= 24 ? (ends[0], ends[1]) : nil
  }

  private mutating func add(_ phrase: Substring, _ kind: Class, _ value: String) {
    let words = phrase.lowercased().split { $0 == " " || $0 == "-" }.map(String.init)
    guard let first = words.first else { return }
    meanings[first, default: []].append(Meaning(rest: Array(words.dropFirst()), kind: kind, value: value))
  }

  /// The longest phrase of a class that begins with a piece: its value and the piece after it.
  func match(_ kind: Class, _ pieces: [ProsePiece], _ at: Int) -> (value: String, next: Int)? {
    guard at < pieces.count, let known = meanings[pieces[at].text] else { return nil }
    for meaning in known where meaning.kind == kind && at + meaning.rest.count < pieces.count {
      if meaning.rest.indices.allSatisfy({ pieces[at + 1 + $0].text == meaning.rest[$0] }) {
        return (meaning.value, at + 1 + meaning.rest.count)
      }
    }
    return nil
  }
}
