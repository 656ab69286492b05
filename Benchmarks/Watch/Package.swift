// swift-tools-version: 6.2
// Loads a running desk with observations and open pages; a package of its own without dependencies, so that it builds in seconds.
import PackageDescription

let package = Package(name: "watch-benchmark", targets: [.executableTarget(name: "watch-bench", swiftSettings: [.swiftLanguageMode(.v6)])])
