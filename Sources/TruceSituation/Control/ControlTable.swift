// The claims of control by place, as rows of numbers in the order in which transitions are built: what a judgement reads.
internal import TruceAtlas
internal import TruceModel

/// One claim of control of one place: everything that a judgement asks of it, without looking at the claim.
struct ControlRow: Sendable {
  /// The moments at which it can have happened, and at which it was said: milliseconds, the ends exclusive.
  var lower: Int64
  var upper: Int64
  var saidFrom: Int64
  var saidUntil: Int64
  /// It counts in prefixes of more than `from` entries and of at most `until`.
  var from: UInt32
  var until: UInt32
  /// What its claim comes to, by number in the store.
  var span: UInt32
  /// Whose knowledge it is: equal numbers are one origin.
  var origin: UInt32
  /// Who speaks, by number in the table.
  var voice: UInt32
  /// Who lost and who gained the place, as numbers of parties; `none` where nobody says.
  var loser: UInt16
  var gainer: UInt16
  /// The side that speaks, where it is one; `none` for nobody with a party, and for several.
  var side: UInt16
  var speech: Speech
  /// Whether it tells of it, or denies it.
  var isDenial: Bool
  /// Told as an accusation or a rumour.
  var isAlleged: Bool
  /// Fine enough in time to tell one passage from the next.
  var isAnchored: Bool

  static let none = UInt16.max

  /// Who speaks, as far as the worth of a word goes.
  enum Speech: UInt8 {
    /// An outlet or a person without a party.
    case nobody
    case oneParty
    /// Parties of several sides together.
    case severalParties
    case post
  }
}

/// Rows by place, and the numbers that stand for parties, origins and speakers in them.
struct ControlTable: Sendable {
  /// Who speaks, as far as a judgement asks.
  struct Voice: Sendable, Hashable {
    /// The parties that speak, and the sides with which they count.
    var parties: [UInt16]
    var sides: [UInt16]
    var isPost: Bool
  }

  /// The rows of one place, by the end of their time, then its beginning, then id.
  struct Place: Sendable {
    let id: PlaceID
    var rows: [ControlRow] = []
    /// The longest time of an anchored row: how far back a later row can reach.
    var longest: Int64 = 0
  }

  private(set) var parties: [PartyID] = []
  /// The side with which each party counts, and whether that side gains and loses.
  private(set) var sideOf: [UInt16] = []
  private(set) var isSide: [Bool] = []
  private(set) var voices: [Voice] = []
  private(set) var places: [Place] = []
  /// Which places the entries touched, by position in the ledger; places by number.
  private var touched: [(position: UInt32, place: UInt32)] = []
  private var placeNumbers: [PlaceID: UInt32] = [:]
  private var partyNumbers: [PartyID: UInt16] = [:]
  private var voiceNumbers: [Voice: UInt32] = [:]
  private var originNumbers: [String: UInt32] = [:]

  init(_ index: CaseIndex) {
    for party in index.file.parties { _ = number(party.id, in: index) }
  }

  /// A party's number, given when it is first spoken of.
  private mutating func number(_ party: PartyID, in index: CaseIndex) -> UInt16 {
    if let known = partyNumbers[party] { return known }
    precondition(parties.count < Int(ControlRow.none), "A case has fewer than 65,535 parties")
    let number = UInt16(parties.count)
    partyNumbers[party] = number
    parties.append(party)
    isSide.append(index.isSide(party))
    sideOf.append(number)
    let side = index.side(party)
    if side != party { sideOf[Int(number)] = self.number(side, in: index) }
    return number
  }

  /// A party's number; `none` for one that neither the case nor a claim of control names.
  func number(_ party: PartyID?) -> UInt16 { party.flatMap { partyNumbers[$0] } ?? ControlRow.none }

  // MARK: - Taking in

  /// Takes in a fact that begins to count.
  ///
  /// - Parameters:
  ///   - span: its number among `spans`.
  ///   - ids: the claims' ids, by which rows of one time are in order.
  ///   - from: the position of the entry by which it begins to count.
  mutating func open(
    _ span: Int, _ fact: Fact, of spans: [ClaimStore.Span], _ ids: ClaimNumbers, from: UInt32, in index: CaseIndex
  ) {
    let named = index.placesOfControl(fact)
    guard !named.isEmpty, fact.isAsserted || fact.isDenial else { return }
    let row = row(fact, span: span, from: from, in: index)
    for place in named {
      let number = register(place)
      places[Int(number)].insert(row) { ids.isOrdered(Int(spans[Int($0)].claim), Int(spans[Int($1)].claim)) }
      touched.append((from, number))
    }
  }

