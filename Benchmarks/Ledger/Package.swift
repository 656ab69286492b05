// swift-tools-version: 6.2
// Measures the ledger beside SQLite's plain C interface; a package of its own, so that the product never builds it.
import PackageDescription

let package = Package(
  name: "ledger-benchmark",
  dependencies: [
    // By a link of that name: SwiftPM takes the folder's name for the package's, and a clone's may be this one's.
    .package(name: "truce", path: "../truce"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .executableTarget(
      name: "ledger-bench",
      dependencies: [
        .product(name: "TruceLedger", package: "truce"), .product(name: "TruceModel", package: "truce"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ])
  ]
)
