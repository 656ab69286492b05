// Finds all time expressions of a document and resolves them; a pure function of document, lexicon and anchors.
public import TruceModel

/// The reader of times.
public struct TimeReader: Sendable {
  /// What a document's times are resolved against beside itself.
  public struct Context: Sendable {
    /// Days of an agreement's events: `signing`, `effective`, `expiry`.
    public var anchors: [String: CivilDate]
    /// Where local times without a zone are local, if the document does not know; the source's or the case's.
    public var zone: Zone?
    /// True where the source writes the month before the day; nil where that is not known.
    public var isMonthFirst: Bool?

    public init(anchors: [String: CivilDate] = [:], zone: Zone? = nil, isMonthFirst: Bool? = nil) {
      self.anchors = anchors
      self.zone = zone
      self.isMonthFirst = isMonthFirst
    }
  }

  public let lexicon: TimeLexicon

  public init(lexicon: TimeLexicon) { self.lexicon = lexicon }

  /// All time expressions of a document, in order; time linear in its length.
  public func read(_ document: Document, _ context: Context = Context()) -> Times {
    let scan = TimeScan(document, lexicon)
    var drafts: [TimeDraft] = []
    drafts.reserveCapacity(16)
    var at = 0
    while at < scan.count {
      if scan.canStart(at), let draft = scan.expression(at) {
        scan.openWindow(draft)
        drafts.append(draft)
        at = max(draft.end, at + 1)
      } else {
        at += 1
      }
    }
    let zone = datelineZone(document) ?? document.zone ?? context.zone
    let published = document.published ?? ownDate(document, scan, drafts, zone ?? .utc)
    let isMonthFirst = context.isMonthFirst ?? (source(document, is: .monthFirst) ? true : nil)
    let history = History(drafts, isOfEncyclopedia: source(document, is: .encyclopedia), published: day(of: published))
    let isHistory = document.datelines.isEmpty && history.isOne
    // What happened years ago is not told from the day of publication.
    let told = isHistory ? nil : published
    var resolver = TimeResolver(
      scan, published: day(of: told), anchors: context.anchors, isMonthFirst: isMonthFirst,
      isNarrative: isHistory || isNarrative(document, drafts, published), openingDate: isHistory ? history.firstDate : nil)
    let writer = TimeWriter(scan: scan, zone: zone, published: told)
    var mentions: [TimeMention] = []
    mentions.reserveCapacity(drafts.count)
    for draft in drafts {
      let paragraph = document.sentences[Int(scan.tokens[draft.start].sentence)].paragraph
      let resolved = resolver.resolve(draft, paragraph: paragraph)
      mentions.append(writer.mention(draft, resolved, in: document))
      resolver.remember(draft, resolved, paragraph: paragraph)
    }
    return Times(mentions: mentions, published: published, zone: zone ?? .utc, isHistory: isHistory)
  }

  /// The day of a publication; one that is known only by its month or year dates nothing.
  private func day(of published: When?) -> CivilDate? {
    guard let published, let grain = published.grain, grain >= .day else { return nil }
    return published.zone.day(at: published.earliest)
  }

  /// True where a text has neither a dateline nor a word that counts from its publication ("today", "Sunday", "last week").
  private func isNarrative(_ document: Document, _ drafts: [TimeDraft], _ published: When?) -> Bool {
    guard document.datelines.isEmpty else { return false }
    let year = published.map { $0.zone.day(at: $0.earliest).year }
    return !drafts.contains { draft in
      switch draft.base {
      case .fromPublication: draft.rule != "overnight" && draft.rule != "the-day"
      case .weekday, .shifted: true
      case .day(.fixed(let own), _, _), .month(.fixed(let own), _): own == year
      case .day(.relative, _, _), .month(.relative, _): true
      default: false
      }
    }
  }

  /// The zone of a dateline's place, where the lexicon has a zone "PLACE time".
  private func datelineZone(_ document: Document) -> Zone? {
    guard let line = document.datelines.first else { return nil }
    for token in line.head {
      let slot = lexicon.meanings.index(of: document.tokens[token].form)
      guard slot >= 0 else { continue }
      for meaning in lexicon.meanings.values[slot] where meaning.kind == .zone && meaning.rest == [TimeScan.time] {
        if let zone = meaning.zone { return zone }
      }
    }
    return nil
  }

  /// The date that a document gives for itself: in its dateline, or alone on one of its first lines.
  private func ownDate(_ document: Document, _ scan: TimeScan, _ drafts: [TimeDraft], _ zone: Zone) -> When? {
    for draft in drafts.prefix(8) {
      guard case .day(.fixed(let year), let month, let day) = draft.base, draft.last == nil,
        let date = CivilDate(year: year, month: month, day: day)
      else { continue }
      let sentence = document.sentences[Int(scan.tokens[draft.start].sentence)]
      let isAlone = sentence.tokens.lowerBound == draft.start && sentence.tokens.upperBound <= draft.end + 1
      let inDateline = document.datelines.contains { $0.head.contains(draft.start) }
      if isAlone || inDateline { return When(date, zone: zone, role: .reported, rule: "own-date") }
    }
    return nil
  }

  /// Whether the lexicon lists the document's source as one that writes the month first, as an encyclopedia.
  private func source(_ document: Document, is kind: TimeLexicon.Class) -> Bool {
    guard let name = document.sourceName else { return false }
    let words = name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map { Form(String($0)) }
    return words.indices.contains { at in
      let slot = lexicon.meanings.index(of: words[at])
      return slot >= 0
        && lexicon.meanings.values[slot].contains {
          $0.kind == kind && Array(words.dropFirst(at + 1).prefix($0.rest.count)) == $0.rest
        }
    }
  }
}
