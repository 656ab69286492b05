// truce atlas: what the case's places are, where a position lies, and how surely.
import ArgumentParser
import TruceAtlas
import TruceModel
import TruceOutlets

struct AtlasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "atlas",
    abstract: "Answers questions of space from a case's places, with how sure they are.",
    discussion: "Answers are inside, outside or too close to tell, after the accuracy of the places' boundaries and of the position.",
    subcommands: [AtlasAt.self, AtlasPlace.self, AtlasName.self, AtlasCompare.self, AtlasSector.self, AtlasSight.self])
}

/// Which case, and for which day.
struct AtlasOptions: ParsableArguments {
  @Option(
    name: .customLong("case"), help: "A built-in case's name or a case's folder (default: this folder if it is one, else karabakh-2020).")
  var caseName: String?
  @Option(help: "The day or instant asked about: which definition and which version of a corridor (default: the first).") var on: String?

  func load() throws -> (case: Case, atlas: Atlas, on: Instant?, gazetteer: Gazetteer) {
    let folder = try CaseOptions.folder(caseName)
    let file = try Case.load(folder: folder.path)
    let asked = try on.map { try moment($0, "--on", file.zone) }
    return (file, Atlas(file), asked, try Open.gazetteer([file], folders: [folder]))
  }
}

/// Longitude and latitude as `46.55,39.64`.
struct PositionArgument: ExpressibleByArgument {
  let position: Position

  init?(argument: String) {
    let parts = argument.split(separator: ",").map { Double($0.filter { $0 != " " }) }
    guard parts.count == 2, let longitude = parts[0], let latitude = parts[1] else { return nil }
    position = Position(longitude: longitude, latitude: latitude)
    guard position.isOnEarth else { return nil }
  }
}

extension Case {
  /// The place of an id.
  func place(named id: String) throws -> Place {
    guard let place = places.first(where: { $0.id.rawValue == id }) else {
      throw Failure("\(id): the case has no such place; `truce atlas name` finds the id of a name", .usage)
    }
    return place
  }
}

/// A number with so many digits after the point at most.
func plain(_ value: Double, _ digits: Int = 1) -> String {
  let factor = digits == 0 ? 1.0 : digits == 1 ? 10 : 100
  let rounded = (value * factor).rounded() / factor
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
}

struct AtlasAt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "at", abstract: "Tells which places hold a position, or may, and where on the case's lines it falls.")

  @Argument(help: ArgumentHelp("Longitude and latitude in degrees: 46.55,39.64.", valueName: "lon,lat")) var at: PositionArgument
  @Option(help: "How far the position may be wrong, metres.") var accuracy = 0.0
  @Option(help: "Whose definitions are meant (default: the first that holds).") var source: String?
  @Flag(help: "Tells of the places outside of which it lies too.") var all = false
  @Flag(help: "Print a line of JSON for each place.") var json = false
  @OptionGroup var options: AtlasOptions

  func validate() throws {
    guard accuracy >= 0, accuracy <= 1_000_000 else { throw ValidationError("--accuracy: should be 0 to 1000000 metres") }
  }

  func run() throws {
    let (file, atlas, on, _) = try options.load()
    var told = false
    for place in file.places {
      if let answer = try atlas.contains(at.position, accuracyMetres: accuracy, in: place.id, on: on, source: source) {
        guard all || answer != .outside else { continue }
        told = true
        if json {
          let line: JSON = [
            "place": JSON(place.id.rawValue), "kind": JSON(place.kind.rawValue), "name": JSON(place.name), "answer": JSON(answer.rawValue),
          ]
          Terminal.print(line.text)
        } else {
          let words = answer == .tooCloseToTell ? "too close to tell" : answer.rawValue
          Terminal.print(terminalSafe("\(words): \(place.name) (\(place.kind.rawValue) \(place.id))"))
        }
      } else if place.kind == .line || place.kind == .road, let line = try atlas.line(place.id, on: on, source: source) {
        let foot = line.foot(of: at.position)
        guard all || foot.offsetMetres <= 10_000 else { continue }
        told = true
        let error = (atlas.definitions(of: place.id, on: on, source: source).first?.accuracyMetres ?? 0) + accuracy
        if json {
          let line: JSON = [
            "place": JSON(place.id.rawValue), "kind": JSON(place.kind.rawValue), "name": JSON(place.name),
            "kilometre": .number((foot.kilometre * 1000).rounded() / 1000), "offsetMetres": .number(foot.offsetMetres.rounded()),
            "errorMetres": .number(error.rounded()),
          ]
          Terminal.print(line.text)
        } else {
          Terminal.print(
            terminalSafe(
              "\(plain(foot.offsetMetres / 1000)) km away, right to \(plain(error / 1000)) km, at km \(plain(foot.kilometre)): \(place.name)"
                + " (\(place.kind.rawValue) \(place.id))"))
        }
      }
    }
    if !told, !json { Terminal.print("No place of the case holds it, and no line of it is within 10 km.") }
  }
}

