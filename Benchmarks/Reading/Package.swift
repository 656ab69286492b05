// swift-tools-version: 6.2
// Measures reading, stage by stage; a package of its own, so that the product never builds it.
import PackageDescription

let package = Package(
  name: "reading-benchmark",
  dependencies: [.package(name: "truce", path: "../..")],
  targets: [
    .executableTarget(
      name: "reading-bench",
      dependencies: [
        .product(name: "TruceReading", package: "truce"), .product(name: "TruceAtlas", package: "truce"),
        .product(name: "TruceModel", package: "truce"),
      ])
  ]
)
