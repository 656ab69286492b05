// The gazetteer: import of a GeoNames table, memory, look-ups.
import Foundation
import TruceAtlas

func measureGazetteer(_ path: String, _ random: inout Seeded) throws {
  let before = resident("VmRSS")
  var layer: GazetteerLayer?
  let imported = try once {
    layer = try GazetteerLayer.geoNames(path: path, origin: GazetteerLayer.Origin(file: path)).layer
  }
  guard let layer else { exit(1) }
  print("gazetteer: \(layer.placeCount) places, \(layer.postingCount) names, \(layer.nameCount) different; import", imported, "s")
  print(
    "memory: highest of the run \(resident("VmHWM") / 1024) MB, before the import \(before / 1024) MB, block \(layer.byteCount / 1_048_576) MB"
  )
  let file = NSTemporaryDirectory() + "atlas-bench-\(ProcessInfo.processInfo.processIdentifier).gazetteer"
  try Data(layer.block).write(to: URL(fileURLWithPath: file))
  var opened: GazetteerLayer?
  let opening = try once { opened = try GazetteerLayer(path: file) }
  print("opening its block", opening * 1000, "ms")
  let table = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  let names = (0..<100_000).map { _ in foldedName(String(table[Int.random(in: 0..<table.count, using: &random)].split(separator: "\t")[1]))
  }
  var found = 0
  let looked = best {
    found = 0
    for name in names { found += name.withUnsafeBufferPointer { opened!.entries(folded: $0).count } }
  }
  print("name look-up with its entries (\(found) found of 100,000 names)", looked * 10, "microseconds")
  let missing = names.map { $0 + [0x78, 0x71] }
  let missed = best { for name in missing where name.withUnsafeBufferPointer({ opened!.contains(folded: $0) }) { found += 1 } }
  print("look-up of a name that nobody bears", missed * 10, "microseconds")
  try FileManager.default.removeItem(atPath: file)
}
