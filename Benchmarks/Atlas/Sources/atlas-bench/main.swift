// Measures containment and the zone index, `atlas-bench [SEED]`, or the gazetteer, `atlas-bench SEED GEONAMES.tsv`.
import TruceAtlas

let arguments = CommandLine.arguments
let seed = arguments.count > 1 ? UInt64(arguments[1]) ?? 1 : 1
var random = Seeded(state: seed)
print("seed \(seed)")
if arguments.count > 2 {
  try measureGazetteer(arguments[2], &random)
} else {
  try measureCorridor(&random)
  try measureZones(&random)
  try measureLargeRing(&random)
}
