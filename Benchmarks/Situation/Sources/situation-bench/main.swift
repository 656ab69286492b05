// situation-bench golden FILE | bitemporal FOLDER [ANSWERS]: what the situation's store answers, and how fast.
import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "golden" where arguments.count == 2:
    exit(try Golden.run(arguments[1]) ? 0 : 1)
  case "bitemporal" where arguments.count == 2 || arguments.count == 3:
    try Bitemporal.run(arguments[1], answers: arguments.count == 3 ? arguments[2] : nil)
  default:
    print("usage: situation-bench golden FILE | bitemporal FOLDER [ANSWERS]")
    exit(2)
  }
} catch {
  print("situation-bench: \(error)")
  exit(1)
}
