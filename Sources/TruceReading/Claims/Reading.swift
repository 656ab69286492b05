// What reading a document gives: its claims, what was found about it, and how each claim was read.
public import TruceModel

/// The claims of a document.
public struct Reading: Sendable {
  /// In the order of the text.
  public var claims: [Claim]
  public var findings: [Finding]
  /// When the document was published, as the caller, its front matter or its dateline says.
  public var published: When?
  public var sourceName: String?
  public var title: String?
  /// The text whose bytes the spans count.
  public var text: [UInt8]
  /// How each claim was read, in the order of `claims`; empty where nobody asked.
  public var derivations: [Derivation]

  /// How each claim was read, as lines to print, in the order of `claims`.
  public var why: [[String]] { derivations.map(\.lines) }
}

/// How a claim was read: the frame, the words that filled its roles, and the rules used.
public struct Derivation: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    /// `frame`, `who`, `where`, `when`, `modality`, `speaker` ...
    public var what: String
    /// The words, or the rule in a sentence.
    public var how: String
    public var span: ByteSpan?
  }

  /// The steps of one claim while it is made; nothing is put into words that nobody will read.
  struct Steps {
    let isKept: Bool
    private(set) var all: [Step] = []

    init(isKept: Bool) { self.isKept = isKept }

    mutating func append(_ step: @autoclosure () -> Step) { if isKept { all.append(step()) } }
  }

  /// The frame's id.
  public var frame: String
  /// Where the frame stands: `frames.txt:12`.
  public var origin: String
  public var steps: [Step]

  /// One line for the frame and one for each step.
  public var lines: [String] {
    ["frame \(frame) (\(origin))"]
      + steps.map { step in
        let place = step.span.map { " at \($0.start)..<\($0.end)" } ?? ""
        return "\(step.what): \(step.how)\(place)"
      }
  }
}
