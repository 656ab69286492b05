// A few words that a rule asks for: the sets of the grammar's small words.

/// A handful of forms, asked for far more often than found: one bit answers nearly every question.
struct FormSet: Sendable {
  private let bits: UInt64
  private let forms: [Form]

  init(_ words: [String]) {
    forms = words.map { Form($0) }
    bits = forms.reduce(0) { $0 | 1 << ($1.rawValue & 63) }
  }

  @inline(__always)
  func contains(_ form: Form) -> Bool { bits >> (form.rawValue & 63) & 1 != 0 && forms.contains(form) }
}

/// Forms as far as 128 bits tell them apart: enough to see that a sentence has not the words of a trigger.
struct FormSieve: Sendable {
  private var bits: UInt128 = 0

  init(_ forms: [Form] = []) {
    for form in forms { insert(form) }
  }

  @inline(__always)
  mutating func insert(_ form: Form) { bits |= 1 &<< UInt128(form.rawValue & 127) }

  /// False where some of the other's forms are surely not here.
  @inline(__always)
  func mayHold(_ other: FormSieve) -> Bool { other.bits & ~bits == 0 }
}
