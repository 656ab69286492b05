// Entries out of the file, page by page, several pages at a time.
internal import Foundation
internal import GRDB
internal import Synchronization
internal import TruceModel

/// What a page is made of: neighbouring entries of a kind, or some that a lookup named.
enum PagePlan: Sendable {
  case range(Range<UInt64>, kinds: Set<EntryKind>?)
  case list([UInt64], kinds: Set<EntryKind>?, key: String?)

  var isEmpty: Bool {
    switch self {
    case .range(let range, _): range.isEmpty
    case .list(let list, _, _): list.isEmpty
    }
  }
}

/// Steps over the entries of one page inside one access.
struct EntryRows {
  private let statement: RawStatement
  /// What is left of the plan.
  private(set) var rest: PagePlan
  private var room = Ledger.pageBytes
  /// The place in a list.
  private var place = 0

  init(_ database: Database, _ plan: PagePlan) throws {
    rest = plan
    switch plan {
    case .range(let range, let kinds):
      var filter = ""
      if let kinds { filter = "AND kind IN (\(kinds.map { String(Schema.code(of: $0)) }.sorted().joined(separator: ",")))" }
      statement = try RawStatement(database, entryColumns + "WHERE sequence >= ? AND sequence < ? \(filter) ORDER BY sequence")
      statement.bind(1, range.lowerBound)
      statement.bind(2, range.upperBound)
    case .list: statement = try RawStatement(database, entryColumns + "WHERE sequence = ?")
    }
  }

  /// The next entry, which lies in SQLite's memory until the one after it is asked for; nil at the page's end.
  mutating func next() throws -> RawEntry? {
    switch rest {
    case .range(let range, let kinds):
      guard room > 0 else { return nil }
      guard try statement.step() else {
        rest = .range(range.upperBound..<range.upperBound, kinds: kinds)
        return nil
      }
      let entry = try RawEntry(statement)
      rest = .range(min(entry.sequence + 1, range.upperBound)..<range.upperBound, kinds: kinds)
      room -= entry.size
      return entry
    case .list(let list, let kinds, let key):
      statement.reset()
      while room > 0, place < list.count {
        statement.bind(1, list[place])
        place += 1
        if try statement.step() {
          let entry = try RawEntry(statement)
          let isWanted = (kinds?.contains(entry.kind) ?? true) && (key?.utf8.elementsEqual(entry.keyBytes) ?? true)
          room -= entry.size
          if isWanted { return entry }
          statement.reset()
        }
      }
      rest = .list(Array(list[place...]), kinds: kinds, key: key)
      return nil
    }
  }
}

extension RawEntry {
  /// Takes a row of `entryColumns`; its bytes lie in SQLite's memory until the statement's next step.
  init(_ statement: RawStatement) throws {
    sequence = statement.unsigned(0)
    recorded = Instant(milliseconds: statement.integer(1))
    guard let kind = Schema.kind(statement.integer(2)) else {
      throw LedgerError(
        .damaged, "entry \(sequence): its kind reads \(statement.integer(2)), which is none; `truce verify` names what else is damaged")
    }
    self.kind = kind
    idBytes = statement.bytes(3).bindMemory(to: UInt8.self)
    keyBytes = statement.bytes(4).bindMemory(to: UInt8.self)
    content = statement.bytes(5).bindMemory(to: UInt8.self)
  }

  /// About the bytes that it takes.
  var size: Int { idBytes.count + keyBytes.count + content.count + 64 }
}

extension Ledger {
  /// Makes pages of the wanted entries ahead of time, over all cores, and hands them out in order.
  ///
  /// - Parameters:
  ///   - make: Makes a page inside the access to the file; it takes rows to the page's end.
  ///   - body: Takes the pages in turn.
  func pages<Page: Sendable>(
    isolation: isolated (any Actor)? = #isolation, from: UInt64, until: UInt64?, kinds: Set<EntryKind>?, key: String?,
    make: @escaping @Sendable (inout EntryRows) throws -> Page, _ body: (Page) throws -> Void
  ) async throws {
    let all = try await size()
    let end = min(until ?? all, all)
    guard from < end else { return }
    let plans = try await plans(from..<end, kinds: kinds, key: key)
    let fetch = { @Sendable [self] (plan: PagePlan) async throws -> (page: Page, rest: PagePlan) in
      try await access { database in
        var rows = try EntryRows(database, plan)
        return (try make(&rows), rows.rest)
      }
    }
    try await withThrowingTaskGroup(of: (Int, Page, PagePlan).self) { group in
      var started = 0
      var ready: [Int: (Page, PagePlan)] = [:]
      func start() {
        guard started < plans.count else { return }
        let number = started
        let plan = plans[number]
        group.addTask {
          let (page, rest) = try await fetch(plan)
          return (number, page, rest)
        }
        started += 1
      }
      for _ in 0...ProcessInfo.processInfo.activeProcessorCount { start() }
      for number in plans.indices {
        while ready[number] == nil {
          guard let (found, page, rest) = try await group.next() else { return }
          ready[found] = (page, rest)
        }
        var (page, rest) = ready.removeValue(forKey: number)!
        start()
        try body(page)
        // A page of long entries was full before its plan was done.
        while !rest.isEmpty {
          (page, rest) = try await fetch(rest)
          try body(page)
        }
      }
    }
  }

  private func plans(_ range: Range<UInt64>, kinds: Set<EntryKind>?, key: String?) async throws -> [PagePlan] {
    let step = UInt64(Ledger.pageRows)
    // Claims are the mass of a log: where they are wanted, a walk is quicker than a list.
    if key == nil, kinds?.contains(.claim) ?? true {
      return stride(from: range.lowerBound, to: range.upperBound, by: Int(step)).map {
        .range($0..<min($0 + step, range.upperBound), kinds: kinds)
      }
    }
    let list = try await sequences(from: range.lowerBound, until: range.upperBound, kinds: kinds, key: key)
    return stride(from: 0, to: list.count, by: Ledger.pageRows).map {
      .list(Array(list[$0..<min($0 + Ledger.pageRows, list.count)]), kinds: kinds, key: key)
    }
  }
}

/// Claims' decoders between pages: what one learned of common names and times, the next page's reader knows.
final class Decoders: Sendable {
  private let resting = Mutex<[ClaimDecoder]>([])

  func borrow<Result>(_ work: (inout ClaimDecoder) throws -> Result) rethrows -> Result {
    var decoder = resting.withLock { $0.popLast() } ?? ClaimDecoder()
    defer { resting.withLock { $0.append(decoder) } }
    return try work(&decoder)
  }
}
