// A place: its names, and its definitions side by side.
public import TruceModel

/// A place of a case.
public struct Place: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case settlement, district, region, country, line, road, corridor, zone, post, point
  }

  /// One dated, attributed answer to where the place is.
  public struct Definition: Sendable, Hashable {
    public var geometry: Geometry
    /// How far the geometry may lie from the truth.
    public var accuracyMetres: Double
    public var source: String
    public var licence: String
    /// An EDTF date or interval from and until which it held; nil for always.
    public var period: String?
    /// Drawn by hand to show, not surveyed: maps say so.
    public var isSchematic: Bool

    public init(
      geometry: Geometry, accuracyMetres: Double, source: String, licence: String, period: String? = nil, isSchematic: Bool = false
    ) {
      self.geometry = geometry
      self.accuracyMetres = accuracyMetres
      self.source = source
      self.licence = licence
      self.period = period
      self.isSchematic = isSchematic
    }
  }

  public var id: PlaceID
  public var kind: Kind
  /// The name to show first.
  public var names: [Name]
  public var definitions: [Definition]
  /// The place that it lies in: a district's region, a settlement's district.
  public var within: PlaceID?
  /// Of a corridor or zone: districts that it runs through by its text, where the shapes are known too badly to tell.
  public var through: [PlaceID]
  /// A district's seat.
  public var seat: PlaceID?
  /// Who held it before the first transition of the case; nil for unknown.
  public var initialHolder: PartyID?
  /// An EDTF interval in which there is such a place: a corridor from its agreement on; nil for always.
  public var period: String?
  /// Of a corridor: metres each side of its centre line.
  public var halfWidthMetres: Double?
  /// Of a corridor: the places that it leaves out.
  public var excludes: [PlaceID]
  /// Of a corridor: the road or line along which it runs.
  public var along: PlaceID?

  public init(
    id: PlaceID, kind: Kind, names: [Name], definitions: [Definition] = [], within: PlaceID? = nil, seat: PlaceID? = nil,
    initialHolder: PartyID? = nil, halfWidthMetres: Double? = nil, excludes: [PlaceID] = [], along: PlaceID? = nil,
    period: String? = nil, through: [PlaceID] = []
  ) {
    self.through = through
    self.id = id
    self.kind = kind
    self.names = names
    self.definitions = definitions
    self.within = within
    self.seat = seat
    self.initialHolder = initialHolder
    self.halfWidthMetres = halfWidthMetres
    self.excludes = excludes
    self.along = along
    self.period = period
  }

  /// The name to show.
  public var name: String { names.first?.text ?? id.rawValue }
}
