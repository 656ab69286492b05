// Lines of several pieces put together where their ends meet.

/// Lines joined end to end: two ends at the very same position, with no third end there, make one line.
///
/// A piece may be turned for it. What branches stays apart, and so does what only crosses. Linear in the number of positions.
func joinedLines(_ lines: [[Position]]) -> [[Position]] {
  guard lines.count > 1 else { return lines }
  var ends: [Position: [Int]] = [:]
  for (number, line) in lines.enumerated() {
    guard let first = line.first, let last = line.last else { continue }
    ends[first, default: []].append(number)
    ends[last, default: []].append(number)
  }
  var taken = [Bool](repeating: false, count: lines.count)
  /// Goes on from a line's last position as long as one other line, and no more, begins or ends there.
  func grow(_ line: inout [Position]) {
    while let last = line.last, let here = ends[last], here.count == 2, let next = here.first(where: { !taken[$0] }) {
      taken[next] = true
      let piece = lines[next]
      line += piece.first == last ? piece.dropFirst() : piece.reversed().dropFirst()
    }
  }
  var joined: [[Position]] = []
  for (number, piece) in lines.enumerated() where !taken[number] {
    taken[number] = true
    var line = piece
    grow(&line)
    // What comes before it, in its direction.
    line.reverse()
    grow(&line)
    joined.append(Array(line.reversed()))
  }
  return joined
}
