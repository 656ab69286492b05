// What stands at a place of a sentence: a count, a distance, directions, a place in words. Each answers with the piece after it.
internal import TruceAtlas
internal import TruceModel

/// Looks at the pieces of one sentence.
struct ProseScan {
  let bytes: [UInt8]
  let pieces: [ProsePiece]
  let lexicon: WatchLexicon
  /// For each piece, the number of the time of the text in which it stands.
  let times: [Int?]

  var count: Int { pieces.count }

  func has(_ kind: WatchLexicon.Class, _ at: Int) -> Bool { lexicon.match(kind, pieces, at) != nil }
  func value(_ kind: WatchLexicon.Class, _ at: Int) -> (value: String, next: Int)? { lexicon.match(kind, pieces, at) }
  func isMark(_ text: String, _ at: Int) -> Bool { at < count && pieces[at].kind == .mark && pieces[at].text == text }

  /// Past a phrase of a class, where there is one.
  func past(_ kind: WatchLexicon.Class, _ at: Int) -> Int { value(kind, at)?.next ?? at }

  func text(_ from: Int, _ until: Int) -> String {
    guard from < until else { return "" }
    return String(decoding: bytes[pieces[from].start..<pieces[until - 1].end].map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
  }

  // MARK: - Counts

  /// "3", "seven", "about 30", "at least 12", "between 10 and 15", "10-15", "up to five", "multiple", "a".
  func counted(_ at: Int) -> (count: Count, next: Int)? {
    if let article = value(.article, at) { return (Count(1), article.next) }
    if let vague = value(.vague, at), let least = Int(vague.value) { return (Count(least, Count.limit), vague.next) }
    let about = value(.about, at)
    let least = value(.least, at)
    let most = value(.most, at)
    let start = about?.next ?? least?.next ?? most?.next ?? past(.between, at)
    if about != nil, let vague = value(.vague, start), let number = Int(vague.value) { return (Count(number, Count.limit), vague.next) }
    guard let low = whole(start) else { return nil }
    var (number, next) = low
    var high: Int?
    if isMark("-", next) || has(.to, next) || has(.or, next) || (start != at && has(.between, at) && has(.and, next)) {
      let after = isMark("-", next) ? next + 1 : value(.to, next)?.next ?? value(.or, next)?.next ?? past(.and, next)
      if let second = whole(after), second.number >= number { (high, next) = (second.number, second.next) }
    }
    // What has a unit is no count.
    guard !has(.unit, next) else { return nil }
    if let high { return (Count(number, high, isAbout: about != nil), next) }
    if least != nil {
      if least?.value == "more" { number += 1 }
      return (Count(number, Count.limit), next)
    }
    if most != nil { return (Count(1, max(1, most?.value == "less" ? number - 1 : number)), next) }
    return (about != nil ? Count(about: number) : Count(number), next)
  }

  /// A whole number in digits or words: "25", "twenty-five", "two hundred and fifty".
  private func whole(_ at: Int) -> (number: Int, next: Int)? {
    guard at < count, times[at] == nil else { return nil }
    if let value = pieces[at].value {
      guard value == value.rounded(), value < Double(Count.limit) else { return nil }
      return (Int(value), at + 1)
    }
    var next = at
    var total = 0
    var part = 0
    var isFirst = true
    while let word = value(.number, next), let number = Int(word.value) {
      if number == 100 || number == 12 && word.value == "12" && pieces[next].text == "dozen" {
        part = max(1, part) * number
      } else if isFirst || (part % 10 == 0 && number < 10) || (part % 100 == 0 && number < 100) {
        part += number
      } else {
        break
      }
      isFirst = false
      next = word.next
      // "two hundred and fifty", but not "two and three".
      if part >= 100, has(.and, next), let more = value(.number, past(.and, next)), let number = Int(more.value), number < 100 {
        next = past(.and, next)
      }
    }
    total += part
    return next > at ? (total, next) : nil
  }

  // MARK: - Distances and directions

  struct Bearing {
    var point: CompassPoint
    /// Half of what the word means, in degrees.
    var half: Double
  }

  /// A point of the compass in capitals or words; "easterly" is a quarter of the compass.
  func compass(_ at: Int) -> (bearing: Bearing, next: Int)? {
    guard at < count, pieces[at].kind == .word, times[at] == nil else { return nil }
    for length in [3, 2, 1] where at + length <= count {
      let words = pieces[at..<at + length]
      guard words.allSatisfy({ $0.kind == .word }), words.dropFirst().allSatisfy({ $0.isJoined || length == 2 && $0.text.count > 3 }) else {
        continue
      }
      let joined = words.map(\.text).joined()
      // Letters alone only in capitals: "s" and "e" are no directions.
      if joined.count <= 3, !words.allSatisfy(\.isAllCaps) { continue }
      guard let point = CompassPoint(joined) else { continue }
      return (Bearing(point: point, half: joined.hasSuffix("erly") ? 45 : point.rose == 16 ? 11.25 : 22.5), at + length)
    }
    return nil
  }

  /// "2-4 km", "3 to 5 kilometres", "about 500 m".
  func distance(_ at: Int) -> (metres: ClosedRange<Double>, next: Int)? {
    var next = past(.range, at)
    var isWithin = false
    if let within = value(.within, next) { (isWithin, next) = (true, within.next) }
    next = past(.between, past(.about, next))
    guard next < count, let low = pieces[next].value, times[next] == nil else { return nil }
    var high = low
    var unitAt = next + 1
    if let own = value(.unit, unitAt), let metres = Double(own.value), !(isMark("-", own.next) || has(.to, own.next)) {
      return (isWithin ? 0...low * metres : low * metres...low * metres, own.next)
    }
    // "500 m to 2 km": the first may have a unit of its own.
    var lowUnit: Double?
    if let own = value(.unit, unitAt), let metres = Double(own.value) { (lowUnit, unitAt) = (metres, own.next) }
    let joint = isMark("-", unitAt) ? unitAt + 1 : value(.to, unitAt)?.next ?? value(.and, unitAt)?.next
    if let joint, joint < count, let second = pieces[joint].value {
      high = second
      unitAt = joint + 1
    }
    guard let unit = value(.unit, unitAt), let metres = Double(unit.value) else {
      return lowUnit.map { (low * $0...low * $0, past(.unit, next + 1)) }
    }
    let (near, far) = (low * (lowUnit ?? metres), high * metres)
    guard near <= far, far <= 1_000_000 else { return nil }
    return (near...far, unit.next)
  }

  /// Directions one after the other: "ENE and E", "SW, W and NW", "S to W", "easterly directions".
  func directions(_ at: Int) -> (bearings: [ObservedSector.Bearings], next: Int)? {
    let ranging = value(.ranging, at)
    guard let first = compass(ranging?.next ?? at) else { return nil }
    if has(.to, first.next), let last = compass(past(.to, first.next)) {
      let isClockwise = wrap(last.bearing.point.bearing - first.bearing.point.bearing) <= 180
      let (from, to) = isClockwise ? (first.bearing, last.bearing) : (last.bearing, first.bearing)
      return ([.init(from: wrap(from.point.bearing - from.half), to: wrap(to.point.bearing + to.half))], past(.direction, last.next))
    }
    if ranging != nil { return nil }
    var found = [first.bearing]
    var next = first.next
    while true {
      var after = next
      while isMark(",", after) || isMark(";", after) || isMark("/", after) { after += 1 }
      after = past(.and, after)
      guard after > next, let more = compass(after) else { break }
      // "NE and 3 explosions to the S": the next direction belongs to something else only where a count stands before it, and none does here.
      found.append(more.bearing)
      next = more.next
    }
    let bearings = found.map { ObservedSector.Bearings(from: wrap($0.point.bearing - $0.half), to: wrap($0.point.bearing + $0.half)) }
    return (bearings, past(.direction, next))
  }

  private func wrap(_ bearing: Double) -> Double {
    let rest = bearing.truncatingRemainder(dividingBy: 360)
    return rest < 0 ? rest + 360 : rest
  }

  /// Where something was: a sector seen from the observer, or so far from a place that is named.
  enum Whereabouts {
    case sector(ObservedSector)
    case place(String)
  }

  func whereabouts(_ at: Int) -> (what: Whereabouts, next: Int)? {
    let range = distance(at)
    var next = range?.next ?? at
    let lead = value(.direction, next)
    if let lead { next = lead.next }
    guard let found = directions(next) else {
      // A distance without a direction: all round.
      guard let range else { return nil }
      let toNamed = value(.of, range.next) ?? value(.from, range.next)
      if let toNamed, !has(.own, toNamed.next) { return place(at, toNamed.next) }
      return (.sector(ObservedSector(distanceMetres: range.metres)), toNamed.map { past(.own, $0.next) } ?? range.next)
    }
    // "from W to E" is a course, and a bare "E" is none of ours.
    let saysDirection = lead != nil || (found.next > 0 && isDirectionWord(found.next - 1))
    let of = value(.of, found.next)
    if let of, has(.own, of.next) {
      return (.sector(ObservedSector(bearings: found.bearings, distanceMetres: range?.metres)), past(.own, of.next))
    }
    if let of { return place(at, of.next) }
    guard range != nil || saysDirection else { return nil }
    return (.sector(ObservedSector(bearings: found.bearings, distanceMetres: range?.metres)), found.next)
  }

  private func isDirectionWord(_ at: Int) -> Bool { pieces[at].text.hasPrefix("direction") }

  private func place(_ from: Int, _ name: Int) -> (what: Whereabouts, next: Int)? {
    let end = nameEnd(name)
    guard end > name else { return nil }
    return (.place(text(past(.about, past(.range, from)), end)), end)
  }

  // MARK: - Places

  /// Where a place's name in words ends: at a mark, a verb, a time, a count of something.
  func nameEnd(_ at: Int) -> Int {
    var end = at
    var hasName = false
    while end < count, end < at + 14 {
      if pieces[end].kind == .mark && pieces[end].text != "'" { break }
      if times[end] != nil || has(.stop, end) || has(.verb, end) || has(.restriction, end)
        || has(.observer, end) && !pieces[end].isCapitalised
      {
        break
      }
      // "in Y and 3 explosions ..." but "between X and Y" and "the Town of A and B".
      if has(.and, end), hasName, !(end + 1 < count && pieces[end + 1].isCapitalised) { break }
      if pieces[end].isCapitalised { hasName = true }
      end += 1
    }
    return hasName ? end : at
  }

  /// What stands in the brackets that open at a piece, and the piece after them.
  func brackets(_ at: Int) -> (inside: Range<Int>, next: Int)? {
    guard isMark("(", at), let close = pieces[at...].indices.first(where: { isMark(")", $0) }) else { return nil }
    return (at + 1..<close, close + 1)
  }
}
