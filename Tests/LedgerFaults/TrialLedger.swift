// The small signed ledger that flips and changes are made in: something of everything that a ledger keeps.
import Foundation
import TruceLedger
import TruceModel

/// A closed ledger, its exported log, and the key that its checkpoints are signed with.
struct TrialLedger: Sendable {
  var file: [UInt8]
  var log: [UInt8]
  var key: VerifierKey
  var entries: Int

  /// Makes it in a folder as `trial.db`: reports with bodies, an erased one, a personal text, claims enough for a stored node of the tree,
  /// two checkpoints. Each number gives a ledger with other texts and claims.
  static func make(in folder: String, number: Int = 0) async throws -> TrialLedger {
    let signer = try Signer.create(at: folder + "/trial.key", name: "truce.example/trial")
    let clock = Clock()
    let path = folder + "/trial.db"
    let ledger = try await Ledger.open(at: path, mode: .readWrite, now: clock.now)
    let bodies = ["body \(number) of a report, ", "what was taken back, "].map { Array(String(repeating: $0, count: 20).utf8) }
    for (place, body) in bodies.enumerated() {
      let report = Draft(id: EntryID("report-\(place)"), kind: .report, content: ["sha256": JSON(Digest(of: body))])
      _ = try await ledger.append([report], bodies: [body])
    }
    let personal = Personal("a name")
    _ = try await ledger.append([Draft(id: "list", kind: .observation, content: personal.placeholder)], personal: [personal])
    _ = try await ledger.sign(with: signer)
    for start in stride(from: 0, to: 256, by: 8) {
      let drafts = (start..<start + 8).map {
        Draft(id: EntryID("e\($0)"), kind: .claim, key: "k\($0 % 3)", content: JSON(number * 256 + $0))
      }
      _ = try await ledger.append(drafts)
    }
    _ = try await ledger.redact(Digest(of: bodies[1]), by: "trial", reason: "trial")
    _ = try await ledger.sign(with: signer)
    let entries = Int(try await ledger.size())
    try await ledger.close()
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    return TrialLedger(file: file, log: try await exported(path), key: signer.verifier, entries: entries)
  }

  /// A clock that is one second later at each look.
  private final class Clock: @unchecked Sendable {
    // Guarded by the lock.
    private var seconds: Int64 = 1_606_780_800
    private let lock = NSLock()

    func now() -> Instant {
      lock.withLock {
        seconds += 1
        return Instant(seconds: seconds)
      }
    }
  }
}

extension TrialLedger {
  /// The file's bytes that SQLite's format leaves to no cell: between a page's list of cells and the first of them ("unallocated space").
  var unallocated: IndexSet {
    func number(_ place: Int) -> Int { Int(file[place]) << 8 | Int(file[place + 1]) }
    let pageSize = number(16)
    var places = IndexSet()
    for page in stride(from: 0, to: file.count, by: pageSize) {
      let header = page == 0 ? 100 : page
      let isInner = [2, 5].contains(file[header])
      guard isInner || [10, 13].contains(file[header]) else { continue }
      let start = header + (isInner ? 12 : 8) + 2 * number(header + 3)
      if start < page + number(header + 5) { places.insert(integersIn: start..<page + number(header + 5)) }
    }
    return places
  }
}

/// A ledger's log as it is exported.
func exported(_ path: String) async throws -> [UInt8] {
  let ledger = try await Ledger.open(at: path, mode: .readOnly, now: now)
  var bytes: [UInt8] = []
  _ = try await ledger.exportLog { bytes += $0 }
  try await ledger.close()
  return bytes
}

/// A file that is changed in place and put back.
struct PatchedFile {
  let path: String
  private let descriptor: Int32
  private let original: [UInt8]

  init(_ path: String, _ bytes: [UInt8]) throws {
    self.path = path
    original = bytes
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault("\(path) cannot be opened") }
  }

  func flip(bit: Int, of place: Int) throws { try write([original[place] ^ 1 << UInt8(bit)], at: place) }

  func restore(_ place: Int) throws { try write([original[place]], at: place) }

  /// Whether the file is what it was at first.
  func isRestored() throws -> Bool { Array(try Data(contentsOf: URL(fileURLWithPath: path))) == original }

  private func write(_ bytes: [UInt8], at place: Int) throws {
    guard pwrite(descriptor, bytes, bytes.count, off_t(place)) == bytes.count else { throw Fault("\(path) cannot be written") }
  }
}
