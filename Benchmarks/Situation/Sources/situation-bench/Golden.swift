// The golden cases of a database with application-time periods and system versioning: the same rectangles.
import Foundation
import TruceModel
import TruceSituation

struct Golden {
  /// Checks every case of a file of JSON lines; prints the first that differ.
  ///
  /// - Returns: whether all are equal.
  static func run(_ path: String) throws -> Bool {
    let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    var (cases, rectangles, different) = (0, 0, 0)
    for line in text.split(separator: "\n") {
      let json = try JSON(parsing: Array(line.utf8))
      cases += 1
      let expected = Set((json["rects"]?.array ?? []).map(\.canonical))
      let found = answer(json["ops"]?.array ?? [])
      rectangles += expected.count
      if Set(found.map(\.canonical)) != expected || found.count != expected.count {
        different += 1
        if different <= 3 { print("\(json["id"]?.string ?? "?") differs: \(JSON.array(found).text)") }
      }
    }
    print("golden      \(cases) cases, \(rectangles) rectangles, \(different) different")
    return different == 0
  }

  private static func answer(_ operations: [JSON]) -> [JSON] {
    var values: [String] = [""]
    var keys: [String] = []
    var chronicle = Chronicle()
    func number(_ name: String, in list: inout [String]) -> Int {
      if let at = list.firstIndex(of: name) { return at }
      list.append(name)
      return list.count - 1
    }
    for operation in operations {
      let k = Instant(milliseconds: Int64(operation["k"]?.integer ?? 0))
      let value = operation["value"]?.string.map { number($0, in: &values) } ?? 0
      chronicle.add(
        place: number(operation["key"]?.string ?? "", in: &keys), source: 0, value: Int32(value),
        from: Instant(milliseconds: Int64(operation["from"]?.integer ?? 0)),
        until: Instant(milliseconds: Int64(operation["to"]?.integer ?? 0)),
        said: k, recorded: k)
    }
    return keys.indices.flatMap { place in
      chronicle.rectangles(place: place, source: 0).map { rectangle in
        [
          "key": JSON(keys[place]), "value": JSON(values[Int(rectangle.value)]), "vfrom": JSON(Int(rectangle.from.milliseconds)),
          "vto": JSON(Int(rectangle.until.milliseconds)), "kfrom": JSON(Int(rectangle.knownFrom.milliseconds)),
          "kto": rectangle.knownUntil.map { JSON(Int($0.milliseconds)) } ?? .null,
        ]
      }
    }
  }
}
