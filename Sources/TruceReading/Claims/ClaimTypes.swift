// A set of types of claims in one word: rules ask for membership once a claim and more.
internal import TruceModel

/// Some types of claims.
struct ClaimTypes: Sendable, ExpressibleByArrayLiteral {
  private var bits: UInt32 = 0

  init(arrayLiteral elements: ClaimType...) { for type in elements { insert(type) } }

  func contains(_ type: ClaimType) -> Bool { bits & type.bit != 0 }

  mutating func insert(_ type: ClaimType) { bits |= type.bit }
}

extension ClaimType {
  fileprivate var bit: UInt32 {
    switch self {
    case .controlChange: 1
    case .commitment: 1 << 1
    case .deadlineRevised: 1 << 2
    case .agreementSigned: 1 << 3
    case .ceasefireStart: 1 << 4
    case .ceasefireViolation: 1 << 5
    case .hostilities: 1 << 6
    case .deployment: 1 << 7
    case .postEstablished: 1 << 8
    case .exchange: 1 << 9
    case .casualties: 1 << 10
    case .displacement: 1 << 11
    case .access: 1 << 12
    case .cooperation: 1 << 13
    case .statement: 1 << 14
    }
  }
}
