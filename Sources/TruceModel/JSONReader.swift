// Fields out of JSON, with an error that names the field and what would be right.

/// What is wrong with a JSON form, and in which field.
public struct FormError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path from the top: `who[0].text`.
  public var field: String
  public var message: String

  public init(field: String, message: String) {
    self.field = field
    self.message = message
  }

  public var description: String { field.isEmpty ? message : "\(field): \(message)" }
}

/// Reads the members of one object.
public struct FormReader {
  private let json: JSON
  private let path: String

  public init(_ json: JSON, path: String = "") throws(FormError) {
    guard case .object = json else { throw FormError(field: path, message: "should be an object") }
    self.json = json
    self.path = path
  }

  private func field(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

  /// The member's value; absent and null are both nil.
  public func value(_ key: String) -> JSON? {
    guard let value = json[key], value != .null else { return nil }
    return value
  }

  public func optionalString(_ key: String) throws(FormError) -> String? {
    guard let value = value(key) else { return nil }
    guard let string = value.string else { throw FormError(field: field(key), message: "should be a string") }
    return string
  }

  public func string(_ key: String) throws(FormError) -> String {
    guard let string = try optionalString(key) else { throw FormError(field: field(key), message: "is missing; it should be a string") }
    return string
  }

  public func integer(_ key: String) throws(FormError) -> Int {
    guard let value = value(key)?.integer else { throw FormError(field: field(key), message: "should be a whole number") }
    return value
  }

  public func number(_ key: String) throws(FormError) -> Double {
    guard let value = value(key)?.number else { throw FormError(field: field(key), message: "should be a number") }
    return value
  }

  public func bool(_ key: String) throws(FormError) -> Bool {
    guard let value = value(key) else { return false }
    guard let bool = value.bool else { throw FormError(field: field(key), message: "should be true or false") }
    return bool
  }

  public func instant(_ key: String) throws(FormError) -> Instant? {
    guard let text = try optionalString(key) else { return nil }
    guard let instant = Instant(text) else {
      throw FormError(
        field: field(key), message: "'\(text)' should be an ISO 8601 instant with an offset, such as 2020-12-01T06:00:00+04:00")
    }
    return instant
  }

  /// A word out of an enumeration.
  public func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) throws(FormError) -> Word
  where Word.RawValue == String {
    let text = try string(key)
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw FormError(field: field(key), message: "'\(text)' should be one of \(words)")
    }
    return word
  }

  /// The elements of an array, each read by `read`; an absent array is empty.
  public func list<Element>(_ key: String, _ read: (JSON, String) throws(FormError) -> Element) throws(FormError) -> [Element] {
    guard let value = value(key) else { return [] }
    guard let array = value.array else { throw FormError(field: field(key), message: "should be a list") }
    var result: [Element] = []
    result.reserveCapacity(array.count)
    for (i, element) in array.enumerated() { result.append(try read(element, "\(field(key))[\(i)]")) }
    return result
  }

  /// A member read by `read` where there is one.
  public func optional<Value>(_ key: String, _ read: (JSON, String) throws(FormError) -> Value) throws(FormError) -> Value? {
    guard let value = value(key) else { return nil }
    return try read(value, field(key))
  }
}
