// One record in the ledger.

/// What an entry holds.
public enum EntryKind: String, Sendable, Hashable, CaseIterable {
  /// A report's description; its body is kept by digest.
  case report
  /// One claim.
  case claim
  /// A reading of a report: which reader found which claims in it; the latest reading of a report is the one that counts.
  case reading
  case observation
  case checkIn = "check-in"
  /// A post opened, moved or closed.
  case post
  /// A person corrects, merges, splits, retracts or remarks.
  case ruling
  case alert
  /// The case's files, by digest, as they stood from here on.
  case casefile = "case"
  /// A second content under an id that was taken: kept, never in place of the first.
  case conflict
}

/// A record before it is in the ledger: what the sender makes, with an id that it keeps until it has the receipt.
public struct Draft: Sendable, Hashable {
  public var id: EntryID
  public var kind: EntryKind
  /// What entries are looked up by beside their kind: a report's id, a post's id; empty for none.
  public var key: String
  public var content: JSON

  public init(id: EntryID, kind: EntryKind, key: String = "", content: JSON) {
    self.id = id
    self.kind = kind
    self.key = key
    self.content = content
  }
}

/// A record in the ledger.
public struct Entry: Sendable, Hashable {
  /// From 0, without gaps.
  public var sequence: UInt64
  /// When it was appended; never before the entry in front of it.
  public var recorded: Instant
  public var id: EntryID
  public var kind: EntryKind
  public var key: String
  public var content: JSON

  public init(sequence: UInt64, recorded: Instant, id: EntryID, kind: EntryKind, key: String = "", content: JSON) {
    self.sequence = sequence
    self.recorded = recorded
    self.id = id
    self.kind = kind
    self.key = key
    self.content = content
  }
}

/// A record in the ledger with its content decoded as far as a fold needs it: a claim as a claim, the rest as JSON.
public struct DecodedEntry: Sendable, Hashable {
  /// What an entry says.
  public enum Content: Sendable, Hashable {
    /// Of an entry of kind `claim` whose content is a claim's canonical form; one that is none comes as JSON.
    ///
    /// In a place of its own: a claim has some thirty fields, all of which a copy would count.
    indirect case claim(Claim)
    case json(JSON)
  }

  /// From 0, without gaps.
  public var sequence: UInt64
  /// When it was appended; never before the entry in front of it.
  public var recorded: Instant
  public var id: EntryID
  public var kind: EntryKind
  public var key: String
  public var content: Content

  public init(sequence: UInt64, recorded: Instant, id: EntryID, kind: EntryKind, key: String, content: Content) {
    self.sequence = sequence
    self.recorded = recorded
    self.id = id
    self.kind = kind
    self.key = key
    self.content = content
  }

  /// The entry with its content as JSON; of a claim, the claim's form.
  public var entry: Entry {
    let json: JSON =
      switch content {
      case .claim(let claim): claim.json
      case .json(let json): json
      }
    return Entry(sequence: sequence, recorded: recorded, id: id, kind: kind, key: key, content: json)
  }
}

/// What the ledger answers when an entry is durable.
public struct Receipt: Sendable, Hashable {
  public var sequence: UInt64
  public var recorded: Instant
  /// SHA-256 over 0x00 and the entry's canonical JSON (RFC 6962 section 2.1).
  public var leaf: Digest
  /// False where the id was there already with the same content.
  public var isNew: Bool
  /// The entry that holds the id with another content; the receipt is then that of the conflict entry, which keeps the second content.
  public var conflict: UInt64?

  public init(sequence: UInt64, recorded: Instant, leaf: Digest, isNew: Bool, conflict: UInt64? = nil) {
    self.conflict = conflict
    self.sequence = sequence
    self.recorded = recorded
    self.leaf = leaf
    self.isNew = isNew
  }
}
