// Who says it, and how far his word goes: the chain of speakers, what is only alleged.
internal import TruceModel

extension ClaimBuilder {
  /// Outlet, then who is quoted, innermost last.
  func speakers(_ event: Event) -> [Speaker] {
    var chain = outlet.map { [$0] } ?? []
    let token = scene.tokens[Int(scene.units[event.trigger.lowerBound].first)]
    if token.flags.contains(.aside) { return chain }
    var isQuoted = false
    // "confirmed the fall of the town": the verb tells the noun's event, and who says so.
    for speech in speeches where speech.scope.contains(event.chunk) && (speech.verb != event.verb || event.verb != event.chunk) {
      if speech.cues.isDisjoint(with: [.speech, .denial, .allegation]) { continue }
      if speech.cues.isDisjoint(with: [.speech, .allegation]), isAside(event, speech.verb) { continue }
      // "The mission said it recorded ...": the mission.
      if isQuoted, ClaimBuilder.pronouns.contains(speech.speaker.text) { continue }
      if chain.last?.text != speech.speaker.text { chain.append(speech.speaker) }
      isQuoted = true
    }
    if !isQuoted, token.quoteDepth > 0, let speaker = discourse.speaker, chain.last?.text != speaker.text { chain.append(speaker) }
    return chain
  }

  /// An accusation against another, or a gain in combat that only the winner claims, is alleged.
  func doubt(_ type: ClaimType, _ act: String, _ who: [Mention], _ chain: [Speaker], _ mood: Mood) -> Modality {
    let isCharge = speeches.contains { $0.cues.contains(.allegation) && $0.speaker.text == chain.last?.text }
    // "accused each other of attacks": what both do is the word of each.
    let isMutual = who.count > 1 && isCharge && chain.last?.party != nil
    if mood.isHedged || isCharge && !isMutual { return .alleged }
    guard let party = chain.last?.party, chain.count > (outlet == nil ? 0 : 1) else { return .happened }
    let isActor = !isMutual && who.contains { $0.party == party }
    switch type {
    case .hostilities, .ceasefireViolation: return !isActor && who.contains { $0.party != nil } ? .alleged : .happened
    case .controlChange: return (act == "captured" || act == "regained") && isActor ? .alleged : .happened
    default: return .happened
    }
  }

  private static let pronouns: Set<String> = ["it", "they", "he", "she"]
}
