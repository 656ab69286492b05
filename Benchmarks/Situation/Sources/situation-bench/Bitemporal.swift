// The store of states by itself: what each source says of each place.
import TruceModel
import TruceSituation

struct Bitemporal {
  static func run(_ workload: Workload) throws {
    let claims = try workload.claims()
    var chronicle = Chronicle()
    let took = seconds {
      for (number, told) in claims.enumerated() {
        chronicle.add(
          place: told.place, source: told.source, value: told.value, from: told.from, until: told.until, said: told.recorded,
          recorded: told.recorded, claim: Int32(number))
      }
    }
    printLoad(claims.count, took, bytes: chronicle.storageBytes)
    // Asked twice: the first time warms the memory.
    for name in ["one place, first", "one place"] {
      try workload.run(name, "q1", columns: 3) { query, found in
        let (place, on, known) = (query.first!, Instant(seconds: query[query.startIndex + 1]), Instant(seconds: query.last!))
        chronicle.forEachView(of: Int(place) - 1, on: on, known: known) { found(0, Int64($0) + 1, Int64($1.value), 0) }
      }
    }
    try workload.run("whole map", "q2", columns: 2) { query, found in
      chronicle.forEachView(on: Instant(seconds: query.first!), known: Instant(seconds: query.last!)) { place, source, value, _ in
        found(Int64(place) + 1, Int64(source) + 1, Int64(value), 0)
      }
    }
    try workload.run("changed in 90 days", "q3", columns: 3, [("changed in a day", 150)]) { query, found in
      chronicle.forEachChange(
        on: Instant(seconds: query.first!), knownAt: Instant(seconds: query[query.startIndex + 1]), and: Instant(seconds: query.last!)
      ) { place, source, before, after in
        found(Int64(place) + 1, Int64(source) + 1, Int64(before?.value ?? 0), Int64(after?.value ?? 0))
      }
    }
  }
}
