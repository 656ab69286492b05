// One process writes to a ledger: a lock on a file beside it, which the system frees when the process ends, however it ends.
internal import Glibc

/// Holds the writer's lock as long as the value lives.
final class WriterLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `LedgerError.locked` where another process, or another `Ledger` of this one, holds it.
  init(ledger path: String) throws {
    let lockPath = path + "-lock"
    descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw LedgerError(.inputOutput, "the lock file \(lockPath) cannot be opened: \(String(cString: strerror(errno)))", file: path)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var text = [UInt8](repeating: 0, count: 32)
      let count = pread(descriptor, &text, text.count, 0)
      close(descriptor)
      let owner = String(decoding: text.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)
      throw LedgerError(
        .locked, "process \(owner.isEmpty ? "unknown" : owner) writes to this ledger; one writes at a time, any number read", file: path)
    }
    let own = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    _ = own.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit { close(descriptor) }
}
