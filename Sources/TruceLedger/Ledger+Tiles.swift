// The log as C2SP tlog-tiles lays it out: bytes by path, for a server or a folder.
internal import GRDB
internal import TruceModel

/// A path of a tile or an entry bundle: `tile/0/x001/234/067`, `tile/entries/000.p/12`.
public struct TilePath: Sendable, Hashable, CustomStringConvertible {
  /// The tile's level; nil for an entry bundle.
  public let level: Int?
  public let index: UInt64
  /// Hashes or entries: 256, fewer for a partial one.
  public let width: Int

  /// Hashes in a full tile.
  public static let fullWidth = 256

  init(level: Int?, index: UInt64, width: Int) {
    self.level = level
    self.index = index
    self.width = width
  }

  /// A path as C2SP tlog-tiles writes it; nil for any other text.
  public init?(_ path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 3, parts.removeFirst() == "tile" else { return nil }
    let first = parts.removeFirst()
    if first == "entries" {
      level = nil
    } else {
      guard let number = Int(first), String(number) == first, (0..<8).contains(number) else { return nil }
      level = number
    }
    var width = TilePath.fullWidth
    if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
      guard let number = Int(parts[parts.count - 1]), (1..<TilePath.fullWidth).contains(number) else { return nil }
      width = number
      parts.removeLast()
      parts[parts.count - 1].removeLast(2)
    }
    var index: UInt64 = 0
    guard parts.count <= 6 else { return nil }
    for (place, part) in parts.enumerated() {
      let isLast = place == parts.count - 1
      let digits = isLast ? part[...] : part.dropFirst()
      guard isLast || part.first == "x", digits.utf8.count == 3, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      index = index * 1000 + UInt64(digits)!
    }
    self.index = index
    self.width = width
    guard description == path else { return nil }
  }

  public var description: String {
    func three(_ number: UInt64) -> String { String(repeating: "0", count: 3 - String(number).count) + String(number) }
    var text = three(index % 1000)
    var rest = index / 1000
    while rest > 0 {
      text = "x" + three(rest % 1000) + "/" + text
      rest /= 1000
    }
    let partial = width < TilePath.fullWidth ? ".p/\(width)" : ""
    return "tile/\(level.map(String.init) ?? "entries")/\(text)\(partial)"
  }

  /// The tiles and bundles of a log of a size: what a copy of it holds.
  public static func all(size: UInt64) -> [TilePath] {
    var paths: [TilePath] = []
    for level in [nil, 0, 1, 2, 3, 4, 5, 6, 7] as [Int?] {
      let count = size >> UInt64(8 * (level ?? 0))
      for index in 0..<(count / 256) { paths.append(TilePath(level: level, index: index, width: fullWidth)) }
      if count % 256 > 0 { paths.append(TilePath(level: level, index: count / 256, width: Int(count % 256))) }
    }
    return paths
  }
}

extension Ledger {
  /// The bytes at a path of the log (C2SP tlog-tiles): `checkpoint`, `tile/...`, `tile/entries/...`.
  ///
  /// Full tiles never change; `checkpoint` does.
  /// - Returns: Nil where the path is none or the log has not grown that far.
  public func logFile(_ path: String) async throws -> [UInt8]? {
    if path == "checkpoint" { return try await latestCheckpoint()?.bytes }
    guard let tile = TilePath(path) else { return nil }
    return try await access { database in
      let (size, _) = try storedHead(database)
      let available = size >> UInt64(8 * (tile.level ?? 0))
      let (start, isTooFar) = tile.index.multipliedReportingOverflow(by: UInt64(TilePath.fullWidth))
      guard !isTooFar, start < available, available - start >= UInt64(tile.width) else { return nil }
      if let level = tile.level {
        return try StoredTree(database).hashes(level: level, from: start, count: UInt64(tile.width)).flatMap(\.bytes)
      }
      let statement = try RawStatement(database, entryColumns + "WHERE sequence >= ? AND sequence < ? ORDER BY sequence")
      statement.bind(1, start)
      statement.bind(2, start + UInt64(tile.width))
      var page = RawPage()
      while try statement.step() { try page.append(RawEntry(statement)) }
      guard page.rows.count == tile.width else {
        throw LedgerError(.damaged, "entries are missing behind \(start); `truce verify` names them")
      }
      var bundle: [UInt8] = []
      page.forEach { entry in
        let leaf = entry.leafBytes
        bundle.append(UInt8(leaf.count >> 8))
        bundle.append(UInt8(leaf.count & 255))
        bundle += leaf
      }
      return bundle
    }
  }
}
