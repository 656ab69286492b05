// What is wrong with imported features among themselves and against the case.
public import TruceModel

/// How far imported areas may be off before a check tells it.
public struct ImportTolerance: Sendable, Hashable {
  /// Between an area and the one that the file states, as a share.
  public var area = 0.05
  /// Of the smaller of two neighbours, what they may share.
  public var overlap = 0.01
  /// Pairs of areas that are compared at most.
  public var pairLimit = 100_000

  public init() {}
}

/// Checks features: their shapes, their area against one that they state, neighbours' overlap, swapped coordinates against the case.
///
/// - Parameters:
///   - extent: where the case's places lie; nil where nothing is known.
/// - Returns: findings with the file's name, the feature's and the position.
public func checkFeatures(_ imported: ImportedFile, extent: Extent?, tolerance: ImportTolerance = ImportTolerance()) -> [Finding] {
  var findings: [Finding] = []
  func report(_ severity: Finding.Severity, _ feature: ImportedFeature, _ error: AtlasError) {
    var copy = error
    copy.file = nil
    findings.append(Finding(severity, copy.description, file: imported.name, line: feature.line, field: "feature \(feature.number)"))
  }
  var sound: [(feature: ImportedFeature, geometry: Geometry, box: Extent, area: Double)] = []
  for feature in imported.features {
    guard let geometry = feature.geometry else { continue }
    let wrong = faults(of: geometry, name: feature.label)
    for error in wrong { report(.error, feature, error) }
    guard wrong.isEmpty, let box = geometry.box else { continue }
    if let extent, !meets(box, extent.expanded(byMetres: 100_000)) {
      let turned = geometry.positions.prefix(1).map { Position(longitude: $0.latitude, latitude: $0.longitude) }
      let isSwapped = turned.allSatisfy { $0.isOnEarth && extent.expanded(byMetres: 100_000).contains($0) }
      report(
        isSwapped ? .error : .warning, feature,
        AtlasError(
          isSwapped
            ? "longitude and latitude look swapped: the other way round it lies in the case's region"
            : "it lies more than 100 km from every place of the case", feature: feature.label, position: geometry.positions.first))
    }
    let area = areaSquareMetres(geometry)
    if !geometry.polygons.isEmpty {
      checkArea(feature, area, tolerance) { report(.warning, feature, $0) }
      sound.append((feature, geometry, box, area))
    }
  }
  checkNeighbours(sound, tolerance, report)
  return findings
}

/// Square kilometres that a feature states, by the names in use for them.
private func checkArea(_ feature: ImportedFeature, _ area: Double, _ tolerance: ImportTolerance, _ report: (AtlasError) -> Void) {
  let stated =
    feature.property("area_km2", "areakm2", "area_sqkm", "area_sq_km", "areasquarekilometres").flatMap(Double.init).map { $0 * 1e6 }
    ?? feature.property("area_m2", "areasquaremetres").flatMap(Double.init)
  guard let stated, stated > 0, abs(area - stated) > stated * tolerance.area else { return }
  func text(_ metres: Double) -> String { "\((metres / 1e4).rounded() / 100)" }
  report(
    AtlasError(
      "its area is \(text(area)) km2, the file states \(text(stated)) km2: another boundary, or another projection",
      feature: feature.label))
}

private func checkNeighbours(
  _ areas: [(feature: ImportedFeature, geometry: Geometry, box: Extent, area: Double)], _ tolerance: ImportTolerance,
  _ report: (Finding.Severity, ImportedFeature, AtlasError) -> Void
) {
  var pairs = 0
  for i in areas.indices {
    for j in areas.indices.dropFirst(i + 1) where meets(areas[i].box, areas[j].box) {
      pairs += 1
      if pairs > tolerance.pairLimit {
        return report(
          .warning, areas[i].feature, AtlasError("more than \(tolerance.pairLimit) pairs of neighbours; the rest was not compared"))
      }
      let smaller = min(areas[i].area, areas[j].area)
      guard smaller > 0 else { continue }
      do throws(AtlasError) {
        guard let shared = try Overlay.intersection(areas[i].geometry, areas[j].geometry) else { continue }
        let share = TruceAtlas.areaSquareMetres(shared) / smaller
        guard share > tolerance.overlap, share < 1 - tolerance.overlap else { continue }
        report(
          .warning, areas[j].feature,
          AtlasError(
            "it overlaps \(areas[i].feature.label) by \((share * 1000).rounded() / 10) % of the smaller", feature: areas[j].feature.label,
            position: labelPoint(shared)))
      } catch { report(.error, areas[j].feature, error.naming(areas[j].feature.label)) }
    }
  }
}

/// Whether two extents share anything.
func meets(_ a: Extent, _ b: Extent) -> Bool {
  guard a.south <= b.north, b.south <= a.north else { return false }
  func offset(_ from: Double, _ to: Double) -> Double {
    let turned = wrappedDegrees(to - from)
    return turned < 0 ? turned + 360 : turned
  }
  return offset(a.west, b.west) <= a.width || offset(b.west, a.west) <= b.width
}
