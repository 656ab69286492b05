// Phrases of several words: a trie whose edges are hashes, so that the longest match costs one look-up a word.

/// Phrases and what they mean, found from their first word on.
struct PhraseTable: Sendable {
  private struct Node: Sendable {
    /// What the phrase that ends here means; -1 where none does.
    var value: Int32 = -1
    var hasMore = false
  }

  private var nodes = FormTable<Node>()
  /// A bit for each first word: most words of a text open no phrase, and this is small enough to stay at hand.
  private var sieve = [UInt64](repeating: 0, count: 128)

  /// The step from a phrase so far to its next word.
  @inline(__always)
  static func step(_ so: UInt64, _ form: Form) -> UInt64 {
    var mixed = (so ^ form.rawValue) &* 0x9e37_79b9_7f4a_7c15
    mixed ^= mixed >> 31
    mixed = mixed &* 0xbf58_476d_1ce4_e5b9 ^ so.byteSwapped
    return mixed == 0 ? 1 : mixed
  }

  /// The value of a phrase; setting it again replaces.
  subscript(forms: [Form]) -> Int32? {
    var key: UInt64 = 0x51
    for form in forms { key = PhraseTable.step(key, form) }
    guard let node = nodes[Form(rawValue: key)], node.value >= 0 else { return nil }
    return node.value
  }

  mutating func add(_ forms: [Form], _ value: Int32) {
    var key: UInt64 = 0x51
    if let first = forms.first { sieve[Int(first.rawValue >> 6 & 127)] |= 1 << (first.rawValue & 63) }
    for (i, form) in forms.enumerated() {
      key = PhraseTable.step(key, form)
      let isLast = i == forms.count - 1
      nodes.update(Form(rawValue: key), default: Node()) { node in
        if isLast { node.value = value } else { node.hasMore = true }
      }
    }
  }

  /// The longest phrase that starts at a token: its value and the token after it. Hyphens between words count as spaces.
  func match(_ tokens: Span<Token>, from start: Int, to end: Int) -> (value: Int32, end: Int)? {
    guard start < end else { return nil }
    let first = tokens[start].form
    guard sieve[Int(first.rawValue >> 6 & 127)] >> (first.rawValue & 63) & 1 != 0 else { return nil }
    var key: UInt64 = 0x51
    var at = start
    var best: (Int32, Int)?
    while at < end {
      let token = tokens[at]
      if token.form == .none {
        // "Nagorno-Karabakh" and the full stop of "Lt. Gen." stand inside a phrase.
        guard at > start, token.kind == .hyphen || token.kind == .clitic || token.flags.contains(.abbreviates) else { break }
        at += 1
        continue
      }
      key = PhraseTable.step(key, token.form)
      guard let node = nodes[Form(rawValue: key)] else { break }
      at += 1
      if node.value >= 0 { best = (node.value, at) }
      if !node.hasMore { break }
    }
    return best
  }
}
