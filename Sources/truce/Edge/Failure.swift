// Why a command stopped, and with which exit code.

/// A failure with a sentence for the person at the terminal.
struct Failure: Error, CustomStringConvertible {
  enum Kind: Int32 {
    /// The work could not be done.
    case failed = 1
    /// The command was called wrongly.
    case usage = 2
  }

  var kind: Kind
  var message: String

  init(_ message: String, _ kind: Kind = .failed) {
    self.message = message
    self.kind = kind
  }

  var description: String { message }
}
