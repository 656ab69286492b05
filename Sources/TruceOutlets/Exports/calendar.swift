// iCalendar: the deadlines, the original and each revision, as days of a calendar.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// A calendar (RFC 5545) with an all-day event for each dated deadline; busy time is not taken.
func calendar(_ input: OutletInput) -> String {
  let file = input.file
  let stamp = calendarStamp(input.produced)
  var lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//truce//deadlines//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:" + calendarText(file.title),
  ]
  for commitment in input.situation.commitments {
    var seen: Set<String> = []
    for deadline in commitment.deadlines {
      guard let when = deadline.when, when.earliest > .distantPast else { continue }
      let day = file.zone.day(at: when.earliest)
      let words = deadlineWords(deadline, case: file)
      guard seen.insert("\(day) \(deadline.by)").inserted else { continue }
      lines += [
        "BEGIN:VEVENT", "UID:\(Digest(of: "\(commitment.id) \(day) \(deadline.by)").short)@truce", "DTSTAMP:" + stamp,
        "DTSTART;VALUE=DATE:" + calendarDay(day), "DTEND;VALUE=DATE:" + calendarDay(day.adding(days: 1)),
        "SUMMARY:" + calendarText("\(commitment.title): \(file.wordWithNames(commitment.word))"),
        "DESCRIPTION:" + calendarText("Article \(commitment.article), \(words). \(commitment.because)"), "TRANSP:TRANSPARENT", "END:VEVENT",
      ]
    }
  }
  lines.append("END:VCALENDAR")
  return lines.map { calendarFolded($0) + "\r\n" }.joined()
}

private func calendarDay(_ day: CivilDate) -> String { day.description.replacing("-", with: "") }

private func calendarStamp(_ instant: Instant) -> String {
  let text = Instant(seconds: instant.milliseconds / 1000).description
  return text.replacing("-", with: "").replacing(":", with: "")
}

/// Text as RFC 5545 section 3.3.11 writes it.
func calendarText(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", ";", ",": out += "\\" + String(scalar)
    case "\n": out += "\\n"
    default: if scalar.value >= 0x20 { out.unicodeScalars.append(scalar) }
    }
  }
  return out
}

/// A line folded to at most 75 octets (section 3.1), between characters.
func calendarFolded(_ line: String) -> String {
  var out = ""
  var octets = 0
  for character in line {
    let size = character.utf8.count
    if octets + size > 75 {
      out += "\r\n "
      octets = 1
    }
    out.append(character)
    octets += size
  }
  return out
}
