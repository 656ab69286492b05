// Observation posts on the map, never where they stand: DESIGN's rule is that nobody can aim by it.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// Posts of one coarse place: a cell of the grid, or a line along which they were reported.
struct PostMark: Hashable {
  var position: Position
  var words: String
}

/// The size of the cells to whose middle a post's position is brought, in degrees: about 10 km.
let postGridDegrees = 0.1

/// Marks for the posts that a situation reports and a case registers, coarsened.
///
/// Posts at a point go to the middle of their cell of 0.1 degrees. Posts along a line or corridor get one mark at its middle
/// with the reported number: where along it they stand is not drawn.
func postMarks(_ situation: Situation, case file: Case) -> [PostMark] {
  var cells: [Position: Int] = [:]
  var marks: [PostMark] = []
  var seen: Set<String> = []
  for event in situation.posts where event.polarity == .positive && event.modality == .happened {
    let count = event.quantities.filter { $0.what == "posts" }.map(\.maximum).max()
    for id in event.places {
      guard let place = file.place(PlaceID(id)), let geometry = place.definition(at: situation.query.on, zone: file.zone)?.geometry else {
        continue
      }
      switch geometry {
      case .point(let position): cells[coarsened(position), default: 0] += 1
      case .line, .polygon, .multiPolygon:
        guard seen.insert(id).inserted, let middle = middle(of: geometry) else { continue }
        let number = count.map { "\(decimal($0, 0)) observation posts" } ?? "observation posts"
        marks.append(PostMark(position: middle, words: number))
      }
    }
  }
  for place in file.places where place.kind == .post {
    guard case .point(let position)? = place.definition(at: situation.query.on, zone: file.zone)?.geometry else { continue }
    cells[coarsened(position), default: 0] += 1
  }
  let sorted = cells.sorted { ($0.key.latitude, $0.key.longitude) < ($1.key.latitude, $1.key.longitude) }
  return marks + sorted.map { PostMark(position: $0.key, words: $0.value == 1 ? "post in this area" : "\($0.value) posts in this area") }
}

/// The middle of the cell in which a position lies.
func coarsened(_ position: Position) -> Position {
  func middle(_ degrees: Double) -> Double { (degrees / postGridDegrees).rounded(.down) * postGridDegrees + postGridDegrees / 2 }
  return Position(longitude: middle(position.longitude), latitude: middle(position.latitude))
}

private func middle(of geometry: Geometry) -> Position? {
  if case .line(let line) = geometry { return line.isEmpty ? nil : line[line.count / 2] }
  let all = geometry.positions
  guard !all.isEmpty else { return nil }
  let count = Double(all.count)
  return Position(
    longitude: all.reduce(0) { $0 + $1.longitude } / count, latitude: all.reduce(0) { $0 + $1.latitude } / count)
}
