// A case: one conflict and its agreement, as its folder of plain text describes it.
public import TruceModel

/// A source that a case knows: who publishes, and for whom it speaks.
public struct Source: Sendable, Hashable {
  public var id: SourceID
  public var names: [Name]
  /// The party whose organ it is; nil for an independent outlet.
  public var party: PartyID?
  /// In which its local times are local; nil where nothing is known.
  public var zone: Zone?
  /// Host names from which its reports come.
  public var hosts: [String]

  public init(id: SourceID, names: [Name], party: PartyID? = nil, zone: Zone? = nil, hosts: [String] = []) {
    self.id = id
    self.names = names
    self.party = party
    self.zone = zone
    self.hosts = hosts
  }

  public var name: String { names.first?.text ?? id.rawValue }
}

/// A stretch of road between two places, for the forecast.
public struct Road: Sendable, Hashable {
  public var id: String
  public var from: PlaceID
  public var to: PlaceID
  public var lengthKilometres: Double
  public var lanes: Int
  /// Vehicles an hour, observed or from a manual: a range.
  public var flow: ClosedRange<Double>?
  /// Minutes to drive it: a range.
  public var transitMinutes: ClosedRange<Double>?
  /// EDTF intervals during which it was closed.
  public var closed: [String]
  /// Who observed the flow or which manual gives it, in words.
  public var source: String?

  public init(
    id: String, from: PlaceID, to: PlaceID, lengthKilometres: Double, lanes: Int, flow: ClosedRange<Double>? = nil,
    transitMinutes: ClosedRange<Double>? = nil, closed: [String] = [],
    source: String? = nil
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.lengthKilometres = lengthKilometres
    self.lanes = lanes
    self.flow = flow
    self.transitMinutes = transitMinutes
    self.closed = closed
    self.source = source
  }
}

/// Who must leave over which roads before a commitment can be kept, for the forecast.
public struct Departure: Sendable, Hashable {
  public var id: String
  public var from: PlaceID
  public var to: PlaceID
  /// How many vehicles: a range, because it is an estimate.
  public var vehicles: ClosedRange<Double>
  /// The point of an agreement that depends on it; nil where none does.
  public var commitment: ProvisionID?
  /// From when it can go on: the earliest moment counts.
  public var begins: When
  /// Whose estimate it is, in words.
  public var source: String?

  public init(
    id: String, from: PlaceID, to: PlaceID, vehicles: ClosedRange<Double>, commitment: ProvisionID? = nil, begins: When,
    source: String? = nil
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.vehicles = vehicles
    self.commitment = commitment
    self.begins = begins
    self.source = source
  }
}

/// One conflict and its agreement.
public struct Case: Sendable, Hashable {
  public var id: String
  public var title: String
  /// In which a bare date is a day.
  public var zone: Zone
  public var language: String
  /// Claims about one place whose times lie so near form one transition.
  public var tolerance: Duration
  public var parties: [Party]
  public var sources: [Source]
  public var places: [Place]
  public var agreements: [Agreement]
  public var roads: [Road]
  public var departures: [Departure]
  /// Rules of evidence beside the seven that every case has.
  public var rules: [EvidenceRule]
  /// How observations are counted as incidents.
  public var counting: CountingRules
  /// SHA-256 over the folder's files, names and bytes.
  public var digest: Digest

  public init(
    id: String, title: String, zone: Zone, language: String = "en", tolerance: Duration = .seconds(3 * 86_400), parties: [Party],
    sources: [Source] = [], places: [Place], agreements: [Agreement] = [], roads: [Road] = [], digest: Digest,
    departures: [Departure] = [], rules: [EvidenceRule] = [], counting: CountingRules = CountingRules()
  ) {
    self.id = id
    self.title = title
    self.zone = zone
    self.language = language
    self.tolerance = tolerance
    self.parties = parties
    self.sources = sources
    self.places = places
    self.agreements = agreements
    self.roads = roads
    self.departures = departures
    self.rules = rules
    self.counting = counting
    self.digest = digest
  }

  public func party(_ id: PartyID) -> Party? { parties.first { $0.id == id } }
  public func place(_ id: PlaceID) -> Place? { places.first { $0.id == id } }
  public func source(_ id: SourceID) -> Source? { sources.first { $0.id == id } }
}
