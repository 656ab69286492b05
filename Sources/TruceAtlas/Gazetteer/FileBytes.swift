// Bytes that stay where they are: an array, or a file mapped into memory.
internal import Foundation

/// A file's bytes, mapped and never changed, or bytes in memory.
final class FileBytes: Sendable {
  private let data: Data

  init(_ bytes: [UInt8]) { data = Data(bytes) }

  /// - Throws: where the file cannot be read.
  init(mapping path: String) throws { data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) }

  var count: Int { data.count }

  func write(to path: String) throws { try data.write(to: URL(fileURLWithPath: path), options: .atomic) }

  @inline(__always)
  func withBytes<Value, Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Value) throws(Failure) -> Value {
    let result = data.withUnsafeBytes { raw in Result { () throws(Failure) in try body(raw) } }
    return try result.get()
  }
}
