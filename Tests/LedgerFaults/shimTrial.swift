// A disk that fails: every write, sync and truncation of a run fails in turn, by a library loaded in front of the system's.
import Foundation
import TruceLedger
import TruceModel

/// A fixed run over every kind of write; says what was acknowledged. A long one goes on until lookups follow and the log is copied into the
/// file beside the writer.
func runScript(_ path: String, isLong: Bool) async throws {
  let ledger = try await Ledger.open(at: path, mode: .readWrite, now: now)
  var failure: (any Error)?
  for batch in 0..<12 {
    var drafts = (0...(isLong ? 420 : batch * 7 % 30)).map { makeDraft("script-\(batch)-\($0)", batch * 31 + $0) }
    if isLong {
      let text = JSON(String(repeating: "long text of batch \(batch), ", count: 200))
      for place in drafts.indices { drafts[place].content = text }
    }
    let body = Array(String(repeating: "body of batch \(batch) ", count: 1 + batch * 90).utf8)
    do {
      let receipts = try await ledger.append(drafts, bodies: [body])
      for (draft, receipt) in zip(drafts, receipts) { say(Acknowledged.line(draft.id, receipt)) }
    } catch { failure = failure ?? error }
  }
  do { _ = try await ledger.redact(Digest(of: "body of batch 0 "), by: "trial", reason: "trial") } catch { failure = failure ?? error }
  do { try await ledger.close() } catch { failure = failure ?? error }
  if let failure { throw failure }
}

/// Compiles the library from its source beside this file.
private func compileShim(into folder: String) throws -> String {
  let source = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().path + "/shim/faults.c"
  let library = folder + "/faults.so"
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw Fault("the C compiler does not compile \(source)") }
  return library
}

/// Runs the script with the n-th call failing, for every `step`-th n until the run makes fewer calls.
func shimTrial(step: Int, isLong: Bool) async throws {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let library = try compileShim(into: folder)
  var runs = 0
  var refused = 0
  for kind in ["full", "error", "short"] {
    for call in stride(from: 1, to: 100_000, by: max(1, step)) {
      let path = folder + "/\(kind)-\(call).db"
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = [isLong ? "long-script" : "script", path]
      process.environment = ProcessInfo.processInfo.environment.merging([
        "LD_PRELOAD": library, "FAULT_FILE": path, "FAULT_KIND": kind, "FAULT_CALL": String(call), "SWIFT_BACKTRACE": "enable=no",
      ]) { $1 }
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let what = "\(kind) at call \(call)"
      guard process.terminationReason == .exit, [0, 3].contains(process.terminationStatus) else {
        throw Fault("\(what): the process ended by \(process.terminationStatus): \(said.suffix(300))")
      }
      let hasError = process.terminationStatus == 3
      if hasError {
        refused += 1
        let isClear = ["error full", "error inputOutput", "error damaged"].contains { said.contains($0) }
        guard isClear else { throw Fault("\(what): no clear error: \(said.suffix(300))") }
      }
      runs += 1
      let isReached = FileManager.default.fileExists(atPath: path + ".faulted")
      let acknowledged = Acknowledged.all(in: said)
      if FileManager.default.fileExists(atPath: path) { _ = try await checkUnlessEmpty(path, acknowledged, what) }
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("\(kind)-\(call).db") {
        try FileManager.default.removeItem(atPath: folder + "/" + name)
      }
      if !isReached {
        guard !hasError else { throw Fault("\(what): an error without a fault: \(said.suffix(300))") }
        break
      }
    }
  }
  say("done: \(runs) runs, \(refused) ended with a clear error, no acknowledged entry lost")
}
