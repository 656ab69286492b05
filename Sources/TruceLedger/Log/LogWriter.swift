// The lines of an exported log as they go out, and the digest that closes them.
internal import TruceModel

internal import struct Crypto.SHA256

/// Appends lines and keeps what the last one says.
struct LogWriter {
  private var hash = SHA256()
  var result: Verification

  init(file: String) { result = Verification(file: file) }

  mutating func append(_ line: LogLine, to out: inout [UInt8]) {
    switch line {
    case .checkpoint: result.checkpoints += 1
    case .body: result.bodies += 1
    case .personal: result.personal += 1
    case .erased: result.erased += 1
    default: break
    }
    appendEntry(line.bytes, to: &out)
  }

  mutating func appendEntry(_ line: [UInt8], to out: inout [UInt8]) {
    let start = out.count
    out += line
    out.append(0x0A)
    out[start...].withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  mutating func appendEnd(to out: inout [UInt8]) {
    out += LogLine.end(sha256: Digest(bytes: Array(hash.finalize()))!).bytes
    out.append(0x0A)
  }
}
