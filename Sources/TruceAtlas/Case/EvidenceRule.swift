// A rule of evidence of the case's own, as `case.yaml` states it.
public import TruceModel

/// Which claims count: all the conditions that are given must be met.
public struct EvidenceRule: Sendable, Hashable {
  public var id: String
  public var title: String
  /// Standings that one claim may have; empty for any.
  public var standings: [Standing]
  /// Parties whose word counts; empty for anyone's.
  public var parties: [PartyID]
  /// Sources whose reports count; empty for all.
  public var sources: [SourceID]
  /// How many independent origins it takes.
  public var origins: Int
  /// Whether a side that gains and one that loses must both say it.
  public var needsBothSides: Bool

  public init(
    id: String, title: String = "", standings: [Standing] = [], parties: [PartyID] = [], sources: [SourceID] = [], origins: Int = 1,
    needsBothSides: Bool = false
  ) {
    self.id = id
    self.title = title
    self.standings = standings
    self.parties = parties
    self.sources = sources
    self.origins = origins
    self.needsBothSides = needsBothSides
  }
}
