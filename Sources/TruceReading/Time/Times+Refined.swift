// A day that its sentence tells twice, once with hours, has those hours both times.
internal import TruceModel

extension Times {
  /// The same mentions; a plain day takes the narrower bounds that the same sentence gives for it elsewhere.
  ///
  /// "Entered on December 1 (in the early hours of December 1 local time)" tells one time, not two.
  func refined(in document: Document) -> Times {
    var copy = self
    for at in mentions.indices where mentions[at].when?.grain == .day {
      let sentence = document.tokens[mentions[at].tokens.lowerBound].sentence
      for other in [at + 1, at - 1, at + 2, at - 2] where mentions.indices.contains(other) {
        guard mentions[other].when?.grain == .time, let finer = mentions[other].when, finer.edtf == mentions[at].when?.edtf,
          document.tokens[mentions[other].tokens.lowerBound].sentence == sentence
        else { continue }
        copy.mentions[at].when?.begin = finer.begin
        copy.mentions[at].when?.grain = .time
        copy.mentions[at].when?.zone = finer.zone
        break
      }
    }
    return copy
  }
}
