// swift-tools-version: 6.2
// The package: one target per subsystem, one set of strict settings for all of them.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "truce",
  products: [
    .executable(name: "truce", targets: ["truce"]),
    // For the packages under Benchmarks.
    .library(name: "TruceModel", targets: ["TruceModel"]),
    .library(name: "TruceAtlas", targets: ["TruceAtlas"]),
    .library(name: "TruceReading", targets: ["TruceReading"]),
    .library(name: "TruceLedger", targets: ["TruceLedger"]),
    .library(name: "TruceSituation", targets: ["TruceSituation"]),
    .library(name: "CGEOS", targets: ["CGEOS"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CProj", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLibXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(
      name: "TruceModel",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "TruceAtlas",
      dependencies: [
        "TruceModel", "CGEOS", "CSQLite", "CZlib", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(name: "TruceReading", dependencies: ["TruceModel", "TruceAtlas", "CLibXML"], swiftSettings: strict),
    .target(
      name: "TruceLedger",
      dependencies: [
        "TruceModel", "CZlib", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "TruceSituation",
      dependencies: [
        "TruceModel", "TruceAtlas", .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .target(name: "TruceOutlets", dependencies: ["TruceModel", "TruceAtlas", "TruceSituation"], swiftSettings: strict),
    .target(
      name: "TruceWire",
      dependencies: [
        "TruceModel", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),
    .target(
      name: "TruceDesk",
      dependencies: [
        "TruceModel", "TruceAtlas", "TruceReading", "TruceLedger", "TruceSituation", "TruceOutlets", "TruceWire",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "truce",
      dependencies: [
        "TruceModel", "TruceAtlas", "TruceReading", "TruceLedger", "TruceSituation", "TruceOutlets", "TruceWire",
        "TruceDesk", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(name: "TruceTestSupport", dependencies: ["TruceModel"], path: "Tests/TruceTestSupport", swiftSettings: strict),
    .testTarget(name: "TruceModelTests", dependencies: ["TruceModel", "TruceTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TruceAtlasTests", dependencies: ["TruceAtlas", "TruceTestSupport", "CProj", "CGEOS", "CSQLite"], swiftSettings: strict),
    .testTarget(name: "TruceReadingTests", dependencies: ["TruceReading", "TruceTestSupport"], swiftSettings: strict),
    .executableTarget(
      name: "ledger-faults", dependencies: ["TruceLedger", "TruceModel", "CSQLite"], path: "Tests/LedgerFaults", exclude: ["shim"],
      swiftSettings: strict),
    .testTarget(
      name: "TruceLedgerTests",
      dependencies: ["TruceLedger", "TruceTestSupport", "ledger-faults", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(name: "TruceSituationTests", dependencies: ["TruceSituation", "TruceTestSupport"], swiftSettings: strict),
    .testTarget(name: "TruceOutletsTests", dependencies: ["TruceOutlets", "TruceTestSupport"], swiftSettings: strict),
    .testTarget(name: "TruceWireTests", dependencies: ["TruceWire", "TruceTestSupport"], swiftSettings: strict),
    .testTarget(name: "TruceDeskTests", dependencies: ["TruceDesk", "TruceTestSupport"], swiftSettings: strict),
  ]
)
