// Other people's vectors, where the folder `shared/bench/merkle` stands beside the checkout.
import Foundation
import Testing
import TruceModel

@testable import TruceLedger

/// The folder of vectors; nil where it is not there.
let sharedVectors: String? = {
  let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let places = [root.path + "/../shared", ProcessInfo.processInfo.environment["TRUCE_SHARED"] ?? ""].map { $0 + "/bench/merkle" }
  return places.first { FileManager.default.fileExists(atPath: $0 + "/rfc6962_facts.json") }
}()

/// A tree in memory of fewer leaves than a tile holds.
private struct MemoryTree: TreeSource {
  var leaves: [TreeHash]

  func hashes(level: Int, from start: UInt64, count: UInt64) throws -> [TreeHash] {
    try #require(level == 0)
    return Array(leaves[Int(start)..<Int(start + count)])
  }
}

@Suite(.enabled(if: sharedVectors != nil, "the vectors are not beside the checkout: shared/bench/merkle")) struct SharedVectorTests {
  func json(_ path: String) throws -> JSON { try JSON(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: path)))) }

  func hex(_ text: String) -> [UInt8] {
    stride(from: 0, to: text.count, by: 2).map { UInt8(text.dropFirst($0).prefix(2), radix: 16)! }
  }

  @Test("RFC 6962's hashes and the reference tree's roots come out") func referenceTree() throws {
    let facts = try json(sharedVectors! + "/rfc6962_facts.json")
    let hash = try #require(facts["hash"])
    #expect(TreeHash.empty.digest.hex == hash["empty_root"]?.string)
    #expect(TreeHash(leaf: []).digest.hex == hash["leaf_of_empty"]?.string)
    #expect(TreeHash(leaf: Array("L123456".utf8)).digest.hex == hash["leaf_of_ascii_L123456"]?.string)
    let tree = try #require(facts["reference_tree"])
    let roots = try #require(tree["roots_by_size"]?.array)
    var frontier = Frontier()
    for (leaf, root) in zip(try #require(tree["leaves_hex"]?.array), roots) {
      frontier.append(TreeHash(leaf: hex(leaf.string!)))
      #expect(frontier.root.digest.hex == root.string)
    }
    #expect(frontier.size == 8)
  }

  @Test("Every inclusion and consistency probe is accepted or rejected as it should be") func probes() throws {
    let folder = try Folder()
    let unpack = Process()
    unpack.executableURL = URL(fileURLWithPath: "/bin/tar")
    unpack.arguments = ["xzf", sharedVectors! + "/transparency-dev-merkle-testdata.tar.gz", "-C", folder.path]
    try unpack.run()
    unpack.waitUntilExit()
    var rejected = 0
    var accepted = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() where file.hasSuffix(".json") {
      let probe = try json(folder.path + "/" + file)
      // A root of another length stands for "some root": its hash does as well.
      func digest(_ name: String) -> Digest? {
        guard let bytes = probe[name]?.string.flatMap({ bytesOfBase64($0) }), !bytes.isEmpty else { return nil }
        return Digest(bytes: bytes) ?? Digest(of: bytes)
      }
      // Numbers near 2^64 do not fit JSON's numbers; they stand for "far too large".
      func number(_ name: String) -> UInt64 { probe[name]?.number.map { $0 >= 1.8e19 ? .max : UInt64($0) } ?? 0 }
      let hashes = (probe["proof"]?.array ?? []).map { bytesOfBase64($0.string ?? "").flatMap { Digest(bytes: $0) } }
      let proof = hashes.compactMap { $0 }
      let isWhole = proof.count == hashes.count
      var holds = false
      if file.contains("/inclusion/") {
        if isWhole, let leaf = digest("leafHash"), let root = digest("root") {
          holds = MerkleProof.includes(leaf: leaf, index: number("leafIdx"), size: number("treeSize"), proof: proof, root: root)
        }
      } else if file.contains("/consistency/") {
        if isWhole, let old = digest("root1"), let new = digest("root2") {
          holds = MerkleProof.isConsistent(oldSize: number("size1"), oldRoot: old, size: number("size2"), root: new, proof: proof)
        }
      } else {
        continue
      }
      let isWrong = probe["wantErr"]?.bool ?? false
      #expect(holds == !isWrong, "\(file)")
      if isWrong { rejected += 1 } else { accepted += 1 }
    }
    #expect(rejected > 150 && accepted > 10, "\(rejected) rejected, \(accepted) accepted")
  }

  @Test("Notes of another program are verified, and refused after any change of a byte") func foreignNotes() throws {
    let facts = try json(sharedVectors! + "/note_vectors.json")
    let keys = try #require(facts["vkeys"]?.array).map { VerifierKey($0.string!)! }
    let text = try #require(facts["note1_text"]?.string)
    let lines = try #require(facts["note1_sigs"]?.array).map { $0.string! }
    let note = try SignedNote(parsing: Array((text + "\n" + lines.joined()).utf8))
    #expect(try note.verified(by: keys).map(\.name) == ["PeterNeumann", "EnochRoot"])
    let second = try SignedNote(parsing: Array(try #require(facts["note2"]?.string).utf8))
    #expect(try second.verified(by: keys).map(\.name) == ["example.com/foo"])
    var changed = note
    changed.text = changed.text.replacingOccurrences(of: "answer", with: "Answer")
    #expect(throws: LedgerError.self) { _ = try changed.verified(by: keys) }
  }

  @Test("A foreign log is read whole: each checkpoint is signed, its root is that of its entries, each pair is consistent")
  func foreignLog() throws {
    let log = sharedVectors! + "/tessera-testdata/log"
    let keyText = try String(contentsOfFile: sharedVectors! + "/tessera-testdata/log.vkey", encoding: .utf8)
    let key = try #require(VerifierKey(keyText.trimmingCharacters(in: .whitespacesAndNewlines)))
    var rest = Array(try Data(contentsOf: URL(fileURLWithPath: log + "/tile/entries/000.p/15")))[...]
    var frontier = Frontier()
    var roots = [frontier.root.digest]
    var leaves: [TreeHash] = []
    while let high = rest.popFirst(), let low = rest.popFirst() {
      let count = Int(high) << 8 | Int(low)
      leaves.append(TreeHash(leaf: Array(rest.prefix(count))))
      frontier.append(leaves.last!)
      roots.append(frontier.root.digest)
      rest = rest.dropFirst(count)
    }
    #expect(roots.count == 16)
    var sizes: Set<UInt64> = []
    for name in ["checkpoint"] + (0...15).map({ "checkpoint.\($0)" }) {
      guard let data = FileManager.default.contents(atPath: log + "/" + name) else { continue }
      let checkpoint = try Checkpoint(SignedNote(parsing: Array(data)), keys: [key])
      #expect(checkpoint.root == roots[Int(checkpoint.size)])
      sizes.insert(checkpoint.size)
    }
    #expect(sizes.count >= 14)
    let tree = MemoryTree(leaves: leaves)
    for old in sizes where old > 0 {
      for size in sizes where size >= old {
        let proof = try tree.consistencyProof(from: old, to: size).map(\.digest)
        #expect(MerkleProof.isConsistent(oldSize: old, oldRoot: roots[Int(old)], size: size, root: roots[Int(size)], proof: proof))
      }
    }
  }
}
