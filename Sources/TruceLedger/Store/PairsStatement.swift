// Rows of two numbers into a table, many at a time.
internal import GRDB

/// An insert of pairs: what SQLite spends on a statement is shared by `width` of them.
final class PairsStatement {
  private static let width = 64

  private let many: RawStatement
  private let one: RawStatement

  /// - Parameter target: The table and its two columns.
  init(_ database: Database, _ target: String) throws {
    // On failure the whole transaction is taken back, so that no statement needs a journal of its own.
    let insert = "INSERT OR FAIL INTO \(target) VALUES "
    many = try RawStatement(database, insert + Array(repeating: "(?, ?)", count: PairsStatement.width).joined(separator: ", "))
    one = try RawStatement(database, insert + "(?, ?)")
  }

  func run(_ pairs: [(Int64, UInt64)]) throws {
    var rest = pairs[...]
    while !rest.isEmpty {
      let width = rest.count < PairsStatement.width ? 1 : PairsStatement.width
      let statement = width == 1 ? one : many
      for (place, pair) in rest.prefix(width).enumerated() {
        statement.bind(Int32(2 * place + 1), pair.0)
        statement.bind(Int32(2 * place + 2), pair.1)
      }
      try statement.run()
      rest.removeFirst(width)
    }
  }
}
