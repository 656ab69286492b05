// A table from word forms to values: open addressing over the ready hash, several times faster than a dictionary.

/// Values by form; built once, read often.
public struct FormTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var slots: [Int32]
  /// The values in the order in which their forms came.
  public private(set) var values: [Value] = []
  private var mask: Int

  public init() {
    keys = [UInt64](repeating: 0, count: 16)
    slots = [Int32](repeating: 0, count: 16)
    mask = 15
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
      let found = keys[at]
      if found == key { return key == 0 ? -1 : Int(slots[at]) }
      if found == 0 { return -1 }
      at = (at + 1) & mask
    }
  }

  /// Changes the value of a form, starting from `initial` where it has none.
  public mutating func update(_ form: Form, default initial: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    precondition(form != .none, "A mark has no form to look up")
    if (values.count + 1) * 2 > keys.count { grow() }
    var at = Int(truncatingIfNeeded: form.rawValue) & mask
    while keys[at] != 0 && keys[at] != form.rawValue { at = (at + 1) & mask }
    if keys[at] == 0 {
      keys[at] = form.rawValue
      slots[at] = Int32(values.count)
      values.append(initial())
    }
    change(&values[Int(slots[at])])
  }

  /// Sets the value of a form.
  public mutating func set(_ form: Form, _ value: Value) { update(form, default: value) { $0 = value } }

  private mutating func grow() {
    let old = zip(keys, slots).filter { $0.0 != 0 }
    keys = [UInt64](repeating: 0, count: keys.count * 2)
    slots = [Int32](repeating: 0, count: keys.count)
    mask = keys.count - 1
    for (key, slot) in old {
      var at = Int(truncatingIfNeeded: key) & mask
      while keys[at] != 0 { at = (at + 1) & mask }
      keys[at] = key
      slots[at] = slot
    }
  }
}
