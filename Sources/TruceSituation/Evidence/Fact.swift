// A claim that counts at a query, with what the fold derives from it once: whose knowledge it is, when said, which moments it allows.
internal import TruceAtlas
internal import TruceModel

/// Whose knowledge a claim is.
struct Origin: Sendable, Hashable {
  /// Equal keys are one origin: however many outlets carry one organ's words, they carry one origin.
  var key: String
  /// The parties that speak; empty for an outlet of its own and for unknown people.
  var parties: [PartyID]
  /// What to call it in a record: a party's id, else a name.
  var label: String
  /// What to call it in a sentence.
  var name: String
  /// A registered observation post.
  var isPost = false
  /// The outlet itself, in its own name.
  var isOutlet = false
}

/// A claim that counts, put together for one answer. A reference, because many lists hold it and none changes it.
final class Fact: Sendable {
  let claim: Claim
  let origin: Origin
  let recorded: Instant
  /// When it was said, as a window.
  let said: Range<Instant>
  /// The moments at which its matter can have happened or begun; bounded by when it was said where it is told as past.
  let window: Range<Instant>
  /// Who published it, where the case knows it.
  let source: SourceID?
  /// Where it stands, in a sentence.
  let citation: Citation

  init(
    claim: Claim, origin: Origin, recorded: Instant, said: Range<Instant>, window: Range<Instant>, source: SourceID?, citation: Citation
  ) {
    self.claim = claim
    self.origin = origin
    self.recorded = recorded
    self.said = said
    self.window = window
    self.source = source
    self.citation = citation
  }

  /// Where a claim stands: who published it, on which day.
  struct Citation: Sendable, Hashable, Comparable {
    /// The publisher's name, or that of the person who entered the claim.
    var publisher: String
    /// The day on which it was published, or the claim entered.
    var day: CivilDate

    static func < (left: Citation, right: Citation) -> Bool { (left.day, left.publisher) < (right.day, right.publisher) }
  }

  var id: ClaimID { claim.id }

  var isAsserted: Bool { claim.isAsserted }
  var isDenial: Bool { claim.isDenial }
  var isPlanned: Bool { claim.isPlanned }
}

extension Claim {
  /// Told as having been so, not as planned.
  var isAsserted: Bool { polarity == .positive && (modality == .happened || modality == .alleged) }

  /// Says that it was not so.
  var isDenial: Bool { modality == .denied || (polarity == .negative && modality != .planned && modality != .conditional) }

  /// Told as due, promised or intended.
  var isPlanned: Bool { modality == .planned || modality == .conditional }

  /// Whether it says that control of a place passed or is so; coming near does not.
  var isOfControl: Bool { type == .controlChange && act != "reached" && act != "advanced" && !isPlanned }
}

extension CaseIndex {
  /// Whose knowledge a claim is: the nearest speaker's, else the outlet's, else the person's who entered it.
  func origin(of claim: Claim, outlet: Report?) -> Origin {
    if let person = claim.enteredBy, claim.speakers.isEmpty {
      return Origin(key: "person:\(person)", parties: [], label: person, name: person)
    }
    guard let speaker = claim.speakers.last else {
      if let id = outlet?.source, let source = file.source(id) {
        return Origin(
          key: "source:\(id)", parties: source.party.map { [$0] } ?? [], label: source.name, name: source.name, isPost: isPost(id.rawValue),
          isOutlet: true)
      }
      let name = outlet?.sourceName ?? claim.report.map { "report \($0.rawValue.prefix(8))" } ?? "nobody"
      return Origin(key: "name:\(name.lowercased())", parties: [], label: name, name: name, isOutlet: true)
    }
    let parties = parties(of: speaker)
    if let post = speaker.source?.rawValue, isPost(post) {
      return Origin(key: "post:\(post)", parties: parties, label: post, name: name(PlaceID(post)), isPost: true)
    }
    if let party = parties.first, parties.count == 1, speaker.party != nil {
      return Origin(key: "party:\(party)/\(speaker.organ ?? "")", parties: parties, label: party.rawValue, name: name(party))
    }
    if let source = source(speaker) {
      let party = parties.first
      return Origin(
        key: "source:\(source.id)", parties: parties, label: party?.rawValue ?? source.name, name: party.map(name) ?? source.name,
        isOutlet: true)
    }
    let label = parties.isEmpty ? speaker.text : parties.map(\.rawValue).joined(separator: ", ")
    let names = parties.isEmpty ? speaker.text : parties.map(name).joined(separator: ", ")
    let key = parties.isEmpty ? "name:\(speaker.text.lowercased())" : "parties:" + parties.map(\.rawValue).joined(separator: "+")
    return Origin(key: key, parties: parties, label: label, name: names)
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
  // A state begins in the first part of its interval: one without an end, or control from one time to another.
  let isState = when.end != nil && (when.end?.upperBound == .distantFuture || claim.type == .controlChange && claim.act == "control")
  let full = isState ? when.begin : when.earliest..<max(when.earliest, when.latest)
  guard isPast, said.upperBound > full.lowerBound, said.upperBound < full.upperBound else { return full }
  return full.lowerBound..<said.upperBound
}
