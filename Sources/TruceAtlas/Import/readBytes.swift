// Reads a whole file, with its name in the error.
internal import Foundation

/// A file's bytes.
func readBytes(_ path: String) throws(AtlasError) -> [UInt8] {
  do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)) } catch {
    throw AtlasError("the file cannot be read: \(error.localizedDescription)", file: path)
  }
}
