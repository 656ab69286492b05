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
