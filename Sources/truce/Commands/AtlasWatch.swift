// truce atlas sector, truce atlas sight: what an observer's words mean on the ground, and what he can see of a line.
import ArgumentParser
import TruceAtlas
import TruceModel
import TruceOutlets

struct AtlasSector: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sector",
    abstract: "Reads \"1.5 km NE of Hnutove\" or \"2-4 km ENE and E\" into a sector with its error, and the stretch of a line in it.")

  @Argument(help: "The words.") var words: String
  @Option(help: "Where the observer stands, lon,lat: for words that name no place.") var from: PositionArgument?
  @Option(help: "How far the observer's place may be wrong, metres (default: the place's accuracy; 2000 for a gazetteer's).")
  var accuracy: Double?
  @Option(help: "The line on which it is looked for, by id.") var line: String?
  @Flag(help: "Print the outlines as GeoJSON.") var geojson = false
  @OptionGroup var options: AtlasOptions

  func run() throws {
    let (file, atlas, on, gazetteer) = try options.load()
    guard let phrase = SectorPhrase(words) else {
      throw Failure("\(words): should be a distance and a direction, such as \"1.5 km NE of Hnutove\" or \"2-4 km ENE and E\"", .usage)
    }
    let (position, error) = try observer(phrase, file, atlas, on, gazetteer)
    let sectors = try phrase.sectors(from: position, accuracyMetres: accuracy ?? error)
    if geojson {
      let features: [JSON] = sectors.map { sector in
        [
          "type": "Feature", "geometry": geometryJSON(sector.outline()),
          "properties": ["errorMetres": .number(sector.errorMetres.rounded())],
        ]
      }
      let collection: JSON = ["type": "FeatureCollection", "features": .array(features)]
      return Terminal.print(collection.text)
    }
    for sector in sectors {
      let (low, high) = (sector.rangeMetres.lowerBound / 1000, sector.rangeMetres.upperBound / 1000)
      let bearings =
        sector.widthDegrees >= 360
        ? "all round"
        : "bearing \(plain(sector.startBearing, 2)) to \(plain((sector.startBearing + sector.widthDegrees).truncatingRemainder(dividingBy: 360), 2)) degrees"
      Terminal.print(
        "\(bearings), \(plain(low, 2)) to \(plain(high, 2)) km from \(position), "
          + "\(plain(areaSquareMetres(sector.outline()) / 1e6, 2)) km2, right to \(plain(sector.errorMetres / 1000, 2)) km")
      guard let line else { continue }
      let place = try file.place(named: line)
      guard let measured = try atlas.line(place.id, on: on) else { throw Failure("\(line): has no line then") }
      let (sure, possible) = measured.stretches(in: sector)
      Terminal.print(
        "  "
          + terminalSafe(
            "of \(place.name): "
              + (possible.isEmpty ? "none of it" : "km \(text(possible)); for sure \(sure.isEmpty ? "none" : "km \(text(sure))")")))
    }
  }

  private func observer(
    _ phrase: SectorPhrase, _ file: Case, _ atlas: Atlas, _ on: Instant?, _ gazetteer: Gazetteer
  ) throws -> (Position, Double) {
    guard let name = phrase.place else {
      guard let from else { throw Failure("the words name no place: say where the observer stands with --from lon,lat", .usage) }
      return (from.position, 0)
    }
    switch gazetteer.meaning(of: name) {
    case .unknown: throw Failure("\(name): neither the case nor an imported gazetteer knows it; `truce import gazetteer` takes one in")
    case .ambiguous(let several):
      throw Failure(
        "\(name): may be any of \(several.map(\.place.rawValue).joined(separator: ", ")); `truce atlas name` shows them. Say where with --from"
      )
    case .settled(.entry(let entry, _), _): return (entry.position, 2000)
    case .settled(.place(let id, _), _):
      guard let definition = atlas.definitions(of: id, on: on).first, let point = labelPoint(definition.geometry) else {
        throw Failure("\(id): the case gives it no shape")
      }
      return (point, definition.accuracyMetres)
    }
  }
}

struct AtlasSight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sight",
    abstract: "Tells which stretches of a line a post sees over the ground, and what no post sees.",
    discussion: """
      --terrain is an elevation model of yours, a GeoTIFF in WGS 84 degrees. Without it the answer is range alone and says so. Several \
      posts make a union.
      """)

  @Argument(help: "The line's id.") var line: String
  @Option(name: .customLong("post"), help: "Where a post stands, lon,lat; may be repeated.") var posts: [PositionArgument]
  @Option(help: "The elevation model.") var terrain: String?
  @Option(help: "Metres of the eye above the ground.") var eye = 2.0
  @Option(help: "Metres of what is looked for above the ground.") var target = 2.0
  @Option(help: "How far one sees at all, metres.") var range = 10_000.0
  @OptionGroup var options: AtlasOptions

  func validate() throws {
    guard !posts.isEmpty else { throw ValidationError("say where a post stands: --post lon,lat") }
    guard (0...10_000).contains(eye), (0...10_000).contains(target), (1...500_000).contains(range) else {
      throw ValidationError("--eye and --target should be 0 to 10000 metres, --range 1 to 500000")
    }
  }

  func run() throws {
    let (file, atlas, on, _) = try options.load()
    let place = try file.place(named: line)
    guard let measured = try atlas.line(place.id, on: on) else { throw Failure("\(line): has no line then") }
    let ground = try terrain.map { try readGeoTIFF(Input.file($0), file: $0) }
    var seen = Stretches()
    var unknown = Stretches()
    var remark = ""
    for post in posts {
      let sight = Lookout(position: post.position, eyeMetres: eye, rangeMetres: range).sight(
        along: measured, targetMetres: target, over: ground)
      Terminal.print("post at \(post.position): \(words(sight.seen, sight.unknown, isRange: ground == nil))")
      (seen, unknown, remark) = (seen.union(sight.seen), unknown.union(sight.unknown), sight.remark)
    }
    let length = measured.lengthKilometres
    if posts.count > 1 { Terminal.print("together: \(words(seen, unknown, isRange: ground == nil))") }
    let gaps = seen.union(unknown).gaps(ofKilometres: length)
    Terminal.print(
      terminalSafe(
        "of \(place.name), \(plain(length)) km, no post \(ground == nil ? "reaches" : "sees"): \(gaps.isEmpty ? "nothing" : "km " + text(gaps))"
      ))
    Terminal.note(remark)
  }

  private func words(_ seen: Stretches, _ unknown: Stretches, isRange: Bool) -> String {
    if isRange { return unknown.isEmpty ? "nothing within range" : "within range km \(text(unknown))" }
    let blind = unknown.isEmpty ? "" : "; unknown km \(text(unknown))"
    return (seen.isEmpty ? "sees nothing of it" : "sees km \(text(seen)), \(plain(seen.lengthKilometres)) km in all") + blind
  }
}

/// Stretches as `3.2 to 5.1, 7 to 8`.
private func text(_ stretches: Stretches) -> String {
  stretches.ranges.map { "\(plain($0.lowerBound, 2)) to \(plain($0.upperBound, 2))" }.joined(separator: ", ")
}
