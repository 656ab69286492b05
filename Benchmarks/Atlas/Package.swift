// swift-tools-version: 6.2
// Measures the atlas beside GEOS in the same run; a package of its own, so that the product never builds it.
import PackageDescription

let package = Package(
  name: "atlas-benchmark",
  dependencies: [.package(name: "truce", path: "../..")],
  targets: [
    .executableTarget(
      name: "atlas-bench",
      dependencies: [
        .product(name: "TruceAtlas", package: "truce"), .product(name: "TruceModel", package: "truce"),
        .product(name: "CGEOS", package: "truce"),
      ])
  ]
)
