// Reads `roads.yaml`: stretches of road with how much they carry, for the forecast.
internal import TruceModel
internal import Yams

extension CaseReader {
  func roads(_ fields: Fields) -> (roads: [Road], departures: [Departure]) {
    defer { fields.finish() }
    return (fields.mappings("roads", required: true).compactMap(road), fields.mappings("departures").compactMap(departure))
  }

  private func departure(_ fields: Fields) -> Departure? {
    defer { fields.finish() }
    let id = declare(.departure, in: fields)
    let from = refer(.place, "from", in: fields, required: true)
    let to = refer(.place, "to", in: fields, required: true)
    let vehicles = fields.range("vehicles", in: 1...1_000_000_000, unit: "vehicles", required: true)
    let commitment = refer(.provision, "commitment", in: fields)
    let begins = when("begins", in: fields, zone: zone, role: .from, required: true)
    let source = fields.string("source")
    guard let id, let from, let to, let vehicles, let begins else { return nil }
    return Departure(
      id: id, from: PlaceID(from), to: PlaceID(to), vehicles: vehicles, commitment: commitment.map { ProvisionID($0) }, begins: begins,
      source: source)
  }

  private func road(_ fields: Fields) -> Road? {
    defer { fields.finish() }
    let id = declare(.road, in: fields)
    let from = refer(.place, "from", in: fields, required: true)
    let to = refer(.place, "to", in: fields, required: true)
    if let from, from == to { fields.error("a road runs from one place to another; `from` and `to` are the same", "to") }
    let length = fields.number("lengthKilometres", in: 0.01...100_000, unit: "kilometres", required: true)
    let lanes = fields.integer("lanes", in: 1...16, unit: "lanes") ?? 1
    let flow = fields.range("flow", in: 0...100_000, unit: "vehicles an hour")
    let transit = fields.range("transitMinutes", in: 0...100_000, unit: "minutes")
    let closed = fields.strings("closed").filter { checked($0.text, spot: $0.spot) }.map(\.text)
    let source = fields.string("source")
    guard let id, let from, let to, let length else { return nil }
    return Road(
      id: id, from: PlaceID(from), to: PlaceID(to), lengthKilometres: length, lanes: lanes, flow: flow, transitMinutes: transit,
      closed: closed,
      source: source)
  }
}
