// What comes in: files, standard input and addresses, as reports on their way in.
import Foundation
import TruceDesk
import TruceModel
import TruceWire

enum Input {
  /// The bytes of a file, at most `limit`.
  static func file(_ path: String, limit: Int = Incoming.largest) throws -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw Failure("\(path): is a folder; name the files in it") }
    guard status.st_size <= limit else { throw Failure("\(path): has \(status.st_size) bytes; a report has at most \(limit)") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    return try bytes(descriptor, name: path, limit: limit)
  }

  /// Everything that standard input holds, at most `limit`.
  static func standard(limit: Int = Incoming.largest) throws -> [UInt8] { try bytes(STDIN_FILENO, name: "standard input", limit: limit) }

  private static func bytes(_ descriptor: Int32, name: String, limit: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure("\(name): \(String(cString: strerror(errno)))") }
      if count == 0 { return result }
      result.append(contentsOf: chunk[..<count])
      if result.count > limit { throw Failure("\(name): has more than \(limit) bytes, the most that a report may have") }
    }
  }

  /// What a name on the command line stands for: a file, `-` for standard input, or an address; one report, or a report a line.
  static func reports(_ name: String, options: ReportOptions, zone: Zone) async throws -> [Incoming] {
    var incoming = Incoming(name: name, body: [], sourceName: options.source, language: options.language)
    incoming.published = try options.published(zone)
    if name == "-" {
      incoming.name = "standard input"
      incoming.body = try standard()
    } else if Fetcher.isAddress(name) {
      let fetched: Fetched
      do { fetched = try await Fetcher().fetch(name) } catch { throw Failure("\(error)") }
      incoming.body = fetched.body
      incoming.address = fetched.address
      if let type = fetched.mediaType { incoming.media = type.hasSuffix("html") || type.hasSuffix("xhtml+xml") ? .html : .plain }
    } else {
      incoming.body = try file(name)
      incoming.address = name
      if incoming.published == nil { incoming.published = dateInName(name, zone) }
    }
    let lower = name.lowercased()
    let opensObject = incoming.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{")
    if lower.hasSuffix(".ndjson") || lower.hasSuffix(".jsonl") || name == "-" && opensObject {
      return try lines(incoming.body, name: incoming.name, zone: zone)
    }
    if lower.hasSuffix(".html") || lower.hasSuffix(".htm") || looksLikeHTML(incoming.body) { incoming.media = .html }
    return [incoming]
  }

  /// The reports of an NDJSON text, one a line.
  static func lines(_ body: [UInt8], name: String, zone: Zone) throws -> [Incoming] {
    var result: [Incoming] = []
    for (number, line) in body.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 > 0x20 }) {
      do {
        result.append(try Incoming.line(Array(line), name: "\(name):\(number + 1)", zone: zone).incoming)
      } catch {
        throw Failure("\(name):\(number + 1): \(error)")
      }
    }
    return result
  }

  /// A day in a file's name: `bulletin-2020-12-01.txt`; nil where it has none or more than one.
  static func dateInName(_ path: String, _ zone: Zone) -> When? {
    let name = Array((path.split(separator: "/").last ?? "").utf8)
    var found: [CivilDate] = []
    func isDigit(_ i: Int) -> Bool { i >= 0 && i < name.count && (0x30...0x39).contains(name[i]) }
    for start in name.indices where start + 10 <= name.count && !isDigit(start - 1) && !isDigit(start + 10) {
      if let day = CivilDate(String(decoding: name[start..<start + 10], as: UTF8.self)) { found.append(day) }
    }
    return found.count == 1 ? When(found[0], zone: zone, role: .reported, rule: "file-name") : nil
  }

  static func looksLikeHTML(_ body: [UInt8]) -> Bool {
    let start = String(decoding: body.prefix(400), as: UTF8.self).lowercased().drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || (start.hasPrefix("<?xml") && start.contains("<html"))
  }
}
