// What the fold asks of a case again and again: sides, speakers' parties, agreements by provision, zones over districts.
internal import TruceAtlas
internal import TruceModel

/// A case with its look-ups. A reference, because every answer hands it on and none changes it.
final class CaseIndex: Sendable {
  let file: Case
  private let sides: [PartyID: PartyID]
  private let roles: [PartyID: Party.Role]
  private let sources: [SourceID: Source]
  private let sourceNames: [String: SourceID]
  private let postIDs: Set<String>
  /// Names by which a text calls a party, lower-cased, longest first.
  private let partyNames: [(name: [UInt8], party: PartyID)]
  /// All parties that gain and lose.
  let sideParties: Set<PartyID>
  let places: [PlaceID: Place]
  /// The first moment of the first agreement, the distant future where the case has none.
  let signed: Instant
  /// Districts that an agreement hands over, by their seats: "the handover of Agdam" is that of the district.
  let districtsOwed: [PlaceID: PlaceID]
  /// Places that an agreement has change hands, by the day of the agreement before which that cannot have happened.
  let promised: [PlaceID: Instant]
  /// Zones and corridors by the district or region that they run through for sure, or that the case says they lie in or run through.
  let zones: [PlaceID: [PlaceID]]

  init(_ file: Case) {
    self.file = file
    var sides: [PartyID: PartyID] = [:]
    var roles: [PartyID: Party.Role] = [:]
    var names: [(name: [UInt8], party: PartyID)] = []
    for party in file.parties {
      sides[party.id] = party.side ?? party.id
      roles[party.id] = party.role
      for name in party.names.map(\.text) + party.demonyms where name.utf8.count >= 3 { names.append((CaseIndex.folded(name), party.id)) }
    }
    self.sides = sides
    self.roles = roles
    partyNames = names.sorted { ($0.name.count, $1.party) > ($1.name.count, $0.party) }
    sideParties = Set(file.parties.filter { $0.role == .side }.map { $0.side ?? $0.id })
    var sourceNames: [String: SourceID] = [:]
    for source in file.sources { for name in source.names { sourceNames[name.text.lowercased()] = source.id } }
    self.sourceNames = sourceNames
    sources = Dictionary(file.sources.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    places = Dictionary(file.places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    postIDs = Set(file.places.filter { $0.kind == .post }.map(\.id.rawValue))
    zones = CaseIndex.zones(of: file)
    let owed = Set(file.agreements.flatMap(\.provisions).filter(\.isTransfer).compactMap(\.place))
    districtsOwed = Dictionary(
      file.places.compactMap { place in place.seat.flatMap { owed.contains(place.id) ? ($0, place.id) : nil } },
      uniquingKeysWith: { first, _ in first })
    promised = Dictionary(
      file.agreements.flatMap { agreement in
        agreement.provisions.filter(\.isTransfer).compactMap { point in point.place.map { ($0, agreement.dated.earliest) } }
      }, uniquingKeysWith: { first, _ in first })
    signed = file.agreements.map(\.dated.earliest).min() ?? .distantFuture
  }

  /// The side with which a party counts; itself where it has none.
  func side(_ party: PartyID) -> PartyID { sides[party] ?? party }

  /// Whether two parties count as one.
  func same(_ left: PartyID, _ right: PartyID) -> Bool { side(left) == side(right) }

  func isSide(_ party: PartyID) -> Bool { sideParties.contains(side(party)) }

  func name(_ party: PartyID) -> String { file.party(party)?.name ?? party.rawValue }

  func name(_ place: PlaceID) -> String { places[place]?.name ?? place.rawValue }

  func source(_ speaker: Speaker) -> Source? {
    if let id = speaker.source, let source = sources[id] { return source }
    return sourceNames[speaker.text.lowercased()].flatMap { sources[$0] }
  }

  func isPost(_ id: String) -> Bool { postIDs.contains(id) }

  /// The parties that speak: the speaker's own, its source's, or those that its words name ("the leaders of A, B and C").
  func parties(of speaker: Speaker) -> [PartyID] {
    if let party = speaker.party { return [party] }
    if let source = source(speaker) { return source.party.map { [$0] } ?? [] }
    if speaker.source != nil { return [] }
    let text = CaseIndex.folded(speaker.text)
    var found: Set<PartyID> = []
    for (name, party) in partyNames where !found.contains(party) && CaseIndex.contains(text, word: name) { found.insert(party) }
    if found.isEmpty, let agreement = agreement(named: text) { return agreement.parties.sorted() }
    return found.sorted()
  }

  /// The agreement that words such as "the trilateral statement" mean, where the case has only one.
  private func agreement(named text: [UInt8]) -> Agreement? {
    guard file.agreements.count == 1 else { return nil }
    let words = ["statement", "agreement", "accord", "declaration", "ceasefire deal"]
    return words.contains { CaseIndex.contains(text, word: Array($0.utf8)) } ? file.agreements[0] : nil
  }

  private static func folded(_ text: String) -> [UInt8] { Array(text.lowercased().utf8) }

  /// Whether a text has a name as a whole word, or as the start of one that goes on with "'s" or an ending.
  private static func contains(_ text: [UInt8], word: [UInt8]) -> Bool {
    guard !word.isEmpty, text.count >= word.count else { return false }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }
    for start in 0...(text.count - word.count) where text[start] == word[0] {
      if start > 0, isLetter(text[start - 1]) { continue }
      let end = start + word.count
      guard text[start..<end].elementsEqual(word) else { continue }
      if end == text.count || !isLetter(text[end]) || text[end...].starts(with: [0xE2, 0x80, 0x99]) { return true }
    }
    return false
  }

  /// A crossing that the accuracies leave open is none, and one whose shapes cannot be used is none that anybody could show.
  private static func zones(of file: Case) -> [PlaceID: [PlaceID]] {
    var result: [PlaceID: [PlaceID]] = [:]
    let atlas = Atlas(file)
    let holders = file.places.filter { $0.kind == .district || $0.kind == .region }
    for zone in file.places where zone.kind == .corridor || zone.kind == .zone {
      for place in holders
      where zone.within == place.id || zone.through.contains(place.id) || (try? atlas.crossing(of: zone.id, through: place.id)) == .inside {
        result[place.id, default: []].append(zone.id)
      }
    }
    return result.mapValues { $0.sorted() }
  }
}
