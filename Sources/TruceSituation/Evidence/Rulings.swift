// What persons ruled on claims, the later over the earlier.
internal import TruceModel

/// What the rulings so far come to.
struct Rulings: Sendable {
  enum Act: String, Sendable {
    case retract, correct, merge, split, remark
    /// A text was erased; what was read from it still counts.
    case redact
  }

  struct Ruling: Sendable {
    var act: Act
    var claims: [ClaimID]
    var report: ReportID?
    var with: ClaimID?
    /// The claim that stands in place of another, where the ruling carries it.
    var corrected: Claim?

    init(_ form: FormReader) throws(FormError) {
      let word = try form.string("act")
      guard let act = Act(rawValue: word) else {
        throw FormError(field: "act", message: "'\(word)' should be one of retract, correct, merge, split, remark, redact")
      }
      self.act = act
      claims = try form.list("claims") { json, path throws(FormError) in
        guard let id = json.string else { throw FormError(field: path, message: "should be a claim's id") }
        return ClaimID(id)
      }
      if let claim = try form.optionalString("claim") { claims.append(ClaimID(claim)) }
      with = try form.optionalString("with").map { ClaimID($0) }
      if act == .correct, let json = form.value("corrected") {
        let claim = try Claim(json: json, path: "corrected")
        corrected = claim
        with = claim.id
      }
      report = try form.optionalString("report").map { ReportID($0) }
    }
  }

  private(set) var retracted: Set<ClaimID> = []
  private(set) var retractedReports: Set<ReportID> = []
  private(set) var corrections: Set<ClaimID> = []
  /// The origin that a person gave claims, by claim.
  private(set) var merged: [ClaimID: String] = [:]

  mutating func add(_ ruling: Ruling) {
    switch ruling.act {
    case .retract:
      retracted.formUnion(ruling.claims)
      if let report = ruling.report { retractedReports.insert(report) }
    case .correct:
      retracted.formUnion(ruling.claims)
      if let with = ruling.with {
        retracted.remove(with)
        corrections.insert(with)
      }
    case .merge:
      if let key = ruling.claims.min() { for claim in ruling.claims { merged[claim] = "merged:\(key)" } }
    case .split: for claim in ruling.claims { merged[claim] = nil }
    case .remark, .redact: break
    }
  }
}
