// What answers show of claims that lie far apart: looked up for all of them before any is written out.
internal import TruceModel

/// Claims as far as answers show them, as the store held them when it was asked: less to copy than the store.
struct ClaimSights: Sendable {
  let spans: ClaimSpans
  let reader: ClaimPool.Reader
  /// By number.
  let contexts: [ClaimStore.Context]

  init(_ store: borrowing ClaimStore) { (spans, reader, contexts) = (store.spans, store.pool.reader, store.contexts.values) }

  /// Where what an answer shows of a claim lies.
  ///
  /// Most of the time of a look-up is spent waiting for memory. Looks that do not depend on each other wait together, as long as nothing
  /// else stands between them.
  struct Sight {
    let span: Int
    /// The claim and its context, by number.
    let claim: Int
    let context: Int
    /// When it was said, milliseconds.
    let saidFrom: Int64
    /// Where it begins in the pool; nil where it says no time.
    let start: Int?
    let bits: ClaimNumbers.Bits
  }

  func sights(of numbers: some Collection<Int>) -> [Sight] {
    var sights: [Sight] = []
    sights.reserveCapacity(numbers.count)
    // In a loop: a closure would copy what it reads.
    for number in numbers {
      let start = spans.start(of: number)
      let claim = spans.claim(of: number)
      sights.append(
        Sight(
          span: number, claim: claim, context: Int(spans.context(of: number)), saidFrom: spans.saidFrom(of: number),
          start: reader.hasTime(at: start) ? start : nil, bits: spans.ids.bits(claim)))
    }
    return sights
  }

  func context(_ span: Int) -> ClaimStore.Context { contexts[Int(spans.context(of: span))] }

  func id(_ sight: Sight) -> ClaimID { spans.ids.id(sight.claim, sight.bits) }

  func when(_ sight: Sight) -> When? {
    guard let start = sight.start else { return nil }
    return reader.when(at: start)
  }
}
