// What each origin says of who holds each place: the chronicle of the claims of control.
internal import TruceModel

/// The words of every origin about every place, over valid time and the ledger's own.
struct VoiceBook: Sendable {
  private(set) var chronicle = Chronicle()
  private(set) var places: [PlaceID] = []
  private var placeNumbers: [PlaceID: Int] = [:]
  private var originNumbers: [String: Int] = [:]
  /// What a sentence calls each origin.
  private(set) var names: [String] = []
  /// What a word says; the chronicle keeps it as a number.
  private var words: [Voice.Word] = []
  private var wordNumbers: [Voice.Word: Int32] = [:]

  func number(of place: PlaceID) -> Int? { placeNumbers[place] }

  /// The word for a value of the chronicle.
  func word(_ value: Int32) -> Voice.Word { words[Int(value) - 1] }

  /// The value of the chronicle for a word that was taken in.
  func value(_ word: Voice.Word) -> Int32 { wordNumbers[word]! }

  /// Takes in a fact that begins to count with the entry at a position.
  mutating func open(_ span: Int, _ fact: Fact, from position: UInt32, in index: CaseIndex) {
    guard let word = VoiceBook.word(of: fact) else { return }
    let value = number(of: word)
    let (from, until) = VoiceBook.validity(of: fact)
    for place in index.placesOfControl(fact) {
      chronicle.add(
        place: register(place), source: origin(fact), value: value, from: from, until: until, said: fact.said.lowerBound,
        tie: VoiceBook.tie(fact.id),
        recorded: Instant(milliseconds: Int64(position)), claim: Int32(span))
    }
  }

  /// Notes that a fact ceases to count with the entry at a position.
  mutating func close(_ span: Int, _ fact: Fact, at position: UInt32, in index: CaseIndex) {
    guard VoiceBook.word(of: fact) != nil else { return }
    for place in index.placesOfControl(fact) {
      chronicle.withdraw(
        place: register(place), source: origin(fact), claim: Int32(span), recorded: Instant(milliseconds: Int64(position)))
    }
  }

  /// What a claim says of who holds its places; nil where it does not say between whom.
  static func word(of fact: Fact) -> Voice.Word? {
    let passage = fact.passage
    guard let holder: Holder = passage.to.map({ .party($0) }) ?? passage.from.map({ .left($0) }) else { return nil }
    return fact.isDenial ? .denies(holder) : fact.isAsserted ? .holds(holder) : nil
  }

  /// From when a claim says that it is so, and until when: a passage until further notice, control from one time to another until that.
  static func validity(of fact: Fact) -> (from: Instant, until: Instant) {
    let window = fact.window
    var from = window.lowerBound
    // Told as past and without a day: so by the end of what its time allows, and by when it was said.
    if !window.isAnchored {
      from = window.upperBound < .distantFuture ? window.upperBound.adding(milliseconds: -1) : max(from, fact.said.lowerBound)
    }
    let end = fact.claim.act == "control" ? fact.claim.when?.end?.upperBound : nil
    return (from, max(from, end ?? .distantFuture))
  }

  /// Claims of one moment are taken in the order of their ids, whichever came first: the first eight bytes of an id tell them apart.
  private static func tie(_ id: ClaimID) -> UInt64 {
    var tie: UInt64 = 0
    var count = 0
    for byte in id.rawValue.utf8 where count < 8 {
      tie = tie << 8 | UInt64(byte)
      count += 1
    }
    return tie << UInt64(8 * (8 - count))
  }

  private mutating func register(_ place: PlaceID) -> Int {
    if let known = placeNumbers[place] { return known }
    placeNumbers[place] = places.count
    places.append(place)
    return places.count - 1
  }

  private mutating func origin(_ fact: Fact) -> Int {
    if let known = originNumbers[fact.origin.key] { return known }
    let number = originNumbers.count
    originNumbers[fact.origin.key] = number
    names.append(fact.origin.name)
    return number
  }

  private mutating func number(of word: Voice.Word) -> Int32 {
    if let known = wordNumbers[word] { return known }
    words.append(word)
    let number = Int32(words.count)
    wordNumbers[word] = number
    return number
  }
}
