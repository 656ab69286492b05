// Where the built-in cases, lexicons and pages lie: beside the program, installed or built.
import Foundation

enum Resources {
  /// The folder that holds `Cases`, `Lexicons` and `Pages`: `$TRUCE_HOME`, else `../share/truce` beside the program, else the first
  /// folder above the program that holds them (a source tree that built it).
  static func root() throws -> String {
    let manager = FileManager.default
    func holds(_ folder: String) -> Bool {
      manager.fileExists(atPath: folder + "/Lexicons/en") && manager.fileExists(atPath: folder + "/Cases")
    }
    if let home = ProcessInfo.processInfo.environment["TRUCE_HOME"], !home.isEmpty {
      guard holds(home) else {
        throw Failure("TRUCE_HOME is \(home), which holds no Cases and Lexicons; it should name the folder that does")
      }
      return home
    }
    var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let share = folder.deletingLastPathComponent().appendingPathComponent("share/truce").path
    if holds(share) { return share }
    for _ in 0..<12 {
      if holds(folder.path) { return folder.path }
      if folder.path == "/" { break }
      folder.deleteLastPathComponent()
    }
    throw Failure("the built-in cases and lexicons are not beside the program; set TRUCE_HOME to the folder that holds Cases and Lexicons")
  }

  static func lexicons() throws -> String { try root() + "/Lexicons/en" }
  static func pages() throws -> String { try root() + "/Pages" }

  /// The built-in case of a name, where there is one.
  static func builtInCase(_ name: String) throws -> String? {
    guard !name.contains("/"), !name.hasPrefix(".") else { return nil }
    let folder = try root() + "/Cases/" + name
    return FileManager.default.fileExists(atPath: folder + "/case.yaml") ? folder : nil
  }

  static func builtInCases() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root() + "/Cases").filter { try builtInCase($0) != nil }.sorted()
  }

  /// Where a person's own data lie: `$XDG_DATA_HOME/truce`, else `~/.local/share/truce`; made where it is missing.
  static func dataFolder(_ name: String) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share"
    let folder = base + "/truce/" + name
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("\(folder): cannot be made; name a ledger with --ledger FILE")
    }
    return folder
  }
}
