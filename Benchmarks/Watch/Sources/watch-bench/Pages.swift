// Open pages: connections to the desk's events, read by one thread, each alert's moment of arrival noted for each page.
import Foundation
import Synchronization

/// Clients of `/api/events`.
final class Pages: Sendable {
  private let found = Mutex<[(id: String, at: UInt64, page: Int)]>([])
  private let isOver = Mutex(false)
  private let done = DispatchSemaphore(value: 0)

  init(count: Int, port: UInt16) throws {
    let poll = epoll_create1(0)
    var descriptors: [Int32] = []
    for page in 0..<count {
      let descriptor = try connected(port)
      let request = Array("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8)
      guard write(descriptor, request, request.count) == request.count else { throw Refused("page \(page) cannot be opened") }
      var event = epoll_event()
      event.events = EPOLLIN.rawValue
      event.data.u32 = UInt32(page)
      epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
      descriptors.append(descriptor)
    }
    let all = descriptors
    Thread.detachNewThread { [self] in
      read(poll, all)
      done.signal()
    }
  }

  func stop() {
    isOver.withLock { $0 = true }
    done.wait()
  }

  /// By observation, how long after its sending each page was told, nanoseconds; once for each page.
  func arrivals(of sent: [String: UInt64]) -> [String: [UInt64]] {
    var result: [String: [UInt64]] = [:]
    var seen: Set<String> = []
    for arrival in found.withLock({ $0 }) {
      guard let start = sent[arrival.id], seen.insert("\(arrival.page)\n\(arrival.id)").inserted else { continue }
      result[arrival.id, default: []].append(arrival.at - start)
    }
    return result
  }

  private func read(_ poll: Int32, _ descriptors: [Int32]) {
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var rest = [[UInt8]](repeating: [], count: descriptors.count)
    // The same bytes come to every page: what was cut into ids once is not cut again.
    var known: [[UInt8]: [String]] = [:]
    while !isOver.withLock({ $0 }) {
      let ready = epoll_wait(poll, &events, Int32(events.count), 100)
      for event in events.prefix(max(0, Int(ready))) {
        let page = Int(event.data.u32)
        let count = Foundation.read(descriptors[page], &buffer, buffer.count)
        let at = now()
        guard count > 0 else {
          epoll_ctl(poll, EPOLL_CTL_DEL, descriptors[page], nil)
          continue
        }
        rest[page] += buffer[..<count]
        while let end = rest[page].firstIndex(of: 0x0A) {
          let line = Array(rest[page][..<end])
          rest[page].removeSubrange(...end)
          guard line.starts(with: Array("data: ".utf8)), line.count > 40 else { continue }
          let ids = known[line] ?? Pages.ids(line)
          known[line] = ids
          if !ids.isEmpty { found.withLock { found in for id in ids { found.append((id, at, page)) } } }
        }
      }
    }
    for descriptor in descriptors { close(descriptor) }
  }

  /// The zone's observations that an event names as evidence.
  private static func ids(_ line: [UInt8]) -> [String] {
    String(decoding: line, as: UTF8.self).split(separator: "\"").filter { $0.hasPrefix("zone-") }.map(String.init)
  }
}
