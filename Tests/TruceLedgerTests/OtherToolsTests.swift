// Other people's tools over our log: Go's note and tlog packages, and openssl.
import Foundation
import Testing
import TruceLedger
import TruceModel

/// A program by its name, and whether it ended well; nil where it is not installed.
private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> (text: String, isDone: Bool) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (text, process.terminationStatus == 0)
}

private let hasOpenSSL = (try? run(["openssl", "version"]).isDone) == true
private let goProgram = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("tools/checklog/main.go").path
private let goPath = "/usr/share/gocode"
private let hasGo =
  FileManager.default.fileExists(atPath: goPath + "/src/golang.org/x/mod/sumdb/tlog") && (try? run(["go", "version"]).isDone) == true

@Suite struct OtherToolsTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name))) }

  /// Lays a ledger out as a server would give it.
  func lay(_ ledger: Ledger, _ name: String) async throws -> String {
    let size = try await ledger.size()
    for path in ["checkpoint"] + TilePath.all(size: size).map(\.description) {
      let file = URL(fileURLWithPath: folder.file(name) + "/" + path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(try #require(try await ledger.logFile(path))).write(to: file)
    }
    return folder.file(name)
  }

  @Test(
    "Go's note and tlog packages accept our log and our growth, and reject a flipped bit, an edited size and a fork",
    .enabled(if: hasGo, "go with golang-golang-x-mod-dev is not installed"))
  func goAccepts() async throws {
    let built = try run(
      ["go", "build", "-o", folder.file("verify"), goProgram],
      ["GO111MODULE": "off", "GOPATH": goPath, "GOCACHE": folder.file("cache"), "GOFLAGS": ""])
    try #require(built.isDone, "\(built.text)")
    let signer = try Signer.create(at: folder.file("key"), name: "truce.example/log")
    try write(Array(signer.verifier.description.utf8), "vkey")
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    _ = try await ledger.append((0..<300).map { draft($0) })
    try write(try await ledger.sign(with: signer).bytes, "old")
    _ = try await ledger.append((300..<1000).map { draft($0) })
    _ = try await ledger.sign(with: signer)
    let log = try await lay(ledger, "log")
    func check(_ log: String) throws -> (text: String, isDone: Bool) {
      try run([folder.file("verify"), log, folder.file("vkey"), folder.file("old")])
    }
    let good = try check(log)
    #expect(good.isDone && good.text.contains("all 1000 entries match the signed tree"), "\(good.text)")
    for path in ["tile/0/001", "tile/entries/002", "tile/1/000.p/3", "checkpoint"] {
      let file = URL(fileURLWithPath: log + "/" + path)
      let bytes = Array(try Data(contentsOf: file))
      var changed = bytes
      changed[bytes.count / 2] ^= 1
      try Data(changed).write(to: file)
      #expect(try !check(log).isDone, "\(path)")
      try Data(bytes).write(to: file)
    }
    let note = try String(contentsOfFile: log + "/checkpoint", encoding: .utf8)
    try write(Array(note.replacingOccurrences(of: "\n1000\n", with: "\n999\n").utf8), "log/checkpoint")
    #expect(try !check(log).isDone)
    // A fork under the same key, by someone who does not keep the signer's head.
    try FileManager.default.removeItem(atPath: folder.file("key.head"))
    try write([], "key.head")
    let fork = try await Ledger.open(at: folder.file("fork.db"), mode: .readWrite, now: TestClock().now)
    _ = try await fork.append((0..<400).map { draft($0, word: "captured") })
    _ = try await fork.sign(with: Signer(at: folder.file("key")))
    let forked = try check(try await lay(fork, "fork"))
    #expect(!forked.isDone && forked.text.contains("consistency"), "\(forked.text)")
  }

  @Test("openssl verifies a checkpoint's signature, and rejects it for another size", .enabled(if: hasOpenSSL, "openssl is not installed"))
  func opensslAccepts() async throws {
    let signer = try Signer.create(at: folder.file("key"), name: "truce.example/log")
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    _ = try await ledger.append((0..<3).map { draft($0) })
    let note = try await ledger.sign(with: signer)
    // A public key as X.509 writes it (RFC 8410): a fixed head, then the 32 bytes.
    let head: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    try write(head + signer.verifier.publicKey, "key.der")
    try write(note.signatures[0].bytes, "signature")
    for (text, isRight) in [(note.text, true), (note.text.replacingOccurrences(of: "\n3\n", with: "\n4\n"), false)] {
      try write(Array(text.utf8), "text")
      let result = try run([
        "openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder.file("key.der"), "-rawin", "-in",
        folder.file("text"),
        "-sigfile", folder.file("signature"),
      ])
      #expect(result.isDone == isRight, "\(result.text)")
    }
  }
}
