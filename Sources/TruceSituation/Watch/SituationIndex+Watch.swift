// The watch as a query knows it: by the same prefix of the ledger as everything else.
internal import TruceModel

extension SituationIndex {
  /// The posts, check-ins, observations and rulings on them that a query knows; empty where there are none.
  public func watch(_ query: Query) -> WatchIndex { store.watch(for: query) ?? WatchIndex() }
}
