// A text that may have to be erased: the ledger's leaf holds only its salted digest.
public import TruceModel

/// Personal data apart from the entry that it belongs to.
///
/// The entry's content holds `placeholder` where the text would stand. The text can be erased; the leaf and every proof stay as they are,
/// and the salt keeps others from guessing the text by its digest.
public struct Personal: Sendable, Hashable {
  /// The text itself.
  public let text: String
  /// 32 bytes that nobody can guess; the sender keeps them with the text until it has the receipt.
  public let salt: [UInt8]
  /// SHA-256 over the salt and the text's bytes.
  public let digest: Digest

  /// Bytes of a salt.
  public static let saltBytes = 32

  /// A text with a new salt.
  public init(_ text: String) {
    var random = SystemRandomNumberGenerator()
    self.init(text, salt: (0..<Personal.saltBytes).map { _ in random.next() as UInt8 })!
  }

  /// A text with a salt that exists already; nil unless it has 32 bytes.
  public init?(_ text: String, salt: [UInt8]) {
    guard salt.count == Personal.saltBytes else { return nil }
    self.text = text
    self.salt = salt
    digest = Digest(of: salt + Array(text.utf8))
  }

  /// What stands in the entry's content: `{"personal": digest}`.
  public var placeholder: JSON { ["personal": JSON(digest)] }
}
