// Works out what an import of places would change in a case.
internal import TruceModel

/// What taking a file's features into a case would change. Nothing is written: the plan holds the new `places.yaml`.
///
/// A feature belongs to the place whose id it has (`id`, `place`, `truce:id`), else to the one whose name it bears and whose kind it
/// shares; else it is a new place. A place keeps the definitions that it has; the file's stands after them, with its source. Features
/// with faults are refused, each with a finding.
///
/// - Parameters:
///   - imported: what the file gave.
///   - files: the case's files by name, `places.yaml` among them.
/// - Throws: where the case itself cannot be read.
public func planImport(
  _ imported: ImportedFile, into files: [String: [UInt8]], options: ImportOptions, tolerance: ImportTolerance = ImportTolerance()
) throws(CaseError) -> ImportPlan {
  let `case` = try Case(files: files)
  let places = `case`.places
  let extent = Extent(around: places.flatMap { $0.definitions.flatMap(\.geometry.positions) })
  var wanted = imported
  wanted.features = imported.features.filter(options.wants)
  if options.turnsRings { wanted.turnRings() }
  var findings = wanted.findings + checkFeatures(wanted, extent: extent, tolerance: tolerance)
  if options.source.isEmpty || options.licence.isEmpty || !(options.accuracyMetres >= 0) {
    findings.append(Finding(.error, "an import needs a source, a licence and an accuracy of 0 or more metres"))
  }
  if let period = options.period, EDTF(period) == nil {
    findings.append(Finding(.error, "`\(period)` is no EDTF date or interval", field: "period"))
  }
  var planner = ImportPlanner(places, options, imported.name)
  // What is wrong with the whole file stops all of it; what is wrong with one line or feature stops that one.
  let wrong = findings.filter { $0.severity == .error }
  let isUsable = wrong.allSatisfy { $0.line != nil || $0.field?.hasPrefix("feature") == true }
  let refused = Set(wrong.compactMap(\.field))
  for feature in wanted.features { planner.add(feature, isSound: isUsable && !refused.contains("feature \(feature.number)")) }
  findings += planner.findings + checkSeats(places, planner.changes, imported.name)
  var plan = ImportPlan(changes: planner.changes, findings: findings, placesFile: files["places.yaml"] ?? [])
  guard plan.hasChanges else { return plan }
  do throws(AtlasError) {
    plan.placesFile = try PlacesWriter(plan.placesFile).taking(plan.changes, names: planner.names)
  } catch {
    plan.findings.append(Finding(.error, error.message, file: "places.yaml", line: error.line))
    plan.refuseAll(files)
    return plan
  }
  // The case's own reader has the last word on what it takes.
  var changed = files
  changed["places.yaml"] = plan.placesFile
  do throws(CaseError) { _ = try Case(files: changed) } catch {
    plan.findings += error.findings
    plan.refuseAll(files)
  }
  return plan
}

extension ImportedFile {
  /// Turns rings that are wound the wrong way and tells of which features.
  fileprivate mutating func turnRings() {
    for i in features.indices {
      guard let geometry = features[i].geometry, faults(of: geometry, name: "").contains(where: isWinding) else { continue }
      features[i].geometry = geometry.rewound()
      report(.note, "\(features[i].label): its rings were turned to run as RFC 7946 wants", line: features[i].line)
    }
  }
}

extension ImportPlan {
  fileprivate mutating func refuseAll(_ files: [String: [UInt8]]) {
    placesFile = files["places.yaml"] ?? []
    for i in changes.indices where changes[i].act != .unchanged { changes[i].act = .refuse }
  }
}

