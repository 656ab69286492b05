// The codes of other systems for each type of claim: CAMEO 1.1b3, PLOVER 2023, ACLED 2024; one table, "no counterpart" where there is none.
public import TruceModel

/// What other event data call a claim of a type.
public struct EventCodes: Sendable, Hashable {
  /// CAMEO's root or event code; nil for no counterpart.
  public var cameo: String?
  /// PLOVER's event type; nil for no counterpart.
  public var plover: String?
  /// ACLED's sub-event type; nil for no counterpart.
  public var acled: String?
}

extension ClaimType {
  /// The codes of a claim of this type with an act; handing over land, a kept ceasefire and a moved deadline have no counterparts.
  public func codes(act: String) -> EventCodes {
    switch (self, act) {
    case (.controlChange, "withdrew"): EventCodes(cameo: "0874", plover: "YIELD", acled: "Non-violent transfer of territory")
    case (.controlChange, "captured"), (.controlChange, "entered"), (.controlChange, "regained"):
      EventCodes(cameo: "192", plover: "ASSAULT", acled: "Non-state actor overtakes territory")
    case (.controlChange, "handed-over"): EventCodes(cameo: nil, plover: nil, acled: "Non-violent transfer of territory")
    case (.controlChange, _): EventCodes(cameo: nil, plover: nil, acled: nil)
    case (.agreementSigned, _): EventCodes(cameo: "057", plover: "AGREE", acled: "Agreement")
    case (.commitment, _): EventCodes(cameo: "03", plover: "AGREE", acled: nil)
    case (.deadlineRevised, _): EventCodes(cameo: nil, plover: nil, acled: nil)
    case (.ceasefireStart, _): EventCodes(cameo: "0871", plover: "YIELD", acled: "Agreement")
    case (.ceasefireViolation, "observe"): EventCodes(cameo: nil, plover: nil, acled: nil)
    case (.ceasefireViolation, "shell"), (.hostilities, "shell"), (.hostilities, "fire"):
      EventCodes(cameo: "194", plover: "ASSAULT", acled: "Shelling/artillery/missile attack")
    case (.ceasefireViolation, _): EventCodes(cameo: "196", plover: "ASSAULT", acled: nil)
    case (.hostilities, "clash"): EventCodes(cameo: "190", plover: "ASSAULT", acled: "Armed clash")
    case (.hostilities, _): EventCodes(cameo: "19", plover: "ASSAULT", acled: "Attack")
    case (.deployment, _): EventCodes(cameo: "154", plover: "MOBILIZE", acled: "Headquarters or base established")
    case (.postEstablished, _): EventCodes(cameo: "154", plover: "MOBILIZE", acled: "Headquarters or base established")
    case (.exchange, _): EventCodes(cameo: "0841", plover: "YIELD", acled: nil)
    case (.casualties, _): EventCodes(cameo: nil, plover: nil, acled: nil)
    case (.displacement, _): EventCodes(cameo: "201", plover: "COERCE", acled: nil)
    case (.access, "close"): EventCodes(cameo: "191", plover: "SANCTION", acled: nil)
    case (.access, _): EventCodes(cameo: "0863", plover: "YIELD", acled: nil)
    case (.cooperation, _): EventCodes(cameo: "06", plover: "COOPERATE", acled: nil)
    case (.statement, _): EventCodes(cameo: "01", plover: nil, acled: nil)
    }
  }
}
