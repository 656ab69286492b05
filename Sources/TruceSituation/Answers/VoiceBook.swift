// The claims behind the voices of one answer, as the index held them when it was asked.
internal import TruceModel

/// What voices are read from when somebody looks at them: an answer of thousands, of which a few are shown, puts together those few.
///
/// A reference, because all voices of an answer share it. An index that takes in claims while it is held copies what it changes.
final class VoiceBook: Sendable {
  private let spans: ClaimSpans
  private let pool: ClaimPool
  private let contexts: [ClaimStore.Context]
  private let placeIDs: [PlaceID]
  private let spoken: [Voice.Word]

  init(_ store: ClaimStore) {
    (spans, pool, contexts) = (store.spans, store.pool, store.contexts.values)
    (placeIDs, spoken) = (store.control.placeIDs, store.control.spoken)
  }

  func place(_ number: UInt32) -> PlaceID { placeIDs[Int(number)] }

  func word(_ value: Int32) -> Voice.Word { spoken[Int(value) - 1] }

  func origin(of span: UInt32) -> Origin { contexts[Int(spans.context(of: Int(span)))].origin }

  func name(of span: UInt32) -> String { contexts[Int(spans.context(of: Int(span)))].origin.name }

  func when(of span: UInt32) -> When? { pool.when(at: spans.start(of: Int(span))) }

  func id(of span: UInt32) -> ClaimID { spans.ids.id(spans.claim(of: Int(span))) }
}
