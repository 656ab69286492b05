// Text that others wrote, made harmless for the form that it goes into.
internal import TruceModel

/// Text for XML and HTML, in elements and in double-quoted attributes.
///
/// Characters that XML 1.0 section 2.2 forbids become U+FFFD, so that a hostile report cannot break the document.
public func xmlEscaped(_ text: some StringProtocol) -> String {
  var out = ""
  out.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    case "\t", "\n", "\r": out.unicodeScalars.append(scalar)
    default: out.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar)
    }
  }
  return out
}

/// Text for a terminal: no control characters, no escape sequences, nothing that turns the direction of writing; white space in one line.
public func terminalSafe(_ text: some StringProtocol) -> String {
  var out = ""
  var pendingSpace = false
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x20, 0x09, 0x0A, 0x0D, 0xA0: pendingSpace = !out.isEmpty
    case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
    default:
      if pendingSpace { out += " " }
      pendingSpace = false
      out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// A number with at most so many decimals, zeros at the end left out.
func decimal(_ value: Double, _ places: Int = 1) -> String {
  guard value.isFinite else { return "0" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let scaled = Int64((value * scale).rounded())
  let whole = abs(scaled) / Int64(scale)
  var fraction = String(abs(scaled) % Int64(scale))
  fraction = String(repeating: "0", count: max(0, places - fraction.utf8.count)) + fraction
  while fraction.hasSuffix("0") { fraction.removeLast() }
  let text = fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
  return scaled < 0 ? "-" + text : text
}
