// Where accords were signed of which their own sentences do not say it: where the text says that talks were held.
internal import TruceModel

extension ReadingWork {
  /// "talks in Orlin", "the two had met in Orlin", "the Orlin conference": remembers where those who make an accord came together.
  func noteVenue(_ scene: Scene) {
    let chunks = scene.chunks
    for at in chunks.indices {
      let isTalks = chunks[at].kind == .noun && chunks[at].kinds.contains(.parley)
      guard isTalks || chunks[at].kind == .verb && chunks[at].verb >= 0 && isMeeting(scene, at) else { continue }
      let mentions = mentions(scene)
      if isTalks, chunks[at].head > chunks[at].first, scene.isSite(chunks[at].head - 1, of: chunks[at]) {
        mentions.places(Filler(units: chunks[at].head - 1..<chunks[at].head, kinds: .place, chunk: -1)).forEach(discourse.noteVenue)
        continue
      }
      // "talks were held on Monday | in | Orlin", "talks which opened in Orlin".
      var next = at + 1
      if next < chunks.count, chunks[next].kind == .subordinator, Clauses.relatives.contains(chunks[next].form) { next += 1 }
      while next + 1 < chunks.count, next < at + 7, ![.comma, .subordinator, .semicolon].contains(chunks[next].kind) {
        let place = chunks[next + 1]
        if chunks[next].kind == .preposition, ReadingWork.rooms.contains(chunks[next].form), place.kind == .noun,
          !place.kinds.isDisjoint(with: [.place, .name]), place.kinds.isDisjoint(with: [.someone, .force, .demonym]),
          (place.first..<place.end).contains(where: { scene.units[$0].isCapitalised && scene.units[$0].tag != .determiner })
        {
          mentions.places(scene.filler(scene.clauses.element(next + 1))).prefix(1).forEach(discourse.noteVenue)
          break
        }
        next += 1
      }
    }
  }

  /// "had met", "meeting": not what somebody planned.
  private func isMeeting(_ scene: Scene, _ verb: Int) -> Bool {
    let chunk = scene.chunks[verb]
    return scene.cues(verb).contains(.parley) && !chunk.isInfinitive && !chunk.isPlanned
  }

  private static let rooms = FormSet(["in", "at", "near"])

  /// Gives accords the place where another sentence says that they were signed, else where the text's only talks were held.
  mutating func settleSignings() {
    guard !discourse.unplaced.isEmpty else { return }
    var signed: [Int] = []
    var open: [Int] = []
    // "a truce in Westland": where it holds.
    let land = discourse.theatre?.text
    for index in claims.indices where claims[index].type == .agreementSigned {
      let isOpen = claims[index].trigger.map { discourse.unplaced.contains($0.start) } ?? false
      if isOpen {
        open.append(index)
      } else if claims[index].places.count == 1, claims[index].places[0].isNamed, claims[index].places[0].text != land {
        signed.append(index)
      }
    }
    for index in open {
      // Of another day, another accord.
      let same = signed.filter { isOfOneTime(claims[$0].when, claims[index].when) }
      var place: PlaceMention?
      if let first = same.first, same.allSatisfy({ claims[$0].places == claims[first].places }) {
        place = claims[first].places[0]
      } else if signed.isEmpty, discourse.venues.count == 1 {
        place = discourse.venues[0]
      }
      guard let place else { continue }
      claims[index].places = [place]
      note(index, .init(what: "where", how: "where the text says that it was signed or talked about", span: place.span))
    }
  }

  private func isOfOneTime(_ first: When?, _ second: When?) -> Bool {
    guard let first, let second else { return true }
    return first.earliest < second.latest && second.earliest < first.latest
  }
}
