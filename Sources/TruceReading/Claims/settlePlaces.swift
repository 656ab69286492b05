// Names of places that no case knows, looked up in the gazetteers that a user imported.
public import TruceAtlas
internal import TruceModel

extension Reading {
  /// Gives places that the reader found no meaning for the one that a gazetteer settles, or the several that it cannot choose from.
  ///
  /// What a case knows is never changed. A settled place is `geonames-N`; `derivations` say which it is and why.
  public mutating func settlePlaces(by gazetteer: Gazetteer) {
    guard !gazetteer.layers.isEmpty else { return }
    var known: [String: Gazetteer.Meaning] = [:]
    for at in claims.indices {
      var steps: [Derivation.Step] = []
      for place in claims[at].places.indices {
        let mention = claims[at].places[place]
        guard mention.place == nil, mention.candidates.isEmpty, let name = bareName(mention.text) else { continue }
        let meaning = known[name] ?? gazetteer.meaning(of: name)
        known[name] = meaning
        let how: String
        switch meaning {
        case .unknown: continue
        case .settled(.place, _): continue
        case .settled(.entry(let entry, let layer), let reason):
          let found = Gazetteer.Candidate.entry(entry, layer: layer).place
          claims[at].places[place].place = found
          how = "\(entry.name), \(entry.country), \(entry.position) (\(found), \(gazetteer.layers[layer].origin.source)): \(reason)"
        case .ambiguous(let several):
          claims[at].places[place].candidates = several.map(\.place)
          how = "may be any of \(several.count) of the name; nothing here tells which"
        }
        steps.append(Derivation.Step(what: "where", how: how, span: mention.span))
      }
      guard !steps.isEmpty, derivations.indices.contains(at) else { continue }
      derivations[at].steps += steps
      claims[at].id = Claim.id(of: claims[at])
    }
  }

  /// A name without the words for what it is the name of; nil for what begins with a small letter and is no name.
  private func bareName(_ text: String) -> String? {
    var words = text.split(separator: " ")
    let classes: Set<Substring> = ["the", "a", "village", "town", "city", "settlement", "villages", "towns", "of", "near"]
    while let first = words.first, words.count > 1, classes.contains(Substring(first.lowercased())) { words.removeFirst() }
    while let last = words.last, words.count > 1, classes.contains(last) { words.removeLast() }
    guard let first = words.first?.first, first.isUppercase else { return nil }
    return words.joined(separator: " ")
  }
}
