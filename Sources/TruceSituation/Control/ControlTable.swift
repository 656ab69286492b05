// The claims of control by place, as rows of numbers in the order in which transitions are built: what a judgement reads.
internal import TruceAtlas
internal import TruceModel

/// One claim of control of one place: everything that a judgement asks of it, without looking at the claim.
struct ControlRow: Sendable {
  /// The moments at which it can have happened: milliseconds, the end exclusive.
  var lower: Int64
  var upper: Int64
  /// The first moment at which it can have been said.
  var saidFrom: Int64
  /// Who lost and who gained the place.
  var change: Judgement.Change
  /// It counts in prefixes of more than `from` entries and of at most `until`.
  var from: UInt32
  var until: UInt32
  /// What its claim comes to, by number in the store.
  var span: UInt32
  /// The speaker's number in the table and three marks in one, so that a row takes 48 bytes.
  private var packed: UInt32

  static let none = UInt16.max

  init(
    lower: Int64, upper: Int64, saidFrom: Int64, change: Judgement.Change, from: UInt32, span: UInt32, speaker: Int, isDenial: Bool,
    isAlleged: Bool
  ) {
    precondition(speaker < 1 << 29, "One index has fewer than five hundred million speakers")
    (self.lower, self.upper, self.saidFrom) = (lower, upper, saidFrom)
    self.change = change
    (self.from, until, self.span) = (from, .max, span)
    packed = UInt32(speaker) << 3 | (isDenial ? 1 : 0) | (isAlleged ? 2 : 0) | (Judgement.isAnchored(lower, upper) ? 4 : 0)
  }

  /// Who speaks, by number in the table.
  var speaker: Int { Int(packed >> 3) }
  /// Whether it denies, or tells of it.
  var isDenial: Bool { packed & 1 != 0 }
  /// Told as an accusation or a rumour.
  var isAlleged: Bool { packed & 2 != 0 }
  /// Fine enough in time to tell one passage from the next.
  var isAnchored: Bool { packed & 4 != 0 }
}

/// Rows by place, and the numbers that stand for parties, origins and speakers in them.
struct ControlTable: Sendable {
  /// Who speaks, as far as a judgement asks.
  struct Speaker: Sendable, Hashable {
    /// Whose knowledge it is: equal numbers are one origin.
    var origin: UInt32
    var worth: Worth
    /// The parties that speak, and the sides with which they count.
    var parties: [UInt16]
    var sides: [UInt16]
  }

  /// What decides what a speaker's word is worth.
  enum Worth: Sendable, Hashable {
    /// An outlet or a person without a party.
    case nobody
    /// One side.
    case side(UInt16)
    /// Parties of several sides together.
    case severalSides
    case post
  }

  /// The rows of one place, by the end of their time, then its beginning, then their claims' ids.
  struct Place: Sendable {
    let id: PlaceID
    fileprivate(set) var rows = Stretches<ControlRow>()
    /// The longest time of an anchored row: how far back a later row can reach.
    fileprivate(set) var longest: Int64 = 0
  }

  private(set) var parties: [PartyID] = []
  /// The side with which each party counts, and whether that side gains and loses.
  private(set) var sideOf: [UInt16] = []
  private(set) var isSide: [Bool] = []
  private(set) var speakers: [Speaker] = []
  private(set) var places: [Place] = []
  /// Which places the entries touched, by position in the ledger; places by number.
  private var touched: [(position: UInt32, place: UInt32)] = []
  private var placeNumbers: [PlaceID: UInt32] = [:]
  private var partyNumbers: [PartyID: UInt16] = [:]
  private var speakerNumbers: [Speaker: Int] = [:]
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
      places[Int(number)].insert(row) { ids.isOrdered(Int(spans[Int($0.span)].claim), Int(spans[Int($1.span)].claim)) }
      touched.append((from, number))
    }
  }

  /// Notes that a fact ceases to count with the entry at `until`.
  mutating func close(_ span: Int, _ fact: Fact, until: UInt32, in index: CaseIndex) {
    let time = (fact.window.lowerBound.milliseconds, fact.window.upperBound.milliseconds)
    for place in index.placesOfControl(fact) {
      guard let number = placeNumbers[place], places[Int(number)].close(UInt32(span), time, until: until) else { continue }
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
    var change = Judgement.Change()
    if let party = passage.from {
      change.loser = number(party, in: index)
      change.losingSide = sideOf[Int(change.loser)]
    }
    if let party = passage.to {
      change.gainer = number(party, in: index)
      change.gainingSide = sideOf[Int(change.gainer)]
    }
    return ControlRow(
      lower: fact.window.lowerBound.milliseconds, upper: fact.window.upperBound.milliseconds, saidFrom: fact.said.lowerBound.milliseconds,
      change: change, from: from, span: UInt32(span), speaker: number(of: fact.origin, in: index), isDenial: fact.isDenial,
      isAlleged: fact.claim.modality == .alleged || fact.claim.modality == .conditional)
  }

  private mutating func number(of origin: Origin, in index: CaseIndex) -> Int {
    let parties = origin.parties.map { number($0, in: index) }
    let sides = parties.map { sideOf[Int($0)] }
    let worth: Worth =
      origin.isPost ? .post : parties.isEmpty ? .nobody : sides.allSatisfy { $0 == sides[0] } ? .side(sides[0]) : .severalSides
    let speaker = Speaker(origin: ControlTable.number(of: origin.key, in: &originNumbers), worth: worth, parties: parties, sides: sides)
    if let known = speakerNumbers[speaker] { return known }
    speakerNumbers[speaker] = speakers.count
    speakers.append(speaker)
    return speakers.count - 1
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
    places.reduce(touched.capacity * MemoryLayout<(UInt32, UInt32)>.stride) { $0 + $1.rows.storageBytes + 64 }
  }
}

extension ControlTable.Place {
  /// - Parameter isOrdered: whether the claim of one row stands before another's where their times are the same.
  fileprivate mutating func insert(_ row: ControlRow, _ isOrdered: (_ left: ControlRow, _ right: ControlRow) -> Bool) {
    if row.isAnchored { longest = max(longest, row.upper - row.lower) }
    rows.insert(row) { other in
      if other.upper != row.upper { return other.upper > row.upper }
      return other.lower != row.lower ? other.lower > row.lower : isOrdered(row, other)
    }
  }

  /// Sets until when the row of a span counts; false where there is none.
  fileprivate mutating func close(_ span: UInt32, _ time: (lower: Int64, upper: Int64), until: UInt32) -> Bool {
    rows.change(from: { $0.upper != time.upper ? $0.upper < time.upper : $0.lower < time.lower }) { row in
      if row.upper != time.upper || row.lower != time.lower { return false }
      if row.span != span { return nil }
      row.until = until
      return true
    }
  }
}
