// How names are compared: canonical composition, small letters, single spaces, one kind of apostrophe.
internal import Foundation

/// A name's UTF-8 bytes in the form in which names are compared: NFC, small letters (`İ` becomes `i`), white space and hyphens of
/// every kind as one space or `-`, apostrophes as `'`. Diacritics stay: `Şuşa` and `Susa` are two names.
public func foldedName(_ name: String) -> [UInt8] {
  var copy = name
  return copy.withUTF8 { foldedName($0) }
}

/// The same of UTF-8 bytes; ill-formed ones become U+FFFD.
func foldedName(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  var folded: [UInt8] = []
  folded.reserveCapacity(bytes.count)
  var isSpaced = true
  for byte in bytes {
    switch byte {
    case 0x41...0x5A:
      folded.append(byte | 0x20)
      isSpaced = false
    case 0x09, 0x0A, 0x0D, 0x20:
      if !isSpaced { folded.append(0x20) }
      isSpaced = true
    case 0x80...: return foldedUnicode(String(decoding: bytes, as: UTF8.self))
    default:
      folded.append(byte)
      isSpaced = false
    }
  }
  if isSpaced, !folded.isEmpty { folded.removeLast() }
  return folded
}

private func foldedUnicode(_ name: String) -> [UInt8] {
  var text = ""
  text.reserveCapacity(name.utf8.count)
  var isSpaced = true
  for scalar in name.unicodeScalars {
    switch scalar {
    case "\u{130}":
      text.unicodeScalars.append("i")
      isSpaced = false
    case "\u{2018}", "\u{2019}", "\u{02BC}", "\u{02BB}", "\u{055A}":
      text.unicodeScalars.append("'")
      isSpaced = false
    case "\u{2010}"..."\u{2014}":
      text.unicodeScalars.append("-")
      isSpaced = false
    case _ where scalar.properties.isWhitespace:
      if !isSpaced { text.unicodeScalars.append(" ") }
      isSpaced = true
    default:
      text.unicodeScalars.append(scalar)
      isSpaced = false
    }
  }
  if isSpaced, !text.isEmpty { text.removeLast() }
  // Small letters may come apart (Σ, ẞ are single; İ is dealt with above), so composition is last.
  return Array(text.lowercased().precomposedStringWithCanonicalMapping.utf8)
}
