// How unlike two sightings are, and the words for why they were joined.
import TruceModel

extension CountingRules {
  /// 0 for alike, up to 1 for as unlike as may be joined, above for what looser rules would join; nil for two things.
  func unlikeness(_ a: Sighting, _ b: Sighting) -> Double? {
    guard a.observer != b.observer, canBeSame(a.what, b.what), canBeSame(a.assessment, b.assessment) else { return nil }
    let apart = max(0, gapSeconds(a, b)) / timeToleranceSeconds
    let starts = abs(Double(a.window.lowerBound.milliseconds - b.window.lowerBound.milliseconds)) / 1000 / startToleranceSeconds
    guard apart <= 1.25, starts <= 1.25 else { return nil }
    var space = 0.0
    if let first = a.stretch, let second = b.stretch {
      guard first.line == second.line else { return nil }
      let gap = max(first.fromKm, second.fromKm) - min(first.toKm, second.toKm)
      space = max(0, gap) / max(kmTolerance, 0.001)
      guard space <= 1.25 else { return nil }
    } else {
      guard let place = a.place, place == b.place else { return nil }
      space = 0.3
    }
    let numbers = a.count.minimum <= b.count.maximum && b.count.minimum <= a.count.maximum ? 0 : 0.25
    let kinds = a.what == b.what ? 0 : 0.1
    let worst = max(apart, starts, space)
    return worst <= 1 ? worst * 0.65 + numbers + kinds : worst
  }

  /// From the end of the earlier window to the start of the later, in seconds; negative where they overlap.
  private func gapSeconds(_ a: Sighting, _ b: Sighting) -> Double {
    let start = max(a.window.lowerBound, b.window.lowerBound)
    let end = min(a.window.upperBound, b.window.upperBound)
    return Double(start.milliseconds - end.milliseconds) / 1000
  }

  private func canBeSame(_ a: Observation.What?, _ b: Observation.What?) -> Bool {
    guard let a, let b else { return true }
    if a == b { return true }
    // A camera records the flash or the flight of what a patrol hears.
    let seen: Set<Observation.What> = [.projectile, .muzzleFlash]
    let heard: Set<Observation.What> = [.explosion, .burst, .shot]
    if seen.contains(a) && seen.contains(b) { return true }
    if [a, b].allSatisfy({ [.burst, .shot].contains($0) }) { return true }
    return (seen.contains(a) && heard.contains(b)) || (heard.contains(a) && seen.contains(b))
  }

  private func canBeSame(_ a: Observation.Assessment?, _ b: Observation.Assessment?) -> Bool {
    guard let a, let b, a != .undetermined, b != .undetermined else { return true }
    // Incoming fire and its impact are one; outgoing fire is another's.
    return a == b || (Set([a, b]).isSubset(of: [.incoming, .impact, .airburst]))
  }

  /// Lower tells more.
  func telling(_ what: Observation.What) -> Int {
    let order: [Observation.What] = [.explosion, .burst, .shot, .drone, .flare, .projectile, .muzzleFlash, .movement, .works, .obstruction]
    return order.firstIndex(of: what)!
  }

  /// Why two sightings were joined, in a sentence.
  func reason(_ a: Sighting, _ b: Sighting) -> String {
    let gap = gapSeconds(a, b)
    var text =
      gap <= 0 ? "windows overlap by \(Int(-gap)) s" : "windows are \(Int(gap)) s apart (up to \(Int(timeToleranceSeconds)) may be)"
    if let first = a.stretch, let second = b.stretch {
      let space = max(first.fromKm, second.fromKm) - min(first.toKm, second.toKm)
      func short(_ km: Double) -> String { String(decoding: JSON.number((km * 100).rounded() / 100).bytes, as: UTF8.self) }
      text += space <= 0 ? ", stretches overlap by \(short(-space)) km" : ", stretches are \(short(space)) km apart"
    } else {
      text += ", both at \(a.place?.rawValue ?? "")"
    }
    text +=
      a.what == b.what
      ? ", both \(a.what?.rawValue ?? "unspecified")" : ", \(a.what?.rawValue ?? "unspecified") and \(b.what?.rawValue ?? "unspecified")"
    return text + ", counts \(a.count) and \(b.count)"
  }

  /// Whether a vague sighting can be telling of an incident.
  func tells(_ sighting: Sighting, of incident: Incident) -> Bool {
    guard sighting.window.overlaps(incident.window), canBeSame(sighting.what, incident.what) else { return false }
    if let at = sighting.stretch, let other = incident.stretch {
      return at.line == other.line && at.fromKm <= other.toKm + kmTolerance && other.fromKm <= at.toKm + kmTolerance
    }
    guard let place = sighting.place, let other = incident.place else { return true }
    return place == other
  }
}
