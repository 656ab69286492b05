// The terminal: what is printed, how wide, in colour or not, and how a command ends.
import ArgumentParser
import Foundation
import TruceAtlas
import TruceModel
import TruceOutlets

enum Terminal {
  /// Whether standard output is a terminal.
  static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether to colour: on a terminal, unless NO_COLOR is set or the terminal is dumb.
  static var usesColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isInteractive && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  /// Columns: the terminal's, else $COLUMNS, else 100; never less than 40.
  static var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return max(40, Int(size.ws_col)) }
    return max(40, ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 100)
  }

  /// Writes a text and a line's end to standard output; a closed pipe ends the program quietly.
  static func print(_ text: String) { write(Array((text + "\n").utf8)) }

  /// Writes bytes to standard output.
  static func write(_ bytes: [UInt8]) {
    var done = 0
    bytes.withUnsafeBytes { buffer in
      while done < buffer.count {
        let count = Foundation.write(STDOUT_FILENO, buffer.baseAddress! + done, buffer.count - done)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          if errno == EPIPE { Foundation.exit(0) }
          note("standard output: \(String(cString: strerror(errno)))")
          Foundation.exit(1)
        }
        done += count
      }
    }
  }

  /// Writes a line to standard error.
  static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// Ends the program as an error wants it: help to standard output and 0, usage 2, everything else 1.
  static func exit(for error: any Error) -> Never {
    switch error {
    case let failure as Failure:
      note("truce: " + failure.message)
      Foundation.exit(failure.kind.rawValue)
    case let error as CaseError:
      for finding in error.findings { note(finding.description) }
      Foundation.exit(1)
    case let finding as Finding:
      note(terminalSafe(finding.description))
      Foundation.exit(1)
    case is CancellationError:
      Foundation.exit(130)
    default:
      let code = Truce.exitCode(for: error)
      let message = Truce.fullMessage(for: error)
      if code.isSuccess {
        print(message)
        Foundation.exit(0)
      }
      let isUsage = code == .validationFailure
      note(isUsage ? message : "truce: \(error)")
      Foundation.exit(isUsage ? 2 : 1)
    }
  }
}
