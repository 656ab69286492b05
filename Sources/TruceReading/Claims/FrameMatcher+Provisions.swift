// What an agreement lays down as nouns: "provides for a truce, the release of all prisoners and elections within a year".
internal import TruceModel

extension FrameMatcher {
  /// The event of a noun without a frame that an agreement provides for: "reforms of the police", "a joint commission".
  func provided(_ at: Int) -> Event? {
    guard chunks[at].kinds.isDisjoint(with: FrameMatcher.unprovided), let law, at > law, let index = lexicon.obligations.first,
      units[chunks[at].head].tag == .nominal, let verb = governing(at), scene.isProviding(verb)
    else { return nil }
    let element = scene.clauses.element(at)
    var arguments = Arguments()
    arguments.object = [element]
    // "the regrouping of all forces": theirs to do.
    arguments.subject = scene.clauses.innerElements(element).filter { !scene.kinds($0).isDisjoint(with: [.force, .party]) }
    var own = Arguments()
    scene.clauses.complements(after: element.end, &own)
    if own.object.isEmpty { (arguments.after, arguments.times) = (own.after, own.times) }
    guard let roles = fill(lexicon.frames[Int(index)], arguments, passive: false, owner: nil, verb: verb) else { return nil }
    return Event(
      frame: Int(index), chunk: at, trigger: chunks[at].first..<chunks[at].end, verb: verb, roles: roles, times: arguments.times)
  }

  private static let unprovided: NounKinds = [
    .place, .party, .force, .person, .someone, .pronoun, .number, .ceasefire, .agreement, .name, .it, .captive,
  ]

  /// "under the 1993 interim peace deal": signed then.
  func datedName(_ at: Int) -> Event? {
    let chunk = chunks[at]
    guard chunk.kinds.contains(.agreement), FrameMatcher.accords.contains(chunk.headForm), let frame = lexicon.signing,
      hasDate(chunk),
      // What the sentence tells to be signed, broken or extended is told there.
      at == 0 || chunks[at - 1].kind != .verb,
      !chunks.indices.contains(where: { $0 > at && chunks[$0].kind == .verb && scene.clauses.subject(of: $0).contains { $0.noun == at } })
    else { return nil }
    var roles = Roles()
    roles[.what] = [scene.filler(scene.clauses.element(at))]
    var event = Event(frame: Int(frame), chunk: at, trigger: chunk.first..<chunk.end, verb: -1, roles: roles, times: [])
    event.isDatedName = true
    return event
  }

  /// "the 1993 accord": whether a date stands among a noun's own words.
  func hasDate(_ noun: Chunk) -> Bool {
    (noun.first..<noun.head).contains { unit in
      let time = Int(units[unit].time)
      return time >= 0 && scene.times[time].isOnCalendar && scene.times[time].type == .date
    }
  }

  private static let accords = FormSet([
    "agreement", "agreements", "accord", "accords", "deal", "deals", "treaty", "pact", "protocol", "memorandum", "armistice", "truce",
  ])

  /// "provides for a truce; | for | the disarmament of all, and | for | elections": the verb that a preposition repeats.
  func furtherProvision(_ preposition: Int) -> Int? {
    guard let law, preposition > law, chunks[preposition].form == UnitBuilder.`for`,
      [.comma, .semicolon, .conjunction].contains(chunks[preposition - 1].kind)
    else { return nil }
    return law
  }

  /// "provides for a truce, the release of all prisoners, and elections | within two years": of the elections alone.
  func isOfLaterProvision(_ time: Int, _ noun: Int, _ verb: Int) -> Bool {
    noun > verb && time > noun && scene.isProviding(verb) && chunks[noun..<time].contains { $0.kind == .comma || $0.kind == .semicolon }
  }
}
