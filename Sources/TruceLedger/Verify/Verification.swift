// What a check of a ledger, or of an exported log, found.
internal import Glibc
public import TruceModel

/// The result of a check: counts, the root, and what is wrong.
public struct Verification: Sendable, Hashable {
  /// The most findings that are listed; the rest are counted.
  public static let maximumFindings = 100

  /// The ledger's or log's path.
  public var file: String
  /// Entries that were read.
  public var entries: UInt64 = 0
  /// The root over the entries as they are.
  public var root: Digest?
  /// Bodies whose bytes have their digest.
  public var bodies = 0
  /// Personal texts whose salted digest fits.
  public var personal = 0
  /// Bodies and personal texts that a ruling erased.
  public var erased = 0
  /// Checkpoints whose root is that of the entries.
  public var checkpoints = 0
  /// The largest size that a checkpoint signed by one of the given keys covers.
  public var signedSize: UInt64?
  /// What is wrong, in the file's order; errors, or notes on what could not be checked.
  public var findings: [Finding] = []
  /// Findings beyond those listed.
  public var unlisted = 0

  init(file: String) { self.file = file }

  /// True where nothing is wrong.
  public var isIntact: Bool { !findings.contains { $0.severity == .error } }

  /// One sentence for a terminal.
  public var summary: String {
    guard isIntact else {
      let count = findings.count { $0.severity == .error } + unlisted
      return "\(file): \(count) \(count == 1 ? "fault" : "faults"); the first: \(findings.first { $0.severity == .error }!.message)"
    }
    var text = "\(file): intact: \(entries) entries, \(bodies) bodies, \(checkpoints) checkpoints"
    if erased > 0 { text += ", \(erased) texts erased by ruling" }
    if let signedSize { text += "; the first \(signedSize) entries are signed" }
    return text
  }

  mutating func add(_ severity: Finding.Severity, _ message: String, line: Int? = nil, evidence: [String] = []) {
    if findings.count < Verification.maximumFindings {
      findings.append(Finding(severity, message, file: file, line: line, evidence: evidence))
    } else {
      unlisted += 1
    }
  }
}

/// Looks at the entries of a log in turn for what holds in every log, wherever it is kept.
struct LogCheck {
  private(set) var frontier = Frontier()
  private var recorded = Instant.distantPast
  /// Bodies that entries name, with the first entry that does.
  private(set) var namedBodies: [Digest: UInt64] = [:]
  private(set) var namedPersonal: [Digest: UInt64] = [:]
  private(set) var erased: Set<Digest> = []

  /// Takes one entry: its time, and the texts that it names.
  mutating func take(
    sequence: UInt64, recorded time: Instant, kind: EntryKind, content: UnsafeBufferPointer<UInt8>, into result: inout Verification
  ) {
    if time < recorded {
      result.add(
        .error, "entry \(sequence) was recorded at \(time), before the entry in front of it (\(recorded)): it was back-dated or moved")
    }
    recorded = max(recorded, time)
    let mayNamePersonal = contains(content, "\"personal\":\"")
    guard kind == .report || kind == .casefile || kind == .ruling || mayNamePersonal else { return }
    guard let json = try? JSON(parsing: content) else { return }
    func digest(_ value: JSON?) -> Digest? { value?.string.flatMap { Digest(hex: $0) } }
    switch kind {
    case .report: for name in ["sha256", "text"] { if let found = digest(json[name]) { noteBody(found, sequence) } }
    case .casefile: for file in json["files"]?.members ?? [] { if let found = digest(file.value) { noteBody(found, sequence) } }
    case .ruling: if json["act"]?.string == Ledger.redactAct, let found = digest(json["digest"]) { erased.insert(found) }
    default: break
    }
    if mayNamePersonal { findPersonal(json, sequence) }
  }

  mutating func append(_ leaf: TreeHash, stored: (Frontier.Stored) throws -> Void) rethrows { try frontier.append(leaf, stored: stored) }

  /// The fault of an entry whose text is not there though nothing erased it.
  func missing(bodies: Set<Digest>, personal: Set<Digest>, into result: inout Verification) {
    for (digest, sequence) in namedBodies.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) where !bodies.contains(digest) {
      if !erased.contains(digest) {
        result.add(.error, "entry \(sequence) names the body \(digest), which is missing, and no ruling erased it")
      }
    }
    for (digest, sequence) in namedPersonal.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) where !personal.contains(digest) {
      if !erased.contains(digest) {
        result.add(.error, "entry \(sequence) names the personal text \(digest), which is missing, and no ruling erased it")
      }
    }
  }

  private mutating func noteBody(_ digest: Digest, _ sequence: UInt64) { if namedBodies[digest] == nil { namedBodies[digest] = sequence } }

  private mutating func findPersonal(_ json: JSON, _ sequence: UInt64) {
    switch json {
    case .object(let members):
      if members.count == 1, members[0].key == "personal", let digest = members[0].value.string.flatMap({ Digest(hex: $0) }) {
        if namedPersonal[digest] == nil { namedPersonal[digest] = sequence }
      }
      for member in members { findPersonal(member.value, sequence) }
    case .array(let values): for value in values { findPersonal(value, sequence) }
    default: break
    }
  }

  private func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    let length = word.utf8CodeUnitCount
    var at = 0
    // The word's second letter is rarer in JSON than its opening quote.
    while at + length <= bytes.count, let found = memchr(start + at + 1, Int32(word.utf8Start[1]), bytes.count - at - length + 1) {
      let place = UnsafeRawPointer(found) - UnsafeRawPointer(start) - 1
      if memcmp(start + place, word.utf8Start, length) == 0 { return true }
      at = place + 1
    }
    return false
  }
}
