// Where a claim's event was, beyond the places that its frame's roles name.
internal import TruceModel

extension ClaimBuilder {
  /// The places of an event, each for a claim of its own; nil where it is none without one.
  ///
  /// - Parameters:
  ///   - told: what the claim will say so far.
  ///   - named: the places that the frame's roles name.
  func whereabouts(
    _ event: Event, _ frame: Frame, _ told: (type: ClaimType, act: String, modality: Modality, who: [Mention]), _ named: [[PlaceMention]],
    _ mentions: Mentions, _ claims: [Claim], isOwed: Bool, _ steps: inout Derivation.Steps
  ) -> [[PlaceMention]]? {
    let (type, act, modality) = (told.type, told.act, told.modality)
    let fillers = event.roles[.place] ?? []
    var places = named
    // "opened fire between Orlin and Tarn, | on the edge of the desert".
    if ClaimBuilder.fought.contains(type), let first = fillers.first?.chunk, let stretch = stretch(after: max(event.verb, event.chunk)),
      stretch.chunk < first
    {
      places = [[stretch.place]]
    }
    if places.isEmpty, type == .casualties, event.verb >= 0, event.roles[.who] == nil || chunks[event.verb].isGerund || shares(event),
      let attack = ofSentence(claims).first(where: { isAttack(claims[$0]) })
    {
      places = [claims[attack].places]
      steps.append(.init(what: "where", how: "the place of the attack in the same sentence", span: places[0].first?.span))
    }
    if places.isEmpty, type == .controlChange, fillers.contains(where: { $0.kinds.contains(.it) }),
      let other = ofSentence(claims).first(where: { isAttack(claims[$0]) })
    {
      // "bombed Orlin and captured it".
      places = claims[other].places.map { [$0] }
    }
    // "fled to Orlin": not what they left.
    if type == .controlChange, act == "withdrew", let goal = fillers.first?.chunk, goal >= 0, isGoal(goal, of: event) { places = [] }
    // "abandoned the plain and fell back towards Orlin": left once.
    if type == .controlChange, act == "withdrew", fillers.isEmpty, shares(event),
      let before = ofSentence(claims).first(where: { claims[$0].type == .controlChange }), claims[before].act == act,
      claims[before].who == told.who, claims[before].modality == modality
    {
      return nil
    }
    // "took Orlin after 2,000 troops laid down their arms": those in Orlin.
    if places.isEmpty, type == .controlChange, act == "lost" && isSurrender(event) || act == "handed-over", modality != .planned,
      let last = taken(claims, before: event).last
    {
      places = [[last]]
    }
    // "took Orlin after the army abandoned its posts": those in Orlin.
    if type == .controlChange, act == "withdrew", modality != .planned, fillers.count == 1, isOwnPost(fillers[0]) {
      let taken = taken(claims, before: event)
      if !taken.isEmpty { places = [taken] }
    }
    if places.isEmpty, type == .controlChange, act == "withdrew", modality != .planned {
      places = taken(claims, before: event).map { [$0] }
      if let place = places.first?.first {
        steps.append(.init(what: "where", how: "the place taken in the same sentence", span: place.span))
      }
    }
    if places.isEmpty, type == .controlChange, act == "withdrew", modality != .planned,
      let raid = ofSentence(claims).first(where: {
        claims[$0].type == .hostilities && claims[$0].act == "attack" && !claims[$0].places.isEmpty
      })
    {
      // "stormed Orlin and withdrew at dawn", "they stormed Orlin and the garrison fled".
      places = [claims[raid].places]
    }
    if places.isEmpty, ClaimBuilder.located.contains(type), isHere(event), let here = discourse.here {
      places = [[here]]
      steps.append(.init(what: "where", how: "here, where the report was written", span: here.span))
    }
    if places.isEmpty, let there = there(event, mentions) {
      places = [[there]]
      steps.append(.init(what: "where", how: "there, at the place before it", span: there.span))
    }
    if places.isEmpty, ClaimBuilder.located.contains(type) || type == .controlChange && act == "withdrew",
      let near = nearby(event, mentions, type, isInSentence: isOwed && !scene.followsTerms)
    {
      places = listed(near, mentions)
      // Where an accord was signed the text may tell elsewhere.
      if type == .agreementSigned, !near.isFirm { discourse.unplaced.insert(scene.span(event.trigger).start) }
      steps.append(.init(what: "where", how: "the place that the sentence or the text before it names", span: near.place.span))
    }
    if places.isEmpty, type == .agreementSigned { discourse.unplaced.insert(scene.span(event.trigger).start) }
    if places.isEmpty, type == .exchange, let place = nearby(event, mentions, type, isInSentence: true)?.place {
      places = [[place]]
      steps.append(.init(what: "where", how: "the place that the sentence names", span: place.span))
    }
    // "Dozens of soldiers surrendered": wherever it was.
    if places.isEmpty, type == .controlChange, act == "lost", !isSurrender(event) {
      // "captured the town but were driven out a day later".
      let taken = ofSentence(claims).filter { claims[$0].type == .controlChange && !claims[$0].places.isEmpty }
      guard let last = taken.first else { return nil }
      // "held the towns of Orlin and Tarn but were driven out": of both.
      places = taken.filter { claims[$0].act == claims[last].act && claims[$0].who == claims[last].who }.reversed().map {
        claims[$0].places
      }
    }
    if places.isEmpty, type == .controlChange, ClaimBuilder.taking.contains(act),
      let event = ofSentence(claims).first(where: { isAttack(claims[$0]) && claims[$0].polarity == .positive })
    {
      // "The army left Orlin and the rebels moved in."
      places = ofSentence(claims).filter { claims[$0].type == claims[event].type && claims[$0].act == claims[event].act }.reversed()
        .map { claims[$0].places }
    }
    if places.isEmpty {
      // "were holding their positions", "police moved in": nobody can say where.
      if type == .controlChange, frame.object == "positions" || act == "entered" { return nil }
      places = [[]]
    }
    return places
  }

  /// "At Orlin and Tarn, the forces that had withdrawn have come back": a list at the head of the sentence is where all of it was.
  private func listed(_ near: Whereabouts, _ mentions: Mentions) -> [[PlaceMention]] {
    guard near.isFirm, near.chunk == 1, chunks[0].kind == .preposition else { return [[near.place]] }
    let members = scene.clauses.list(1, isSubject: false)
    guard members.count > 1, members.allSatisfy({ chunks[$0.noun].kinds.isSubset(of: [.name, .place, .area, .someone]) }) else {
      return [[near.place]]
    }
    return members.flatMap { mentions.places(scene.filler($0)) }.map { [$0] }
  }
}
