// A sentence cut into pieces for the reader of observations: words without hyphens, numbers with their value, marks.
internal import TruceModel

/// A word, a number or a mark.
struct ProsePiece: Sendable {
  enum Kind: Sendable {
    case word, number, mark
  }

  var kind: Kind
  /// In lower case.
  var text: String
  /// Of a number.
  var value: Double?
  /// Bytes of the document's text.
  var start: Int
  var end: Int
  var isCapitalised = false
  var isAllCaps = false
  /// Whether a hyphen joins it to the word before it.
  var isJoined = false

  /// The pieces of some bytes of a text.
  static func pieces(_ bytes: [UInt8], _ range: Range<Int>) -> [ProsePiece] {
    var pieces: [ProsePiece] = []
    var at = range.lowerBound
    var isJoined = false
    while at < range.upperBound {
      let byte = bytes[at]
      var end = at + 1
      if isDigit(byte) {
        end = number(bytes, at, range.upperBound)
        let digits = bytes[at..<end].filter { $0 != 0x2C }
        let text = String(decoding: digits, as: UTF8.self)
        pieces.append(ProsePiece(kind: .number, text: text, value: Double(text), start: at, end: end))
      } else if isLetter(byte) {
        while end < range.upperBound,
          isLetter(bytes[end]) || (isApostrophe(bytes[end]) && end + 1 < range.upperBound && isLetter(bytes[end + 1]))
        {
          end += 1
        }
        let raw = String(decoding: bytes[at..<end], as: UTF8.self)
        var piece = ProsePiece(kind: .word, text: raw.lowercased(), start: at, end: end)
        piece.isCapitalised = raw.first?.isUppercase ?? false
        piece.isAllCaps = raw.allSatisfy { $0.isUppercase }
        piece.isJoined = isJoined
        pieces.append(piece)
      } else if byte > 0x20 {
        // A dash of any length is a hyphen; one between two letters only joins them.
        let dash = dashLength(bytes, at, range.upperBound)
        if dash > 0 {
          end = at + dash
          let follows = end < range.upperBound && isLetter(bytes[end])
          if follows, at > range.lowerBound, isLetter(bytes[at - 1]) {
            isJoined = true
            at = end
            continue
          }
          pieces.append(ProsePiece(kind: .mark, text: "-", start: at, end: end))
        } else {
          pieces.append(ProsePiece(kind: .mark, text: String(UnicodeScalar(byte)), start: at, end: end))
        }
      }
      isJoined = false
      at = end
    }
    return pieces
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (byte >= 0x80 && byte != 0xE2 && byte != 0xC2)
  }

  private static func isApostrophe(_ byte: UInt8) -> Bool { byte == 0x27 }

  /// Where a number ends: digits, thousands' commas, a fraction.
  private static func number(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int {
    var at = start
    while at < limit {
      if isDigit(bytes[at]) {
        at += 1
      } else if bytes[at] == 0x2E, at + 1 < limit, isDigit(bytes[at + 1]) {
        at += 1
      } else if bytes[at] == 0x2C, at + 3 < limit, bytes[(at + 1)...(at + 3)].allSatisfy(isDigit),
        at + 4 >= limit || !isDigit(bytes[at + 4])
      {
        at += 4
      } else {
        break
      }
    }
    return at
  }

  /// The bytes of a hyphen or dash (`-`, U+2010 to U+2015), 0 where there is none.
  private static func dashLength(_ bytes: [UInt8], _ at: Int, _ limit: Int) -> Int {
    if bytes[at] == 0x2D { return 1 }
    guard bytes[at] == 0xE2, at + 2 < limit, bytes[at + 1] == 0x80, (0x90...0x95).contains(bytes[at + 2]) else { return 0 }
    return 3
  }
}
