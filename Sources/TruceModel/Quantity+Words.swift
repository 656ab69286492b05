// A quantity in words: the same wherever a number is shown.

extension Quantity {
  /// The number, a range where it is one: `44`, `40 to 50`, `2.5`.
  public var figure: String {
    minimum == maximum ? Quantity.figure(minimum) : "\(Quantity.figure(minimum)) to \(Quantity.figure(maximum))"
  }

  /// The number with `about` in front where the text says so.
  public var hedgedFigure: String { (isAbout ? "about " : "") + figure }

  /// A number without a fraction where it has none.
  public static func figure(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
