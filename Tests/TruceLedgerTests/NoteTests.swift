// Signed notes, checkpoints, the signer's memory, witnesses.
import Foundation
import Testing
import TruceModel

@testable import TruceLedger

@Suite struct NoteTests {
  let folder: Folder
  let clock = TestClock()

  init() throws { folder = try Folder() }

  @Test("A key's text is read back, and no key is read from a part of it or with one character changed")
  func keyText() throws {
    let key = try SigningKey(newNamed: "truce.example/log")
    let text = key.verifier.description
    #expect(VerifierKey(text) == key.verifier)
    #expect(SigningKey(key.privateText)?.verifier == key.verifier)
    for end in 0..<text.count { #expect(VerifierKey(String(text.prefix(end))) == nil) }
    for start in 1..<text.count { #expect(VerifierKey(String(text.dropFirst(start))) == nil) }
    for place in text.indices {
      for other in "A+b9/= " where other != text[place] {
        var changed = text
        changed.replaceSubrange(place...place, with: String(other))
        #expect(VerifierKey(changed) == nil, "\(changed)")
      }
    }
    for name in ["", "a b", "a+b", "a\u{2003}b"] { #expect(throws: LedgerError.self) { _ = try SigningKey(newNamed: name) } }
  }

  @Test("A note is verified by its key alone, and no flipped bit of text or signature passes")
  func noteBits() throws {
    let key = try SigningKey(newNamed: "truce.example/log")
    let other = try SigningKey(newNamed: "other.example/log")
    let text = Checkpoint(origin: key.name, size: 12, root: Digest(of: "root")).text
    let note = SignedNote(text: text, signatures: [try key.sign(text), try other.sign(text)])
    #expect(try SignedNote(parsing: note.bytes) == note)
    #expect(try note.verified(by: [key.verifier]) == [key.verifier])
    #expect(try note.verified(by: [key.verifier, other.verifier]).count == 2)
    #expect(throws: LedgerError.self) { try note.verified(by: [SigningKey(newNamed: key.name).verifier]) }
    #expect(throws: LedgerError.self) { try note.verified(by: []) }
    for place in note.bytes.indices {
      for bit in 0..<8 {
        var bytes = note.bytes
        bytes[place] ^= 1 << UInt8(bit)
        #expect(throws: LedgerError.self, "byte \(place), bit \(bit)") {
          let changed = try SignedNote(parsing: bytes)
          let signers = try changed.verified(by: [key.verifier, other.verifier])
          if signers.count < 2 { throw LedgerError(.refused, "a signature is no longer known") }
        }
      }
    }
  }

  @Test("Malformed notes are refused")
  func malformedNotes() throws {
    let key = try SigningKey(newNamed: "k")
    let line = try key.sign("text\n").line
    let good = "text\n\n" + line
    _ = try SignedNote(parsing: Array(good.utf8))
    let bad = [
      "", "text\n", "text\n\n", "text\n" + line, "\n\n" + line, "text\n\n" + line.dropLast(), "text\n\n" + line + "\n",
      "te\u{1}xt\n\n" + line,
      "text\n\n" + line.replacingOccurrences(of: "—", with: "-"), "text\n\n" + line + "junk\n", "text\r\n\n" + line,
      "text\n\n" + String(repeating: line, count: 101),
    ]
    for text in bad { #expect(throws: LedgerError.self, "\(text.debugDescription)") { _ = try SignedNote(parsing: Array(text.utf8)) } }
    for lines in [
      "", "o\n", "o\n1\n", "o\n01\n\(base64(Digest(of: "r").bytes))\n", "o\n-1\n\(base64(Digest(of: "r").bytes))\n", "o\n1\nAAAA\n",
      "\n1\n\(base64(Digest(of: "r").bytes))\n",
    ] {
      #expect(throws: LedgerError.self, "\(lines)") { _ = try Checkpoint(parsing: lines) }
    }
  }

  @Test("The signer signs what grows, and refuses a ledger that was set back or forked though it has the key")
  func signerMemory() async throws {
    let signer = try Signer.create(at: folder.file("log.key"), name: "truce.example/log")
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: clock.now)
    #expect(try Checkpoint(await ledger.sign(with: signer), keys: [signer.verifier]).size == 0)
    _ = try await ledger.append((0..<5).map { draft($0) })
    let first = try await ledger.sign(with: signer)
    #expect(try await ledger.sign(with: signer) == first)
    try await ledger.close()
    try FileManager.default.copyItem(atPath: folder.file(), toPath: folder.file("copy.db"))
    let grown = try await Ledger.open(at: folder.file(), mode: .readWrite, now: clock.now)
    _ = try await grown.append((5..<300).map { draft($0) })
    let second = try await grown.sign(with: signer)
    #expect(try await grown.latestCheckpoint() == second)
    #expect(try await grown.checkpoints().map { try Checkpoint(parsing: $0.text).size } == [0, 5, 300])
    // A copy from before knows fewer entries; grown by others it is a fork.
    let copy = try await Ledger.open(at: folder.file("copy.db"), mode: .readWrite, now: clock.now)
    let again = try Signer(at: folder.file("log.key"))
    let short = await #expect(throws: LedgerError.self) { _ = try await copy.sign(with: again) }
    #expect(short?.code == .refused && short?.message.contains("set back") == true)
    _ = try await copy.append((1000..<1400).map { draft($0) })
    let fork = await #expect(throws: LedgerError.self) { _ = try await copy.sign(with: again) }
    #expect(fork?.code == .refused && fork?.message.contains("fork") == true)
    _ = try await grown.append([draft(301)])
    #expect(try Checkpoint(await grown.sign(with: again), keys: [signer.verifier]).size == 301)
    try FileManager.default.removeItem(atPath: folder.file("log.key.head"))
    #expect(throws: LedgerError.self) { _ = try Signer(at: folder.file("log.key")) }
    #expect(throws: LedgerError.self) { _ = try Signer.create(at: folder.file("log.key"), name: "x") }
  }

  @Test("A witness cosigns a continuation and nothing else; its line is kept with the checkpoint")
  func witnesses() async throws {
    let signer = try Signer.create(at: folder.file("log.key"), name: "truce.example/log")
    let witness = try Witness(folder: folder.file("witness"), name: "witness.example/one")
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: clock.now)
    var previous: UInt64 = 0
    for round in 1...3 {
      _ = try await ledger.append((0..<7).map { draft(round * 100 + $0) })
      let note = try await ledger.sign(with: signer)
      #expect(try witness.lastSize(of: signer.verifier) == previous)
      let size = try await ledger.size()
      let proof = try await ledger.consistencyProof(from: previous, to: size)
      if round == 2 {
        #expect(throws: LedgerError.self) { _ = try witness.cosign(note, log: signer.verifier, proof: [], now: clock.now()) }
      }
      let cosigned = try witness.cosign(note, log: signer.verifier, proof: proof, now: clock.now())
      let kept = try await ledger.attach(cosigned, from: [witness.verifier])
      #expect(try kept.verified(by: [witness.verifier, signer.verifier]).count == 2)
      #expect(try await ledger.latestCheckpoint() == kept)
      #expect(try await ledger.sign(with: signer) == kept)
      previous = size
    }
    let stranger = try SigningKey(newNamed: "stranger.example", algorithm: .cosignature)
    var forged = try #require(try await ledger.latestCheckpoint())
    forged.signatures.append(
      SignedNote.Signature(name: "witness.example/one", keyID: witness.verifier.id, bytes: try stranger.sign(forged.text).bytes))
    await #expect(throws: LedgerError.self) { _ = try await ledger.attach(forged, from: [witness.verifier]) }
  }

  @Test("Tile paths are read as they are written, and nothing else is one")
  func tilePaths() throws {
    for (index, text) in [(0, "000"), (999, "999"), (1000, "x001/000"), (1_234_067, "x001/x234/067")] as [(UInt64, String)] {
      #expect(TilePath(level: 3, index: index, width: 256).description == "tile/3/\(text)")
      #expect(TilePath("tile/entries/\(text).p/12") == TilePath(level: nil, index: index, width: 12))
    }
    for bad in [
      "tile/0/1", "tile/0/0000", "tile/00/000", "tile/8/000", "tile/-1/000", "tile/0/x000/001", "tile/0/001/002", "tile/0/000.p/0",
      "tile/0/000.p/256",
      "tile/0/000.p/01", "tile/0/000/", "tile/x/000", "tile//000", "/tile/0/000", "tile/entries/000.p", "tile/0/٠٠٠", "",
    ] { #expect(TilePath(bad) == nil, "\(bad)") }
    #expect(TilePath.all(size: 70_000).count == 273 + 1 + 273 + 1 + 1 + 1 + 1)
    #expect(TilePath.all(size: 256).map(\.description) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
  }

  @Test(
    "Tiles of every size below and above a tile's edge hold the tree, and none is given before the log has grown to it",
    arguments: [1, 255, 256, 257, 600])
  func tiles(size: Int) async throws {
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: clock.now)
    _ = try await ledger.append((0..<size).map { draft($0) })
    var leaves: [[UInt8]] = []
    for path in TilePath.all(size: UInt64(size)) where path.level == nil {
      var rest = try #require(try await ledger.logFile(path.description))[...]
      while let high = rest.popFirst(), let low = rest.popFirst() {
        let count = Int(high) << 8 | Int(low)
        leaves.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
    }
    #expect(leaves.count == size)
    for path in TilePath.all(size: UInt64(size)) {
      guard let level = path.level else { continue }
      let span = 1 << (8 * level)
      let first = Int(path.index) * 256
      let expected = (first..<first + path.width).flatMap { definedRoot(leaves[($0 * span)..<(($0 + 1) * span)]).bytes }
      #expect(try await ledger.logFile(path.description) == expected)
      if path.width < 256 { #expect(try await ledger.logFile(TilePath(level: level, index: path.index, width: 256).description) == nil) }
      if path.width < 255 {
        #expect(try await ledger.logFile(TilePath(level: level, index: path.index, width: path.width + 1).description) == nil)
      }
    }
    #expect(try await ledger.logFile("checkpoint") == nil)
    #expect(try await ledger.logFile("../log.key") == nil)
  }
}
