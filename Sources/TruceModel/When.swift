// When something was so on the ground: an EDTF expression and the moments that it allows.

/// A time as a text supports it, never finer.
///
/// A single event lies somewhere in `earliest..<latest`. A state that an interval describes begins somewhere in `begin`
/// and ends somewhere in `end`; an open end reaches to `Instant.distantPast` or `.distantFuture`.
public struct When: Sendable, Hashable {
  /// What the time is of.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    case happened, reported, due, from, until
    case asOf = "as-of"
    case was, becomes
  }

  /// The expression, ISO 8601-2.
  public var edtf: String
  /// The moments at which it can have begun, or, of a single date, happened.
  public var begin: Range<Instant>
  /// The moments at which it can have ended; nil where the expression is no interval.
  public var end: Range<Instant>?
  /// How fine the expression is; nil where it has no bound.
  public var grain: EDTF.Grain?
  /// The zone in which local times were resolved.
  public var zone: Zone
  /// `?`, `~` or `%`.
  public var qualifier: Character?
  public var role: Role
  /// The rule that read it from the text; nil where a person wrote it.
  public var rule: String?

  /// A time from its expression.
  ///
  /// - Parameters:
  ///   - edtf: an expression of `EDTF`'s profile.
  ///   - zone: where its days and local times are local.
  /// - Returns: nil where the expression is not of the profile.
  public init?(_ edtf: String, zone: Zone, role: Role = .happened, rule: String? = nil) {
    guard let parsed = EDTF(edtf) else { return nil }
    let everything = Instant.distantPast..<Instant.distantFuture
    self.edtf = edtf
    self.zone = zone
    self.role = role
    self.rule = rule
    grain = parsed.grain
    qualifier = parsed.qualifier
    let start = EDTF.window(parsed.start, in: zone)
    guard let last = parsed.end else {
      begin = start ?? everything
      end = nil
      return
    }
    let stop = EDTF.window(last, in: zone)
    let from = start?.lowerBound ?? .distantPast
    let until = stop?.upperBound ?? .distantFuture
    guard from <= until else { return nil }
    if parsed.isOneOf {
      begin = from..<until
      end = nil
    } else {
      begin = start ?? .distantPast..<(stop?.upperBound ?? .distantFuture)
      end = stop ?? (start?.lowerBound ?? .distantPast)..<Instant.distantFuture
    }
  }

  /// A day in a zone.
  public init(_ day: CivilDate, zone: Zone, role: Role = .happened, rule: String? = nil) {
    edtf = day.description
    begin = zone.bounds(of: day)
    end = nil
    grain = .day
    self.zone = zone
    qualifier = nil
    self.role = role
    self.rule = rule
  }

  /// One of some days: `[2020-11-25..2020-12-01]`.
  public init(oneOf days: ClosedRange<CivilDate>, zone: Zone) {
    edtf = String(unsafeUninitializedCapacity: 24) { buffer in
      var text = DigitWriter(buffer)
      text.put(0x5B)
      text.put(days.lowerBound)
      text.put(0x2E)
      text.put(0x2E)
      text.put(days.upperBound)
      text.put(0x5D)
      return text.count
    }
    begin = zone.instant(days.lowerBound)..<zone.bounds(of: days.upperBound).upperBound
    end = nil
    grain = .day
    self.zone = zone
    qualifier = nil
    role = .happened
    rule = nil
  }

  /// The first moment that it allows.
  public var earliest: Instant { begin.lowerBound }

  /// The first moment after all that it allows.
  public var latest: Instant { end?.upperBound ?? begin.upperBound }

  /// Narrows a day to a part of it, as "in the early hours" does; the expression keeps what EDTF can say.
  ///
  /// - Parameter window: moments; what of them lies outside the day's own is left out.
  public func narrowed(to window: Range<Instant>) -> When {
    var copy = self
    copy.begin = begin.clamped(to: window)
    if copy.begin.isEmpty { return self }
    copy.grain = .time
    return copy
  }
}
