// What leaves the house of posts and of what they saw: whole kilometres, whole minutes, no position, so that nobody can aim by it.
internal import TruceModel
internal import TruceSituation

/// The kilometres to which public views are coarsened.
let grainKm = 1.0

extension LineStretch {
  /// Outwards to whole kilometres.
  var coarse: LineStretch {
    LineStretch(line, fromKm: max(0, (fromKm / grainKm).rounded(.down) * grainKm), toKm: (toKm / grainKm).rounded(.up) * grainKm)
  }
}

extension Instant {
  /// Down to the whole minute.
  var coarse: Instant {
    let minutes = milliseconds >= 0 ? milliseconds / 60_000 : (milliseconds - 59_999) / 60_000
    return Instant(milliseconds: minutes * 60_000)
  }
}

extension Restriction {
  var coarse: Restriction {
    var copy = self
    copy.stretch = stretch?.coarse
    return copy
  }
}

extension PostStatus {
  var coarse: PostStatus {
    var copy = self
    copy.stretches = stretches.map(\.coarse)
    copy.restrictions = restrictions.map(\.coarse)
    return copy
  }
}

extension Incident {
  var coarse: Incident {
    var copy = self
    copy.stretch = stretch?.coarse
    copy.window = window.lowerBound.coarse..<max(window.lowerBound.coarse.adding(milliseconds: 1), window.upperBound.coarse)
    return copy
  }
}

extension Observation {
  /// Without what tells where the observer was, as his bearings and distances would, or where what moves is.
  var coarse: Observation {
    var copy = self
    copy.stretch = stretch?.coarse
    copy.sector = nil
    copy.position = nil
    copy.from = from.coarse
    copy.until = max(from.coarse, until.coarse)
    copy.restrictions = restrictions.map(\.coarse)
    copy.sending.sent = nil
    copy.sending.signature = nil
    return copy
  }
}

extension ZoneEvent {
  var coarse: ZoneEvent {
    var copy = self
    copy.at = at.coarse
    return copy
  }
}

extension PostChange {
  /// Without where the post stands.
  var coarse: PostChange {
    var copy = self
    copy.stretches = stretches.map(\.coarse)
    copy.sector = nil
    copy.standsAtKm = nil
    copy.sending.signature = nil
    return copy
  }
}

extension CoverageReport {
  /// Its rectangles on whole kilometres and minutes, still without hole or overlap; the line's own end stays.
  var coarse: CoverageReport {
    var copy = self
    func km(_ value: Double) -> Double { value >= lengthKm ? lengthKm : min(lengthKm, (value / grainKm).rounded() * grainKm) }
    func moment(_ value: Instant) -> Instant { value == from || value == until ? value : min(max(value.coarse, from), until) }
    copy.rectangles = rectangles.compactMap { rectangle in
      var coarse = rectangle
      (coarse.fromKm, coarse.toKm) = (km(rectangle.fromKm), km(rectangle.toKm))
      (coarse.since, coarse.until) = (moment(rectangle.since), moment(rectangle.until))
      return coarse.fromKm < coarse.toKm && coarse.since < coarse.until ? coarse : nil
    }
    return copy
  }
}

extension Entry {
  /// An entry as the public pages show it.
  var coarse: Entry {
    var copy = self
    switch kind {
    case .post: copy.content = (try? PostChange(json: content))?.coarse.json ?? .null
    case .observation: copy.content = (try? Observation(json: content))?.coarse.json ?? .null
    case .checkIn:
      if var checkIn = try? CheckIn(json: content) {
        checkIn.restrictions = checkIn.restrictions.map(\.coarse)
        checkIn.sending.signature = nil
        copy.content = checkIn.json
      }
    default: break
    }
    return copy
  }
}
