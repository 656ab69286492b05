// Commitments that sources tell of and no point of the case's agreements knows.
internal import TruceAtlas
internal import TruceModel

extension CommitmentFold {
  func unprovided(_ facts: [Fact]) -> [Situation.Commitment] {
    struct Matter: Hashable {
      var act: String
      var who: [PartyID]
      var places: [String]
      var object: String?
      var due: String?
    }
    var groups: [Matter: [Fact]] = [:]
    for fact in facts where fact.claim.type == .commitment && fact.claim.polarity == .positive && fact.isPlanned {
      let claim = fact.claim
      let matter = Matter(
        act: claim.act, who: claim.who.compactMap(\.party).sorted(), places: claim.places.map { $0.place?.rawValue ?? $0.text }.sorted(),
        object: claim.object, due: claim.due?.when.edtf)
      groups[matter, default: []].append(fact)
    }
    return groups.values.map { group in
      let about = group.sorted(by: Fact.bySaid)
      let claim = about[0].claim
      let id = ProvisionID("claim/\(group.map(\.id).min()!.rawValue.prefix(12))")
      let maintained: Set<String> = ["ceasefire", "hold-positions", "control"]
      let terms = claim.due.map { [Provision.Term($0.word, when: $0.when)] } ?? []
      let provision = Provision(
        id: id, article: "", title: title(claim),
        kind: maintained.contains(claim.act) && claim.due == nil ? .maintain : .achieve,
        who: claim.who.compactMap(\.party), whom: claim.whom.compactMap(\.party), act: claim.act, object: claim.object,
        place: claim.places.first?.place, terms: terms)
      var shown = commitment(provision, nil, .inForce, about: about, Standings())
      for i in shown.deadlines.indices where shown.deadlines[i].evidence.isEmpty {
        shown.deadlines[i].by = about[0].origin.label
        shown.deadlines[i].known = about[0].recorded
        shown.deadlines[i].evidence = about.map(\.id)
      }
      return shown
    }.sorted { $0.id < $1.id }
  }

  private func title(_ claim: Claim) -> String {
    let who = claim.who.map { $0.party.map(index.name) ?? $0.text }.joined(separator: ", ")
    let place = claim.places.map { $0.place.map(index.name) ?? $0.text }.joined(separator: ", ")
    let words = [claim.act.replacing("-", with: " "), claim.object ?? "", place].filter { !$0.isEmpty }.joined(separator: ", ")
    return who.isEmpty ? words.prefix(1).uppercased() + words.dropFirst() : "\(who): \(words)"
  }
}
