// What an import of places would change in a case, before it changes anything.
public import TruceModel

/// What the person says about a file that it does not say itself.
public struct ImportOptions: Sendable, Hashable {
  /// Who made the geometry; shown wherever it is.
  public var source: String
  public var licence: String
  /// How far its boundaries may lie from the truth.
  public var accuracyMetres: Double
  /// An EDTF date or interval in which it held; nil for always.
  public var period: String?
  /// Of features that name none.
  public var kind: Place.Kind?
  /// Of features' names: BCP 47.
  public var language: String?
  /// Turns rings that are wound the wrong way, and says so; without it their features are refused.
  public var turnsRings = false
  /// Features with this property and value only, `admin_level=6`; nil for all.
  public var only: (property: String, value: String)? {
    get { onlyProperty.map { ($0, onlyValue) } }
    set { (onlyProperty, onlyValue) = (newValue?.property, newValue?.value ?? "") }
  }
  private var onlyProperty: String?
  private var onlyValue = ""

  public init(
    source: String, licence: String, accuracyMetres: Double, period: String? = nil, kind: Place.Kind? = nil, language: String? = nil
  ) {
    self.source = source
    self.licence = licence
    self.accuracyMetres = accuracyMetres
    self.period = period
    self.kind = kind
    self.language = language
  }

  func wants(_ feature: ImportedFeature) -> Bool {
    guard let onlyProperty else { return true }
    return feature.property(onlyProperty.lowercased()) == onlyValue
  }
}

/// One thing that an import would do.
public struct PlaceChange: Sendable, Hashable, CustomStringConvertible {
  public enum Act: String, Sendable, Hashable, CaseIterable {
    /// A place that the case does not have.
    case addPlace = "add place"
    /// A further definition of a place, beside those that it has.
    case addDefinition = "add definition"
    /// The case has this definition already.
    case unchanged
    /// Cannot be taken; the finding says why.
    case refuse
  }

  public var act: Act
  public var place: PlaceID
  public var kind: Place.Kind
  public var name: String
  public var definition: Place.Definition
  /// In words: size, and how it differs from the definition that stands first.
  public var remark: String

  public var description: String { "\(act.rawValue): \(place) (\(kind.rawValue), \(name))" + (remark.isEmpty ? "" : ": " + remark) }
}

/// What an import would change, and the file as it would be.
public struct ImportPlan: Sendable {
  /// In the features' order.
  public var changes: [PlaceChange]
  public var findings: [Finding]
  /// `places.yaml` with the changes made; the bytes as they were where nothing changes.
  public var placesFile: [UInt8]

  /// Whether writing `placesFile` would change anything.
  public var hasChanges: Bool { changes.contains { $0.act == .addPlace || $0.act == .addDefinition } }
}
