// An entry's canonical JSON: the bytes that the tree's leaf covers, and a line of the exported log.
public import TruceModel

internal import struct Crypto.SHA256

/// A draft made ready outside the writer: checked, canonical, hashed as far as it can be before its time is known.
///
/// A class, so that the writer need not copy what it goes through.
final class PreparedDraft: Sendable {
  let id: String
  let kind: EntryKind
  let key: String
  let idHash: Int64
  let keyHash: Int64
  /// SHA-256 over 0x00 and the leaf's bytes up to the opening quote of `recorded`, which comes last in canonical order.
  private let partialLeaf: SHA256
  /// 0x00 and the leaf up to there.
  private let bytes: [UInt8]
  private let contentEnd: Int

  /// What stands before the content: the leaf's mark and the name of its first member.
  fileprivate static let opening: StaticString = "\0{\"content\":"

  /// RFC 8785.
  var content: ArraySlice<UInt8> { bytes[PreparedDraft.opening.utf8CodeUnitCount..<contentEnd] }

  fileprivate init(
    id: String, kind: EntryKind, key: String, idHash: Int64, keyHash: Int64, bytes: UnsafeRawBufferPointer, contentEnd: Int
  ) {
    self.id = id
    self.kind = kind
    self.key = key
    self.idHash = idHash
    self.keyHash = keyHash
    self.bytes = Array(bytes)
    self.contentEnd = contentEnd
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    partialLeaf = hash
  }

  /// The leaf's hash for an instant that is written by `leafSuffix`.
  func leaf(recorded: [UInt8]) -> TreeHash {
    var hash = partialLeaf
    recorded.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return TreeHash(hash.finalize())
  }
}

/// Makes drafts ready, many in a row: one buffer for all, and a key that comes again is hashed once.
struct Preparation: ~Copyable {
  private var writer = JSONWriter(canonical: true)
  private var key = ""
  private var keyHash: Int64 = 0

  /// - Throws: `LedgerError.invalid` where the draft cannot be kept.
  mutating func prepare(_ draft: Draft) throws -> PreparedDraft {
    try checkNames(draft)
    writer.removeAll()
    writer.append(raw: PreparedDraft.opening)
    writer.append(draft.content, depth: Ledger.maximumDepth)
    if let fault = writer.fault { throw LedgerError(.invalid, "entry '\(draft.id)': \(sentence(fault))") }
    return try finish(id: draft.id.rawValue, kind: draft.kind, key: draft.key, limit: Ledger.maximumDraftBytes)
  }

  /// A draft whose content is canonical already.
  mutating func prepare(
    id: String, kind: EntryKind, key: String, content: some Collection<UInt8>, limit: Int = Ledger.maximumDraftBytes
  ) throws -> PreparedDraft {
    writer.removeAll()
    writer.append(raw: PreparedDraft.opening)
    Array(content).withUnsafeBytes { writer.append(raw: $0) }
    return try finish(id: id, kind: kind, key: key, limit: limit)
  }

  private mutating func finish(id: String, kind: EntryKind, key: String, limit: Int) throws -> PreparedDraft {
    let contentEnd = writer.count
    writeNames(id: id, kind: kind, key: key, &writer)
    let size = writer.count - 1 + leafSuffixBytes
    guard size <= limit else {
      throw LedgerError(
        .invalid, "entry '\(id)' has \(size) bytes; at most \(limit) fit in an entry, longer text is kept as a body by its digest")
    }
    // An empty key is in no lookup.
    if key != self.key {
      self.key = key
      keyHash = lookupHash(key)
    }
    return writer.withBytes {
      PreparedDraft(id: id, kind: kind, key: key, idHash: lookupHash(id), keyHash: keyHash, bytes: $0, contentEnd: contentEnd)
    }
  }
}

/// What follows the content in a leaf, up to and with `"recorded":`.
private func writeNames(id: String, kind: EntryKind, key: String, _ writer: inout JSONWriter) {
  writer.append(raw: ",\"id\":")
  writer.append(id)
  writer.append(raw: ",\"key\":")
  writer.append(key)
  writer.append(raw: ",\"kind\":")
  writer.append(kind.rawValue)
  writer.append(raw: ",\"recorded\":")
}

/// The most bytes that follow `"recorded":` in a leaf.
private let leafSuffixBytes = 27

/// What follows `"recorded":` in a leaf, to its end.
func leafSuffix(_ recorded: Instant) -> [UInt8] { Array("\"\(recorded.description)\"}".utf8) }

/// A leaf's bytes, whole: canonical JSON of `{content, id, key, kind, recorded}`.
func leafBytes(id: String, kind: EntryKind, key: String, recorded: Instant, content: UnsafeRawBufferPointer) -> [UInt8] {
  var writer = JSONWriter(canonical: true)
  writer.append(raw: "{\"content\":")
  writer.append(raw: content)
  writeNames(id: id, kind: kind, key: key, &writer)
  leafSuffix(recorded).withUnsafeBytes { writer.append(raw: $0) }
  return writer.withBytes { Array($0) }
}

extension Entry {
  /// The entry's canonical JSON (RFC 8785), over which the tree's leaf is computed: a line of the exported log.
  public var leafBytes: [UInt8] {
    content.canonical.withUnsafeBytes {
      TruceLedger.leafBytes(id: id.rawValue, kind: kind, key: key, recorded: recorded, content: $0)
    }
  }
}

/// 64 bits of SHA-256 over a name: what the lookup tables hold in place of the name.
func lookupHash(_ text: String) -> Int64 {
  var text = text
  var hash = SHA256()
  text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  return hash.finalize().withUnsafeBytes { Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian) }
}

/// Refuses ids and keys that cannot be kept.
private func checkNames(_ draft: Draft) throws {
  let idBytes = draft.id.rawValue.utf8.count
  guard idBytes > 0, idBytes <= Ledger.maximumNameBytes else {
    throw LedgerError(.invalid, "an entry's id has \(idBytes) bytes; 1 to \(Ledger.maximumNameBytes) are right")
  }
  guard draft.key.utf8.count <= Ledger.maximumNameBytes else {
    throw LedgerError(
      .invalid, "entry '\(draft.id)': its key has \(draft.key.utf8.count) bytes; at most \(Ledger.maximumNameBytes) are right")
  }
  guard !(draft.id.rawValue.utf8.contains { $0 < 0x20 }), !(draft.key.utf8.contains { $0 < 0x20 }) else {
    throw LedgerError(.invalid, "entry '\(draft.id)': an id and a key have no control characters")
  }
  guard draft.kind != .conflict else {
    throw LedgerError(.invalid, "entry '\(draft.id)': the kind 'conflict' is the ledger's own; send the entry under its own kind")
  }
}

private func sentence(_ fault: JSONWriter.Fault) -> String {
  switch fault {
  case .tooDeep: "its content is nested deeper than \(Ledger.maximumDepth)"
  case .notFinite: "its content has a number that is not finite; JSON has none"
  case .doubledMember(let name): "its content has the member '\(name)' twice"
  }
}
