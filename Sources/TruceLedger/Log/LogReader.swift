// An exported log read line by line and checked as it comes: for import, and for verifying without one.
internal import Foundation
internal import TruceModel

internal import struct Crypto.SHA256

/// Reads a log's lines in turn; each is handed on only after all that can be said of it by then holds.
struct LogReader {
  private let keys: [VerifierKey]
  private var check = LogCheck()
  private var hash = SHA256()
  private var number = 0
  private var header: (entries: UInt64, root: Digest)?
  private var isEnded = false
  /// The order within one size: 0 after an entry, then checkpoint, bodies, personal texts by digest.
  private var place = (rank: 0, digest: Digest?.none)
  private var texts: Set<Digest> = []
  private var personal: Set<Digest> = []
  private var erased: [(digest: Digest, line: Int)] = []
  private var hasKeylessCheckpoint = false
  var result: Verification

  init(file: String, keys: [VerifierKey]) {
    self.keys = keys
    result = Verification(file: file)
  }

  /// Takes a line without its end.
  ///
  /// - Throws: `LedgerError.invalid` with the line's number, for the first thing that does not hold.
  mutating func take(_ line: [UInt8]) throws -> LogLine {
    number += 1
    do {
      guard !isEnded else { throw LedgerError(.invalid, "nothing may follow the log's last line") }
      let parsed = try LogLine(parsing: line)
      if case .header = parsed {} else if header == nil { throw LedgerError(.invalid, "the first line should be the log's header") }
      try take(parsed)
      line.withUnsafeBytes { hash.update(bufferPointer: $0) }
      hash.update(data: [0x0A] as [UInt8])
      return parsed
    } catch let error as LedgerError {
      throw LedgerError(error.code, "line \(number): \(error.message)", file: result.file)
    }
  }

  /// Takes the end of the file.
  mutating func end() throws {
    guard isEnded else {
      throw LedgerError(.invalid, "line \(number + 1): the log's last line is missing: it was cut off", file: result.file)
    }
    check.missing(bodies: texts, personal: personal, into: &result)
    for item in erased where !check.erased.contains(item.digest) {
      result.add(.error, "the text \(item.digest) was erased, and no ruling says so", line: item.line)
    }
    if hasKeylessCheckpoint { result.add(.note, "no key was given: the checkpoints' signatures were not checked") }
    if let fault = result.findings.first(where: { $0.severity == .error }) { throw LedgerError(.invalid, fault.message, file: result.file) }
  }

  private mutating func advance(_ rank: Int, _ digest: Digest?) throws {
    let isForward = rank > place.rank || (rank == place.rank && digest != nil && place.digest! < digest!)
    guard isForward else { throw LedgerError(.invalid, "the line is out of its place: lines were moved or doubled") }
    place = (rank, digest)
  }

  private mutating func take(_ line: LogLine) throws {
    switch line {
    case .header(let entries, let root):
      guard header == nil, number == 1 else { throw LedgerError(.invalid, "a log has one header, its first line") }
      header = (entries, root)
    case .checkpoint(let size, let bytes):
      try advance(1, nil)
      guard size == result.entries else { throw LedgerError(.invalid, "the checkpoint of \(size) entries stands behind \(result.entries)") }
      let note = try SignedNote(parsing: bytes)
      let checkpoint = try keys.isEmpty ? Checkpoint(parsing: note.text) : Checkpoint(note, keys: keys)
      guard checkpoint.size == size, checkpoint.root == check.frontier.root.digest else {
        throw LedgerError(.invalid, "the checkpoint is not that of the \(size) entries before it: an entry was changed, moved or removed")
      }
      result.checkpoints += 1
      if keys.isEmpty { hasKeylessCheckpoint = true } else { result.signedSize = size }
    case .body(let digest, let bytes):
      try advance(2, digest)
      guard Digest(of: bytes) == digest, texts.insert(digest).inserted else {
        throw LedgerError(.invalid, "the body does not have its digest")
      }
      result.bodies += 1
    case .personal(let item):
      try advance(3, item.digest)
      guard personal.insert(item.digest).inserted else { throw LedgerError(.invalid, "the personal text stands twice") }
      result.personal += 1
    case .erased(let digest, let isBody):
      try advance(isBody ? 2 : 3, digest)
      erased.append((digest, number))
      result.erased += 1
    case .entry(let draft, let recorded, let leaf):
      var found = Verification(file: result.file)
      draft.content.withUnsafeBufferPointer {
        check.take(sequence: result.entries, recorded: recorded, kind: draft.kind, content: $0, into: &found)
      }
      if let fault = found.findings.first { throw LedgerError(.invalid, fault.message) }
      check.append(TreeHash(leaf: leaf)) { _ in }
      result.entries += 1
      place = (0, nil)
    case .end(let digest):
      guard Digest(bytes: Array(hash.finalize())) == digest else {
        throw LedgerError(.invalid, "the lines are not those that were exported")
      }
      guard result.entries == header?.entries, check.frontier.root.digest == header?.root else {
        throw LedgerError(.invalid, "the entries are not those that the header counts: some were changed, moved or removed")
      }
      result.root = check.frontier.root.digest
      isEnded = true
    }
  }
}

/// A file's lines, read in pieces; the last line needs its end too.
struct LineSource: ~Copyable {
  private let handle: FileHandle
  private let path: String
  private var rest: [UInt8] = []
  private var at = 0
  private var isAtEnd = false

  /// - Parameter path: A file, or `-` for standard input.
  init(_ path: String) throws {
    self.path = path
    if path == "-" {
      handle = .standardInput
    } else {
      guard let handle = FileHandle(forReadingAtPath: path) else { throw LedgerError(.missing, "the log cannot be read", file: path) }
      self.handle = handle
    }
  }

  /// The next line without its end; nil behind the last.
  mutating func next() throws -> [UInt8]? {
    var searched = at
    while true {
      if let end = rest[searched...].firstIndex(of: 0x0A) {
        defer { at = end + 1 }
        return Array(rest[at..<end])
      }
      if isAtEnd {
        if at == rest.count { return nil }
        throw LedgerError(.invalid, "the last line has no end: the log was cut off", file: path)
      }
      rest.removeFirst(at)
      at = 0
      searched = rest.count
      guard rest.count <= LogLine.maximumBytes else {
        throw LedgerError(.invalid, "a line has more than \(LogLine.maximumBytes) bytes", file: path)
      }
      let piece = try handle.read(upToCount: 1 << 20) ?? Data()
      if piece.isEmpty { isAtEnd = true } else { rest += piece }
    }
  }
}
