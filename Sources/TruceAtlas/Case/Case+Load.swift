// Makes a case of its folder's files; everything that is wrong with them is said at once.
internal import Foundation
internal import TruceModel

extension Case {
  /// A case from the bytes of its files by name, without touching a disk.
  ///
  /// - Parameter files: `case.yaml`, `parties.yaml`, `places.yaml` and, where there are any, `agreement.yaml` and `roads.yaml`;
  ///   files of other names are passed over.
  /// - Throws: `CaseError` with every finding, where one of them is an error.
  public init(files: [String: [UInt8]]) throws(CaseError) {
    let reader = CaseReader()
    let head = reader.root("case.yaml", in: files).flatMap(reader.head)
    let parties = reader.root("parties.yaml", in: files).map(reader.parties) ?? []
    let places = reader.root("places.yaml", in: files).map(reader.places) ?? []
    let agreements = reader.root("agreement.yaml", in: files).map(reader.agreements) ?? []
    let roads = reader.root("roads.yaml", in: files).map(reader.roads) ?? (roads: [], departures: [])
    // A file that did not parse declares nothing: what speaks of its ids is not at fault.
    if reader.hasAllRoots(in: files) { reader.checkReferences() }
    guard !reader.findings.hasErrors, let head else { throw CaseError(findings: reader.findings.sorted()) }
    self.init(
      id: head.id, title: head.title, zone: reader.zone, language: reader.language, tolerance: head.tolerance, parties: parties,
      sources: head.sources, places: places, agreements: agreements, roads: roads.roads, digest: Case.digest(of: files),
      departures: roads.departures, rules: head.rules, counting: head.counting)
  }

  /// A case from its folder.
  ///
  /// - Parameter folder: a path; it is named in front of the files in every finding.
  /// - Throws: `CaseError` where there is no such folder, or a file is missing, cannot be read or is wrong.
  public static func load(folder: String) throws(CaseError) -> Case {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      let what = isFolder.boolValue || !FileManager.default.fileExists(atPath: folder) ? "there is no such folder" : "this is a file"
      throw CaseError(findings: [
        Finding(.error, "\(what); a case is a folder with case.yaml, parties.yaml and places.yaml in it", file: folder)
      ])
    }
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    var files: [String: [UInt8]] = [:]
    var findings: [Finding] = []
    for name in CaseReader.fileNames {
      let path = base + name
      guard FileManager.default.fileExists(atPath: path) else { continue }
      switch read(path) {
      case .success(let bytes): files[name] = bytes
      case .failure(let finding): findings.append(finding)
      }
    }
    guard findings.isEmpty else { throw CaseError(findings: findings) }
    do {
      return try Case(files: files)
    } catch {
      throw CaseError(
        findings: error.findings.map { finding in
          var finding = finding
          finding.file = finding.file.map { base + $0 }
          return finding
        })
    }
  }

  private static func read(_ path: String) -> Result<[UInt8], Finding> {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      return .failure(Finding(.error, "the file cannot be opened; make it readable", file: path))
    }
    defer { try? handle.close() }
    do {
      return .success(Array(try handle.read(upToCount: CaseText.byteLimit + 1) ?? Data()))
    } catch {
      return .failure(Finding(.error, "the file cannot be read; a case's file is a plain text", file: path))
    }
  }

  /// SHA-256 over the known files in the order of their names: name, length and bytes of each.
  private static func digest(of files: [String: [UInt8]]) -> Digest {
    var bytes: [UInt8] = []
    for name in CaseReader.fileNames.sorted() {
      guard let file = files[name] else { continue }
      bytes += Array("\(name)\n\(file.count)\n".utf8) + file
    }
    return Digest(of: bytes)
  }
}
