// Places, doers and counts that share the verb of a clause before them.
internal import TruceModel

extension FrameMatcher {
  /// "..., the Agdam district by November 20 and the Lachin district by December 1": places with times of their own.
  func ellipses(_ start: Int) -> [(who: Filler?, place: Filler, times: [Int])] {
    var found: [(Filler?, Filler, [Int])] = []
    var at = start
    if at + 3 < chunks.count, chunks[at].kind == .comma, chunks[at + 1].kind == .verb, chunks[at + 1].isBare,
      scene.form(chunks[at + 1].main) == FrameMatcher.followed, chunks[at + 2].form == Clauses.by, isPlace(at + 3)
    {
      // "took Orlin on 3 May, followed by Tarn on 6 May": as a list, and on its own day where it has one.
      at += 3
      let members = scene.clauses.list(at, isSubject: true)
      var own = Arguments()
      scene.clauses.complements(after: members.last!.end, &own)
      return members.filter { isPlace($0.noun) }.map { (nil, scene.filler($0), own.times) }
    }
    if at + 3 < chunks.count, chunks[at].kind == .comma, Mentions.including.contains(chunks[at + 1].form),
      chunks[at + 2].kinds.contains(.pronoun)
    {
      // "more than 200 towns, among them Orlin on 28 January": read on as a list.
      at += 2
    }
    while at < chunks.count,
      chunks[at].kind == .comma || chunks[at].kind == .conjunction || at > start && chunks[at].kinds.contains(.pronoun)
    {
      while at < chunks.count, [.comma, .conjunction, .adverb].contains(chunks[at].kind) || chunks[at].kinds.contains(.pronoun) { at += 1 }
      while at + 2 < chunks.count, chunks[at].kind == .preposition, chunks[at + 1].kind != .time, chunks[at + 2].kind == .comma { at += 3 }
      guard at < chunks.count, chunks[at].kind == .noun else { break }
      let members = scene.clauses.list(at, isSubject: true)
      guard members.allSatisfy({ !scene.kinds($0).isDisjoint(with: [.place, .name]) }) else { break }
      var times: [Int] = []
      var next = members.last!.end
      while next < chunks.count,
        chunks[next].kind == .time || (chunks[next].kind == .preposition && next + 1 < chunks.count && chunks[next + 1].kind == .time)
      {
        if chunks[next].kind == .time { times.append(next) }
        next += 1
      }
      guard !times.isEmpty else { break }
      for member in members { found.append((nil, scene.filler(member), times)) }
      at = next
    }
    return found
  }

  private static let followed = Form("followed")
  private static let times = Form("times")

  /// A noun phrase that can be a place's name or description.
  private func isPlace(_ at: Int) -> Bool {
    // Two capitals may be a town's: "Reed Haven".
    chunks[at].kind == .noun && !chunks[at].kinds.isDisjoint(with: [.place, .name])
      && chunks[at].kinds.isDisjoint(with: [.force, .demonym, .event, .office, .person])
  }

  /// "six breaches: three in the province of Orlin, two in Tarn and one in Vale": the places among which a sum is shared out.
  func parts(_ start: Int) -> [Filler] {
    // After a colon, or as "two posts, one in Orlin and one in Tarn".
    guard start < chunks.count, chunks[start].kind == .colon || chunks[start].kind == .comma else { return [] }
    var found: [Filler] = []
    var at = start + 1
    while at + 2 < chunks.count, chunks[at].kind == .noun, units[chunks[at].head].tag == .number || chunks[at].kinds.contains(.number),
      chunks[at + 1].kind == .preposition, ClaimBuilder.locative.contains(chunks[at + 1].form), chunks[at + 2].kind == .noun
    {
      let place = scene.clauses.element(at + 2)
      guard !scene.kinds(place).isDisjoint(with: [.place, .name]) else { break }
      found.append(scene.filler(place))
      at = place.end
      while at < chunks.count, chunks[at].kind == .comma || chunks[at].kind == .conjunction { at += 1 }
    }
    return found.count > 1 ? found : []
  }

  /// "One battalion is to go to Orlin, and one to Tarn, by March", "killed in Orlin, five in Tarn and two in Vale": further doers, or
  /// counts, and places that share the verb.
  func gap(_ arguments: Arguments, _ frame: Frame) -> [(who: Filler?, place: Filler, times: [Int])] {
    var found: [(who: Filler?, place: Filler, times: [Int])] = []
    var end = arguments.end
    while end + 3 < chunks.count {
      let isListed = chunks[end].kind == .comma
      var at = isListed ? end + 1 : end
      let isLast = chunks[at].kind == .conjunction
      if isLast { at += 1 }
      guard isLast || isListed && chunks[at].kinds == .number, at + 2 < chunks.count, chunks[at].kind == .noun else { break }
      let doer = scene.clauses.element(at)
      // "bombed a bridge in Orlin and a barracks in Tarn": what else it hit.
      let isHit = frame.type == .hostilities && !arguments.object.isEmpty && !chunks[at].kinds.contains(.number)
      guard doer.end + 1 < chunks.count, chunks[doer.end].kind == .preposition, chunks[doer.end + 1].kind == .noun,
        arguments.after.contains(where: { other in
          // "four in the village of Orlin and three near Tarn".
          other.form == chunks[doer.end].form
            || chunks[doer.noun].kinds == .number && ClaimBuilder.locative.contains(other.form)
              && ClaimBuilder.locative.contains(chunks[doer.end].form)
        }),
        !scene.kinds(doer).isDisjoint(with: isHit ? [.force, .party, .place, .post, .equipment, .office] : [.force, .party, .number])
      else { break }
      let place = scene.clauses.element(doer.end + 1)
      guard !scene.kinds(place).isDisjoint(with: [.place, .name]), place.end >= chunks.count || chunks[place.end].kind != .verb else {
        break
      }
      var rest = Arguments()
      scene.clauses.complements(after: place.end, &rest)
      // "nine times in the one sector and four times in the other": no doer.
      // "opened 14 posts on the one side and 12 on the other": 12 of them.
      let isCount =
        chunks[doer.noun].kinds == .number && frame.type != .casualties
        && arguments.object.contains { chunks[$0.noun].kinds.contains(.number) }
      let isThing = isHit && scene.kinds(doer).isDisjoint(with: [.force, .party])
      let who = isCount || isThing || chunks[doer.noun].headForm == FrameMatcher.times ? nil : scene.filler(doer)
      found.append((who, scene.filler(place), rest.times.isEmpty ? arguments.times : rest.times))
      end = place.end
      if isLast { break }
    }
    return found
  }
}
