// The claims behind the voices of one answer, as the index held them when it was asked.
internal import TruceModel

/// What voices are read from when somebody looks at them: an answer of thousands, of which a few are shown, puts together those few.
///
/// A reference, because all voices of an answer share it. An index that takes in claims while it is held copies what it changes.
final class VoiceBook: Sendable {
  private let claims: ClaimSights
  private let placeIDs: [PlaceID]
  private let spoken: [Voice.Word]
  private let names: [String]
  private let manyNamed: Set<UInt32>

  /// - Parameter store: lent and not taken, for that would be to copy it.
  init(_ store: borrowing ClaimStore) {
    claims = ClaimSights(store)
    (placeIDs, spoken) = (store.control.placeIDs, store.control.spoken)
    (names, manyNamed) = (store.control.names, store.control.manyNamed)
  }

  func place(_ number: UInt32) -> PlaceID { placeIDs[Int(number)] }

  func word(_ value: Int32) -> Voice.Word { spoken[Int(value) - 1] }

  func origin(of span: UInt32) -> Origin { claims.context(Int(span)).origin }

  /// What a sentence calls an origin, for all claims or by one of them.
  func name(_ origin: UInt32, by span: UInt32) -> String {
    manyNamed.contains(origin) ? self.origin(of: span).name : names[Int(origin)]
  }

  func when(of span: UInt32) -> When? { claims.reader.when(at: claims.spans.start(of: Int(span))) }

  func id(of span: UInt32) -> ClaimID { claims.spans.ids.id(claims.spans.claim(of: Int(span))) }
}
