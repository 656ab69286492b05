// What a mission sets for its watch, in `watch.json`: the roster, zones, rules, and where messages go.
internal import Foundation
public import TruceModel
public import TruceSituation

/// An address to which messages are sent.
public struct Webhook: Sendable, Hashable {
  public enum Key: Sendable, Hashable {
    /// HMAC-SHA256 with a shared secret.
    case secret([UInt8])
    /// Ed25519 with a private key of 32 bytes.
    case privateKey([UInt8])
  }

  public var name: String
  public var address: String
  public var key: Key
  public var leastSeverity: AlertChange.Severity
}

/// An address that the server calls as long as its watch works: who is called no longer knows that it does not.
public struct DeadMan: Sendable, Hashable {
  public var address: String
  public var everySeconds: Int
}

/// The settings of a watch.
public struct WatchSettings: Sendable {
  public var alerts = AlertMachine.Settings()
  public var roster = Roster()
  /// Stretches of lines in which an incident raises an alert, by name.
  public var zones: [String: [LineStretch]] = [:]
  /// The words of which an alert tells where something comes to be so against a corridor, zone or other area of the case.
  public var tracks: [PlaceID: Set<ZoneEvent.Word>] = [:]
  /// How much deeper than its error a position has to lie for a track to leave "too close".
  public var zoneMarginMetres = 50.0
  /// Alerts for deadlines that come within so many days and for those that passed; nil for none.
  public var deadlineDays: Int?
  /// Alerts for lines of which less than this share was watched since yesterday's beginning; nil for none.
  public var coverageBelow: Double?
  /// Alerts where a claim contradicts another on who holds a place.
  public var tellsContradictions = false
  /// Alerts where the number of posts that was reported falls.
  public var tellsCounters = false
  public var webhooks: [Webhook] = []
  public var deadMan: DeadMan?
  /// Public keys by name, 64 hexadecimal digits: who may sign hand-overs.
  public var people: [String: String] = [:]
  /// Who answers for CAP messages.
  public var sender = "truce"

  public init() {}

  /// Whether a rule looks at more than check-ins and zones.
  var asksRules: Bool { asksSituation || coverageBelow != nil }

  /// Whether a rule looks at the situation.
  var asksSituation: Bool { deadlineDays != nil || tellsContradictions || tellsCounters }

  /// Settings from their form.
  ///
  /// - Parameter file: reads a file that the form names, such as a webhook's key: it is kept out of the form.
  public init(json: JSON, file: (String) throws -> [UInt8]) throws {
    let form = try FormReader(json)
    for member in json.members ?? [] where !WatchSettings.members.contains(member.key) {
      if member.key == "counting" {
        throw FormError(field: "counting", message: "stands in case.yaml, so that a count and its rules go together")
      }
      throw FormError(
        field: member.key, message: "is no setting of the watch; there are \(WatchSettings.members.sorted().joined(separator: ", "))")
    }
    if let roster = form.value("roster") { self.roster = try Roster(json: roster) }
    sender = try form.optionalString("sender") ?? sender
    for member in form.value("people")?.members ?? [] {
      guard let key = member.value.string, Digest(hex: key) != nil else {
        throw FormError(field: "people.\(member.key)", message: "should be the 64 hexadecimal digits of an Ed25519 public key")
      }
      people[member.key] = key
    }
    for member in form.value("zones")?.members ?? [] {
      guard let stretches = member.value.array, !stretches.isEmpty else {
        throw FormError(field: "zones.\(member.key)", message: "should be a list of stretches {\"line\", \"fromKm\", \"toKm\"}")
      }
      zones[member.key] = try stretches.enumerated().map { try LineStretch(json: $1, path: "zones.\(member.key)[\($0)]") }
    }
    for member in form.value("tracks")?.members ?? [] {
      let words = (member.value.array ?? []).map { $0.string.flatMap { ZoneEvent.Word(rawValue: $0) } }
      guard !words.isEmpty, !words.contains(nil) else {
        let known = ZoneEvent.Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw FormError(field: "tracks.\(member.key)", message: "should be a list of words out of \(known)")
      }
      tracks[PlaceID(member.key)] = Set(words.compactMap { $0 })
    }
    if let rules = form.value("rules") { try read(rules: FormReader(rules, path: "rules")) }
    if let alerts = form.value("alerts") { try read(alerts: FormReader(alerts, path: "alerts")) }
    webhooks =
      try form.value("webhooks")?.array?.enumerated().map { index, json in
        try Webhook(form: FormReader(json, path: "webhooks[\(index)]"), path: "webhooks[\(index)]", file: file)
      } ?? []
    guard Set(webhooks.map(\.name)).count == webhooks.count else {
      throw FormError(field: "webhooks", message: "should have names of their own")
    }
    if let value = form.value("deadMan") {
      let form = try FormReader(value, path: "deadMan")
      let seconds = try form.optionalInteger("everySeconds") ?? 60
      guard (5...86_400).contains(seconds) else { throw FormError(field: "deadMan.everySeconds", message: "should be 5 to 86400") }
      deadMan = DeadMan(address: try webAddress(form.string("url"), "deadMan.url"), everySeconds: seconds)
    }
  }

