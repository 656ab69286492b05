// A claim that counts at a query, with what the fold derives from it once: whose knowledge it is, when said, which moments it allows.
internal import TruceAtlas
internal import TruceModel

/// Whose knowledge a claim is.
struct Origin: Sendable, Hashable {
  /// Equal keys are one origin: however many outlets carry one organ's words, they carry one origin.
  var key: String
  /// The parties that speak; empty for an outlet of its own and for unknown people.
  var parties: [PartyID]
  /// What to call it in a sentence.
  var label: String
  /// A registered observation post.
  var isPost = false
  /// The outlet itself, in its own name.
  var isOutlet = false
}

/// A claim that counts.
struct Fact: Sendable {
  var claim: Claim
  var origin: Origin
  var sequence: UInt64
  var recorded: Instant
  /// When it was said, as a window.
  var said: Range<Instant>
  /// The moments at which its matter can have happened or begun; bounded by when it was said where it is told as past.
  var window: Range<Instant>
  /// Who published it, where the case knows it.
  var source: SourceID?
  /// The report's name in a sentence: "report 1a2b3c4d of TASS".
  var report: String

  var id: ClaimID { claim.id }

  /// Told as having been so, not as planned.
  var isAsserted: Bool { claim.polarity == .positive && (claim.modality == .happened || claim.modality == .alleged) }

  /// Says that it was not so.
  var isDenial: Bool {
    claim.modality == .denied || (claim.polarity == .negative && claim.modality != .planned && claim.modality != .conditional)
  }

  /// Told as due, promised or intended.
  var isPlanned: Bool { claim.modality == .planned || claim.modality == .conditional }
}

extension CaseIndex {
  /// Whose knowledge a claim is: the nearest speaker's, else the outlet's, else the person's who entered it.
  func origin(of claim: Claim, outlet: Report?) -> Origin {
    if let person = claim.enteredBy, claim.speakers.isEmpty {
      return Origin(key: "person:\(person)", parties: [], label: person)
    }
    guard let speaker = claim.speakers.last else {
      if let id = outlet?.source, let source = file.source(id) {
        return Origin(
          key: "source:\(id)", parties: source.party.map { [$0] } ?? [], label: source.name, isPost: isPost(id.rawValue), isOutlet: true)
      }
      let name = outlet?.sourceName ?? claim.report.map { "report \($0.rawValue.prefix(8))" } ?? "nobody"
      return Origin(key: "name:\(name.lowercased())", parties: [], label: name, isOutlet: true)
    }
    let parties = parties(of: speaker)
    if let post = speaker.source?.rawValue, isPost(post) { return Origin(key: "post:\(post)", parties: parties, label: post, isPost: true) }
    if let party = parties.first, parties.count == 1, speaker.party != nil {
      return Origin(key: "party:\(party)/\(speaker.organ ?? "")", parties: parties, label: party.rawValue)
    }
    if let source = source(speaker) {
      return Origin(key: "source:\(source.id)", parties: parties, label: parties.first?.rawValue ?? source.name, isOutlet: true)
    }
    let label = parties.isEmpty ? speaker.text : parties.map(\.rawValue).joined(separator: ", ")
    let key = parties.isEmpty ? "name:\(speaker.text.lowercased())" : "parties:" + parties.map(\.rawValue).joined(separator: "+")
    return Origin(key: key, parties: parties, label: label)
  }
}

extension CaseIndex {
  /// The key of an outlet that tells in its own name.
  func key(ofOutlet report: Report) -> String {
    if let id = report.source, file.source(id) != nil { return "source:\(id)" }
    return "name:\((report.sourceName ?? "report \(report.id.rawValue.prefix(8))").lowercased())"
  }
}

/// The moments that a claim's matter allows.
///
/// A single event lies anywhere in `earliest..<latest`; what is told as past cannot lie after it was said.
func window(of claim: Claim, said: Range<Instant>) -> Range<Instant> {
  let isPast = claim.modality == .happened || claim.modality == .alleged
  guard let when = claim.when else { return Instant.distantPast..<(isPast ? said.upperBound : .distantFuture) }
  let isOpenState = when.end != nil && when.end?.upperBound == .distantFuture
  let full = isOpenState ? when.begin : when.earliest..<max(when.earliest, when.latest)
  guard isPast, said.upperBound > full.lowerBound, said.upperBound < full.upperBound else { return full }
  return full.lowerBound..<said.upperBound
}
