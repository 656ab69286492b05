// Names to places: the case's own first, then imported layers.
public import TruceModel

/// Every name that truce knows, and the places that may be meant by it.
public struct Gazetteer: Sendable {
  /// A place that a name may mean.
  public enum Candidate: Sendable, Hashable {
    /// A place of the case, with the name as the case writes it.
    case place(PlaceID, Name)
    /// A place of an imported layer, with the layer's number.
    case entry(GazetteerLayer.Entry, layer: Int)
  }

  private let names: [[UInt8]: [Candidate]]
  public let layers: [GazetteerLayer]

  /// - Parameters:
  ///   - places: the case's.
  ///   - layers: imported ones, the preferred first.
  public init(_ places: [Place], layers: [GazetteerLayer] = []) {
    var names: [[UInt8]: [Candidate]] = [:]
    for place in places {
      for name in place.names { names[foldedName(name.text), default: []].append(.place(place.id, name)) }
    }
    self.names = names
    self.layers = layers
  }

  /// The places that a name may mean: the case's in its order, then each layer's, the largest first. Nothing is chosen.
  public func candidates(for name: String) -> [Candidate] { candidates(folded: foldedName(name)) }

  /// The same of a name already folded as `foldedName` does.
  public func candidates(folded name: [UInt8]) -> [Candidate] {
    var found = names[name] ?? []
    guard !layers.isEmpty else { return found }
    name.withUnsafeBufferPointer { bytes in
      for (number, layer) in layers.enumerated() { found += layer.entries(folded: bytes).map { .entry($0, layer: number) } }
    }
    return found
  }
}
