// A call's drafts on their way to the writer: it takes the first while the last are still being made ready.
internal import Dispatch
internal import Synchronization

/// Prepared drafts in parts, each of which becomes ready at its own time.
final class DraftParts: Sendable {
  private enum Part: Sendable {
    case making
    case ready([PreparedDraft])
    case refused(any Error)
  }

  /// How many parts there are, and how many drafts in all.
  let parts: Int
  let drafts: Int
  /// True where every part was ready from the beginning.
  let isReady: Bool
  private let state: Mutex<[Part]>
  private let arrivals: [DispatchSemaphore]

  /// Drafts that are ready.
  init(_ drafts: [PreparedDraft]) {
    parts = 1
    self.drafts = drafts.count
    isReady = true
    state = Mutex([.ready(drafts)])
    arrivals = []
  }

  /// Parts that will become ready.
  init(parts: Int, drafts: Int) {
    self.parts = parts
    self.drafts = drafts
    isReady = false
    state = Mutex(Array(repeating: .making, count: parts))
    arrivals = (0..<parts).map { _ in DispatchSemaphore(value: 0) }
  }

  func finish(_ part: Int, _ result: Result<[PreparedDraft], any Error>) {
    state.withLock {
      switch result {
      case .success(let drafts): $0[part] = .ready(drafts)
      case .failure(let error): $0[part] = .refused(error)
      }
    }
    arrivals[part].signal()
  }

  /// Waits for a part; only the writer's thread does.
  ///
  /// - Throws: Why the part cannot be stored.
  func take(_ part: Int) throws -> [PreparedDraft] {
    if !isReady {
      arrivals[part].wait()
      // Another try of the same commit finds it ready too.
      arrivals[part].signal()
    }
    switch state.withLock({ $0[part] }) {
    case .ready(let drafts): return drafts
    case .refused(let error): throw error
    case .making: preconditionFailure("A part that was announced is there")
    }
  }
}
