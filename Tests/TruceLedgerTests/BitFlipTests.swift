// Single flipped bits in a copied ledger and in an exported log: a small share of what `ledger-faults flip` does.
import Foundation
import Testing
import TruceLedger
import TruceModel

@Suite struct BitFlipTests {
  @Test("A flipped bit in the file is found, or nothing that the ledger gives back is changed by it")
  func fileBits() async throws {
    let folder = try Folder()
    let sample = try await SampleLedger.make(in: folder, entries: 12)
    let original = Array(try Data(contentsOf: URL(fileURLWithPath: sample.path)))
    let log = try await sample.export()
    var random = SeededNumbers(state: 4)
    var caught = 0
    let copy = folder.file("flipped.db")
    for _ in 0..<250 {
      var bytes = original
      let place = Int(random.next() % UInt64(bytes.count))
      bytes[place] ^= 1 << UInt8(random.next() % 8)
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
      try Data(bytes).write(to: URL(fileURLWithPath: copy))
      let result = try await Ledger.verify(at: copy, keys: [sample.key], derived: true)
      if result.isIntact {
        #expect(try await sample.export(copy) == log, "byte \(place)")
      } else {
        caught += 1
      }
    }
    #expect(caught > 30)
  }

  @Test("A flipped bit in an exported log is always found")
  func logBits() async throws {
    let folder = try Folder()
    let sample = try await SampleLedger.make(in: folder, entries: 12)
    let original = try await sample.export()
    var random = SeededNumbers(state: 5)
    for _ in 0..<500 {
      var bytes = original
      let place = Int(random.next() % UInt64(bytes.count))
      bytes[place] ^= 1 << UInt8(random.next() % 8)
      try Data(bytes).write(to: URL(fileURLWithPath: folder.file("flipped.ndjson")))
      let result = try await Ledger.verifyLog(at: folder.file("flipped.ndjson"), keys: [sample.key])
      #expect(!result.isIntact, "byte \(place)")
    }
  }
}
