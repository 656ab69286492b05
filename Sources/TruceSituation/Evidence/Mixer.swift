// Hashes of what recurs in many claims: seeded anew in each process, and a few times as fast as `Hasher`.
internal import TruceModel

/// Puts numbers and texts together to a hash.
struct Mixer {
  private var state = Mixer.seed

  private static let seed = UInt64.random(in: 0 ... .max)
  private static let factor = UInt64.random(in: 0 ... .max) | 1

  @inline(__always)
  mutating func add(_ word: UInt64) {
    let (high, low) = (state ^ word).multipliedFullWidth(by: Mixer.factor)
    state = high ^ low &+ Mixer.seed
  }

  @inline(__always)
  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var at = 0
      while at + 8 <= bytes.count {
        add(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
      }
      var rest: UInt64 = 0
      for byte in bytes[at...] { rest = rest << 8 | UInt64(byte) }
      // With the length on top, so that what begins with zeros differs from what is shorter.
      add(rest | UInt64(truncatingIfNeeded: bytes.count) << 56)
    }
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
