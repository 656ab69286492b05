// The names that a reader knows: the world's, and over them those of its cases.
internal import TruceAtlas
internal import TruceModel

/// Names of parties, their organs, places and sources in layers: a case's meaning stands over the world's.
struct Names: Sendable {
  /// What a name means.
  struct Meaning: Sendable {
    var text: String
    var kinds: NounKinds
    var party: PartyID?
    var organ: String?
    var source: SourceID?
    /// The places that it can mean: settlements first.
    var places: [Int32] = []
    /// True for the name of a person: a head of state of a case.
    var isPerson = false
    /// True for a country's own name, and not its capital's or its people's.
    var isCountry = false
    /// True for the name of a people or of a land that no state rules.
    var isEntity = false
  }

  /// What the reader needs to know of a place.
  struct KnownPlace: Sendable {
    var id: PlaceID
    var name: String
    var kind: Place.Kind
  }

  private(set) var table = PhraseTable()
  private(set) var meanings: [Meaning] = []
  private(set) var places: [KnownPlace] = []
  /// The sides of the cases: whom "the two sides" means.
  private(set) var sides: [(party: PartyID, name: String)] = []

  /// The states that an armed group or a people is known to fight.
  private(set) var foes: [PartyID: [PartyID]] = [:]

  init(lexicon: Lexicon, cases: [Case]) {
    for name in lexicon.world {
      add(name)
      if let party = name.party, !name.foes.isEmpty { foes[party] = name.foes }
    }
    for known in cases { add(known, lexicon) }
  }

  private mutating func add(_ text: String, _ change: (inout Meaning) -> Void) {
    let forms = Lexicon.forms(text)
    guard !forms.isEmpty else { return }
    if let index = table[forms] {
      change(&meanings[Int(index)])
    } else {
      var meaning = Meaning(text: text, kinds: [])
      change(&meaning)
      table.add(forms, Int32(meanings.count))
      meanings.append(meaning)
    }
  }

  private mutating func add(_ name: Lexicon.WorldName) {
    add(name.text) { meaning in
      meaning.party = meaning.party ?? name.party
      switch name.kind {
      case .country, .entity:
        meaning.kinds.formUnion([.party, .place])
        meaning.isCountry = true
        meaning.isEntity = name.kind == .entity
      case .capital: meaning.kinds.formUnion([.party, .place])
      case .demonym: meaning.kinds.formUnion([.party, .demonym])
      case .organisation: meaning.kinds.formUnion([.party, .office])
      case .armed: meaning.kinds.formUnion([.party, .force, .rebel])
      case .force: meaning.kinds.formUnion([.party, .force])
      case .place: meaning.kinds.formUnion([.place])
      }
    }
  }

  private mutating func add(_ known: Case, _ lexicon: Lexicon) {
    for party in known.parties {
      if party.role == .side, party.side == nil { sides.append((party.id, party.name)) }
      for name in party.names {
        let own = Names.kinds(of: name.text, lexicon)
        add(name.text) { meaning in
          meaning.party = party.id
          meaning.kinds.formUnion(own.union(.party))
        }
      }
      for demonym in party.demonyms {
        add(demonym) { meaning in
          meaning.party = party.id
          meaning.kinds.formUnion([.party, .demonym])
        }
      }
      for organ in party.organs {
        for name in organ.names {
          let own = Names.kinds(of: name.text, lexicon)
          add(name.text) { meaning in
            meaning.party = party.id
            meaning.organ = organ.id
            meaning.kinds.formUnion(own.union(.party))
            switch organ.kind {
            case "army", "peacekeepers": meaning.kinds.formUnion(.force)
            case "head-of-state", "head-of-government":
              meaning.kinds.formUnion([.office, .someone])
              meaning.isPerson = true
            default: meaning.kinds.formUnion(.office)
            }
          }
        }
      }
    }
    for place in known.places {
      let index = Int32(places.count)
      places.append(KnownPlace(id: place.id, name: place.name, kind: place.kind))
      for name in place.names {
        add(name.text) { meaning in
          meaning.kinds.formUnion(.place)
          if !meaning.places.contains(index) { meaning.places.append(index) }
        }
        guard place.kind == .district || place.kind == .region, let bare = Names.bare(name.text) else { continue }
        add(bare) { meaning in
          meaning.kinds.formUnion(.place)
          if !meaning.places.contains(index) { meaning.places.append(index) }
        }
        add(bare + " " + "district") { meaning in
          meaning.kinds.formUnion(.place)
          if !meaning.places.contains(index) { meaning.places.append(index) }
        }
      }
    }
    for source in known.sources {
      for name in source.names {
        add(name.text) { meaning in
          meaning.source = source.id
          meaning.party = meaning.party ?? source.party
          meaning.kinds.formUnion(.office)
        }
      }
    }
  }

  /// The kinds of a name's last word that the lexicon knows: "Azerbaijani army" is a force.
  private static func kinds(of text: String, _ lexicon: Lexicon) -> NounKinds {
    guard let last = Lexicon.forms(text).last, let word = lexicon.words[last] else { return [] }
    return word.noun.intersection([.force, .office, .place])
  }

  /// A district's name without the word for district; nil where it has none.
  private static func bare(_ text: String) -> String? {
    for ending in [" district", " District", " region", " Region", " rayon", " Rayon", " province", " Province"]
    where text.hasSuffix(ending) {
      return String(text.dropLast(ending.count))
    }
    return nil
  }
}
