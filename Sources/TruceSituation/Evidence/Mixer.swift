// Hashes of what recurs in many claims: seeded anew in each process, and a few times as fast as `Hasher`.
internal import TruceModel

/// Puts numbers and texts together to a hash.
struct Mixer {
  private var state: UInt64
  private let (seed, factor): (UInt64, UInt64)

  private static let keys = (seed: UInt64.random(in: 0 ... .max), factor: UInt64.random(in: 0 ... .max) | 1)

  /// Asks for the keys once, and not for every word.
  @inline(__always)
  init() {
    (seed, factor) = Mixer.keys
    state = seed
  }

  @inline(__always)
  mutating func add(_ word: UInt64) {
    let (high, low) = (state ^ word).multipliedFullWidth(by: factor)
    state = high ^ low &+ seed
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      let count = bytes.count
      var rest: UInt64 = 0
      if count >= 8 {
        for at in stride(from: 0, to: count - 8, by: 8) { add(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
        // The last eight, some of them for the second time.
        add(bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
      } else if count >= 4 {
        let last = bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
        rest = UInt64(bytes.loadUnaligned(as: UInt32.self)) | UInt64(last) << UInt64(8 * (count - 4))
      } else {
        for byte in bytes { rest = rest << 8 | UInt64(byte) }
      }
      // With the length on top, so that what begins with zeros differs from what is shorter.
      add(rest | UInt64(truncatingIfNeeded: count) << 56)
    }
  }

  @inline(__always)
  mutating func add(_ text: String?) {
    if let text { add(text) } else { add(UInt64.max) }
  }

  var hash: Int { Int(truncatingIfNeeded: state) }
}

/// A value that is numbered by its hash; equal values mix to equal hashes.
protocol Mixable: Equatable, Sendable {
  func mix(into mixer: inout Mixer)
}

extension Mixable {
  var mixed: Int {
    var mixer = Mixer()
    mix(into: &mixer)
    return mixer.hash
  }
}

extension Zone: Mixable {
  func mix(into mixer: inout Mixer) { mixer.add(identifier) }
}