  /// Notes that a fact ceases to count with the entry at `until`.
  mutating func close(_ span: Int, _ fact: Fact, until: UInt32, in index: CaseIndex) {
    for place in index.placesOfControl(fact) {
      guard let number = placeNumbers[place], places[Int(number)].close(UInt32(span), fact, until: until) else { continue }
      touched.append((until, number))
    }
  }

  private mutating func register(_ place: PlaceID) -> UInt32 {
    if let known = placeNumbers[place] { return known }
    let number = UInt32(places.count)
    placeNumbers[place] = number
    places.append(Place(id: place))
    return number
  }

  private mutating func row(_ fact: Fact, span: Int, from: UInt32, in index: CaseIndex) -> ControlRow {
    let passage = fact.passage
    let parties = fact.origin.parties.map { number($0, in: index) }
    let voice = Voice(parties: parties, sides: parties.map { sideOf[Int($0)] }, isPost: fact.origin.isPost)
    let speech: ControlRow.Speech =
      voice.isPost ? .post : parties.isEmpty ? .nobody : Set(voice.sides).count == 1 ? .oneParty : .severalParties
    return ControlRow(
      lower: fact.window.lowerBound.milliseconds, upper: fact.window.upperBound.milliseconds,
      saidFrom: fact.said.lowerBound.milliseconds, saidUntil: fact.said.upperBound.milliseconds, from: from, until: .max,
      span: UInt32(span), origin: ControlTable.number(of: fact.origin.key, in: &originNumbers), voice: number(of: voice),
      loser: passage.from.map { number($0, in: index) } ?? ControlRow.none,
      gainer: passage.to.map { number($0, in: index) } ?? ControlRow.none,
      side: speech == .oneParty ? voice.sides[0] : ControlRow.none, speech: speech, isDenial: fact.isDenial,
      isAlleged: fact.claim.modality == .alleged || fact.claim.modality == .conditional, isAnchored: fact.window.isAnchored)
  }

  private mutating func number(of voice: Voice) -> UInt32 {
    if let known = voiceNumbers[voice] { return known }
    voiceNumbers[voice] = UInt32(voices.count)
    voices.append(voice)
    return UInt32(voices.count - 1)
  }

  private static func number(of key: String, in numbers: inout [String: UInt32]) -> UInt32 {
    if let known = numbers[key] { return known }
    let number = UInt32(numbers.count)
    numbers[key] = number
    return number
  }

  // MARK: - Questions

  /// The rows of a place; nil where no claim of control speaks of it.
  func place(_ id: PlaceID) -> Place? { placeNumbers[id].map { places[Int($0)] } }

  /// The places that entries touched from one position on up to another.
  func places(touchedFrom first: UInt32, until last: UInt32) -> Set<PlaceID> {
    var found: Set<UInt32> = []
    var at = touched.partition { $0.position >= first }
    while at < touched.count, touched[at].position < last {
      found.insert(touched[at].place)
      at += 1
    }
    return Set(found.map { places[Int($0)].id })
  }

  /// The bytes that the rows and the log of touched places take, with what is kept free to grow.
  var storageBytes: Int {
    places.reduce(touched.capacity * MemoryLayout<(UInt32, UInt32)>.stride) {
      $0 + $1.rows.capacity * MemoryLayout<ControlRow>.stride + 64
    }
  }
}

extension ControlTable.Place {
  /// Puts a row into its place; mostly that is near the end.
  ///
  /// - Parameter isOrdered: whether the claim of one span stands before another's where their times are the same.
  mutating func insert(_ row: ControlRow, _ isOrdered: (_ left: UInt32, _ right: UInt32) -> Bool) {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      let other = rows[middle]
      let isAfter =
        other.upper != row.upper
        ? other.upper > row.upper
        : other.lower != row.lower ? other.lower > row.lower : isOrdered(row.span, other.span)
      if isAfter { high = middle } else { low = middle + 1 }
    }
    rows.insert(row, at: low)
    if row.isAnchored { longest = max(longest, row.upper - row.lower) }
  }

  /// Sets until when the row of a fact counts; false where there is none.
  mutating func close(_ span: UInt32, _ fact: Fact, until: UInt32) -> Bool {
    let upper = fact.window.upperBound.milliseconds
    var at = rows.partition { $0.upper >= upper }
    while at < rows.count, rows[at].upper == upper {
      if rows[at].span == span {
        rows[at].until = until
        return true
      }
      at += 1
    }
    return false
  }
}
