// Which place a name means: the case's own first, then what lies where the case does, then the rest of the world.
public import TruceModel

extension Gazetteer {
  /// What a name means once the theatre has been looked at.
  public enum Meaning: Sendable, Hashable {
    /// Nobody bears it.
    case unknown
    /// One place, and why it is that one.
    case settled(Candidate, reason: String)
    /// Several may be meant, and nothing here tells which: a person must say.
    case ambiguous([Candidate])
  }

  /// Which place is meant by a name.
  ///
  /// A place of the case comes before every imported one, and of imported ones those within the theatre come before the others; of what
  /// is left a settlement comes before its district or a mountain. Two entries of one class within `samePlaceMetres` are one place. Size settles
  /// nothing: a village of the theatre may be meant as well as its town.
  public func meaning(of name: String) -> Meaning {
    let all = candidates(for: name)
    guard !all.isEmpty else { return .unknown }
    var own: [Candidate] = []
    var ids: Set<PlaceID> = []
    for case .place(let id, let name) in all where ids.insert(id).inserted { own.append(.place(id, name)) }
    let towns = own.filter { settlements.contains($0.place) }
    if towns.count == 1 { return .settled(towns[0], reason: own.count == 1 ? "a place of the case" : "the case's town of the name") }
    if own.count == 1 { return .settled(own[0], reason: "a place of the case") }
    if own.count > 1 { return .ambiguous(towns.isEmpty ? own : towns) }
    let entries = all.compactMap { candidate in if case .entry(let entry, let layer) = candidate { (entry, layer) } else { nil } }
    let near = entries.filter { entry, _ in theatre.contains { $0.contains(entry.position) } }
    let asked = near.isEmpty ? entries : near
    let villages = asked.filter { $0.0.feature.hasPrefix("P") }
    var distinct: [(GazetteerLayer.Entry, Int)] = []
    for item in villages.isEmpty ? asked : villages where !distinct.contains(where: { isSame($0.0, item.0) }) {
      distinct.append(item)
    }
    let found = distinct.map { Candidate.entry($0.0, layer: $0.1) }
    guard found.count == 1 else { return .ambiguous(found) }
    let reason =
      near.isEmpty
      ? theatre.isEmpty ? "the only one of the name" : "the only one of the name, far from the case's places"
      : entries.count == near.count ? "the only one of the name" : "the only one of the name near the case's places"
    return .settled(found[0], reason: reason)
  }

  /// Entries of one class within so many metres are one place that two sources have, or one has twice.
  public static var samePlaceMetres: Double { 5_000 }

  private func isSame(_ one: GazetteerLayer.Entry, _ other: GazetteerLayer.Entry) -> Bool {
    one.feature.prefix(1) == other.feature.prefix(1) && one.position.distance(to: other.position) <= Self.samePlaceMetres
  }
}

extension Gazetteer.Candidate {
  /// The case's id of the place, or `geonames-N` with the entry's number.
  public var place: PlaceID {
    switch self {
    case .place(let id, _): id
    case .entry(let entry, _): PlaceID("geonames-\(entry.number)")
    }
  }
}