  private static let members: Set<String> = [
    "roster", "sender", "people", "zones", "tracks", "rules", "alerts", "webhooks", "deadMan",
  ]

  private mutating func read(rules form: FormReader) throws {
    deadlineDays = try form.optionalInteger("deadlineDays")
    if let days = deadlineDays, !(0...3650).contains(days) {
      throw FormError(field: "rules.deadlineDays", message: "should be 0 to 3650")
    }
    coverageBelow = try form.optionalNumber("coverageBelow")
    if let share = coverageBelow, !(0...1).contains(share) { throw FormError(field: "rules.coverageBelow", message: "should be 0 to 1") }
    zoneMarginMetres = try form.optionalNumber("zoneMarginMetres") ?? zoneMarginMetres
    if !(0...100_000).contains(zoneMarginMetres) { throw FormError(field: "rules.zoneMarginMetres", message: "should be 0 to 100000") }
    tellsContradictions = try form.bool("contradictions")
    tellsCounters = try form.bool("counters")
  }

  private mutating func read(alerts form: FormReader) throws {
    func seconds(_ key: String, _ value: Int64) throws -> Int64 {
      guard let seconds = try form.optionalInteger(key) else { return value }
      guard (1...864_000).contains(seconds) else { throw FormError(field: "alerts.\(key)", message: "should be 1 to 864000 seconds") }
      return Int64(seconds)
    }
    alerts.repeatSeconds = try seconds("repeatSeconds", alerts.repeatSeconds)
    alerts.escalateSeconds = try seconds("escalateSeconds", alerts.escalateSeconds)
    if let most = try form.optionalInteger("messagesPerMinute") {
      guard (1...100).contains(most) else { throw FormError(field: "alerts.messagesPerMinute", message: "should be 1 to 100") }
      alerts.messagesPerMinute = most
    }
    if let after = try form.optionalInteger("silentAfter") {
      guard (1...1000).contains(after) else { throw FormError(field: "alerts.silentAfter", message: "should be 1 to 1000") }
      alerts.silentAfter = after
    }
  }
}

extension Webhook {
  fileprivate init(form: FormReader, path: String, file: (String) throws -> [UInt8]) throws {
    name = try form.string("name")
    address = try webAddress(form.string("url"), path + ".url")
    leastSeverity = try form.optionalWord("leastSeverity", AlertChange.Severity.self) ?? .minor
    switch (try form.optionalString("secretFile"), try form.optionalString("keyFile")) {
    case (let secret?, nil):
      let text = try file(secret).filter { $0 > 0x20 }
      // As Standard Webhooks writes secrets: base64 behind a prefix.
      let isEncoded = text.starts(with: Array("whsec_".utf8))
      let bytes = isEncoded ? Array(Data(base64Encoded: Data(text.dropFirst(6))) ?? Data()) : text
      guard bytes.count >= 16 else {
        throw FormError(field: path + ".secretFile", message: "should name a file with a secret of at least 16 characters")
      }
      key = .secret(bytes)
    case (nil, let name?):
      guard let bytes = privateKey(in: try file(name)) else {
        throw FormError(field: path + ".keyFile", message: "should name a file with the 64 hexadecimal digits of an Ed25519 private key")
      }
      key = .privateKey(bytes)
    default: throw FormError(field: path, message: "should have either secretFile (HMAC-SHA256) or keyFile (Ed25519)")
    }
  }
}

private func webAddress(_ text: String, _ field: String) throws(FormError) -> String {
  guard text.hasPrefix("http://") || text.hasPrefix("https://"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
    throw FormError(field: field, message: "'\(text)' should be an address that starts with http:// or https://")
  }
  return text
}

/// The 32 bytes of a private key as a key file holds them: 64 hexadecimal digits and white space; nil where it holds something else.
public func privateKey(in file: [UInt8]) -> [UInt8]? {
  Digest(hex: String(decoding: file.filter { $0 > 0x20 }, as: UTF8.self)).map { Array($0.bytes) }
}
