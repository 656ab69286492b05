// swift-tools-version: 6.2
// Benchmarks of the situation: a package of its own over the same sources, so that the product never resolves what they need.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "situation-bench",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .target(name: "TruceModel", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .target(
      name: "TruceAtlas", dependencies: ["TruceModel", "CGEOS", .product(name: "Yams", package: "Yams")], swiftSettings: strict),
    .target(
      name: "TruceSituation",
      dependencies: ["TruceModel", "TruceAtlas", .product(name: "OrderedCollections", package: "swift-collections")],
      swiftSettings: strict),
    .executableTarget(name: "situation-bench", dependencies: ["TruceModel", "TruceAtlas", "TruceSituation"], swiftSettings: strict),
  ]
)
