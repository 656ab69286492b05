// The roster: who is on duty when, and who is called when he does not answer.
public import TruceModel

/// Who is on duty.
public struct Roster: Sendable, Hashable {
  public struct Shift: Sendable, Hashable {
    public var from: Instant
    /// Exclusive.
    public var until: Instant
    /// Names by level: first those on duty, then who is called next.
    public var levels: [[String]]

    public init(from: Instant, until: Instant, levels: [[String]]) {
      self.from = from
      self.until = until
      self.levels = levels
    }
  }

  public var shifts: [Shift]

  public init(_ shifts: [Shift] = []) { self.shifts = shifts }

  /// Names to call at a moment and level, sorted; those of the highest level there is where the roster has none so high.
  public func names(at now: Instant, level: Int = 0) -> [String] {
    var names: Set<String> = []
    for shift in shifts where shift.from <= now && now < shift.until && !shift.levels.isEmpty {
      names.formUnion(shift.levels[min(max(0, level), shift.levels.count - 1)])
    }
    return names.sorted()
  }

  /// The highest level there is at a moment; 0 where there is one only, or none.
  public func highestLevel(at now: Instant) -> Int {
    max(0, (shifts.filter { $0.from <= now && now < $0.until }.map(\.levels.count).max() ?? 1) - 1)
  }

  /// The times between two moments for which nobody is on duty at the first level.
  public func uncovered(from: Instant, until: Instant) -> [Range<Instant>] {
    var gaps: [Range<Instant>] = []
    var at = from
    for shift in shifts.sorted(by: { $0.from < $1.from }) where shift.until > at && !(shift.levels.first ?? []).isEmpty {
      if shift.from >= until { break }
      if shift.from > at { gaps.append(at..<shift.from) }
      at = max(at, shift.until)
    }
    if at < until { gaps.append(at..<until) }
    return gaps
  }

  /// `{"shifts": [{"from", "until", "levels": [["Name"], ["Next"]]}]}`.
  public var json: JSON {
    [
      "shifts": .array(
        shifts.map { shift in
          ["from": JSON(shift.from), "until": JSON(shift.until), "levels": .array(shift.levels.map { .array($0.map { JSON($0) }) })]
        })
    ]
  }

  public init(json: JSON) throws(FormError) {
    shifts = try FormReader(json).list("shifts") { json, path throws(FormError) in
      let form = try FormReader(json, path: path)
      let from = try form.requiredInstant("from")
      let until = try form.requiredInstant("until")
      guard from < until else { throw FormError(field: path, message: "should end after it begins") }
      let levels = try form.list("levels") { json, path throws(FormError) in
        guard let names = json.array?.map(\.string), !names.contains(nil) else {
          throw FormError(field: path, message: "should be a list of names")
        }
        return names.compactMap { $0 }
      }
      return Shift(from: from, until: until, levels: levels)
    }
  }
}
