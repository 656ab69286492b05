// The tree against its definition, and proofs against every other size.
import Foundation
import Testing
import TruceModel

@testable import TruceLedger

@Suite struct MerkleTests {
  /// Leaves of a made-up log, and the roots of every prefix by the definition.
  static let leaves: [[UInt8]] = (0..<300).map { Array("leaf \($0)".utf8) }

  @Test("The frontier's root is the root by definition at every size")
  func frontierRoots() {
    var frontier = Frontier()
    #expect(frontier.root.digest == definedRoot([]))
    for (index, leaf) in Self.leaves.enumerated() {
      frontier.append(TreeHash(leaf: leaf))
      #expect(frontier.root.digest == definedRoot(Self.leaves[...index]))
    }
  }

  @Test(
    "Each leaf is proved at each size; no proof serves another leaf, place, size or root, and none survives a flipped bit or a missing hash"
  )
  func proofsOfASmallTree() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    let receipts = try await ledger.append((0..<20).map { draft($0) })
    var leaves: [[UInt8]] = []
    try await ledger.read { leaves.append($0.leafBytes) }
    let roots = (0...20).map { definedRoot(leaves[..<$0]) }
    for size: UInt64 in 1...20 {
      for index in 0..<size {
        let proof = try await ledger.inclusionProof(of: index, size: size)
        let leaf = receipts[Int(index)].leaf
        func holds(_ leaf: Digest, _ index: UInt64, _ size: UInt64, _ proof: [Digest], _ root: Digest) -> Bool {
          MerkleProof.includes(leaf: leaf, index: index, size: size, proof: proof, root: root)
        }
        let root = roots[Int(size)]
        #expect(holds(leaf, index, size, proof, root))
        for other in 0..<20 where other != Int(index) {
          #expect(!holds(receipts[other].leaf, index, size, proof, root))
          #expect(!holds(leaf, UInt64(other), size, proof, root))
        }
        #expect(!holds(leaf, index, size, proof, roots[Int(size) - 1]))
        #expect(!holds(leaf, index, size, proof + [leaf], root))
        for at in proof.indices {
          var changed = proof
          changed.remove(at: at)
          #expect(!holds(leaf, index, size, changed, root))
          var bytes = proof[at].bytes
          bytes[Int(index) % 32] ^= 1 << UInt8(size % 8)
          changed = proof
          changed[at] = Digest(bytes: bytes)!
          #expect(!holds(leaf, index, size, changed, root))
        }
      }
      for old in 1...size {
        let proof = try await ledger.consistencyProof(from: old, to: size)
        let oldRoot = roots[Int(old)]
        func holds(_ old: UInt64, _ oldRoot: Digest, _ proof: [Digest]) -> Bool {
          MerkleProof.isConsistent(oldSize: old, oldRoot: oldRoot, size: size, root: roots[Int(size)], proof: proof)
        }
        #expect(holds(old, oldRoot, proof))
        #expect(!holds(old, roots[Int(old) - 1], proof))
        #expect(!holds(old, oldRoot, proof + [oldRoot]))
        if !proof.isEmpty { #expect(!holds(old, oldRoot, Array(proof.dropLast()))) }
      }
    }
  }

  @Test(
    "Proofs over several tiles hold, from sizes beside the tiles' edges",
    arguments: [(255, 700), (256, 700), (257, 66_000), (65_536, 66_000)])
  func proofsAcrossTiles(old: Int, size: Int) async throws {
    let folder = try Folder()
    let ledger = try await Ledger.open(at: folder.file(), mode: .readWrite, now: TestClock().now)
    var receipts: [Receipt] = []
    for start in stride(from: 0, to: size, by: 20_000) {
      receipts += try await ledger.append(
        (start..<min(start + 20_000, size)).map { Draft(id: EntryID("e\($0)"), kind: .claim, content: JSON($0)) })
    }
    let oldRoot = try await ledger.root(size: UInt64(old))
    let root = try await ledger.root(size: UInt64(size))
    var frontier = Frontier()
    for receipt in receipts {
      frontier.append(TreeHash(receipt.leaf))
      if frontier.size == UInt64(old) { #expect(frontier.root.digest == oldRoot) }
    }
    #expect(frontier.root.digest == root)
    let consistency = try await ledger.consistencyProof(from: UInt64(old), to: UInt64(size))
    #expect(MerkleProof.isConsistent(oldSize: UInt64(old), oldRoot: oldRoot, size: UInt64(size), root: root, proof: consistency))
    for index in [0, 1, 254, 255, 256, old - 1, size - 1] {
      let proof = try await ledger.inclusionProof(of: UInt64(index), size: UInt64(size))
      #expect(MerkleProof.includes(leaf: receipts[index].leaf, index: UInt64(index), size: UInt64(size), proof: proof, root: root))
    }
  }
}
