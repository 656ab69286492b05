// Senders: each on a connection of its own, a request at a time, started at even times whether the last was slow or not.
import Foundation
import Synchronization

/// A kept-alive connection to 127.0.0.1.
final class Connection {
  private let descriptor: Int32
  private let port: UInt16
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(port: UInt16) throws {
    descriptor = try connected(port)
    self.port = port
  }

  deinit { close(descriptor) }

  /// Sends records and returns the whole answer.
  func post(_ body: String) throws -> String {
    let head =
      "POST /api/watch/records HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/x-ndjson\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    try send(Array((head + body).utf8))
    var received: [UInt8] = []
    while true {
      if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self).lowercased()
        guard let line = head.split(separator: "\r\n").first(where: { $0.hasPrefix("content-length:") }),
          let length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces))
        else { throw Refused("the answer has no length: \(head)") }
        if received.count >= end.upperBound + length {
          guard head.hasPrefix("http/1.1 200") else { throw Refused(String(decoding: received, as: UTF8.self)) }
          return String(decoding: received[end.upperBound...], as: UTF8.self)
        }
      }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { throw Refused("the desk closed the connection") }
      received += buffer[..<count]
    }
  }

  private func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Refused("the desk takes nothing more") }
      rest = rest.dropFirst(count)
    }
  }
}

/// A socket to the desk.
func connected(_ port: UInt16) throws -> Int32 {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  let result = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
  }
  guard descriptor >= 0, result == 0 else { throw Refused("port \(port): \(String(cString: strerror(errno)))") }
  return descriptor
}

/// One run of senders.
struct Load: Sendable {
  var plan: Plan
  var port: UInt16
  var rate: Int
  var seconds: Int
  var connections: Int
  var batch: Int

  struct Outcome: Sendable {
    var sent = 0
    var accepted = 0
    /// From when a request was due to its receipts, nanoseconds: a sender that waits for a slow answer is late with its next, and that counts.
    var latencies: [UInt64] = []
    /// When each observation in the zone was sent.
    var zoneSent: [String: UInt64] = [:]
  }

  func run() -> Outcome {
    let total = Mutex(Outcome())
    let group = DispatchGroup()
    let start = now() + 200_000_000
    let interval = UInt64(1e9 * Double(batch * connections) / Double(rate))
    for number in 0..<connections {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        let outcome = sender(start + interval * UInt64(number) / UInt64(connections), interval)
        total.withLock { total in
          total.sent += outcome.sent
          total.accepted += outcome.accepted
          total.latencies += outcome.latencies
          total.zoneSent.merge(outcome.zoneSent) { first, _ in first }
        }
      }
    }
    group.wait()
    return total.withLock { $0 }
  }

  private func sender(_ start: UInt64, _ interval: UInt64) -> Outcome {
    var outcome = Outcome()
    do {
      let connection = try Connection(port: port)
      var due = start
      while due < start + UInt64(seconds) * 1_000_000_000 {
        let observations = (0..<batch).map { _ in plan.next() }
        let body = observations.map(\.line).joined(separator: "\n")
        let wait = Int64(due) - Int64(now())
        if wait > 0 { usleep(UInt32(wait / 1000)) }
        let sent = now()
        outcome.sent += batch
        let answer = try connection.post(body)
        outcome.latencies.append(now() - due)
        guard answer.contains("\"accepted\":\(batch),\"refused\":0") else { throw Refused(answer) }
        outcome.accepted += batch
        for observation in observations { if let id = observation.zoneID { outcome.zoneSent[id] = sent } }
        due += interval
      }
    } catch {
      print("a sender stopped: \(error)")
    }
    return outcome
  }
}