/// Whether each district would hold its seat.
private func checkSeats(_ places: [Place], _ changes: [PlaceChange], _ file: String) -> [Finding] {
  var findings: [Finding] = []
  for change in changes where change.act == .addDefinition && !change.definition.geometry.polygons.isEmpty {
    guard let seat = places.first(where: { $0.id == change.place })?.seat,
      let definition = places.first(where: { $0.id == seat })?.definitions.first, case .point(let position) = definition.geometry
    else { continue }
    do throws(AtlasError) {
      let area = try PreparedArea(change.definition.geometry, accuracyMetres: change.definition.accuracyMetres)
      if area.contains(position, accuracyMetres: definition.accuracyMetres) == .outside {
        let metres = Int(-area.signedDistanceMetres(to: position))
        findings.append(
          Finding(.warning, "\(change.place) would not hold its seat \(seat), which lies \(metres) m outside of it", file: file))
      }
    } catch { findings.append(Finding(.error, error.naming(change.place.rawValue).description, file: file)) }
  }
  return findings
}

/// Matches features with places and collects the changes.
private struct ImportPlanner {
  private let options: ImportOptions
  private let file: String
  private let places: [Place]
  private var byName: [[UInt8]: [Place]] = [:]
  private var taken: Set<PlaceID>
  private(set) var changes: [PlaceChange] = []
  private(set) var findings: [Finding] = []
  /// Of each new place.
  private(set) var names: [PlaceID: [Name]] = [:]

  init(_ places: [Place], _ options: ImportOptions, _ file: String) {
    self.places = places
    self.options = options
    self.file = file
    taken = Set(places.map(\.id))
    for place in places {
      for name in Set(place.names.map { foldedName($0.text) }) { byName[name, default: []].append(place) }
    }
  }

  mutating func add(_ feature: ImportedFeature, isSound: Bool) {
    guard let geometry = feature.geometry else { return }
    let definition = Place.Definition(
      geometry: geometry, accuracyMetres: feature.property("accuracymetres", "accuracy_m").flatMap(Double.init) ?? options.accuracyMetres,
      source: options.source, licence: options.licence, period: options.period)
    let name = feature.property("name", "name_en", "name:en", "shapename", "adm2_en", "adm1_en") ?? ""
    let stated = feature.property("kind").flatMap(Place.Kind.init)
    if let ring = geometry.polygons.joined().first(where: { $0.count > ShapeReader.ringLimit }) {
      return refuse(
        feature, "has a ring of \(ring.count) positions; a case takes \(ShapeReader.ringLimit): simplify it first (ogr2ogr -simplify)")
    }
    if let place = match(feature, name, stated ?? options.kind, geometry) {
      let same = place.definitions.first { $0.source == definition.source && $0.geometry == geometry && $0.period == definition.period }
      changes.append(
        PlaceChange(
          act: !isSound ? .refuse : same == nil ? .addDefinition : .unchanged, place: place.id, kind: place.kind, name: place.name,
          definition: definition, remark: isSound && same == nil ? difference(place, geometry) : ""))
      return
    }
    guard !name.isEmpty || feature.property("place", "truce:id", "id") != nil else {
      return refuse(feature, "has neither a name nor an id; name the column in the file `name`")
    }
    guard let kind = stated ?? options.kind ?? guess(geometry) else {
      return refuse(feature, "has no kind; give one (settlement, district, region, line, road, zone, point) for the whole import")
    }
    let id = newID(feature.property("place", "truce:id") ?? name)
    taken.insert(id)
    if isSound {
      var all = [Name(name.isEmpty ? id.rawValue : name, language: options.language)]
      for other in (feature.property("alternatenames", "names") ?? "").split(separator: ",").map(String.init) where !other.isEmpty {
        if !all.contains(where: { foldedName($0.text) == foldedName(other) }) { all.append(Name(other)) }
      }
      for (key, value) in feature.properties {
        guard let language = language(of: key), !value.isEmpty, value != all[0].text else { continue }
        if !all.contains(where: { $0.language == language && foldedName($0.text) == foldedName(value) }) {
          all.append(Name(value, language: language))
        }
      }
      names[id] = all
    }
    changes.append(
      PlaceChange(
        act: isSound ? .addPlace : .refuse, place: id, kind: kind, name: name, definition: definition,
        remark: isSound ? size(geometry) : ""))
  }

