// An entry's canonical JSON: the bytes that the tree's leaf covers, and a line of the exported log.
public import TruceModel

internal import struct Crypto.SHA256

/// A draft made ready outside the writer: checked, canonical, hashed as far as it can be before its time is known.
struct PreparedDraft: Sendable {
  var id: String
  var kind: EntryKind
  var key: String
  /// RFC 8785.
  var content: [UInt8]
  var idHash: Int64
  var keyHash: Int64
  /// SHA-256 over 0x00 and the leaf's bytes up to the opening quote of `recorded`, which comes last in canonical order.
  var partialLeaf: SHA256

  /// - Throws: `LedgerError.invalid` where the draft cannot be kept.
  init(_ draft: Draft) throws {
    try checkDraft(draft)
    var content: [UInt8] = []
    content.reserveCapacity(512)
    draft.content.write(into: &content, canonical: true)
    try self.init(id: draft.id.rawValue, kind: draft.kind, key: draft.key, content: content)
  }

  init(id: String, kind: EntryKind, key: String, content: [UInt8], limit: Int = Ledger.maximumDraftBytes) throws {
    let prefix = leafPrefix(id: id, kind: kind, key: key, content: content)
    let size = prefix.count + leafSuffixBytes
    guard size <= limit else {
      throw LedgerError(
        .invalid, "entry '\(id)' has \(size) bytes; at most \(limit) fit in an entry, longer text is kept as a body by its digest")
    }
    self.id = id
    self.kind = kind
    self.key = key
    self.content = content
    idHash = lookupHash(id)
    keyHash = lookupHash(key)
    var hash = SHA256()
    TreeHash.leafMark.withUnsafeBytes { hash.update(bufferPointer: $0) }
    prefix.withUnsafeBytes { hash.update(bufferPointer: $0) }
    partialLeaf = hash
  }

  /// The leaf's hash for an instant that is written by `recordedText`.
  func leaf(recorded: [UInt8]) -> TreeHash {
    var hash = partialLeaf
    recorded.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return TreeHash(hash.finalize())
  }
}

/// The most bytes that follow `"recorded":` in a leaf.
private let leafSuffixBytes = 27

/// What follows `"recorded":` in a leaf, to its end.
func leafSuffix(_ recorded: Instant) -> [UInt8] { Array("\"\(recorded.description)\"}".utf8) }

/// A leaf's bytes up to and with `"recorded":`.
func leafPrefix(id: String, kind: EntryKind, key: String, content: some Collection<UInt8>) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(content.count + id.utf8.count + key.utf8.count + 96)
  bytes.append(contentsOf: "{\"content\":".utf8)
  bytes.append(contentsOf: content)
  bytes.append(contentsOf: ",\"id\":".utf8)
  JSON.write(id, into: &bytes)
  bytes.append(contentsOf: ",\"key\":".utf8)
  JSON.write(key, into: &bytes)
  bytes.append(contentsOf: ",\"kind\":\"".utf8)
  bytes.append(contentsOf: kind.rawValue.utf8)
  bytes.append(contentsOf: "\",\"recorded\":".utf8)
  return bytes
}

/// A leaf's bytes, whole: canonical JSON of `{content, id, key, kind, recorded}`.
func leafBytes(id: String, kind: EntryKind, key: String, recorded: Instant, content: some Collection<UInt8>) -> [UInt8] {
  leafPrefix(id: id, kind: kind, key: key, content: content) + leafSuffix(recorded)
}

extension Entry {
  /// The entry's canonical JSON (RFC 8785), over which the tree's leaf is computed: a line of the exported log.
  public var leafBytes: [UInt8] {
    TruceLedger.leafBytes(id: id.rawValue, kind: kind, key: key, recorded: recorded, content: content.canonical)
  }
}

/// 64 bits of SHA-256 over a name: what the lookup tables hold in place of the name.
func lookupHash(_ text: String) -> Int64 {
  var text = text
  var hash = SHA256()
  text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  return hash.finalize().withUnsafeBytes { Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian) }
}

/// Refuses what has no canonical form or could not be read back.
private func checkDraft(_ draft: Draft) throws {
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
  if let fault = fault(in: draft.content, depth: 0) { throw LedgerError(.invalid, "entry '\(draft.id)': \(fault)") }
}

private func fault(in value: JSON, depth: Int) -> String? {
  guard depth < Ledger.maximumDepth else { return "its content is nested deeper than \(Ledger.maximumDepth)" }
  switch value {
  case .null, .bool, .string: return nil
  case .number(let number): return number.isFinite ? nil : "its content has a number that is not finite; JSON has none"
  case .array(let values):
    for value in values { if let found = fault(in: value, depth: depth + 1) { return found } }
    return nil
  case .object(let members):
    if members.count > 16 {
      if Set(members.map(\.key)).count < members.count { return "its content has a member twice" }
    } else {
      for (i, member) in members.enumerated() where members[..<i].contains(where: { $0.key == member.key }) {
        return "its content has the member '\(member.key)' twice"
      }
    }
    for member in members { if let found = fault(in: member.value, depth: depth + 1) { return found } }
    return nil
  }
}
