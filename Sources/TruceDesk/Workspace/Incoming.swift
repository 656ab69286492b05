// A report on its way in: bytes and what the sender says of them, checked before anything is stored.
public import TruceModel

/// What came in, from a file, standard input, the network or the desk.
public struct Incoming: Sendable {
  /// As errors should name it: a file's path, "standard input", an address.
  public var name: String
  public var body: [UInt8]
  public var media: Report.Media
  public var sourceName: String?
  public var published: When?
  public var language: String
  public var address: String?
  public var title: String?

  public init(
    name: String, body: [UInt8], media: Report.Media = .plain, sourceName: String? = nil, published: When? = nil, language: String = "en",
    address: String? = nil, title: String? = nil
  ) {
    self.name = name
    self.body = body
    self.media = media
    self.sourceName = sourceName
    self.published = published
    self.language = language
    self.address = address
    self.title = title
  }

  /// The most bytes that a report may have: 64 MiB.
  public static let largest = 64 << 20

  /// What makes it unfit to be a report, or nil.
  public var fault: Finding? {
    func fault(_ message: String, byte: Int? = nil) -> Finding {
      Finding(.error, byte.map { "byte \($0): \(message)" } ?? message, file: name)
    }
    if body.isEmpty { return fault("is empty; a report should be text") }
    if body.count > Incoming.largest { return fault("has \(body.count) bytes; a report has at most \(Incoming.largest)") }
    if let nul = firstPlace(of: 0, in: body[...]) { return fault("is a NUL; a report should be text", byte: nul) }
    if media == .plain, let broken = firstInvalidUTF8(body) {
      return fault("is not UTF-8; a report should be UTF-8 text (iconv converts other encodings)", byte: broken)
    }
    if !body.contains(where: { $0 > 0x20 }) { return fault("holds only white space; a report should be text") }
    return nil
  }
}

/// The first byte that is not part of well-formed UTF-8 (Unicode table 3-7), or nil.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
  if (try? UTF8Span(validating: bytes.span)) != nil { return nil }
  var at = 0
  let count = bytes.count
  while at < count {
    let byte = bytes[at]
    if byte < 0x80 {
      at += 1
      continue
    }
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch byte {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, low) = (3, 0xA0)
    case 0xED: (length, high) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, low) = (4, 0x90)
    case 0xF4: (length, high) = (4, 0x8F)
    case 0xF1...0xF3: length = 4
    default: return at
    }
    guard at + length <= count, bytes[at + 1] >= low, bytes[at + 1] <= high else { return at }
    for i in at + 2..<max(at + 2, at + length) where bytes[i] & 0xC0 != 0x80 { return at }
    at += length
  }
  return nil
}
