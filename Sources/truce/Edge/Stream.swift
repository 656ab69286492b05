// A stream of lines worked on by all cores: lines in, output out in the same order, bounded memory.
import Foundation
import Synchronization
import TruceModel

/// The longest line that a stream may have, in bytes: the worker's memory is bounded by it, and no report is nearly as long.
let longestLine = 4 << 20
/// Lines are worked on together up to so many bytes.
private let largestBatch = 1 << 20

/// Feeds the lines of files (`-` for standard input) to `work` and writes what it returns, in order.
///
/// At most 1 MiB of lines, or one longer line, are in memory at once. An empty line is passed over. A line longer than
/// `longestLine` is answered by an error line and passed over, without being kept.
func stream(_ names: [String], _ work: @escaping @Sendable ([UInt8], Int) -> [UInt8]) async throws {
  var number = 0
  for name in names {
    let descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("\(name): \(String(cString: strerror(errno)))") }
    defer { if name != "-" { close(descriptor) } }
    var splitter = LineSplitter()
    var batch: [(number: Int, line: [UInt8])] = []
    var size = 0
    func flush() {
      let lines = batch
      let results = Mutex<[[UInt8]]>(Array(repeating: [], count: lines.count))
      DispatchQueue.concurrentPerform(iterations: lines.count) { i in
        let output = work(lines[i].line, lines[i].number)
        results.withLock { $0[i] = output }
      }
      for output in results.withLock({ $0 }) where !output.isEmpty { Terminal.write(output) }
      batch.removeAll(keepingCapacity: true)
      size = 0
    }
    func take(_ line: LineSplitter.Line) {
      number += 1
      switch line {
      case .line(let bytes):
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        if size + bytes.count > largestBatch { flush() }
        size += bytes.count
        batch.append((number, bytes))
        if size >= largestBatch || batch.count >= 512 { flush() }
      case .tooLong:
        flush()
        Terminal.write(errorLine(number, "the line has more than \(longestLine) bytes"))
      }
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure("\(name): \(String(cString: strerror(errno)))") }
      if count == 0 { break }
      splitter.add(chunk[..<count], take)
    }
    splitter.finish(take)
    flush()
  }
}

/// Cuts chunks of bytes into lines.
struct LineSplitter {
  enum Line {
    case line([UInt8])
    case tooLong
  }

  private var rest: [UInt8] = []
  private var isSkipping = false

  /// Takes a chunk in and hands out each line that it ends.
  mutating func add(_ chunk: ArraySlice<UInt8>, _ take: (Line) -> Void) {
    var chunk = chunk
    while let end = firstPlace(of: 0x0A, in: chunk) {
      rest.append(contentsOf: chunk[chunk.startIndex..<end])
      hand(take)
      chunk = chunk[(end + 1)...]
    }
    if isSkipping { return }
    rest.append(contentsOf: chunk)
    if rest.count > longestLine {
      isSkipping = true
      rest.removeAll()
    }
  }

  /// Hands out the last line where the input does not end with a line's end.
  mutating func finish(_ take: (Line) -> Void) { if !rest.isEmpty || isSkipping { hand(take) } }

  private mutating func hand(_ take: (Line) -> Void) {
    take(isSkipping || rest.count > longestLine ? .tooLong : .line(rest))
    isSkipping = false
    rest.removeAll(keepingCapacity: rest.capacity < 1 << 20)
  }
}
