// Builders for the watch's tests: a ledger's entries from records, and moments by minutes.
import TruceModel
import TruceSituation

/// Six in the morning in Baku on the first day of the tests, and minutes from it.
func minute(_ minutes: Double) -> Instant { Instant("2020-11-20T06:00:00+04:00")!.adding(milliseconds: Int64(minutes * 60_000)) }

let contactLine: PlaceID = "contact-line"

/// Entries with sequences in the order in which they are made.
struct Entries {
  var all: [Entry] = []

  mutating func add(_ record: some WatchRecord, at recorded: Instant) { add(record.draft, at: recorded) }

  mutating func add(_ draft: Draft, at recorded: Instant) {
    all.append(
      Entry(
        sequence: UInt64(all.count), recorded: recorded, id: draft.id, kind: draft.kind, key: draft.key,
        content: try! JSON(parsing: draft.content.canonical)))
  }

  /// A post on some kilometres of the line that owes a check-in every so many minutes.
  mutating func open(
    _ post: PostID, km: ClosedRange<Double> = 0...10, every minutes: Int? = 60, grace: Int = 0, at: Double = 0, link: String? = nil,
    publicKey: String? = nil
  ) {
    add(
      PostChange(
        id: EntryID("open-\(post)"), post: post, act: .opened, at: minute(at), source: "mission",
        stretches: [LineStretch(contactLine, fromKm: km.lowerBound, toKm: km.upperBound)],
        schedule: minutes.map { Schedule(.every(minutes: $0), zone: .utc, graceSeconds: grace)! }, publicKey: publicKey, link: link),
      at: minute(at))
  }

  /// A check-in made and received at the same minute.
  mutating func checkIn(_ post: PostID, _ at: Double, received: Double? = nil) {
    add(CheckIn(id: EntryID("in-\(post)-\(at)"), post: post, at: minute(at)), at: minute(received ?? at))
  }

  var watch: WatchIndex { all.reduce(into: WatchIndex()) { $0.add($1) } }
}

/// A generator with a seed (SplitMix64), so that a failure can be seen again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
