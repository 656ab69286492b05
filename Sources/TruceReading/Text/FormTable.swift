// A table from word forms to values: open addressing over the ready hash, several times faster than a dictionary.

/// A place of a table: a form and where its value stands, side by side so that one look costs one line of the cache.
private struct FormEntry: Sendable {
  var key: UInt64 = 0
  var slot: Int32 = 0
}

/// Values by form; built once, read often.
public struct FormTable<Value: Sendable>: Sendable {
  private var entries: ContiguousArray<FormEntry>
  /// The values in the order in which their forms came.
  public private(set) var values: [Value] = []
  private var mask: Int

  public init() { self.init(minimumCapacity: 8) }

  /// A table that holds so many values before it grows; a power of two.
  init(minimumCapacity: Int) {
    entries = ContiguousArray(repeating: FormEntry(), count: minimumCapacity * 2)
    mask = minimumCapacity * 2 - 1
  }

  public var count: Int { values.count }

  /// The value of a form.
  @inline(__always)
  public subscript(form: Form) -> Value? {
    let index = index(of: form)
    return index < 0 ? nil : values[index]
  }

  /// Where the form's value stands in `values`, or -1; cheaper than the value where most look-ups find nothing.
  @inline(__always)
  public func index(of form: Form) -> Int {
    let key = form.rawValue
    var at = Int(truncatingIfNeeded: key) & mask
    while true {
      let found = entries[at].key
      if found == key { return key == 0 ? -1 : Int(entries[at].slot) }
      if found == 0 { return -1 }
      at = (at + 1) & mask
    }
  }

  /// Changes the value of a form, starting from `initial` where it has none.
  public mutating func update(_ form: Form, default initial: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    precondition(form != .none, "A mark has no form to look up")
    if (values.count + 1) * 2 > entries.count { grow() }
    var at = Int(truncatingIfNeeded: form.rawValue) & mask
    while entries[at].key != 0 && entries[at].key != form.rawValue { at = (at + 1) & mask }
    if entries[at].key == 0 {
      entries[at] = FormEntry(key: form.rawValue, slot: Int32(values.count))
      values.append(initial())
    }
    change(&values[Int(entries[at].slot)])
  }

  /// Sets the value of a form.
  public mutating func set(_ form: Form, _ value: Value) { update(form, default: value) { $0 = value } }

  private mutating func grow() {
    let old = entries
    entries = ContiguousArray(repeating: FormEntry(), count: old.count * 2)
    mask = entries.count - 1
    for entry in old where entry.key != 0 {
      var at = Int(truncatingIfNeeded: entry.key) & mask
      while entries[at].key != 0 { at = (at + 1) & mask }
      entries[at] = entry
    }
  }
}