struct AtlasPlace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Shows a place's definitions side by side: whose, how large, how sure.")

  @Argument(help: "The place's id.") var place: String
  @OptionGroup var options: AtlasOptions

  func run() throws {
    let (file, atlas, on, _) = try options.load()
    let place = try file.place(named: place)
    Terminal.print(terminalSafe("\(place.name) (\(place.kind.rawValue) \(place.id)): \(place.names.map(\.text).joined(separator: ", "))"))
    for definition in atlas.definitions(of: place.id, on: on) {
      let size: String
      switch definition.geometry {
      case .point(let position): size = "\(position)"
      case .line(let line): size = "\(plain(try MeasuredLine(line).lengthKilometres)) km"
      default: size = "\(plain(areaSquareMetres(definition.geometry) / 1e6)) km2"
      }
      let sketch = definition.isSchematic ? ", a sketch" : ""
      Terminal.print(
        "  "
          + terminalSafe(
            "\(definition.source) (\(definition.licence)): \(size), right to \(plain(definition.accuracyMetres / 1000, 2)) km\(sketch)"
              + (definition.period.map { ", \($0)" } ?? "")))
    }
    guard place.kind == .corridor else { return }
    let versions = try on == nil ? atlas.corridorVersions(place.id) : [atlas.corridor(place.id, on: on)].compactMap { $0 }
    for version in versions {
      let area = try version.areaSquareMetres() / 1e6
      let without = version.exclusions.isEmpty ? "" : " without \(version.exclusions.map(\.place.rawValue).joined(separator: ", "))"
      Terminal.print(
        "  "
          + terminalSafe(
            "\(version.period ?? "always"): \(plain(area, 2)) km2, \(plain(version.halfWidthMetres / 1000)) km each side of"
              + " \(plain(version.centreLine.lengthKilometres)) km\(without), right to \(plain(version.accuracyMetres / 1000, 2)) km"))
    }
  }
}

struct AtlasName: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "name", abstract: "Tells which place a name means: the case's first, then the imported gazetteers' near it.")

  @Argument(help: "The name.") var name: String
  @OptionGroup var options: AtlasOptions

  func run() throws {
    let (file, _, _, gazetteer) = try options.load()
    func words(_ candidate: Gazetteer.Candidate) -> String {
      switch candidate {
      case .place(let id, _):
        let place = file.places.first { $0.id == id }
        return "\(place?.name ?? id.rawValue) (\(place?.kind.rawValue ?? "place") \(id) of the case)"
      case .entry(let entry, let layer):
        let people = entry.population > 0 ? ", \(entry.population) people" : ""
        return "\(entry.name), \(entry.country), \(entry.position)\(people) (\(candidate.place), \(gazetteer.layers[layer].origin.source))"
      }
    }
    switch gazetteer.meaning(of: name) {
    case .unknown: Terminal.print("Nobody here bears the name.")
    case .settled(let one, let reason): Terminal.print(terminalSafe("\(words(one)): \(reason)."))
    case .ambiguous(let several):
      Terminal.print("May be any of \(several.count); nothing here tells which:")
      for candidate in several { Terminal.print("  " + terminalSafe("" + words(candidate))) }
    }
  }
}

struct AtlasCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Tells how far apart two places are and how much of one lies in the other.")

  @Argument(help: "A place's id.") var first: String
  @Argument(help: "Another's.") var second: String
  @OptionGroup var options: AtlasOptions

  func run() throws {
    let (file, atlas, on, _) = try options.load()
    let (a, b) = (try file.place(named: first), try file.place(named: second))
    guard let distance = try atlas.distanceKilometres(a.id, b.id, on: on) else {
      throw Failure("one of \(first) and \(second) has no shape then")
    }
    Terminal.print(
      "Distance: \(plain(distance.measured)) km, between \(plain(distance.range.lowerBound)) and \(plain(distance.range.upperBound)).")
    guard let overlap = try atlas.overlap(a.id, b.id, on: on) else { return }
    let words =
      switch overlap.relation {
      case .disjoint: "\(a.name) and \(b.name) share nothing."
      case .within: "\(a.name) lies within \(b.name)."
      case .contains: "\(b.name) lies within \(a.name)."
      case .overlaps: "\(a.name) and \(b.name) overlap."
      case .tooCloseToTell: "Whether \(a.name) and \(b.name) overlap is too close to tell."
      }
    Terminal.print(terminalSafe(words))
    Terminal.print(
      terminalSafe(
        "Shared as drawn: \(plain(overlap.sharedSquareMetres / 1e6)) km2, \(plain(overlap.shareOfFirst * 100)) % of \(a.name),"
          + " \(plain(overlap.shareOfSecond * 100)) % of \(b.name)."))
  }
}
