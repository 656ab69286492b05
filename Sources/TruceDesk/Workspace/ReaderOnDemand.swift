// The reader of a workspace, made when the first report comes in.
internal import Synchronization
internal import TruceAtlas
internal import TruceReading

/// Makes a reader once, when it is first asked for.
final class ReaderOnDemand: Sendable {
  private let lexicon: @Sendable () throws -> Lexicon
  private let caseFile: Case
  private let made = Mutex<Reader?>(nil)

  init(lexicon: @escaping @Sendable () throws -> Lexicon, case caseFile: Case) {
    self.lexicon = lexicon
    self.caseFile = caseFile
  }

  /// The reader; callers that come at once wait for the first.
  ///
  /// - Throws: what opening the lexicon throws; the next call tries again.
  func reader() throws -> Reader {
    try made.withLock { made in
      if let made { return made }
      let reader = Reader(lexicon: try lexicon(), cases: [caseFile])
      made = reader
      return reader
    }
  }
}
