// Further fields out of JSON: optional numbers, required moments, lists of words.

extension FormReader {
  /// A number where there is one.
  public func optionalNumber(_ key: String) throws(FormError) -> Double? { value(key) == nil ? nil : try number(key) }

  /// A whole number where there is one.
  public func optionalInteger(_ key: String) throws(FormError) -> Int? { value(key) == nil ? nil : try integer(key) }

  /// A moment that must be there.
  public func requiredInstant(_ key: String) throws(FormError) -> Instant {
    guard let instant = try instant(key) else {
      throw FormError(field: key, message: "is missing; it should be an ISO 8601 instant with an offset, such as 2020-12-01T06:00:00+04:00")
    }
    return instant
  }

  /// A word out of an enumeration where there is one.
  public func optionalWord<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) throws(FormError) -> Word?
  where Word.RawValue == String { value(key) == nil ? nil : try word(key, type) }

  /// A list of words out of an enumeration; an absent one is empty.
  public func words<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) throws(FormError) -> [Word]
  where Word.RawValue == String {
    try list(key) { json, path throws(FormError) in
      guard let text = json.string, let word = Word(rawValue: text) else {
        throw FormError(field: path, message: "should be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return word
    }
  }

  /// A list of texts; an absent one is empty.
  public func strings(_ key: String) throws(FormError) -> [String] {
    try list(key) { json, path throws(FormError) in
      guard let text = json.string else { throw FormError(field: path, message: "should be a string") }
      return text
    }
  }
}
