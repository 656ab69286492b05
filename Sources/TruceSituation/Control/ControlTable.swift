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

  /// What the word of a way of telling is worth, as a judgement adds it up.
  struct Weight: Sendable {
    /// Its side among the first 64 parties, as a bit.
    var sides: UInt64 = 0
    var origin: UInt32
    /// A post, nobody's word, or one that is weighed by itself: sides beyond the first 64, several sides together.
    var kind = Standings.Kind()
    /// The side that gains, where it tells of that alone and the side is among the first 64; else `UInt8.max`.
    var gainer = UInt8.max
  }

  /// Who says what of a place, but for when: few among many claims.
  struct Telling: Mixable {
    /// Who lost and who gained the place.
    var change: Judgement.Change
    var speaker: UInt32
    /// Whether it denies, or tells of it.
    var isDenial: Bool
    /// Told as an accusation or a rumour.
    var isAlleged: Bool

    func mix(into mixer: inout Mixer) {
      mixer.add(UInt64(speaker) << 32 | UInt64(change.loser) << 16 | UInt64(change.gainer))
      mixer.add((isDenial ? 1 : 0) | (isAlleged ? 2 : 0))
    }
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
  /// Whether more than one party counts with a side.
  private(set) var isShared: [Bool] = []
  /// What can be said of each party, in the order of the chronicle's values.
  private(set) var spoken: [Voice.Word] = []
  private(set) var speakers: [Speaker] = []
  private(set) var tellings = ClaimPool.Shared<Telling>()
  /// By telling.
  private(set) var weights: [Weight] = []
  private(set) var moments = Moments()
  private(set) var placeIDs: [PlaceID] = []
  /// By the place's number.
  private(set) var places: [Place] = []
  /// Which places were touched by claims that say nothing for the chronicle, by position in the ledger; places by number.
  private var touched: [(position: UInt32, place: UInt32)] = []
  private(set) var placeNumbers: [PlaceID: UInt32] = [:]
  private(set) var partyNumbers: [PartyID: UInt16] = [:]
  private var speakerNumbers: [Speaker: UInt32] = [:]
  /// Speakers by their claims' contexts.
  private var speakerOf: [UInt32?] = []
  private var originNumbers: [String: UInt32] = [:]
  /// What a sentence calls each origin, and those that claims call by more than one name.
  private(set) var names: [String] = []
  private(set) var manyNamed: Set<UInt32> = []
  /// What each origin says of each place, over valid time and the ledger's own.
  private(set) var words = Chronicle()

  init(_ index: CaseIndex) {
    for party in index.file.parties { _ = number(party.id, in: index) }
  }

  /// A party's number, given when it is first spoken of.
  private mutating func number(_ party: PartyID, in index: CaseIndex) -> UInt16 {
    // Mostly there are few, and to look at each costs less than a hash.
    if let known = parties.prefix(16).firstIndex(of: party) { return UInt16(known) }
    if let known = partyNumbers[party] { return known }
    precondition(parties.count < Int(ControlRow.none), "A case has fewer than 65,535 parties")
    let number = UInt16(parties.count)
    partyNumbers[party] = number
    parties.append(party)
    spoken += [.holds(.party(party)), .denies(.party(party)), .holds(.left(party)), .denies(.left(party))]
    isSide.append(index.isSide(party))
    isShared.append(false)
    sideOf.append(number)
    let side = index.side(party)
    if side != party {
      sideOf[Int(number)] = self.number(side, in: index)
      isShared[Int(sideOf[Int(number)])] = true
    }
    return number
  }

  /// A party's number; `none` for one that neither the case nor a claim of control names.
  func number(_ party: PartyID?) -> UInt16 { party.flatMap { partyNumbers[$0] } ?? ControlRow.none }

  // MARK: - Taking in

  /// Takes in a claim that begins to count.
  ///
  /// - Parameters:
  ///   - contexts: of the store, by number.
  ///   - span: its number among the store's spans.
  ///   - from: the position of the entry by which it begins to count.
  ///   - claims: by whose ids rows of one time are ordered, and words that were said at one moment; lent and not copied, so that its lists are
  ///     not counted in and out for every claim.
  mutating func open(
    _ claim: Claim, _ meaning: ClaimStore.Meaning, _ contexts: [ClaimStore.Context], span: Int, from: UInt32, in index: CaseIndex,
    _ claims: inout ClaimSpans
  ) {
    guard claim.isOfControl, claim.isAsserted || claim.isDenial, claim.places.contains(where: { $0.place != nil }) else { return }
    let row = row(claim, meaning, contexts, span: span, in: index)
    let telling = tellings.values[Int(row.telling)]
    let time = (meaning.window.lowerBound.milliseconds, meaning.window.upperBound.milliseconds)
    index.forEachPlaceOfControl(claim) { place in
      let number = register(place)
      places[Int(number)].insert(row, telling.change, time, moments, &claims)
      guard let value = ControlTable.value(of: telling) else {
        touched.append((from, number))
        return
      }
      let (since, until) = ControlTable.validity(of: claim, meaning)
      words.add(
        place: Int(number), source: Int(speakers[Int(telling.speaker)].origin), value: value, from: since, until: until,
        said: meaning.said.lowerBound, recorded: Instant(milliseconds: Int64(from)), claim: Int32(span)
      ) { claims.head(Int($0)) > claims.head(span) }
    }
  }

  /// Notes that a claim ceases to count with the entry at `until`.
  mutating func close(
    _ claim: Claim, _ window: Range<Instant>, span: Int, context: UInt32, until: UInt32, in index: CaseIndex
  ) {
    let time = (window.lowerBound.milliseconds, window.upperBound.milliseconds)
    index.forEachPlaceOfControl(claim) { place in
      guard let number = placeNumbers[place], places[Int(number)].close(UInt32(span), time, moments) else { return }
      let control = claim.control
      if control.from == nil, control.to == nil {
        touched.append((until, number))
        return
      }
      words.withdraw(
        place: Int(number), source: Int(speakers[Int(speakerOf[Int(context)]!)].origin), claim: Int32(span),
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
    _ claim: Claim, _ meaning: ClaimStore.Meaning, _ contexts: [ClaimStore.Context], span: Int, in index: CaseIndex
  ) -> ControlRow {
    let control = claim.control
    let loser = control.from.map { number($0, in: index) } ?? ControlRow.none
    let gainer = control.to.map { number($0, in: index) } ?? ControlRow.none
    let change = Judgement.Change(loser: loser, gainer: gainer, losingSide: side(loser), gainingSide: side(gainer))
    let telling = Telling(
      change: change, speaker: speaker(meaning.context, contexts, in: index), isDenial: claim.isDenial,
      isAlleged: claim.modality == .alleged || claim.modality == .conditional)
    let way = tellings.number(of: telling)
    if way == weights.count { weights.append(Weight(telling, speakers[Int(telling.speaker)])) }
    let (lower, upper) = (meaning.window.lowerBound.milliseconds, meaning.window.upperBound.milliseconds)
    return ControlRow(
      (lower, upper), saidFrom: meaning.said.lowerBound.milliseconds, span: UInt32(span), telling: way, &moments)
  }

  private func side(_ party: UInt16) -> UInt16 { party == ControlRow.none ? party : sideOf[Int(party)] }

  /// The speaker of a context, by number.
  private mutating func speaker(_ context: UInt32, _ contexts: [ClaimStore.Context], in index: CaseIndex) -> UInt32 {
    while speakerOf.count <= context { speakerOf.append(nil) }
    if let known = speakerOf[Int(context)] { return known }
    let origin = contexts[Int(context)].origin
    let parties = origin.parties.map { number($0, in: index) }
    let sides = parties.map { sideOf[Int($0)] }
    let worth: Worth =
      origin.isPost ? .post : parties.isEmpty ? .nobody : sides.allSatisfy { $0 == sides[0] } ? .side(sides[0]) : .severalSides
    let key = originNumbers[origin.key] ?? UInt32(names.count)
    if key == names.count {
      originNumbers[origin.key] = key
      names.append(origin.name)
    } else if names[Int(key)] != origin.name {
      manyNamed.insert(key)
    }
    let speaker = Speaker(origin: key, worth: worth, parties: parties, sides: sides)
    let own = speakerNumbers[speaker] ?? UInt32(speakers.count)
    if own == speakers.count {
      speakerNumbers[speaker] = own
      speakers.append(speaker)
    }
    speakerOf[Int(context)] = own
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
    let log = touched.capacity * MemoryLayout<(UInt32, UInt32)>.stride + moments.storageBytes
    return places.reduce(words.storageBytes + log) { $0 + $1.rows.storageBytes + $1.lowers.capacity * 16 + 64 }
  }
}

extension ControlTable.Weight {
  fileprivate init(_ telling: ControlTable.Telling, _ speaker: ControlTable.Speaker) {
    origin = speaker.origin
    let change = telling.change
    if !telling.isDenial, change.losingSide == ControlRow.none, change.gainingSide < 64 { gainer = UInt8(change.gainingSide) }
    if telling.isAlleged {
      kind = .alleged
      return
    }
    switch speaker.worth {
    case .post: kind = .observed
    case .nobody: kind = .alleged
    case .side(let side) where side < 64: sides = 1 << UInt64(side)
    case .side, .severalSides: kind = .other
    }
  }
}

extension ControlTable.Place {
  /// The moments at which a claim of the place can have happened: milliseconds, the end exclusive.
  @inline(__always)
  func window(of row: ControlRow, _ moments: Moments) -> (lower: Int64, upper: Int64) { Self.window(of: row, lowers, moments) }

  @inline(__always)
  private static func window(of row: ControlRow, _ lowers: [UInt32: Int64], _ moments: Moments) -> (lower: Int64, upper: Int64) {
    (row.lower(moments) ?? lowers[row.span]!, row.upper(moments))
  }

  fileprivate mutating func insert(
    _ row: ControlRow, _ change: Judgement.Change, _ window: (lower: Int64, upper: Int64), _ moments: Moments, _ claims: inout ClaimSpans
  ) {
    if row.isAnchored { longest = max(longest, window.upper - window.lower) } else { undated += 1 }
    note(change.loser)
    note(change.gainer)
    if change.gainer == ControlRow.none { hasLosses = true }
    if row.lower(moments) == nil { lowers[row.span] = window.lower }
    if let last = rows.newest.last, last.upper(moments) >= window.upper {
      let lowers = lowers
      rows.insert(row) { other in
        let theirs = Self.window(of: other, lowers, moments)
        if theirs.upper != window.upper { return theirs.upper > window.upper }
        return theirs.lower != window.lower ? theirs.lower > window.lower : claims.isOrdered(Int(row.span), Int(other.span))
      }
    } else {
      rows.append(row)
    }
  }

  private mutating func note(_ party: UInt16) {
    if party != ControlRow.none, !parties.contains(party) { parties.append(party) }
  }

  /// Notes that the row of a span ceases to count; false where there is none.
  fileprivate mutating func close(_ span: UInt32, _ time: (lower: Int64, upper: Int64), _ moments: Moments) -> Bool {
    let lowers = lowers
    func isBefore(_ row: ControlRow) -> Bool {
      let theirs = Self.window(of: row, lowers, moments)
      return theirs.upper != time.upper ? theirs.upper < time.upper : theirs.lower < time.lower
    }
    return rows.change(from: isBefore) { row in
      if Self.window(of: row, lowers, moments) != time { return false }
      if row.span != span { return nil }
      row.end()
      return true
    }
  }
}
