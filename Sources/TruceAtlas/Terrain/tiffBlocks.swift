// The packing of a TIFF's strips and tiles (TIFF 6.0 sections 13 and 14, Adobe's Technical Note 3): Deflate, LZW, and predictors.
internal import CZlib

/// How a TIFF's blocks are packed.
enum TIFFPacking: Int {
  case none = 1
  case lzw = 5
  case deflate = 8
  case oldDeflate = 32946

  /// A block's bytes, unpacked.
  ///
  /// - Parameter count: how many there should be; more are cut off, fewer are an error.
  func unpacked(_ block: ArraySlice<UInt8>, count: Int) throws(AtlasError) -> [UInt8] {
    let bytes: [UInt8]
    switch self {
    case .none: bytes = Array(block.prefix(count))
    case .lzw: bytes = unpackedLZW(block, count: count)
    case .deflate, .oldDeflate:
      bytes = [UInt8](unsafeUninitializedCapacity: count) { out, written in
        var length = uLongf(count)
        let state = block.withUnsafeBufferPointer { uncompress(out.baseAddress, &length, $0.baseAddress, uLong($0.count)) }
        // A block that would give more than it should has filled its room all the same.
        written = state == Z_OK || state == Z_BUF_ERROR ? Int(length) : 0
      }
    }
    guard bytes.count == count else { throw AtlasError("a block of heights gives \(bytes.count) bytes where \(count) are wanted") }
    return bytes
  }
}

/// LZW as TIFF has it: codes of 9 to 12 bits, the most significant first, one longer one code early.
private func unpackedLZW(_ block: ArraySlice<UInt8>, count: Int) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(count)
  /// Where each code's bytes stand in what was written, and how many they are.
  var table: [(start: Int, count: Int)] = []
  var width = 9
  var bits: UInt32 = 0
  var held = 0
  var last: (start: Int, count: Int)?
  for byte in block {
    bits = bits << 8 | UInt32(byte)
    held += 8
    guard held >= width else { continue }
    held -= width
    let code = Int(bits >> UInt32(held)) & (1 << width - 1)
    if code == 256 {
      table = []
      width = 9
      last = nil
      continue
    }
    if code == 257 || out.count >= count { break }
    let start = out.count
    if code < 256 {
      out.append(UInt8(code))
    } else if code - 258 < table.count {
      let entry = table[code - 258]
      for i in 0..<entry.count { out.append(out[entry.start + i]) }
    } else {
      // The one code that may be used before it is known: the last string with its own first byte.
      guard let last, code - 258 == table.count else { break }
      for i in 0..<last.count { out.append(out[last.start + i]) }
      out.append(out[last.start])
    }
    // A new code is the last string and this one's first byte, which stands right behind it.
    if let last, table.count < 4096 - 258 { table.append((last.start, last.count + 1)) }
    last = (start, out.count - start)
    width = table.count + 258 >= 2047 ? 12 : table.count + 258 >= 1023 ? 11 : table.count + 258 >= 511 ? 10 : 9
  }
  return Array(out.prefix(count))
}

/// Takes a predictor's differences out of a block: 2 between neighbours' numbers, 3 between the bytes of floats in planes.
func undoPredictor(_ predictor: Int, _ bytes: inout [UInt8], columns: Int, size: Int, isLittleEndian: Bool) throws(AtlasError) {
  let length = columns * size
  switch predictor {
  case 1: return
  case 2:
    for row in stride(from: 0, to: bytes.count, by: length) {
      for at in stride(from: row + size, to: row + length, by: size) {
        var carry = 0
        for byte in 0..<size {
          let i = at + (isLittleEndian ? byte : size - 1 - byte)
          carry += Int(bytes[i]) + Int(bytes[i - size])
          bytes[i] = UInt8(truncatingIfNeeded: carry)
          carry >>= 8
        }
      }
    }
  case 3:
    // The note wants the planes in the same order in either byte order; files differ, and a wrong guess would not show.
    guard isLittleEndian else {
      throw AtlasError("predictor 3 is read in the byte order LITTLE only: gdal_translate -co ENDIANNESS=LITTLE")
    }
    for row in stride(from: 0, to: bytes.count, by: length) {
      for i in row + 1..<row + length { bytes[i] &+= bytes[i - 1] }
      let planes = Array(bytes[row..<row + length])
      for column in 0..<columns {
        for byte in 0..<size {
          bytes[row + column * size + size - 1 - byte] = planes[byte * columns + column]
        }
      }
    }
  default: throw AtlasError("predictor \(predictor) is not read; 1, 2 and 3 are")
  }
}
