// The fold: entries go in one by one, the situation comes out at any (on, known, said, according to).
public import TruceAtlas
public import TruceModel

/// Everything that the ledger's entries say of one case, ready to be asked.
///
/// A value: a copy is a snapshot. What was known at a moment is the prefix of the entries up to it; entries that come
/// later never change it. The order in which reports and claims came in changes nothing but what was known when.
public struct SituationIndex: Sendable {
  /// The case that the entries are about.
  public let caseFile: Case
  let index: CaseIndex
  var store: ClaimStore

  public init(case file: Case) {
    caseFile = file
    index = CaseIndex(file)
    store = ClaimStore(index)
  }

  /// Takes in the next entry.
  ///
  /// An entry whose content has not the form of its kind becomes a finding of every later situation and changes nothing else.
  public mutating func add(_ entry: Entry) { store.add(entry, in: index) }

  /// Takes in the next entry, decoded by the ledger: what a fold over many takes.
  public mutating func add(_ entry: DecodedEntry) {
    if case .claim(let claim) = entry.content {
      add(claim, sequence: entry.sequence, recorded: entry.recorded)
    } else {
      add(entry.entry)
    }
  }

  /// A claim by its id, whether it still counts or not.
  public func claim(_ id: ClaimID) -> Claim? { store.claim(id) }

  /// How many entries were taken in.
  public var size: UInt64 { store.size }

  /// Takes in the next entry as the claim that it carries, for those who have it without its JSON form.
  public mutating func add(_ claim: Claim, sequence: UInt64, recorded: Instant) {
    store.add(claim, sequence: sequence, recorded: recorded, in: index)
  }

  /// The situation that a query asks for.
  public func situation(_ query: Query) -> Situation { SituationFold(store, query, in: index).situation() }

  /// All commitments, without the rest of the situation.
  public func commitments(_ query: Query) -> [Situation.Commitment] { SituationFold(store, query, in: index).commitments() }

  /// Who holds one place, since when, and on what evidence.
  ///
  /// Costs by the claims about the place, not by the ledger's length.
  public func control(of place: PlaceID, _ query: Query) -> Situation.Control {
    let prefix = store.prefix(for: query)
    let zones = (index.zones[place] ?? []) + [place]
    let grants = zones.flatMap { store.grants(of: $0, in: prefix) }
    return PlaceFold(index: index, control: ControlFold(store, query, prefix, in: index), facts: grants, query: query).control(place)
  }

  /// The bytes that grow with the claims: what each says and when it counts. Names, words and days that recur are kept once beside them.
  public var claimBytes: Int { store.storageBytes }

  /// The bytes that the claims of control take beside that, as rows for judging and as words for what each origin says.
  public var controlBytes: Int { store.control.storageBytes }
}
