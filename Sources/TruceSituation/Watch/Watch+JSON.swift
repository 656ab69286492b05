// The JSON forms of what the watch answers: the board, incidents, messages and hand-overs.
public import TruceModel

extension PostStatus {
  /// `{"post", "name", "word", "since", "place", "stretches", "link", "lastArrival", "lastCheckIn", "nextDue", "deadline", "missed", ...}`.
  public var json: JSON {
    .compact([
      "post": JSON(post), "name": name.map { JSON($0) }, "word": JSON(word.rawValue), "since": since.map { JSON($0) },
      "place": place.map { JSON($0) }, "stretches": stretches.isEmpty ? JSON?.none : .array(stretches.map(\.json)),
      "link": link.map { JSON($0) },
      "lastArrival": lastArrival.map { JSON($0) }, "lastCheckIn": lastCheckIn.map { JSON($0) }, "nextDue": nextDue.map { JSON($0) },
      "deadline": nextDeadline.map { JSON($0) }, "missed": JSON(missed),
      "clockMinutes": clockMinutes == 0 ? JSON?.none : JSON(clockMinutes),
      "missingNumbers": missingNumbers.isEmpty
        ? JSON?.none : .array(missingNumbers.map { [JSON($0.lowerBound), JSON($0.upperBound)] }),
      "restrictions": restrictions.isEmpty ? JSON?.none : .array(restrictions.map(\.json)),
    ])
  }
}

extension ZoneEvent {
  /// `{"track", "zone", "at", "word", "first", "fix"}`.
  public var json: JSON {
    .compact([
      "track": JSON(track), "zone": JSON(zone), "at": JSON(at), "word": JSON(word.rawValue), "first": isFirst ? true : JSON?.none,
      "fix": JSON(fix), "words": JSON(words),
    ])
  }
}

extension IncidentReport {
  /// `{"rules", "count", "incidents"}` of the incidents that can have begun in a time.
  public func json(in window: Range<Instant> = .distantPast..<Instant.distantFuture) -> JSON {
    let within = incidents.filter { $0.began.upperBound >= window.lowerBound && $0.began.lowerBound < window.upperBound }
    return [
      "rules": JSON(rules.name), "count": count(in: window).json, "kinds": .array(kinds(in: window).map(\.json)),
      "incidents": .array(within.map(\.json)),
    ]
  }
}

extension AlertMessage {
  /// `{"id", "at", "to", "severity", "title", "lines", "alerts", "repeated"}`: what a webhook is sent.
  public var json: JSON {
    .compact([
      "id": JSON(id), "at": JSON(at), "to": .array(to.map { JSON($0) }), "severity": JSON(severity.rawValue), "title": JSON(title),
      "lines": .array(lines.map { JSON($0) }), "alerts": .array(alerts.map { JSON($0) }), "repeated": isRepeated ? true : JSON?.none,
    ])
  }
}

extension HandOver {
  /// `{"by", "to", "at", "alerts", "posts", "commitments"}`.
  public var json: JSON {
    [
      "by": JSON(by), "to": JSON(to), "at": JSON(at), "alerts": .array(alerts.map { $0.json(at: at) }), "posts": .array(posts.map(\.json)),
      "commitments": .array(commitments.map { ["id": JSON($0.id), "title": JSON($0.title), "word": JSON($0.word)] }),
    ]
  }
}
