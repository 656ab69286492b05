// The claims of control by place, as rows in the order in which passages are built, and the numbers that stand for names in them.
internal import TruceAtlas
internal import TruceModel

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

  /// What a speaker's word is worth, as a judgement adds it up.
  struct Weight: Sendable {
    /// Its side among the first 64 parties, as a bit.
    var sides: UInt64 = 0
    var origin: UInt32
    /// A post, nobody's word, or one that is weighed by itself: sides beyond the first 64, several sides together.
    var kind = Standings.Kind()
  }

  /// The rows of one place, by the end of their time, then its beginning, then their claims' ids.
  struct Place: Sendable {
    fileprivate(set) var rows = Stretches<ControlRow>()
    /// Where the moments begin of rows that do not know it themselves, by span.
    fileprivate var lowers: [UInt32: Int64] = [:]
    /// The parties that its claims name, and whether one names who lost the place and not who gained it, or neither.
    fileprivate(set) var parties: [UInt16] = []
    fileprivate(set) var hasLosses = false
    /// How many of the rows are not anchored.
    fileprivate(set) var undated = 0
    /// The longest time of an anchored row: how far back a later row can reach.
    fileprivate(set) var longest: Int64 = 0
  }

  private(set) var parties: [PartyID] = []
  /// The side with which each party counts, and whether that side gains and loses.
  private(set) var sideOf: [UInt16] = []
  private(set) var isSide: [Bool] = []
  /// What can be said of each party, in the order of the chronicle's values.
  private var spoken: [Voice.Word] = []
  private(set) var speakers: [Speaker] = []
  private(set) var weights: [Weight] = []
  private(set) var placeIDs: [PlaceID] = []
  /// By the place's number.
  private(set) var places: [Place] = []
  /// Which places were touched by claims that say nothing for the chronicle, by position in the ledger; places by number.
  private var touched: [(position: UInt32, place: UInt32)] = []
  private var placeNumbers: [PlaceID: UInt32] = [:]
  private var partyNumbers: [PartyID: UInt16] = [:]
  private var speakerNumbers: [Speaker: Int] = [:]
  /// Speakers by their claims' contexts.
  private var speakerOf: [Int: Int] = [:]
  private var originNumbers: [String: UInt32] = [:]
  /// What a sentence calls each origin.
  private(set) var names: [String] = []
  /// What each origin says of each place, over valid time and the ledger's own.
  private(set) var words = Chronicle()

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
    spoken += [.holds(.party(party)), .denies(.party(party)), .holds(.left(party)), .denies(.left(party))]
    isSide.append(index.isSide(party))
    sideOf.append(number)
    let side = index.side(party)
    if side != party { sideOf[Int(number)] = self.number(side, in: index) }
    return number
  }

  /// A party's number; `none` for one that neither the case nor a claim of control names.
  func number(_ party: PartyID?) -> UInt16 { party.flatMap { partyNumbers[$0] } ?? ControlRow.none }

  // MARK: - Taking in

  /// Takes in a claim that begins to count.
  ///
  /// - Parameters:
  ///   - span: its number among the store's spans, and `context` of its context.
  ///   - from: the position of the entry by which it begins to count.
  ///   - isOrdered: whether the claim of one span stands before another's in the order of ids, by which rows of one time are ordered.
  mutating func open(
    _ claim: Claim, _ meaning: ClaimStore.Meaning, span: Int, context: Int, from: UInt32, in index: CaseIndex,
    _ isOrdered: (_ left: UInt32, _ right: UInt32) -> Bool
  ) {
    guard claim.isAsserted || claim.isDenial else { return }
    for place in index.placesOfControl(claim) {
      let number = register(place)
      let row = row(claim, meaning, span: span, context: context, in: index)
      places[Int(number)].insert(row, from: meaning.window.lowerBound.milliseconds, isOrdered)
      guard let value = ControlTable.value(of: row) else {
        touched.append((from, number))
        continue
      }
      let (since, until) = ControlTable.validity(of: claim, meaning)
      words.add(
        place: Int(number), source: Int(speakers[row.speaker].origin), value: value, from: since, until: until,
        said: meaning.said.lowerBound, tie: ControlTable.tie(claim.id), recorded: Instant(milliseconds: Int64(from)), claim: Int32(span))
    }
  }

  /// Notes that a claim ceases to count with the entry at `until`.
  mutating func close(
    _ claim: Claim, _ window: Range<Instant>, span: Int, context: Int, until: UInt32, in index: CaseIndex
  ) {
    let time = (window.lowerBound.milliseconds, window.upperBound.milliseconds)
    for place in index.placesOfControl(claim) {
      guard let number = placeNumbers[place], places[Int(number)].close(UInt32(span), time) else { continue }
      let control = claim.control
      if control.from == nil, control.to == nil {
        touched.append((until, number))
        continue
      }
      words.withdraw(
        place: Int(number), source: Int(speakers[speakerOf[context]!].origin), claim: Int32(span),
        recorded: Instant(milliseconds: Int64(until)))
    }
  }

  private mutating func register(_ place: PlaceID) -> UInt32 {
    if let known = placeNumbers[place] { return known }
    let number = UInt32(places.count)
    placeNumbers[place] = number
    placeIDs.append(place)
    places.append(Place())
    return number
  }

  private mutating func row(
    _ claim: Claim, _ meaning: ClaimStore.Meaning, span: Int, context: Int, in index: CaseIndex
  ) -> ControlRow {
    let control = claim.control
    let loser = control.from.map { number($0, in: index) } ?? ControlRow.none
    let gainer = control.to.map { number($0, in: index) } ?? ControlRow.none
    return ControlRow(
      (meaning.window.lowerBound.milliseconds, meaning.window.upperBound.milliseconds), saidFrom: meaning.said.lowerBound.milliseconds,
      span: UInt32(span), loser: loser, gainer: gainer, speaker: speaker(context, meaning.context.origin, in: index),
      isDenial: claim.isDenial, isAlleged: claim.modality == .alleged || claim.modality == .conditional)
  }

  /// The speaker of a context, by number.
  private mutating func speaker(_ context: Int, _ origin: Origin, in index: CaseIndex) -> Int {
    if let known = speakerOf[context] { return known }
    let parties = origin.parties.map { number($0, in: index) }
    let sides = parties.map { sideOf[Int($0)] }
    let worth: Worth =
      origin.isPost ? .post : parties.isEmpty ? .nobody : sides.allSatisfy { $0 == sides[0] } ? .side(sides[0]) : .severalSides
    let key = originNumbers[origin.key] ?? UInt32(names.count)
    if key == names.count {
      originNumbers[origin.key] = key
      names.append(origin.name)
    }
    let speaker = Speaker(origin: key, worth: worth, parties: parties, sides: sides)
    let own = speakerNumbers[speaker] ?? speakers.count
    if own == speakers.count {
      speakerNumbers[speaker] = own
      speakers.append(speaker)
      weights.append(Weight(speaker))
    }
    speakerOf[context] = own
    return own
  }

  // MARK: - Questions

  /// The word for a value of the chronicle.
  func word(_ value: Int32) -> Voice.Word { spoken[Int(value) - 1] }

  /// A place's number; nil where no claim of control speaks of it.
  func number(of id: PlaceID) -> Int? { placeNumbers[id].map { Int($0) } }

  /// The rows of a place; nil where no claim of control speaks of it.
  func place(_ id: PlaceID) -> Place? { number(of: id).map { places[$0] } }

  /// The places that entries touched from one position on up to another.
  func places(touchedFrom first: UInt32, until last: UInt32) -> Set<PlaceID> {
    var found = Set(words.places(changedFrom: Instant(milliseconds: Int64(first)), until: Instant(milliseconds: Int64(last))))
    var at = touched.partition { $0.position >= first }
    while at < touched.count, touched[at].position < last {
      found.insert(Int(touched[at].place))
      at += 1
    }
    return Set(found.map { placeIDs[$0] })
  }

  /// The bytes that the rows, the words and the log of touched places take, with what is kept free to grow.
  var storageBytes: Int {
    let log = touched.capacity * MemoryLayout<(UInt32, UInt32)>.stride
    return places.reduce(words.storageBytes + log) { $0 + $1.rows.storageBytes + $1.lowers.capacity * 16 + 64 }
  }
}

