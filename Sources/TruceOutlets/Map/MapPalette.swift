// Colours of a map: parties by the case's own or by a palette that colour-blind readers tell apart.
internal import TruceAtlas
internal import TruceModel

/// Colours by party. Colour is never alone: each district's label names its holder too.
struct MapPalette {
  /// Okabe and Ito, "Color Universal Design" (2008), without black and yellow.
  static let universal = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]
  static let neutral = "#8a8f98"

  private var colours: [PartyID: String] = [:]

  /// The colours of a case's parties; a colour that is not `#rrggbb` is not used.
  init(_ file: Case) {
    var next = 0
    for party in file.parties {
      if let colour = party.colour, MapPalette.isColour(colour) {
        colours[party.id] = colour
      } else {
        colours[party.id] = MapPalette.universal[next % MapPalette.universal.count]
        next += 1
      }
    }
  }

  subscript(_ party: PartyID) -> String { colours[party] ?? MapPalette.neutral }

  static func isColour(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 7 && bytes[0] == 0x23
      && bytes.dropFirst().allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
  }
}
