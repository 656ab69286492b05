// Bodies by their digest: compressed where that pays.
internal import CZlib
internal import TruceModel

/// How a body's bytes are stored.
enum BodyForm: Int64, Sendable, Hashable {
  case plain = 0
  /// zlib (RFC 1950).
  case zlib = 1
  /// Nothing is left; a ruling says why.
  case erased = 2
}

/// A body ready to be stored.
struct PreparedBody: Sendable {
  var digest: Digest
  /// Bytes of the body itself.
  var size: Int
  var form: BodyForm
  var bytes: [UInt8]

  /// The place of a body that was erased.
  init(erased digest: Digest) {
    self.digest = digest
    size = 0
    form = .erased
    bytes = []
  }

  init(_ body: [UInt8]) throws {
    guard body.count <= Ledger.maximumBodyBytes else {
      throw LedgerError(.invalid, "a body has \(body.count) bytes; at most \(Ledger.maximumBodyBytes) are right")
    }
    digest = Digest(of: body)
    size = body.count
    if let small = compressed(body) {
      form = .zlib
      bytes = small
    } else {
      form = .plain
      bytes = body
    }
  }
}

extension Ledger {
  /// The most bytes of a body.
  public static let maximumBodyBytes = 64 << 20
}

/// The bytes by zlib, where that saves an eighth or more; else nil.
func compressed(_ bytes: [UInt8]) -> [UInt8]? {
  guard bytes.count >= 64 else { return nil }
  var length = compressBound(uLong(bytes.count))
  let target = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
    count = compress2(buffer.baseAddress, &length, bytes, uLong(bytes.count), 6) == Z_OK ? Int(length) : 0
  }
  return target.isEmpty || target.count > bytes.count - bytes.count / 8 ? nil : target
}

/// The bytes that zlib gives back; nil unless they are exactly `size`.
func uncompressed(_ bytes: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
  guard size >= 0, size <= Ledger.maximumBodyBytes else { return nil }
  var length = uLong(size)
  let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
    let source = bytes.bindMemory(to: UInt8.self).baseAddress
    count = uncompress(buffer.baseAddress, &length, source, uLong(bytes.count)) == Z_OK ? Int(length) : 0
  }
  return result.count == size ? result : nil
}

/// A body's own bytes from a row; nil where they do not come out.
func bodyBytes(form: Int64, size: Int64, stored: UnsafeRawBufferPointer) -> [UInt8]? {
  switch BodyForm(rawValue: form) {
  case .plain: stored.count == Int(size) ? Array(stored) : nil
  case .zlib: uncompressed(stored, size: Int(size))
  case .erased, nil: nil
  }
}
