// Damaged case files: whatever is changed in them, the loader answers with a case or with findings, and never stops.
import Foundation
import Testing
import TruceAtlas
import TruceModel

@Suite struct CaseFuzzTests {
  /// `TRUCE_SEED` and `TRUCE_COUNT` make a longer run of it.
  private static func setting(_ name: String, _ usual: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? usual
  }

  /// What is put into a file in a random place.
  private static let scraps = [
    "- ", "? ", ": ", "&a ", "*a", "!!binary ", "{", "}", "[", "]", "\"", "'", "|\n", ">\n", "#", "---\n", "...\n", "%YAML 9.9\n", "\t",
    "\r",
    "\u{0}", "\u{FEFF}", "~", "null", "true", "1e999", "-0", "2020-02-30", "9999-12-31/..", "../..", "P99999D", "zzz: ", "<<: ", "ə", "\n",
  ].map { Array($0.utf8) }

  @Test("A damaged case is loaded or refused with findings that name a file")
  func damaged() throws {
    var state = Self.setting("TRUCE_SEED", 20_201_110) | 1
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(max(1, bound)))
    }
    let whole = CaseErrorTests.files.mapValues { Array($0.utf8) }
    let names = whole.keys.sorted()
    var refused = 0
    let count = Self.setting("TRUCE_COUNT", 400)
    for _ in 0..<count {
      var files = whole
      for _ in 0...next(3) {
        let name = names[next(names.count)]
        var bytes = files[name]!
        let at = next(bytes.count)
        switch next(5) {
        case 0: bytes[at] = UInt8(next(256))
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + next(20)))
        case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 1 + next(80))], at: next(bytes.count))
        default: bytes.insert(contentsOf: Self.scraps[next(Self.scraps.count)], at: at)
        }
        files[name] = bytes.isEmpty ? [0x0A] : bytes
      }
      do {
        _ = try Case(files: files)
      } catch {
        refused += 1
        #expect(!error.findings.isEmpty && error.findings.allSatisfy { $0.file != nil || $0.message.contains("not listed") })
      }
    }
    #expect(refused > Int(count) / 3)
  }
}
