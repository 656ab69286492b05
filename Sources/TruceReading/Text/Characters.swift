// What kind of character a byte or a Unicode scalar is, and how it folds.

/// Classes of characters for the tokenizer; letters and marks of every script, without tables of Unicode.
enum Characters {
  /// A byte's class, as the static table holds it.
  enum Class {
    static let space: UInt8 = 0
    static let newline: UInt8 = 1
    static let lower: UInt8 = 2
    static let upper: UInt8 = 3
    static let digit: UInt8 = 4
    static let mark: UInt8 = 5
    static let high: UInt8 = 6
  }

  /// A byte's class; written out, so that it lies in the program and no look asks first whether it was made.
  static let table: InlineArray<256, UInt8> = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5,
    5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5,
    5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 5, 5, 5, 0,
    6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
    6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
    6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
    6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
  ]

  /// The scalar that starts at a byte and how many bytes it has; nil where the bytes are not UTF-8 (RFC 3629 section 4).
  static func decode(_ bytes: Span<UInt8>, _ at: Int) -> (scalar: UInt32, length: Int)? {
    let first = UInt32(bytes[at])
    func next(_ offset: Int) -> UInt32? {
      guard at + offset < bytes.count else { return nil }
      let byte = bytes[at + offset]
      return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    switch first {
    case 0x00...0x7F: return (first, 1)
    case 0xC2...0xDF:
      guard let a = next(1) else { return nil }
      return ((first & 0x1F) << 6 | a, 2)
    case 0xE0...0xEF:
      guard let a = next(1), let b = next(2) else { return nil }
      let scalar = (first & 0x0F) << 12 | a << 6 | b
      return scalar >= 0x800 && !(0xD800...0xDFFF).contains(scalar) ? (scalar, 3) : nil
    case 0xF0...0xF4:
      guard let a = next(1), let b = next(2), let c = next(3) else { return nil }
      let scalar = (first & 0x07) << 18 | a << 12 | b << 6 | c
      return (0x10000...0x10FFFF).contains(scalar) ? (scalar, 4) : nil
    default: return nil
    }
  }

  /// What a scalar above ASCII is for the tokenizer.
  enum Wide {
    case letter, space, newline, ignorable, apostrophe, openSingle
    case mark(Token.Kind)
  }

  static func wide(_ scalar: UInt32) -> Wide {
    switch scalar {
    case 0x85, 0x2028, 0x2029: .newline
    case 0x80...0xA0, 0x1680, 0x2000...0x200B, 0x200E, 0x200F, 0x202A...0x202F, 0x205F...0x2069, 0x3000, 0xFEFF, 0xFFFD: .space
    case 0xAD, 0x200C, 0x200D: .ignorable
    case 0x2019, 0x02BC, 0x02BB, 0xFF07: .apostrophe
    case 0x2018, 0x201B: .openSingle
    case 0x201C, 0x201E, 0x201F, 0xAB, 0x2039, 0x300C, 0x300E: .mark(.openQuote)
    case 0x201D, 0xBB, 0x203A, 0x300D, 0x300F: .mark(.closeQuote)
    case 0x201A, 0x060C, 0x3001, 0xFF0C: .mark(.comma)
    case 0x2010, 0x2011: .mark(.hyphen)
    case 0x2012...0x2015, 0x2212: .mark(.dash)
    case 0x2026, 0x061F, 0x06D4, 0x0964, 0x0965, 0x0589, 0x3002, 0xFF01, 0xFF1F: .mark(.terminal)
    case 0x061B, 0xFF1B: .mark(.semicolon)
    case 0xFF1A: .mark(.colon)
    case 0x2022, 0x2023, 0x2043, 0x2219, 0xB7, 0x25AA, 0x25AB, 0x25CF, 0x25CB, 0x25A0, 0x25B6, 0x25BA: .mark(.bullet)
    case 0xAA, 0xB5, 0xBA: .letter
    case 0xA1...0xBF, 0xD7, 0xF7, 0x2016...0x206F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x3003...0x3020, 0xFE10...0xFE6F, 0xFF02...0xFF0F:
      .mark(.symbol)
    case 0x1F000...0x1FAFF, 0xE000...0xF8FF, 0xE0000...0x10FFFF: .mark(.symbol)
    default: .letter
    }
  }

  /// A scalar in lower case, apostrophes as U+0027: simple case folding of Latin, Greek, Cyrillic and Armenian.
  static func folded(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A ? scalar | 0x20 : scalar == 0x60 ? 0x27 : scalar }
    switch scalar {
    case 0x2018, 0x2019, 0x201B, 0x02BC, 0x02BB, 0xFF07: return 0x27
    case 0xC0...0xD6, 0xD8...0xDE: return scalar + 32
    case 0x130: return 0x69
    case 0x100...0x137, 0x14A...0x177, 0x1E00...0x1EFF, 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F: return scalar | 1
    case 0x139...0x148, 0x179...0x17E: return scalar & 1 == 1 ? scalar + 1 : scalar
    case 0x178: return 0xFF
    case 0x18F: return 0x259
    case 0x391...0x3A1, 0x3A3...0x3AB, 0x410...0x42F: return scalar + 32
    case 0x400...0x40F: return scalar + 80
    case 0x531...0x556: return scalar + 48
    default: return scalar
    }
  }

  static func isUpper(_ scalar: UInt32) -> Bool { scalar >= 0x41 && scalar != 0x60 && folded(scalar) != scalar }
}
