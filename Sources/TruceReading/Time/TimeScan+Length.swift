// Rules for numbers in words and lengths of time: "two and a half years", "27-year", "several days", "half an hour".
internal import TruceModel

extension TimeScan {
  /// A number in digits or words; nil as value where it is open ("several").
  func number(_ at: Int) -> (value: Double?, next: Int)? {
    guard at < count else { return nil }
    switch tokens[at].kind {
    case .number:
      guard !isBound(at) else { return nil }
      return digits(at).map { ($0, at + 1) }
    case .word:
      if let (_, next) = meaning(at, .vague) { return (nil, next) }
      return numberInWords(at)
    default: return nil
    }
  }

  private func digits(_ at: Int) -> Double? {
    var value = 0.0
    var scale = 0.0
    guard length(at) <= 12 else { return nil }
    for index in Int(tokens[at].start)..<Int(tokens[at].end) {
      let byte = bytes[index]
      if byte == 0x2E {
        scale = 0.1
      } else if byte >= 0x30, byte <= 0x39 {
        if scale > 0 {
          value += Double(byte - 0x30) * scale
          scale /= 10
        } else {
          value = value * 10 + Double(byte - 0x30)
        }
      }
    }
    return value
  }

  /// "twenty-one", "two hundred".
  private func numberInWords(_ at: Int) -> (value: Double?, next: Int)? {
    guard let (first, end) = meaning(at, .number) else { return nil }
    var value = Double(first.number)
    var next = end
    if first.number >= 20, first.number < 100 {
      let unit = isHyphen(next) ? next + 1 : next
      if let (second, end) = meaning(unit, .number), second.rest.isEmpty, (1...9).contains(second.number) {
        value += Double(second.number)
        next = end
      }
    }
    if value < 100, let (hundred, end) = meaning(next, .number), hundred.number == 100 {
      value *= 100
      next = end
    }
    return (value, next)
  }

  /// A unit at a token, not capitalised as a name would be.
  func unit(_ at: Int) -> (unit: TimeUnit, count: Int, isPlural: Bool, next: Int)? {
    guard at < count, let (word, next) = meaning(at, .unit), let (unit, count) = TimeUnit.of(word.text) else { return nil }
    return (unit, count, bytes[Int(tokens[at].end) - 1] | 0x20 == 0x73, next)
  }

  /// A length of time that starts at a token; `isArticle` where "a" or "an" counts it.
  func length(of at: Int) -> (length: Length, next: Int, isArticle: Bool, isCompound: Bool)? {
    guard at < count else { return nil }
    if let (_, next) = meaning(at, .half) {
      let after = isHyphen(next) ? next + 1 : next
      guard let unit = unit(after) else { return nil }
      let halves: [TimeUnit: (Double, TimeUnit)] = [
        .hour: (30, .minute), .day: (12, .hour), .year: (6, .month), .decade: (5, .year), .century: (50, .year),
      ]
      let (count, finer) = halves[unit.unit] ?? (0.5, unit.unit)
      return (Length(count: count, unit: finer), unit.next, false, after > next)
    }
    var value: Double?
    var next: Int
    var isArticle = false
    if has(at, .article), meaning(at, .vague) == nil, meaning(at, .number) == nil {
      value = 1
      next = at + 1
      isArticle = true
    } else if let (number, end) = number(at) {
      value = number
      next = end
      // "15-20 years", "30 to 90 days": the longer one.
      if kind(next) == .hyphen || has(next, .to), let (second, end) = self.number(next + 1), let first = value, let second, second > first {
        value = second
        next = end
      }
      if has(next, .and), kind(next + 1) == .word, has(next + 1, .article), let (_, end) = meaning(next + 2, .half) {
        value = value.map { $0 + 0.5 }
        next = end
      } else if has(next, .and), let (_, end) = meaning(next + 1, .half), value != nil {
        value = value.map { $0 + 0.5 }
        next = end
      }
    } else {
      return nil
    }
    var isCompound = false
    if isHyphen(next) {
      next += 1
      isCompound = true
    }
    while next < count, has(next, .whole), unit(next + 1) != nil || has(next + 1, .whole) { next += 1 }
    guard var unit = unit(next), together(at, next) else { return nil }
    // "a second attack": the word is an ordinal there.
    if unit.unit == .second, !unit.isPlural { return nil }
    if isArticle, unit.isPlural { return nil }
    if unit.unit == .quarter, !unit.isPlural { return nil }
    // "a year and a half".
    if !isCompound, let known = value, has(unit.next, .and), has(unit.next + 1, .article), let (_, end) = meaning(unit.next + 2, .half) {
      value = known + 0.5
      unit.next = end
    }
    if let known = value { value = known * Double(unit.count) }
    return (Length(count: value, unit: unit.unit), unit.next, isArticle, isCompound)
  }
}
