// truce post open, move, stand-down and close: a post's life, each change dated and attributed.
public import ArgumentParser
import TruceAtlas
import TruceDesk
public import TruceModel

/// What an opening or a move says.
struct PlaceOfPost: ParsableArguments {
  @Option(help: "Its name in words.") var name: String?
  @Option(help: "The place of the case where it stands.") var place: String?
  @Option(help: ArgumentHelp("A stretch that it watches, as LINE:FROM-TO in kilometres; may be repeated.", valueName: "stretch"))
  var stretch: [String] = []
  @Option(help: "Where on the line it stands itself, in kilometres.") var standsAt: Double?
  @Option(help: "A check-in is due every so many minutes.") var every: Int?
  @Option(help: "Check-ins are due at these times of day: 06:00,18:00.") var times: String?
  @Option(help: "The zone of the times (default: the case's).") var zone: String?
  @Option(help: "Seconds after its time in which a check-in still counts.") var grace = 0
  @Option(help: "The link by which its records come; posts on one link that fall silent together are one alert.") var link: String?
  @Option(help: "The post's public key, 64 hexadecimal digits: from then on only signed records count.") var publicKey: String?
  @Option(help: "By what it watches: saw, heard, camera, drone, radar; may be repeated.") var means: [Means] = []

  func schedule(_ zone: Zone) throws -> Schedule? {
    var zone = zone
    if let text = self.zone {
      guard let named = Zone(text) else {
        throw Failure("--zone \(text): should be an offset such as +04:00 or a name such as Asia/Baku", .usage)
      }
      zone = named
    }
    let rhythm: Schedule.Rhythm
    switch (every, times) {
    case (nil, nil): return nil
    case (let minutes?, nil): rhythm = .every(minutes: minutes)
    case (nil, let text?):
      rhythm = .times(
        try text.split(separator: ",").map {
          guard let time = TimeOfDay($0) else { throw Failure("--times \(text): '\($0)' should be a time such as 06:30", .usage) }
          return time
        })
    default: throw Failure("--every and --times: one of them, not both", .usage)
    }
    guard let schedule = Schedule(rhythm, zone: zone, graceSeconds: grace) else {
      throw Failure(
        "--every, --times, --grace: should be every 1 to 10080 minutes or 1 to 288 times of day, with a grace of 0 to 86400 seconds within the interval",
        .usage)
    }
    return schedule
  }
}

extension Means: ExpressibleByArgument {}

/// A stretch as it is written on the command line: `contact-line:20-28.5`.
func lineStretch(_ text: String, _ option: String) throws -> LineStretch {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  let ends = parts.last?.split(separator: "-").map { Double($0) } ?? []
  guard parts.count == 2, !parts[0].isEmpty, ends.count == 2, let from = ends[0], let to = ends[1], from.isFinite, to.isFinite, from <= to
  else {
    throw Failure("\(option) \(text): should be LINE:FROM-TO in kilometres, such as contact-line:20-28.5", .usage)
  }
  return LineStretch(PlaceID(String(parts[0])), fromKm: from, toKm: to)
}

/// What every change of a post says, and how it is sent.
struct ChangeOptions: ParsableArguments {
  @Argument(help: "The post's id.") var post: String
  @Option(help: "From when (default: now).") var at: String?
  @Option(help: "Who says so.") var source: String
  @Option(help: "A remark.") var note: String?
  @OptionGroup var postOptions: PostOptions

  func send(_ act: PostChange.Act, until: String? = nil, _ placing: PlaceOfPost? = nil) async throws {
    let file = try postOptions.options.load()
    var change = PostChange(
      id: newRecordID(), post: PostID(post), act: act, at: try at.map { try moment($0, "--at", file.zone) } ?? clock(), source: source,
      note: note)
    change.until = try until.map { try moment($0, "--until", file.zone) }
    if let placing {
      change.name = placing.name
      change.place = placing.place.map { PlaceID($0) }
      if let place = change.place, file.place(place) == nil { throw Failure("--place \(place): the case has no such place", .usage) }
      change.stretches = try placing.stretch.map { try lineStretch($0, "--stretch") }
      change.standsAtKm = placing.standsAt
      change.schedule = try placing.schedule(file.zone)
      change.link = placing.link
      change.means = placing.means
      change.publicKey = placing.publicKey
      if let key = placing.publicKey, Digest(hex: key) == nil {
        throw Failure("--public-key: should be 64 hexadecimal digits; `truce post make-key` prints one", .usage)
      }
    }
    try await postOptions.send(change, post: change.post) { WatchEnvelope($0) }
  }
}

struct PostOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "open", abstract: "Opens a post.")
  @OptionGroup var change: ChangeOptions
  @OptionGroup var placing: PlaceOfPost
  func run() async throws { try await change.send(.opened, placing) }
}

struct PostMove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "move", abstract: "Moves a post; what is not said stays as it was.")
  @OptionGroup var change: ChangeOptions
  @OptionGroup var placing: PlaceOfPost
  func run() async throws { try await change.send(.moved, placing) }
}

struct PostStandDown: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stand-down", abstract: "Plans a post's absence: no check-ins are owed in it.")
  @Option(help: "Until when (default: until it is opened or moved again).") var until: String?
  @OptionGroup var change: ChangeOptions
  func run() async throws { try await change.send(.stoodDown, until: until) }
}

struct PostClose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "close", abstract: "Closes a post.")
  @OptionGroup var change: ChangeOptions
  func run() async throws { try await change.send(.closed) }
}
