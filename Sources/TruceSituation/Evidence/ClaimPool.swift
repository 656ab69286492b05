// Claims in some dozens of bytes each: what recurs is kept once, and a claim is put together again when somebody asks for it.
internal import TruceModel

/// Claims, one behind the other; each is known by where it begins.
///
/// A claim comes out as it went in, byte for byte. What it takes beside its own numbers grows with the different names, words and times,
/// not with the claims.
struct ClaimPool: Sendable {
  /// What recurs: each value once, with its number.
  struct Shared<Value: Sendable>: Sendable {
    private(set) var values: [Value] = []
    private var hashes: [Int] = []
    private var table = NumberTable()

    /// The number of a value by its hash; nil where it has none yet.
    @inline(__always)
    func number(_ hash: Int, where isSame: (Value) -> Bool) -> UInt32? {
      // By the hash first: to compare values is to copy one.
      table.number(hash) { hashes[$0] == hash && isSame(values[$0]) }.map { UInt32($0) }
    }

    /// Takes in a value that has no number yet; returns the number.
    mutating func append(_ value: Value, _ hash: Int) -> UInt32 {
      if table.isFull { table.rebuild(hashes) }
      table.append(hash)
      hashes.append(hash)
      values.append(value)
      return UInt32(values.count - 1)
    }
  }

  /// A text that is equal to another only where its bytes are: two ways of writing `é` are two texts.
  struct Text: Mixable {
    let text: String

    /// Asked only where the hashes of their bytes are equal too: then they are one text, but for one in 2^64 of those that `String` alone
    /// would take for one.
    static func == (left: Text, right: Text) -> Bool { left.text == right.text }

    func mix(into mixer: inout Mixer) { mixer.add(text) }
  }

  /// What a claim is of, but for its parties, places and times.
  struct Kind {
    var type: ClaimType
    var modality: Modality
    var polarity: Polarity
    /// Texts by number; 0 for none.
    var act, frame, object, reason: UInt32
  }

  /// A mention, speaker or place without its span: texts by number, 0 for none.
  struct Name {
    var text: UInt32
    var id: UInt32
    var organ: UInt32 = 0
    /// What it stands for, of a mention; the source, of a speaker.
    var other: UInt32 = 0
    var isImplicit = false
    /// What a place's name may mean.
    var candidates: [UInt32] = []
  }

  /// A time, its rule taken out: a text that is compared by its bytes.
  struct Time {
    var when: When
    var rule: UInt32
  }

  /// What times that are written out have in common: texts and zones by number, 0 for none.
  struct Form {
    var zone: UInt32
    var rule: UInt32
    var qualifier: UInt32
    var grain: EDTF.Grain?
    var role: When.Role
    var isInterval: Bool
  }

  var texts = Shared<Text>()
  var kinds = Shared<Kind>()
  var names = Shared<Name>()
  /// Times of which more than one claim speaks, mostly days; once there are many, what is new is written out.
  var times = Shared<Time>()
  var forms = Shared<Form>()
  /// The last two that had no rule and no qualifier.
  var lastForms: (UInt32?, UInt32?)
  var zones = Shared<Zone>()
  /// Near this moment, milliseconds, the times lie that are written out: the first of them begins here.
  var epoch: Int64?
  /// The claims, a claim as a whole in one of them.
  var chunks: [[UInt8]] = []
  /// The claim that is being taken in.
  var open: [UInt8] = []

  /// So many bytes lie one behind the other: to grow one long list would be to copy it again and again, and leave part of it empty.
  static let chunk = 1 << 16

  static let words = Deadline.Word.allCases

  /// So many different times are shared.
  static let sharedTimes = 1 << 15

  /// What of a claim is there at all.
  struct Parts: OptionSet {
    var rawValue: UInt64
    static let report = Parts(rawValue: 1)
    static let person = Parts(rawValue: 2)
    static let trigger = Parts(rawValue: 4)
    static let who = Parts(rawValue: 8)
    static let whom = Parts(rawValue: 16)
    static let places = Parts(rawValue: 32)
    static let speakers = Parts(rawValue: 64)
    static let quantities = Parts(rawValue: 128)
    static let due = Parts(rawValue: 256)
    static let was = Parts(rawValue: 512)
    static let becomes = Parts(rawValue: 1024)
  }

  /// The bytes of the claims, with what is kept free to grow; what they share not counted.
  var storageBytes: Int { chunks.reduce(0) { $0 + $1.capacity + 40 } }
}

extension ClaimPool.Shared where Value: Mixable {
  /// The number of a value, a new one where it has none yet.
  mutating func number(of value: Value) -> UInt32 {
    let hash = value.mixed
    return number(hash) { $0 == value } ?? append(value, hash)
  }
}
