// The pages' files: read once at start from a list of names, served from memory, never by path.
internal import Foundation
internal import TruceModel

/// Files that the desk serves, by the address under which it does.
struct StaticPages: Sendable {
  private struct File: Sendable {
    var type: String
    var bytes: [UInt8]
    var tag: String
  }

  private var files: [String: File] = [:]

  /// Every name that is served; nothing else of the folder is.
  static let names = [
    "index.html", "line.html", "post.html", "agreement.html", "log.html", "desk.css", "watch.css", "desk.js", "line.js", "post.js",
    "agreement.js", "log.js", "alerts.js", "api.js", "board.js", "clock.js", "dom.js", "evidence.js", "hand-over.js", "line-tables.js",
    "live.js", "map.js", "masthead.js", "post-form.js", "post-worker.js", "posts-board.js", "queue.js", "record.js", "sender.js",
    "sliders.js", "state.js", "status.js", "strip.js", "time.js", "watch.js", "wire.js", "zone.js", "favicon.svg", "post.webmanifest",
  ]

  /// Reads the pages of a folder.
  ///
  /// - Throws: `DeskRefusal` that names the first file that cannot be read.
  init(folder: String) throws {
    for name in StaticPages.names {
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path) else {
        throw DeskRefusal("The desk's pages are incomplete: cannot read \(path).")
      }
      add(name, [UInt8](data))
    }
  }

  /// Pages from bytes by name.
  init(files: [String: [UInt8]]) {
    for (name, bytes) in files { add(name, bytes) }
  }

  private mutating func add(_ name: String, _ bytes: [UInt8]) {
    files[name] = File(type: StaticPages.type(of: name), bytes: bytes, tag: "\"\(Digest(of: bytes).short)\"")
  }

  /// The reply for a path, where it is one of the names; the folder itself is `index.html`.
  func reply(_ path: [String], ifNoneMatch: String? = nil) -> DeskReply? {
    guard path.count <= 1 else { return nil }
    // Pages go by their bare names.
    let name = path.first ?? "index"
    guard let file = files[name] ?? files[name + ".html"] else { return nil }
    let headers = [(name: "etag", value: file.tag), (name: "cache-control", value: "no-cache")]
    if let ifNoneMatch, ifNoneMatch.contains(file.tag) { return DeskReply(status: 304, type: file.type, bytes: [], headers: headers) }
    return DeskReply(type: file.type, bytes: file.bytes, headers: headers)
  }

  private static func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "webmanifest": "application/manifest+json"
    case "svg": "image/svg+xml; charset=utf-8"
    default: "application/octet-stream"
    }
  }
}
