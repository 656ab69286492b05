// Sources looked up by what a report calls its own: made once, asked for every report of a stream.
internal import TruceModel

/// Sources by their ids and names, whatever the case of the letters.
public struct SourceIndex: Sendable {
  private var byName: [String: Source] = [:]

  /// Where two sources share a name, it means the first of them.
  public init(_ sources: [Source]) {
    for source in sources {
      for name in [source.id.rawValue] + source.names.map(\.text) {
        let folded = name.lowercased()
        if byName[folded] == nil { byName[folded] = source }
      }
    }
  }

  /// The source of an id or name; nil where there is none.
  public subscript(name: String) -> Source? { byName.isEmpty ? nil : byName[name.lowercased()] }
}
