// swift-tools-version: 6.2
// Benchmarks of the situation: a package of its own, so that the product never resolves what they need.
import PackageDescription

let package = Package(
  name: "situation-bench",
  // By a link of that name: SwiftPM takes the folder's name for the package's, and a clone's may be this one's.
  dependencies: [.package(name: "truce", path: "../truce")],
  targets: [
    .executableTarget(
      name: "situation-bench",
      dependencies: [
        .product(name: "TruceModel", package: "truce"), .product(name: "TruceAtlas", package: "truce"),
        .product(name: "TruceSituation", package: "truce"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
