// Finds copies of one dispatch: reports whose texts share most of their words in the same order.

/// The fingerprint of a text: the hashes of its runs of five words.
///
/// Two texts are copies of one dispatch when they share most of the shorter one's runs, whatever headline, dateline or
/// closing lines each outlet put around it.
public struct Dispatch: Sendable, Hashable {
  /// The hashes of the runs, sorted, each once.
  public let runs: [UInt64]

  /// Words in a run.
  static let width = 5

  /// The fingerprint of a text: letters and digits count, case and punctuation do not.
  public init(text: [UInt8]) {
    var hashes: [UInt64] = []
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var isInWord = false
    for byte in text {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower >= 0x61 && lower <= 0x7A || lower >= 0x30 && lower <= 0x39 || lower >= 0x80 {
        hash = (hash ^ UInt64(lower)) &* 0x100_0000_01B3
        isInWord = true
      } else if isInWord {
        hashes.append(hash)
        hash = 0xCBF2_9CE4_8422_2325
        isInWord = false
      }
    }
    if isInWord { hashes.append(hash) }
    var runs: [UInt64] = []
    if hashes.count >= Dispatch.width {
      runs.reserveCapacity(hashes.count)
      for start in 0...(hashes.count - Dispatch.width) {
        var run: UInt64 = 0
        for word in hashes[start..<start + Dispatch.width] { run = (run &* 0x9E37_79B9_7F4A_7C15) ^ (word &+ run >> 29) }
        runs.append(run)
      }
      runs.sort()
    }
    var unique: [UInt64] = []
    unique.reserveCapacity(runs.count)
    for run in runs where unique.last != run { unique.append(run) }
    self.runs = unique
  }

  /// The share of the shorter text's runs that the other has too, 0 to 1; 0 where a text has fewer than five words.
  public func overlap(with other: Dispatch) -> Double {
    let least = min(runs.count, other.runs.count)
    guard least > 0 else { return 0 }
    var shared = 0
    var i = 0
    var j = 0
    while i < runs.count, j < other.runs.count {
      if runs[i] == other.runs[j] {
        shared += 1
        i += 1
        j += 1
      } else if runs[i] < other.runs[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(shared) / Double(least)
  }

  /// Whether both are one dispatch: at least four fifths of the shorter's runs are shared.
  public func isCopy(of other: Dispatch) -> Bool { overlap(with: other) >= 0.8 }
}
