// What a text has named so far: whom a pronoun, a surname, an acronym or "the rebels" stands for.
internal import TruceModel

/// The memory of a text, bounded.
///
/// Each list is read or added to and done with at once, so that no access meets another and none need be watched for.
final class Discourse {
  /// The last things named, newest last; of them `deepest` are remembered.
  @exclusivity(unchecked) private(set) var recent: [Referent] = []
  /// Acronyms and surnames that the text itself explains: "(UPDF)", "Kulayigye".
  @exclusivity(unchecked) private(set) var aliases: [Form: Referent] = [:]
  /// For whom a person speaks, by surname: "John Hale, a spokesman for the rebels".
  private var sides: [Form: Referent] = [:]
  /// The last pair that stood together as sides: "between Armenia and Azerbaijan".
  var pair: [Referent] = []
  /// Who fights beside whom by the text's words: "the army, alongside the militia".
  var allies: [(one: Mention, other: Mention)] = []
  /// The day at which the text's own events stand.
  var day: When?
  /// The day that the paragraph last gave, and the paragraph.
  var narrated: (day: CivilDate, zone: Zone, paragraph: Int)?
  /// The month that the paragraph gave after that, and the paragraph.
  var narratedMonth: (edtf: String, zone: Zone, paragraph: Int)?
  /// The first and the last day of fighting that the text told of.
  var fought: (first: CivilDate, last: CivilDate)?
  /// The paragraph in which the text last told of days long past; -1 where it came back since.
  var past = -1
  /// The day on which the text says that something was agreed, the last one.
  var signed: When?
  /// The first day of the last ceasefire of which the text gives it.
  var truce: When?
  /// When the war began of whose toll the text tells.
  var warBegan: When?
  /// The paragraph that last named an agreement under which things are done; -1 for none.
  var agreement = -1
  /// The paragraph that last told what an agreement lays down; -1 for none.
  var terms = -1
  /// What kind of place the text calls each name, by its last word: "the town of Orlin", "Tarn province".
  private(set) var areas: [Form: Form] = [:]

  func noteArea(_ name: Form, _ area: Form) {
    if areas.count < 512 || areas[name] != nil { areas[name] = area }
  }

  /// Where the words stand of fighting that came before a truce which the text tells of first.
  var beforeTruce: Set<Int> = []
  /// Where the words stand of accords of which their sentences do not say where they were signed.
  var unplaced: Set<Int> = []
  /// Where the text says that talks were held, each place once.
  private(set) var venues: [PlaceMention] = []

  func noteVenue(_ place: PlaceMention) {
    if venues.count < 8, !venues.contains(where: { $0.text == place.text }) { venues.append(place) }
  }

  /// Whether the last sentence is about a ceasefire.
  var isAboutTruce = false
  /// Where the report was written, which it calls "here".
  var here: PlaceMention?
  /// The place of the last claim of the paragraph.
  var place: PlaceMention?
  /// The last place of which the text told that somebody fought there, was hurt or took it.
  var field: PlaceMention?
  /// Whether `place` is where an agreement was signed.
  var isOfSigning = false
  /// The last speaker, for quotations that go on.
  var speaker: Speaker?
  var paragraph = -1

  /// How often the text names each state, and by what name: the first of its land, else the first of its people.
  @exclusivity(unchecked) private var states: [(party: PartyID, count: Int, name: String, isLand: Bool)] = []

  /// Counts that the text names a state, as often as it tells that the text is about it.
  func noteState(_ party: PartyID, isLand: Bool, times: Int = 1, _ name: @autoclosure () -> String) {
    if let known = states.firstIndex(where: { $0.party == party }) {
      states[known].count += times
      if isLand, !states[known].isLand { (states[known].name, states[known].isLand) = (name(), true) }
    } else if states.count < 64 {
      states.append((party, times, name(), isLand))
    }
  }

  /// Which of some states the text names most; nil where it names none, or two as often.
  func mostNamed(of parties: [PartyID]) -> PartyID? {
    let named = states.filter { parties.contains($0.party) && $0.count > 0 }
    guard let most = named.max(by: { $0.count < $1.count }) else { return nil }
    return named.count { $0.count == most.count } == 1 ? most.party : nil
  }

  /// The two states that the text names most, each more than once and a third one less; else none.
  var twoMostNamed: [Mention] {
    let order = states.filter { $0.count > 1 }.sorted { ($0.count, $1.party.rawValue) > ($1.count, $0.party.rawValue) }
    guard order.count > 1, order.count == 2 || order[2].count < order[1].count else { return [] }
    return order.prefix(2).map { Mention($0.name, party: $0.party) }
  }

  /// The state whose army and government the text means where it says no more; nil where no state is named far more often than others.
  var theatre: Referent? {
    guard let most = states.max(by: { ($0.count, $1.party.rawValue) < ($1.count, $0.party.rawValue) }), most.count > 1,
      states.allSatisfy({ $0.party == most.party || 2 * $0.count <= most.count })
    else { return nil }
    return Referent(
      text: most.name, span: ByteSpan(0, 0), party: most.party, organ: nil, kinds: most.isLand ? [.party, .place] : [.party],
      place: nil, isPlural: false)
  }

  static let deepest = 40
  /// Of them, so many of the last can be meant by "they" though they have no name.
  static let fresh = 8

  func note(_ referent: Referent) {
    recent.append(referent)
    if recent.count >= 2 * Discourse.deepest { recent.removeFirst(recent.count - Discourse.deepest) }
  }

  func alias(_ form: Form, _ referent: Referent) {
    if aliases.count < 512 || aliases[form] != nil { aliases[form] = referent }
  }

  /// Remembers for whom a person speaks.
  func affiliate(_ surname: Form, _ side: Referent) {
    if sides.count < 512 || sides[surname] != nil { sides[surname] = side }
  }

  /// For whom a speaker speaks, by the last word of the name.
  func side(of name: String) -> Referent? {
    sides.isEmpty ? nil : sides[Form(lastWordOf: name)]
  }

  func last(where fits: (Referent) -> Bool) -> Referent? { recent.suffix(Discourse.deepest).last(where: fits) }
}
