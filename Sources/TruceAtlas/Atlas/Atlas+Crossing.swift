// Whether a corridor or a zone runs through a district, as far as the accuracies of both can tell.
public import TruceModel

extension Atlas {
  /// A line is looked at so often along its way; what is narrower than that is mostly narrower than any boundary is known.
  static let crossingStepKilometres = 0.25

  /// Whether a corridor, road or zone runs through a district or region.
  ///
  /// A line runs through where one of its positions lies inside, the line's own accuracy added to the boundary's: a corridor by its centre
  /// line, in any of its versions. An area does where what is sure of it meets what is sure of the other.
  ///
  /// - Returns: `outside` too where one of them has no shape.
  /// - Throws: where a shape cannot be used, with the place's id.
  public func crossing(of id: PlaceID, through area: PlaceID) throws(AtlasError) -> Containment {
    guard let box = definitions(of: area).first(where: { !$0.geometry.polygons.isEmpty })?.geometry.box else { return .outside }
    let lines = try lines(of: id)
    guard lines.isEmpty else {
      var answer = Containment.outside
      for (line, accuracy) in lines {
        let near = box.expanded(byMetres: accuracy + greatestAccuracy(of: area) + 1)
        for position in Atlas.stations(of: line) where near.contains(position) {
          switch try contains(position, accuracyMetres: accuracy, in: area) {
          case .inside: return .inside
          case .tooCloseToTell: answer = .tooCloseToTell
          case .outside, nil: break
          }
        }
      }
      return answer
    }
    guard let own = definitions(of: id).first(where: { !$0.geometry.polygons.isEmpty })?.geometry.box, own.meets(box) else {
      return .outside
    }
    switch try overlap(id, area)?.relation {
    case .within, .contains, .overlaps: return .inside
    case .tooCloseToTell: return .tooCloseToTell
    case .disjoint, nil: return .outside
    }
  }

  /// The lines of a place with their accuracies: a corridor's centre lines, or those of the road along which it runs.
  private func lines(of id: PlaceID) throws(AtlasError) -> [(line: MeasuredLine, accuracyMetres: Double)] {
    if places[id]?.kind == .corridor, places[id]?.halfWidthMetres != nil {
      return try corridorVersions(id).map { ($0.centreLine, $0.accuracyMetres) }
    }
    var found: [(MeasuredLine, Double)] = []
    for definition in definitions(of: id) + (places[id]?.along.map { definitions(of: $0) } ?? []) {
      guard case .line(let positions) = definition.geometry else { continue }
      do throws(AtlasError) {
        found.append((try MeasuredLine(positions), definition.accuracyMetres))
      } catch { throw error.naming(id.rawValue) }
    }
    return found
  }

  private func greatestAccuracy(of id: PlaceID) -> Double { definitions(of: id).map(\.accuracyMetres).max() ?? 0 }

  /// The positions at which a line is looked at: its own, and those between that lie far apart.
  private static func stations(of line: MeasuredLine) -> [Position] {
    line.positions + line.posts(everyKilometres: max(crossingStepKilometres, line.lengthKilometres / 10_000)).map(\.position)
  }
}
