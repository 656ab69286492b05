// What a post has to send: kept on disk until the receipt is there, in the order in which it was made.
import Foundation
import TruceDesk
import TruceModel

/// The queue of one post on this machine: a file of records, and its own count.
struct PostQueue {
  let folder: String

  /// The queue of a post; its folder is made where it is missing.
  init(post: PostID, folder: String?) throws {
    let name = String(post.rawValue.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "_" })
    self.folder = try (folder ?? Resources.dataFolder("posts")) + "/" + name + "-" + Digest(of: post.rawValue).short.prefix(8)
    do {
      try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("\(self.folder): cannot be made; name a folder with --queue")
    }
  }

  private var records: String { folder + "/queue.ndjson" }
  private var count: String { folder + "/count" }

  /// The records that wait, oldest first.
  func waiting() throws -> [JSON] {
    guard FileManager.default.fileExists(atPath: records) else { return [] }
    return try Input.file(records).split(separator: 0x0A).map { line in
      do { return try JSON(parsing: line) } catch { throw Failure("\(records): holds a line that is no record: \(error)") }
    }
  }

  /// Keeps what waits, on disk before this returns.
  func keep(_ waiting: [JSON]) throws { try write(records, waiting.map { $0.text + "\n" }.joined()) }

  /// The next number of the post's own count, from 1.
  func nextNumber() throws -> Int {
    let last = (try? Input.file(count, limit: 64)).flatMap { Int(String(decoding: $0.filter { $0 > 0x20 }, as: UTF8.self)) } ?? 0
    try write(count, "\(last + 1)\n")
    return last + 1
  }

  private func write(_ path: String, _ text: String) throws {
    let fresh = path + ".new"
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure("\(fresh): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Failure("\(fresh): \(String(cString: strerror(errno)))") }
      bytes = bytes.dropFirst(written)
    }
    guard fsync(descriptor) == 0, rename(fresh, path) == 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
  }

  /// One process at a time works on a queue; the lock ends with the process.
  func lock() throws -> Int32 {
    let descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
      throw Failure("\(folder): cannot be locked: \(String(cString: strerror(errno)))")
    }
    return descriptor
  }
}
