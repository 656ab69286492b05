// A message's signature, so that who receives it knows that it is ours and new: the headers of Standard Webhooks 1.0.
internal import Crypto
internal import Foundation
internal import TruceModel

extension Webhook {
  /// `webhook-id`, `webhook-timestamp`, `webhook-signature`; the signature is over `id.timestamp.body`, `v1,` for HMAC-SHA256 and `v1a,` for Ed25519,
  /// in base64.
  func headers(_ id: EntryID, body: [UInt8], at now: Instant) throws -> [(name: String, value: String)] {
    let timestamp = String(now.milliseconds / 1000)
    let signed = Data(Array("\(id).\(timestamp).".utf8) + body)
    let signature: String
    switch key {
    case .secret(let secret):
      let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
      signature = "v1," + Data(code).base64EncodedString()
    case .privateKey(let bytes):
      signature = "v1a," + (try Curve25519.Signing.PrivateKey(rawRepresentation: Data(bytes)).signature(for: signed)).base64EncodedString()
    }
    return [
      ("content-type", "application/json"), ("webhook-id", id.rawValue), ("webhook-timestamp", timestamp), ("webhook-signature", signature),
    ]
  }
}
