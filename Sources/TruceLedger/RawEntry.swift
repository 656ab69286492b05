// An entry as it lies in the file, for readers that decode what they need themselves.
public import TruceModel

/// An entry's columns; the buffers are valid only inside the call that hands them out.
public struct RawEntry {
  public let sequence: UInt64
  public let recorded: Instant
  public let kind: EntryKind
  /// The id's UTF-8 bytes.
  public let idBytes: UnsafeBufferPointer<UInt8>
  /// The key's UTF-8 bytes.
  public let keyBytes: UnsafeBufferPointer<UInt8>
  /// The content's canonical JSON (RFC 8785).
  public let content: UnsafeBufferPointer<UInt8>

  public var id: EntryID { EntryID(String(decoding: idBytes, as: UTF8.self)) }
  public var key: String { String(decoding: keyBytes, as: UTF8.self) }

  /// The entry's canonical JSON (RFC 8785), over which the tree's leaf is computed: a line of the exported log.
  public var leafBytes: [UInt8] {
    TruceLedger.leafBytes(id: id.rawValue, kind: kind, key: key, recorded: recorded, content: UnsafeRawBufferPointer(content))
  }

  /// The entry with its content parsed.
  ///
  /// - Throws: `LedgerError.damaged` where the content is no JSON.
  public func entry() throws -> Entry {
    do throws(JSONError) {
      let content = try JSON(parsing: content)
      return Entry(sequence: sequence, recorded: recorded, id: id, kind: kind, key: key, content: content)
    } catch {
      throw LedgerError(.damaged, "entry \(sequence): its content is no JSON (\(error)); `truce verify` names what else is damaged")
    }
  }
}

extension RawEntry {
  /// The entry decoded: a claim in its canonical form as one, the rest as JSON.
  func decoded(by decoder: inout ClaimDecoder) throws -> DecodedEntry {
    if kind == .claim, let claim = decoder.claim(content.span) {
      // A claim's entry has the claim's id, mostly: one string serves for both.
      let id = claim.id.rawValue.hasBytes(idBytes.span) ? EntryID(claim.id.rawValue) : self.id
      let key = claim.report.map { $0.rawValue.hasBytes(keyBytes.span) } ?? false ? claim.report!.rawValue : self.key
      return DecodedEntry(sequence: sequence, recorded: recorded, id: id, kind: kind, key: key, content: .claim(consume claim))
    }
    let entry = try entry()
    return DecodedEntry(
      sequence: sequence, recorded: recorded, id: entry.id, kind: kind, key: entry.key, content: .json(entry.content))
  }
}

/// What `RawEntry.init` takes.
let entryColumns = "SELECT sequence, recorded, kind, id, key, content FROM entries "

/// Some neighbouring entries, copied out of the file in one access.
struct RawPage: Sendable {
  struct Row: Sendable {
    var sequence: UInt64
    var recorded: Int64
    var kind: EntryKind
    /// Where id, key and content end; the id starts where the row in front ends.
    var idEnd: Int
    var keyEnd: Int
    var contentEnd: Int
  }

  var bytes: [UInt8] = []
  var rows: [Row] = []

  mutating func append(_ entry: RawEntry) {
    bytes.append(contentsOf: entry.idBytes)
    let idEnd = bytes.count
    bytes.append(contentsOf: entry.keyBytes)
    let keyEnd = bytes.count
    bytes.append(contentsOf: entry.content)
    rows.append(
      Row(
        sequence: entry.sequence, recorded: entry.recorded.milliseconds, kind: entry.kind, idEnd: idEnd, keyEnd: keyEnd,
        contentEnd: bytes.count))
  }

  func forEach(_ body: (RawEntry) throws -> Void) rethrows {
    try bytes.withUnsafeBufferPointer { buffer in
      var start = 0
      for row in rows {
        try body(
          RawEntry(
            sequence: row.sequence, recorded: Instant(milliseconds: row.recorded), kind: row.kind,
            idBytes: UnsafeBufferPointer(rebasing: buffer[start..<row.idEnd]),
            keyBytes: UnsafeBufferPointer(rebasing: buffer[row.idEnd..<row.keyEnd]),
            content: UnsafeBufferPointer(rebasing: buffer[row.keyEnd..<row.contentEnd])))
        start = row.contentEnd
      }
    }
  }
}
