// SQLite's file layer with one change: the frames of a write-ahead log go to the system many at a time.
internal import GRDBSQLite
internal import Glibc

/// SQLite hands over each page of a commit, and the header in front of it, as a write of its own; on a quick disk these calls are a tenth
/// of a commit. Here they are held back until the header of the commit's last frame comes, and written in one piece.
///
/// What is held back belongs to no commit yet: the header that makes a commit of it sends it off, and the last page goes straight through.
/// So a sync, and whoever reads the log through another connection, find all that they find without this layer. What a transaction left
/// that was taken back is overwritten by the next, or forgotten.
enum LogLayer {
  /// Makes it the layer of all connections that are opened from now on.
  static let install: Void = {
    sqlite3_vfs_register(layer, 1)
  }()

  /// The most bytes that are held back; SQLite's own layer takes less than 128 KiB in one write.
  fileprivate static let capacity = 64 << 10
  /// A frame's header; the number of pages in its bytes 4 to 7 is none but in a commit's last frame.
  private static let headerBytes: Int32 = 24

  /// Ours lies in front of the file of SQLite's own layer, in memory that SQLite provides.
  fileprivate static let ownBytes = (MemoryLayout<LogFile>.size + 15) & ~15

  // Unchecked: pointers to what is made once, before any file is opened, and never changed.
  nonisolated(unsafe) private static let standard: UnsafeMutablePointer<sqlite3_vfs> = sqlite3_vfs_find(nil)

  nonisolated(unsafe) private static let layer: UnsafeMutablePointer<sqlite3_vfs> = {
    let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    layer.initialize(to: standard.pointee)
    layer.pointee.zName = UnsafePointer(strdup("truce"))
    layer.pointee.szOsFile += Int32(ownBytes)
    layer.pointee.xOpen = { _, name, file, flags, outFlags in
      guard let file, flags & SQLITE_OPEN_WAL != 0 else { return standard.pointee.xOpen(standard, name, file, flags, outFlags) }
      let code = standard.pointee.xOpen(standard, name, file.inner, flags, outFlags)
      let isOpen = file.inner.pointee.pMethods != nil
      let log = UnsafeMutableRawPointer(file).bindMemory(to: LogFile.self, capacity: 1)
      log.initialize(to: LogFile(base: sqlite3_file(pMethods: isOpen ? UnsafePointer(methods) : nil)))
      return code
    }
    return layer
  }()

  nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: sqlite3_io_methods())
    methods.pointee.iVersion = 1
    methods.pointee.xClose = { file in
      file!.log.pointee.held?.deallocate()
      return file!.inner.call.xClose(file!.inner)
    }
    methods.pointee.xRead = { file, bytes, count, at in file!.flushed { $0.call.xRead($0, bytes, count, at) } }
    methods.pointee.xWrite = { file, bytes, count, at in write(file!, bytes!, count, at) }
    methods.pointee.xTruncate = { file, size in file!.flushed { $0.call.xTruncate($0, size) } }
    methods.pointee.xSync = { file, flags in file!.flushed { $0.call.xSync($0, flags) } }
    methods.pointee.xFileSize = { file, size in file!.flushed { $0.call.xFileSize($0, size) } }
    methods.pointee.xLock = { file, level in file!.inner.call.xLock(file!.inner, level) }
    methods.pointee.xUnlock = { file, level in file!.inner.call.xUnlock(file!.inner, level) }
    methods.pointee.xCheckReservedLock = { file, result in file!.inner.call.xCheckReservedLock(file!.inner, result) }
    methods.pointee.xFileControl = { file, code, value in file!.inner.call.xFileControl(file!.inner, code, value) }
    methods.pointee.xSectorSize = { file in file!.inner.call.xSectorSize(file!.inner) }
    methods.pointee.xDeviceCharacteristics = { file in file!.inner.call.xDeviceCharacteristics(file!.inner) }
    return methods
  }()

  private static func write(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ bytes: UnsafeRawPointer, _ count: Int32, _ at: Int64
  ) -> Int32 {
    let log = file.log
    if count == headerBytes { log.pointee.holds = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self) == 0 }
    if at != log.pointee.end || log.pointee.count + Int(count) > capacity {
      let code = file.flush()
      guard code == SQLITE_OK else { return code }
    }
    guard log.pointee.holds || log.pointee.count > 0, count <= capacity else { return file.inner.call.xWrite(file.inner, bytes, count, at) }
    log.pointee.hold(bytes, Int(count), at)
    return log.pointee.holds ? SQLITE_OK : file.flush()
  }
}

/// An open write-ahead log; SQLite sees its first member.
private struct LogFile {
  var base: sqlite3_file
  var held: UnsafeMutableRawPointer?
  /// How many bytes are held back, and where they belong.
  var count = 0
  var start: Int64 = 0
  /// Whether a commit's end is still to come.
  var holds = false

  var end: Int64 { start + Int64(count) }

  mutating func hold(_ bytes: UnsafeRawPointer, _ more: Int, _ at: Int64) {
    if held == nil { held = .allocate(byteCount: LogLayer.capacity, alignment: 16) }
    if count == 0 { start = at }
    held!.advanced(by: count).copyMemory(from: bytes, byteCount: more)
    count += more
  }
}

extension UnsafeMutablePointer<sqlite3_file> {
  fileprivate var log: UnsafeMutablePointer<LogFile> { UnsafeMutableRawPointer(self).assumingMemoryBound(to: LogFile.self) }

  /// The file of SQLite's own layer.
  fileprivate var inner: Self {
    UnsafeMutableRawPointer(self).advanced(by: LogLayer.ownBytes).assumingMemoryBound(to: sqlite3_file.self)
  }

  fileprivate var call: sqlite3_io_methods { pointee.pMethods.pointee }

  /// Writes what is held back; after a failure it is gone, as the transaction is.
  fileprivate func flush() -> Int32 {
    let count = log.pointee.count
    guard count > 0 else { return SQLITE_OK }
    log.pointee.count = 0
    return inner.call.xWrite(inner, log.pointee.held, Int32(count), log.pointee.start)
  }

  fileprivate func flushed(_ work: (Self) -> Int32) -> Int32 {
    let code = flush()
    return code == SQLITE_OK ? work(inner) : code
  }
}