  /// The language of a property `name:xx`, as OpenStreetMap writes names; nil for any other property.
  private func language(of key: String) -> String? {
    guard key.hasPrefix("name:") else { return nil }
    let tag = key.dropFirst(5).replacing("_", with: "-")
    let isTag = tag.prefix(while: \.isLetter).count == 2 || tag.prefix(while: \.isLetter).count == 3
    return isTag && tag.utf8.count <= 12 && tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ? String(tag) : nil
  }

  private mutating func refuse(_ feature: ImportedFeature, _ why: String) {
    findings.append(Finding(.error, "\(feature.label) \(why)", file: file, line: feature.line, field: "feature \(feature.number)"))
  }

  /// A shape alone tells a kind only where it can be but one.
  private func guess(_ geometry: Geometry) -> Place.Kind? {
    switch geometry {
    case .point: .point
    case .line: .line
    case .polygon, .multiPolygon: nil
    }
  }

  private mutating func match(_ feature: ImportedFeature, _ name: String, _ kind: Place.Kind?, _ geometry: Geometry) -> Place? {
    if let id = feature.property("place", "truce:id", "id"), let place = places.first(where: { $0.id.rawValue == id }) { return place }
    let named = byName[foldedName(name)] ?? []
    let isArea = !geometry.polygons.isEmpty
    let fitting = named.filter { place in
      if let kind { return place.kind == kind }
      let areas: Set<Place.Kind> = [.district, .region, .country, .zone]
      return areas.contains(place.kind) == isArea
    }
    if fitting.count > 1 {
      let ids = fitting.map(\.id.rawValue).joined(separator: ", ")
      findings.append(
        Finding(
          .warning, "\(name) may be any of \(ids); the first is taken: give the feature a property `place` to choose", file: file,
          line: feature.line))
    }
    return fitting.first
  }

  /// Letters and digits of a name joined by hyphens, with a number where the case has such an id already.
  private func newID(_ name: String) -> PlaceID {
    var id = ""
    for character in plainLetters(name) {
      if character.isASCII && (character.isLetter || character.isNumber) {
        id.append(character)
      } else if !id.isEmpty, id.last != "-" {
        id.append("-")
      }
    }
    while id.last == "-" { id.removeLast() }
    if id.isEmpty { id = "place" }
    guard taken.contains(PlaceID(id)) else { return PlaceID(id) }
    var number = 2
    while taken.contains(PlaceID("\(id)-\(number)")) { number += 1 }
    return PlaceID("\(id)-\(number)")
  }

  private func size(_ geometry: Geometry) -> String {
    switch geometry {
    case .point(let position): return "\(position)"
    case .line(let line): return (try? MeasuredLine(line)).map { "\(($0.lengthKilometres * 10).rounded() / 10) km" } ?? ""
    default: return "\((areaSquareMetres(geometry) / 1e4).rounded() / 100) km2"
    }
  }

  /// How a shape differs from the first that the place has.
  private func difference(_ place: Place, _ geometry: Geometry) -> String {
    guard let first = place.definitions.first else { return size(geometry) }
    if case .point(let old) = first.geometry, case .point(let new) = geometry {
      return "\(Int(old.distance(to: new).rounded())) m from that of \(first.source)"
    }
    if !first.geometry.polygons.isEmpty, !geometry.polygons.isEmpty {
      let shared = ((try? Overlay.intersection(first.geometry, geometry)) ?? nil).map { areaSquareMetres($0) } ?? 0
      let whole = areaSquareMetres(geometry)
      let share = whole > 0 ? Int((shared / whole * 100).rounded()) : 0
      return "\(size(geometry)), \(share) % of it within the \(size(first.geometry)) of \(first.source)"
    }
    return size(geometry)
  }
}
