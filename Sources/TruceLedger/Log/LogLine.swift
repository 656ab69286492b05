// The exported log's lines: canonical JSON, one for each entry, text and checkpoint, in an order that the ledger alone fixes.
//
// First the header, last the digest of all lines before it. Between them, for each size from 0: the checkpoint of that size, the bodies
// and personal texts that came with the next entry by their digests, then the entry, whose line is the very bytes that its leaf covers.
internal import TruceModel

/// One line of an exported log.
enum LogLine {
  case header(entries: UInt64, root: Digest)
  case checkpoint(size: UInt64, note: [UInt8])
  case body(Digest, bytes: [UInt8])
  case erased(Digest, isBody: Bool)
  case personal(Personal)
  case entry(PreparedDraft, recorded: Instant, leaf: [UInt8])
  case end(sha256: Digest)

  static let format = "truce-log"
  static let version = 1
  /// The most bytes of a line: a body's, escaped.
  static let maximumBytes = 6 * Ledger.maximumBodyBytes + 1024

  /// The line without its end.
  var bytes: [UInt8] {
    switch self {
    case .header(let entries, let root):
      let header: JSON = [
        "entries": JSON(Int(entries)), "format": JSON(LogLine.format), "root": JSON(root), "version": JSON(LogLine.version),
      ]
      return header.canonical
    case .checkpoint(let size, let note):
      return JSON.object([.init("checkpoint", JSON(String(decoding: note, as: UTF8.self))), .init("size", JSON(Int(size)))]).canonical
    case .body(let digest, let bytes):
      if let text = String(validating: bytes, as: UTF8.self) {
        return JSON.object([.init("digest", JSON(digest)), .init("text", JSON(text))]).canonical
      }
      return JSON.object([.init("base64", JSON(base64(bytes))), .init("digest", JSON(digest))]).canonical
    case .erased(let digest, let isBody):
      return JSON.object([.init("digest", JSON(digest)), .init("erased", isBody ? "body" : "personal")]).canonical
    case .personal(let item):
      return JSON.object([.init("digest", JSON(item.digest)), .init("personal", JSON(item.text)), .init("salt", JSON(base64(item.salt)))])
        .canonical
    case .entry(_, _, let leaf): return leaf
    case .end(let digest): return JSON.object([.init("sha256", JSON(digest))]).canonical
    }
  }

  /// A line as it came from elsewhere.
  ///
  /// - Throws: `LedgerError.invalid` where it is none, or is not byte for byte as truce writes it.
  init(parsing line: [UInt8]) throws {
    let json: JSON
    do { json = try JSON(parsing: line) } catch { throw LedgerError(.invalid, "no JSON (\(error))") }
    let names = (json.members ?? []).map(\.key)
    func digest(_ name: String) throws -> Digest {
      guard let found = json[name]?.string.flatMap({ Digest(hex: $0) }) else {
        throw LedgerError(.invalid, "'\(name)' should be 64 hexadecimal digits")
      }
      return found
    }
    func text(_ name: String) throws -> String {
      guard let found = json[name]?.string else { throw LedgerError(.invalid, "'\(name)' should be a string") }
      return found
    }
    func number(_ name: String) throws -> UInt64 {
      guard let found = json[name]?.integer, found >= 0 else { throw LedgerError(.invalid, "'\(name)' should be a whole number") }
      return UInt64(found)
    }
    switch names {
    case ["content", "id", "key", "kind", "recorded"]:
      guard let kind = EntryKind(rawValue: try text("kind")) else {
        throw LedgerError(.invalid, "'\(try text("kind"))' is no kind of entry")
      }
      guard let recorded = Instant(try text("recorded")) else { throw LedgerError(.invalid, "'recorded' should be an instant in UTC") }
      let content = json["content"]!.canonical
      var preparation = Preparation()
      let draft = try preparation.prepare(
        id: text("id"), kind: kind, key: text("key"), content: content, limit: Ledger.maximumEntryBytes)
      let leaf = content.withUnsafeBytes { leafBytes(id: draft.id, kind: kind, key: draft.key, recorded: recorded, content: $0) }
      self = .entry(draft, recorded: recorded, leaf: leaf)
    case ["entries", "format", "root", "version"]:
      guard try text("format") == LogLine.format else { throw LedgerError(.invalid, "this is no log of truce") }
      guard try number("version") <= LogLine.version else {
        throw LedgerError(.newer, "this log was written by a newer truce; update truce to read it")
      }
      self = .header(entries: try number("entries"), root: try digest("root"))
    case ["checkpoint", "size"]: self = .checkpoint(size: try number("size"), note: Array(try text("checkpoint").utf8))
    case ["digest", "text"]: self = .body(try digest("digest"), bytes: Array(try text("text").utf8))
    case ["base64", "digest"]:
      guard let bytes = bytesOfBase64(try text("base64")) else { throw LedgerError(.invalid, "'base64' is none") }
      self = .body(try digest("digest"), bytes: bytes)
    case ["digest", "erased"]: self = .erased(try digest("digest"), isBody: try text("erased") == "body")
    case ["digest", "personal", "salt"]:
      guard let salt = bytesOfBase64(try text("salt")), let item = Personal(try text("personal"), salt: salt),
        item.digest == (try digest("digest"))
      else { throw LedgerError(.invalid, "the personal text does not have its digest") }
      self = .personal(item)
    case ["sha256"]: self = .end(sha256: try digest("sha256"))
    default: throw LedgerError(.invalid, "no line of a log has the members \(names)")
    }
    guard bytes == line else { throw LedgerError(.invalid, "the line is not in its canonical form (RFC 8785)") }
  }
}
