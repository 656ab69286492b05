// A small share of the trials of `ledger-faults`, which the test target builds beside itself.
import Foundation
import Testing
import TruceLedger
import TruceModel

/// The trials' program, beside the tests' own; nil where only a part was built.
private let program: String? = {
  let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  let places = [own, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
  return places.map { $0.appendingPathComponent("ledger-faults").path }.first { FileManager.default.isExecutableFile(atPath: $0) }
}()

@Suite(.serialized, .enabled(if: program != nil, "ledger-faults is not built")) struct FaultTests {
  func run(_ arguments: [String]) throws -> (text: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program!)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }

  @Test("Writers ended at random moments lose no acknowledged entry and leave nothing half-written") func kills() throws {
    let result = try run(["kill", "--count", "8", "--seed", "7"])
    #expect(result.status == 0 && result.text.contains("none lost"), "\(result.text)")
  }

  @Test("A disk that is full, fails or writes short gives a clear error, loses nothing acknowledged, and the next start is clean")
  func shim() throws {
    guard (try? Process.run(URL(fileURLWithPath: "/usr/bin/cc"), arguments: ["--version"])) != nil else { return }
    let result = try run(["shim", "--step", "29"])
    #expect(result.status == 0 && result.text.contains("no acknowledged entry lost"), "\(result.text)")
  }

  @Test("A reader in another process finds by kind, key and id what was just appended, before and after the lookups followed")
  func otherReader() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    var count = 0
    for size in [1, 4000, 200, 7] {
      _ = try await ledger.append((count..<count + size).map { draft($0, kind: $0 % 4 == 0 ? .report : .claim, key: "k\($0 % 3)") })
      count += size
      let result = try run(["recall", folder.file()])
      #expect(result.status == 0 && result.text.contains("recalled \(count)"), "\(result.text)")
    }
    try await ledger.close()
  }

  @Test("Another process that opens the ledger for writing is refused") func twoProcesses() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    let result = try run(["script", folder.file()])
    #expect(result.status == 3 && result.text.contains("error locked"), "\(result.text)")
    #expect(try await ledger.append([draft(1)])[0].sequence == 0)
    try await ledger.close()
    #expect(try run(["script", folder.file()]).status == 0)
  }
}
