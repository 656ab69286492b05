// Observations at a steady rate into a desk on this machine, with pages open, and how long receipts and alerts take.
//
//     truce serve --settings Benchmarks/Watch/watch.json --port 8099 --ledger /tmp/bench.db
//     watch-bench PORT [rate=2000] [seconds=30] [pages=1000] [connections=16] [batch=10] [seed=1]
//
// Only 127.0.0.1 is asked. Nine observations in ten thousand lie in the zone `hot` and are incidents by themselves: each must raise one alert on each page.
import Foundation
import Synchronization

let arguments = CommandLine.arguments.dropFirst()
guard let port = arguments.first.flatMap({ UInt16($0) }) else {
  print("usage: watch-bench PORT [rate=2000] [seconds=30] [pages=1000] [connections=16] [batch=10] [seed=1]")
  exit(2)
}
func option(_ name: String, _ standard: Int) -> Int {
  arguments.lazy.compactMap { $0.hasPrefix(name + "=") ? Int($0.dropFirst(name.count + 1)) : nil }.first ?? standard
}
let rate = option("rate", 2000)
let seconds = option("seconds", 30)
let pages = option("pages", 1000)
let connections = option("connections", 16)
let batch = option("batch", 10)
let seed = UInt64(option("seed", 1))

let plan = Plan(seed: seed)
try plan.openPosts(port: port)
let watching = try Pages(count: pages, port: port)
let load = Load(plan: plan, port: port, rate: rate, seconds: seconds, connections: connections, batch: batch)
let began = now()
let outcome = load.run()
let took = Double(now() - began) / 1e9
// What was sent last has a second to be told, and one more.
Thread.sleep(forTimeInterval: 3)
watching.stop()

print("observations: \(outcome.accepted) acknowledged of \(outcome.sent) sent in \(text(took)) s, \(text(Double(outcome.accepted) / took)) a second")
print("requests of \(batch) on \(connections) connections")
print("receipt: \(percentiles(outcome.latencies))")
let told = watching.arrivals(of: outcome.zoneSent)
let delays = told.flatMap(\.value)
let wanted = outcome.zoneSent.count * pages
print("alerts: \(outcome.zoneSent.count) incidents in the zone, \(delays.count) of \(wanted) told to \(pages) pages")
print("observation to alert on an open page: \(percentiles(delays))")
if outcome.accepted < outcome.sent || delays.count < wanted { exit(1) }

func percentiles(_ nanoseconds: [UInt64]) -> String {
  let sorted = nanoseconds.sorted()
  guard !sorted.isEmpty else { return "nothing measured" }
  func at(_ share: Double) -> String { text(Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6) }
  return "p50 \(at(0.5)) ms, p95 \(at(0.95)) ms, p99 \(at(0.99)) ms, most \(text(Double(sorted.last!) / 1e6)) ms"
}
