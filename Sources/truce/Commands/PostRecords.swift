// truce post check-in and observe: that a post is there, and what it saw or heard.
public import ArgumentParser
import Foundation
import TruceAtlas
import TruceDesk
public import TruceModel

struct PostCheckIn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-in", abstract: "Says that a post is there, and what kept it from watching.")
  @Argument(help: "The post's id.") var post: String
  @Option(help: "When (default: now).") var at: String?
  @Option(help: "Since when it watched (default: since the check-in before, as the schedule has it).") var watchedFrom: String?
  @Option(help: "How far one saw, in metres.") var visibility: Double?
  @Option(
    help: ArgumentHelp(
      "What kept it from watching: denied, jammed, dark, weather, mines or other, alone or with a stretch as KIND@LINE:FROM-TO; may be repeated.",
      valueName: "kind"))
  var restriction: [String] = []
  @Option(help: "A remark.") var note: String?
  @OptionGroup var postOptions: PostOptions

  func run() async throws {
    let zone = try postOptions.options.load().zone
    var checkIn = CheckIn(id: newRecordID(), post: PostID(post), at: try at.map { try moment($0, "--at", zone) } ?? clock(), note: note)
    checkIn.watchedFrom = try watchedFrom.map { try moment($0, "--watched-from", zone) }
    if let visibility {
      guard visibility >= 0, visibility <= 1_000_000 else {
        throw Failure("--visibility \(visibility): should be 0 to 1000000 metres", .usage)
      }
      checkIn.visibilityMetres = visibility
    }
    checkIn.restrictions = try restrictions(restriction)
    try await postOptions.send(checkIn, post: checkIn.post) { WatchEnvelope($0) }
  }
}

private func restrictions(_ texts: [String]) throws -> [Restriction] {
  try texts.map { text in
    let parts = text.split(separator: "@", maxSplits: 1)
    guard let kind = parts.first.flatMap({ Restriction.Kind(rawValue: String($0)) }) else {
      throw Failure(
        "--restriction \(text): should begin with one of \(Restriction.Kind.allCases.map(\.rawValue).joined(separator: ", "))", .usage)
    }
    return Restriction(kind, stretch: try parts.count == 2 ? lineStretch(String(parts[1]), "--restriction") : nil)
  }
}

extension Observation.What: ExpressibleByArgument {}
extension Observation.Assessment: ExpressibleByArgument {}

struct PostObserve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "observe", abstract: "Sends what a post saw, heard or recorded.")
  @Argument(help: "The post's id.") var post: String
  @Option(help: "What: explosion, burst, shot, projectile, muzzle-flash, flare, drone, movement, works, obstruction.") var what:
    Observation.What
  @Option(help: "Of an explosion: impact, outgoing, incoming, airburst, undetermined.") var assessment: Observation.Assessment?
  @Option(help: "How many: 3, 5-7, or ~30 for about thirty.") var count = "1"
  @Option(help: "By what: saw, heard, camera, drone, radar; may be repeated.") var means: [Means] = []
  @Option(help: "When it began (default: now).") var from: String?
  @Option(help: "When it was over (default: the same moment).") var until: String?
  @Option(help: "The stretch where it can have been, as LINE:FROM-TO in kilometres.") var stretch: String?
  @Option(help: "Bearings from the observer, clockwise, as 80-120.") var bearing: String?
  @Option(help: "Distance from the observer in kilometres, as 2-4.5.") var distance: String?
  @Option(help: "Who observed (default: the post).") var observer: String?
  @Option(help: "The place of the case where it was.") var place: String?
  @Option(help: "The weapon, in words.") var weapon: String?
  @Option(help: "What moved, where several observations follow one thing.") var track: String?
  @Option(
    help: ArgumentHelp("Where it was, measured, as LATITUDE,LONGITUDE in degrees; with --accuracy.", valueName: "position"))
  var position: String?
  @Option(help: "How far the position may be wrong, in metres.") var accuracy: Double?
  @Option(help: "What kept the observer from seeing more, as for check-in; may be repeated.") var restriction: [String] = []
  @Option(help: "A remark.") var note: String?
  @OptionGroup var postOptions: PostOptions

  func run() async throws {
    let zone = try postOptions.options.load().zone
    let start = try from.map { try moment($0, "--from", zone) } ?? clock()
    let end = try until.map { try moment($0, "--until", zone) } ?? start
    guard start <= end else { throw Failure("--until \(until ?? ""): should not be before --from", .usage) }
    let observation = Observation(
      id: newRecordID(), post: PostID(post), observer: observer ?? post, means: means, what: what, assessment: assessment,
      count: try Self.count(count), weapon: weapon, from: start, until: end, place: place.map { PlaceID($0) },
      stretch: try stretch.map { try lineStretch($0, "--stretch") }, sector: try sector(), position: try measured(),
      restrictions: try restrictions(restriction),
      track: track, note: note)
    try await postOptions.send(observation, post: PostID(post)) { WatchEnvelope($0) }
  }

  private func measured() throws -> MeasuredPosition? {
    guard position != nil || accuracy != nil else { return nil }
    let degrees = (position ?? "").split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard degrees.count == 2, let latitude = degrees[0], let longitude = degrees[1], (-90...90).contains(latitude),
      (-180...180).contains(longitude), let accuracy, (0...1_000_000).contains(accuracy)
    else {
      throw Failure(
        "--position \(position ?? ""): should be latitude and longitude in degrees, such as 39.64,46.55, with --accuracy in metres", .usage)
    }
    return MeasuredPosition(longitude: longitude, latitude: latitude, accuracyMetres: accuracy)
  }

  static func count(_ text: String) throws -> Count {
    if text.hasPrefix("~"), let number = Int(text.dropFirst()), (0...Count.limit).contains(number) { return Count(about: number) }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low >= 0, low <= high, high <= Count.limit
    else {
      throw Failure("--count \(text): should be a number such as 3, an interval such as 5-7, or ~30 for about thirty", .usage)
    }
    return Count(low, high)
  }

  private func sector() throws -> ObservedSector? {
    func range(_ text: String?, _ option: String, _ limit: Double) throws -> (Double, Double)? {
      guard let text else { return nil }
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
      guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], (0...limit).contains(low),
        (0...limit).contains(high)
      else { throw Failure("\(option) \(text): should be one number or two with a dash between, 0 to \(Int(limit))", .usage) }
      return (low, high)
    }
    let bearings = try range(bearing, "--bearing", 360)
    let distances = try range(distance, "--distance", 1000)
    if let distances, distances.0 > distances.1 { throw Failure("--distance: the nearer end comes first", .usage) }
    guard bearings != nil || distances != nil else { return nil }
    return ObservedSector(
      bearings: bearings.map { [ObservedSector.Bearings(from: $0.0, to: $0.1)] } ?? [],
      distanceMetres: distances.map { $0.0 * 1000...$0.1 * 1000 })
  }
}
