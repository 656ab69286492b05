// Tells listeners that the ledger has grown.
internal import Synchronization

/// Who listens, and the last size that was told.
final class Hub: Sendable {
  private struct State {
    var listeners: [Int: AsyncStream<UInt64>.Continuation] = [:]
    var next = 0
    var size: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Sizes from now on, and at once the present one if it lies beyond `sequence`.
  ///
  /// A slow listener loses sizes that a later one replaces, never the last.
  func updates(after sequence: UInt64) -> AsyncStream<UInt64> {
    let (stream, continuation) = AsyncStream<UInt64>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.listeners[state.next] = continuation
      state.next += 1
      if state.size > sequence { continuation.yield(state.size) }
      return state.next - 1
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[number] = nil } }
    return stream
  }

  /// Tells everyone that the ledger holds so many entries.
  func announce(_ size: UInt64) {
    state.withLock { state in
      guard size > state.size else { return }
      state.size = size
      for listener in state.listeners.values { listener.yield(size) }
    }
  }
}