extension ControlTable.Weight {
  fileprivate init(_ speaker: ControlTable.Speaker) {
    origin = speaker.origin
    switch speaker.worth {
    case .post: kind = .observed
    case .nobody: kind = .alleged
    case .side(let side) where side < 64: sides = 1 << UInt64(side)
    case .side, .severalSides: kind = .other
    }
  }
}

extension ControlTable.Place {
  /// The first moment at which a claim of the place can have happened, milliseconds.
  func lower(of row: ControlRow) -> Int64 { row.lower ?? lowers[row.span]! }

  /// - Parameter isOrdered: whether the claim of one span stands before another's where their times are the same.
  fileprivate mutating func insert(_ row: ControlRow, from lower: Int64, _ isOrdered: (_ left: UInt32, _ right: UInt32) -> Bool) {
    if row.isAnchored { longest = max(longest, row.upper - lower) } else { undated += 1 }
    note(row.loser)
    note(row.gainer)
    if row.gainer == ControlRow.none { hasLosses = true }
    if row.lower == nil { lowers[row.span] = lower }
    let lowers = lowers
    rows.insert(row) { other in
      if other.upper != row.upper { return other.upper > row.upper }
      let begin = other.lower ?? lowers[other.span]!
      return begin != lower ? begin > lower : isOrdered(row.span, other.span)
    }
  }

  private mutating func note(_ party: UInt16) {
    if party != ControlRow.none, !parties.contains(party) { parties.append(party) }
  }

  /// Notes that the row of a span ceases to count; false where there is none.
  fileprivate mutating func close(_ span: UInt32, _ time: (lower: Int64, upper: Int64)) -> Bool {
    let lowers = lowers
    func lower(of row: ControlRow) -> Int64 { row.lower ?? lowers[row.span]! }
    return rows.change(from: { $0.upper != time.upper ? $0.upper < time.upper : lower(of: $0) < time.lower }) { row in
      if row.upper != time.upper || lower(of: row) != time.lower { return false }
      if row.span != span { return nil }
      row.end()
      return true
    }
  }
}
