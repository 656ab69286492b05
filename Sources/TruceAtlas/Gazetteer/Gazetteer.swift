// Names to places: the case's own first, then imported layers.
internal import Foundation
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
  /// The cases' settlements: of a town and its district of one name the town is meant.
  let settlements: Set<PlaceID>
  public let layers: [GazetteerLayer]
  /// Where the cases lie, one extent each: a name that is borne within and without means what lies within.
  public let theatre: [Extent]

  /// How far around its places a case reaches.
  public static var theatreMarginMetres: Double { 50_000 }

  /// - Parameters:
  ///   - places: the case's.
  ///   - layers: imported ones, the preferred first.
  public init(_ places: [Place], layers: [GazetteerLayer] = []) { self.init([places], layers) }

  /// - Parameters:
  ///   - cases: in the order in which they are asked.
  ///   - layers: imported ones, the preferred first.
  public init(cases: [Case], layers: [GazetteerLayer]) { self.init(cases.map(\.places), layers) }

  private init(_ cases: [[Place]], _ layers: [GazetteerLayer]) {
    var names: [[UInt8]: [Candidate]] = [:]
    for place in cases.joined() {
      for name in place.names { names[foldedName(name.text), default: []].append(.place(place.id, name)) }
    }
    self.names = names
    settlements = Set(cases.joined().filter { $0.kind == .settlement }.map(\.id))
    self.layers = layers
    theatre = cases.compactMap { places in
      Extent(around: places.flatMap { $0.definitions.flatMap(\.geometry.positions) })?.expanded(byMetres: Self.theatreMarginMetres)
    }
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

extension GazetteerLayer {
  /// The layers that were imported into some folders, in the folders' order and by name within each.
  ///
  /// - Parameter folders: those that hold a folder `gazetteers`; one without it has none.
  /// - Throws: where a layer's file is damaged.
  public static func load(from folders: [String]) throws(AtlasError) -> [GazetteerLayer] {
    var layers: [GazetteerLayer] = []
    for folder in folders {
      let home = folder + "/" + folderName
      let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
      for name in names.sorted() where name.hasSuffix("." + fileExtension) { layers.append(try GazetteerLayer(path: home + "/" + name)) }
    }
    return layers
  }

  /// Where a folder's layers lie in it.
  public static var folderName: String { "gazetteers" }
  public static var fileExtension: String { "gazetteer" }
}
