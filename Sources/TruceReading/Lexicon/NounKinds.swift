// What a noun phrase can stand for: the constraints that frames put on their roles.

/// Kinds of things that nouns and names stand for; one noun can be of several.
struct NounKinds: OptionSet, Sendable, Hashable {
  let rawValue: UInt32

  static let place = NounKinds(rawValue: 1)
  static let force = NounKinds(rawValue: 2)
  static let person = NounKinds(rawValue: 4)
  static let captive = NounKinds(rawValue: 8)
  static let body = NounKinds(rawValue: 16)
  static let office = NounKinds(rawValue: 32)
  static let agreement = NounKinds(rawValue: 64)
  static let ceasefire = NounKinds(rawValue: 128)
  static let post = NounKinds(rawValue: 256)
  static let equipment = NounKinds(rawValue: 512)
  static let weapon = NounKinds(rawValue: 1024)
  static let event = NounKinds(rawValue: 2048)
  static let money = NounKinds(rawValue: 4096)
  /// A country, side or group by name, or by a word of belonging.
  static let party = NounKinds(rawValue: 8192)
  /// A capitalised name that no layer knows.
  static let name = NounKinds(rawValue: 16384)
  /// A named person, or a pronoun for one.
  static let someone = NounKinds(rawValue: 32768)
  static let pronoun = NounKinds(rawValue: 65536)
  static let number = NounKinds(rawValue: 131_072)
  /// A date or deadline that can be moved.
  static let date = NounKinds(rawValue: 262_144)
  /// The dead and wounded as such.
  static let dead = NounKinds(rawValue: 1_048_576)
  static let demonym = NounKinds(rawValue: 524_288)
  /// A piece of land or a settlement that bears a name: a name beside the word is a place's.
  static let area = NounKinds(rawValue: 2_097_152)

  /// An armed group that is no state's.
  static let rebel = NounKinds(rawValue: 8_388_608)

  /// What helps the people of a place: "an aid convoy", "food".
  static let aid = NounKinds(rawValue: 16_777_216)

  /// Where the hurt and the dead are brought: "a hospital".
  static let clinic = NounKinds(rawValue: 33_554_432)

  /// Where accords are made: "talks", "a peace conference".
  static let parley = NounKinds(rawValue: 67_108_864)

  /// Who tells of a war or watches it, and is no side of it: "a news agency".
  static let teller = NounKinds(rawValue: 268_435_456)

  /// What flies, sails or rolls and fires: a state's, as rebels have little of it.
  static let warcraft = NounKinds(rawValue: 134_217_728)

  /// What those have who fight: "positions", "a convoy".
  static let materiel = NounKinds(rawValue: 536_870_912)

  /// Who can act: a party, a force, an office, a person, a name nobody knows.
  static let actor: NounKinds = [.force, .office, .party, .someone, .name, .pronoun, .person]
  /// Where something can be.
  static let anywhere: NounKinds = [.place, .name]
  /// Who can be hurt.
  static let victim: NounKinds = [.person, .dead, .force, .captive, .someone, .party, .number, .pronoun, .office]

  /// "it", which may be a place.
  static let it = NounKinds(rawValue: 4_194_304)

  static let named: [String: NounKinds] = [
    "it": .it, "aid": .aid, "clinic": .clinic, "parley": .parley, "teller": .teller, "warcraft": .warcraft, "materiel": .materiel,
    "place": .place, "force": .force, "person": .person, "captive": .captive, "body": .body, "office": .office, "agreement": .agreement,
    "ceasefire": .ceasefire, "post": .post, "equipment": .equipment, "weapon": .weapon, "event": .event, "money": .money, "party": .party,
    "date": .date, "dead": .dead, "held": [.captive, .body],
    "actor": .actor, "anywhere": [.place, .name, .party, .pronoun], "victim": .victim, "known-place": [.place, .party], "number": .number,
    "name": .name, "area": [.area, .place], "someone": .someone, "pronoun": .pronoun,
    "target": [.place, .name, .party, .force, .person, .equipment, .post, .office, .body],
    "hardware": [.equipment, .weapon],
  ]
}
