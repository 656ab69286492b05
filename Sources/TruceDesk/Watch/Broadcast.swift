// What open pages are told beside the ledger's size: alerts that changed, and messages that leave.
internal import Synchronization
internal import TruceModel

/// One event for every open page.
struct PageEvent: Sendable, Hashable {
  var name: String
  var data: [UInt8]
}

/// Who listens. A slow listener loses the oldest events, and asks `/api/alerts` as it does when it comes back.
final class Broadcast: Sendable {
  /// Events that wait for one slow page.
  static let buffer = 64

  private struct State {
    var listeners: [Int: AsyncStream<PageEvent>.Continuation] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  func events() -> AsyncStream<PageEvent> {
    let (stream, continuation) = AsyncStream<PageEvent>.makeStream(bufferingPolicy: .bufferingNewest(Broadcast.buffer))
    let number = state.withLock { state in
      state.listeners[state.next] = continuation
      state.next += 1
      return state.next - 1
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[number] = nil } }
    return stream
  }

  func send(_ name: String, _ data: JSON) {
    let event = PageEvent(name: name, data: data.bytes)
    state.withLock { state in
      for listener in state.listeners.values { listener.yield(event) }
    }
  }
}
