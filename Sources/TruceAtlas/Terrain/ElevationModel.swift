// A grid of heights over longitude and latitude.
internal import Foundation

/// Heights of the ground on a grid of degrees, from a user's elevation model.
public struct ElevationModel: Sendable {
  /// The centre of the north-western cell.
  public let northWest: Position
  /// Degrees between cells, east and south.
  public let stepEast: Double
  public let stepSouth: Double
  public let columns: Int
  public let rows: Int
  /// Metres above the geoid, row by row from the north; what is not a number is unknown.
  private let heights: [Float]

  /// - Throws: where the numbers do not make a grid on the Earth.
  public init(
    northWest: Position, stepEast: Double, stepSouth: Double, columns: Int, rows: Int, heights: [Float]
  ) throws(AtlasError) {
    guard columns >= 2, rows >= 2, columns.multipliedReportingOverflow(by: rows) == (heights.count, false) else {
      throw AtlasError("an elevation model of \(columns) by \(rows) cells does not fit its \(heights.count) heights")
    }
    let south = northWest.latitude - Double(rows - 1) * stepSouth
    guard northWest.isOnEarth, stepEast > 0, stepSouth > 0, south >= -90, Double(columns) * stepEast <= 361 else {
      throw AtlasError("the elevation model is not on a grid of WGS 84 degrees; reproject it first", position: northWest)
    }
    self.northWest = northWest
    self.stepEast = stepEast
    self.stepSouth = stepSouth
    self.columns = columns
    self.rows = rows
    self.heights = heights
  }

  /// Metres between neighbouring cells at the grid's middle, the larger of both directions.
  public var resolutionMetres: Double {
    let middle = northWest.latitude - Double(rows) / 2 * stepSouth
    return max(stepSouth * 111_000, stepEast * 111_320 * cosine(ofDegrees: middle))
  }

  /// Metres above the geoid at a position, between cells bilinearly; nil outside the grid and where a cell is unknown.
  public func height(at position: Position) -> Double? {
    let offset = wrappedDegrees(position.longitude - northWest.longitude)
    let x = (offset < -stepEast / 2 ? offset + 360 : offset) / stepEast
    let y = (northWest.latitude - position.latitude) / stepSouth
    // Half a cell beyond the outermost centres still belongs to them.
    guard x >= -0.5, y >= -0.5, x <= Double(columns) - 0.5, y <= Double(rows) - 0.5 else { return nil }
    let column = min(max(Int(x), 0), columns - 2)
    let row = min(max(Int(y), 0), rows - 2)
    let u = min(max(x - Double(column), 0), 1)
    let v = min(max(y - Double(row), 0), 1)
    let at = row * columns + column
    // A cell without weight does not matter, even where it is unknown.
    func share(_ cell: Int, _ weight: Double) -> Double { weight == 0 ? 0 : Double(heights[cell]) * weight }
    let height =
      share(at, (1 - u) * (1 - v)) + share(at + 1, u * (1 - v)) + share(at + columns, (1 - u) * v) + share(at + columns + 1, u * v)
    return height.isFinite ? height : nil
  }
}
