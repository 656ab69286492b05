// Numbers out of bytes, in either order, never past the end.

/// Reads numbers from bytes at a moving place.
struct BinaryReader {
  let bytes: ArraySlice<UInt8>
  var at: Int
  var isLittleEndian = true

  init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  var remaining: Int { bytes.endIndex - at }

  mutating func unsigned(_ count: Int) throws(AtlasError) -> UInt64 {
    guard count <= remaining else { throw AtlasError("the data end too early, at byte \(at)") }
    var value: UInt64 = 0
    for i in 0..<count {
      let byte = UInt64(bytes[at + i])
      value |= byte << UInt64(8 * (isLittleEndian ? i : count - 1 - i))
    }
    at += count
    return value
  }

  mutating func byte() throws(AtlasError) -> UInt8 { UInt8(try unsigned(1)) }
  mutating func int32() throws(AtlasError) -> Int { Int(Int32(truncatingIfNeeded: try unsigned(4))) }
  mutating func uint32() throws(AtlasError) -> Int { Int(try unsigned(4)) }
  mutating func double() throws(AtlasError) -> Double { Double(bitPattern: try unsigned(8)) }

  /// A count of things of some bytes each that are still to come; more than there can be is an error.
  mutating func count(ofBytes size: Int) throws(AtlasError) -> Int {
    let count = try uint32()
    guard count <= remaining / size else { throw AtlasError("a count of \(count) is more than the data hold, at byte \(at - 4)") }
    return count
  }
}
