// A chunk: a noun phrase, a verb group, or what stands between them.
internal import TruceModel

/// A piece of a sentence that roles attach to.
struct Chunk: Sendable {
  enum Kind: UInt8, Sendable {
    case noun, verb, preposition, time, comma, semicolon, colon, dash, conjunction, contrast, subordinator
    case openQuote, closeQuote, openBracket, closeBracket, terminal, adverb
  }

  var kind: Kind
  /// Units, half-open.
  var first: Int
  var end: Int

  // A noun phrase.
  /// The unit that says what it is.
  var head = -1
  /// The head's form.
  var headForm = Form.none
  var kinds: NounKinds = []
  /// The possessor's units ("Armenia's army"), half-open; empty for none.
  var owner = 0..<0
  var isNegative = false

  // A verb group.
  var verb: Int32 = -1
  /// The unit of the main verb.
  var main = -1
  var isPassive = false
  var isFinite = false
  var isPerfect = false
  var isPast = false
  var isProgressive = false
  var isInfinitive = false
  var isGerund = false
  /// A participle with no auxiliary: "prisoners released by", or a plain past.
  var isBare = false
  var isPlanned = false
  var isPossible = false
  var isNegated = false
  var isHedged = false
  /// "there was", "there have been": what follows is what there is.
  var isThere = false
  /// The verb group that governs this one ("was expected | to assume"); -1 for none.
  var governor = -1

  // A preposition or subordinator.
  var form = Form.none

  // A time.
  var time: Int32 = -1

  init(_ kind: Kind, _ first: Int, _ end: Int) {
    self.kind = kind
    self.first = first
    self.end = end
  }
}

/// A value for some chunks of a sentence, by their index; one table serves all sentences of a text, so that nothing is allocated twice.
struct ByChunk<Value> {
  private var slots: [Int16] = []
  private var values: [Value] = []

  /// Empties it for a sentence of so many chunks.
  mutating func open(count: Int) {
    if slots.count < count {
      slots = Array(repeating: -1, count: count + 32)
    } else if !values.isEmpty {
      for chunk in slots.indices { slots[chunk] = -1 }
    }
    if !values.isEmpty { values.removeAll(keepingCapacity: true) }
  }

  /// The value of a chunk; nil where it has none.
  subscript(chunk: Int) -> Value? {
    get {
      guard chunk < slots.count, slots[chunk] >= 0 else { return nil }
      return values[Int(slots[chunk])]
    }
    set {
      guard let newValue else {
        slots[chunk] = -1
        return
      }
      if slots[chunk] >= 0 {
        values[Int(slots[chunk])] = newValue
      } else if values.count < Int(Int16.max) {
        if values.capacity == 0 { values.reserveCapacity(16) }
        slots[chunk] = Int16(values.count)
        values.append(newValue)
      }
    }
  }
}
