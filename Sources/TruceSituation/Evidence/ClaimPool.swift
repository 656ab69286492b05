// Claims in some dozens of bytes each: what recurs is kept once, and a claim is put together again when somebody asks for it.
internal import TruceModel

/// Claims, one behind the other; each is known by where it begins.
///
/// A claim comes out as it went in, byte for byte. What it takes beside its own numbers grows with the different names, words and times,
/// not with the claims.
struct ClaimPool: Sendable {
  /// What recurs: each value once, with its number.
  struct Shared<Value: Mixable>: Sendable {
    private(set) var values: [Value] = []
    private var hashes: [Int] = []
    private var table = NumberTable()

    mutating func number(of value: Value) -> UInt32 {
      let hash = value.mixed
      if let known = number(of: value, hash) { return known }
      if table.isFull { table.rebuild(hashes) }
      table.append(hash)
      hashes.append(hash)
      values.append(value)
      return UInt32(values.count - 1)
    }

    func known(_ value: Value) -> UInt32? { number(of: value, value.mixed) }

    /// By the hash first: to compare values is to copy one.
    private func number(of value: Value, _ hash: Int) -> UInt32? {
      table.number(hash) { hashes[$0] == hash && values[$0] == value }.map { UInt32($0) }
    }
  }

  /// A text that is equal to another only where its bytes are: two ways of writing `é` are two texts.
  struct Text: Mixable {
    let text: String

    static func == (left: Text, right: Text) -> Bool {
      left.withBytes { left in right.withBytes { $0.count == left.count && $0.elementsEqual(left) } }
    }

    func mix(into mixer: inout Mixer) { mixer.add(text) }

    @inline(__always)
    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
      text.utf8.withContiguousStorageIfAvailable(body) ?? Array(text.utf8).withUnsafeBufferPointer(body)
    }
  }

  /// What a claim is of, but for its parties, places and times.
  struct Kind: Mixable {
    var type: ClaimType
    var modality: Modality
    var polarity: Polarity
    /// Texts by number; 0 for none.
    var act, frame, object, reason: UInt32

    func mix(into mixer: inout Mixer) { mixer.add(UInt64(act) << 32 | UInt64(frame ^ object << 8)) }
  }

  /// A mention, speaker or place without its span: texts by number, 0 for none.
  struct Name: Mixable {
    var text: UInt32
    var id: UInt32
    var organ: UInt32 = 0
    /// What it stands for, of a mention; the source, of a speaker.
    var other: UInt32 = 0
    var isImplicit = false
    /// What a place's name may mean.
    var candidates: [UInt32] = []

    func mix(into mixer: inout Mixer) { mixer.add(UInt64(text) << 32 | UInt64(id ^ other << 8 ^ organ << 16)) }
  }

  /// A time, its rule taken out: a text that is compared by its bytes.
  struct Time: Mixable {
    var when: When
    var rule: UInt32

    func mix(into mixer: inout Mixer) {
      mixer.add(UInt64(bitPattern: when.begin.lowerBound.milliseconds))
      mixer.add(UInt64(bitPattern: when.latest.milliseconds))
    }
  }

  /// What times that are written out have in common: texts and zones by number, 0 for none.
  struct Form: Mixable {
    var zone: UInt32
    var rule: UInt32
    var qualifier: UInt32
    var grain: EDTF.Grain?
    var role: When.Role
    var isInterval: Bool

    func mix(into mixer: inout Mixer) { mixer.add(UInt64(zone) << 32 | UInt64(rule ^ qualifier << 16 ^ (isInterval ? 1 << 31 : 0))) }
  }

  var texts = Shared<Text>()
  var kinds = Shared<Kind>()
  var names = Shared<Name>()
  /// Times of which more than one claim speaks, mostly days; once there are many, what is new is written out.
  var times = Shared<Time>()
  var forms = Shared<Form>()
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
