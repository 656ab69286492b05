// situation-bench golden FILE | bitemporal FOLDER [ANSWERS] | index FOLDER [ANSWERS] | late [CLAIMS] | agreement [POINTS]: what the situation answers, and how fast.
import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch (arguments.first, arguments.count) {
  case ("golden", 2): exit(try Golden.run(arguments[1]) ? 0 : 1)
  case ("bitemporal", 2...3): try Bitemporal.run(Workload(arguments[1], answers: arguments.count == 3 ? arguments[2] : nil))
  case ("index", 2...3): try Index.run(Workload(arguments[1], answers: arguments.count == 3 ? arguments[2] : nil))
  case ("late", 1...2): try Index.late(arguments.count == 2 ? Int(arguments[1]) ?? 1_000_000 : 1_000_000)
  case ("agreement", 1...2): try LongAgreement.run(points: arguments.count == 2 ? Int(arguments[1]) ?? 578 : 578)
  default:
    print("usage: situation-bench golden FILE | bitemporal FOLDER [ANSWERS] | index FOLDER [ANSWERS] | late [CLAIMS] | agreement [POINTS]")
    exit(2)
  }
} catch {
  print("situation-bench: \(error)")
  exit(1)
}
