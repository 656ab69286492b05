// Moments in four bytes each.
internal import TruceModel

/// Moments, milliseconds as `Instant`, by numbers of 32 bits: whole seconds from 1935 to 2063 are their own number, others are kept beside.
struct Moments: Sendable {
  /// Moments that are no whole second, or far away.
  private var others: [Int64] = [Instant.distantPast.milliseconds, Instant.distantFuture.milliseconds]

  /// The number of 1970.
  private static let epoch: Int64 = 1 << 30
  /// The number of the first moment that is kept beside.
  private static let first: UInt32 = 0xF000_0000

  /// The number of a moment, a new one where it is no whole second.
  @inline(__always)
  mutating func number(of moment: Int64) -> UInt32 {
    let (seconds, rest) = moment.quotientAndRemainder(dividingBy: 1000)
    let number = seconds &+ Moments.epoch
    return rest == 0 && (0..<Int64(Moments.first)).contains(number) ? UInt32(number) : register(moment)
  }

  private mutating func register(_ moment: Int64) -> UInt32 {
    // Mostly that of the one before, else one of the two that everything lies between.
    if let known = [others.count - 1, 1, 0].first(where: { others[$0] == moment }) { return Moments.first + UInt32(known) }
    precondition(
      others.count < Int(UInt32.max - Moments.first), "One index has fewer than two hundred million moments of fractions of a second")
    others.makeRoom(for: 1)
    others.append(moment)
    return Moments.first + UInt32(others.count - 1)
  }

  @inline(__always)
  subscript(number: UInt32) -> Int64 {
    number < Moments.first ? (Int64(number) - Moments.epoch) * 1000 : others[Int(number - Moments.first)]
  }

  /// The bytes that it takes beside the numbers, with what is kept free to grow.
  var storageBytes: Int { others.capacity * 8 }
}
