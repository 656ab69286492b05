// The server on a real socket: what only the edge can get wrong.
import Foundation
import NIOCore
import NIOPosix
import Testing
import TruceModel

@testable import TruceDesk

@Suite struct ServeTests {
  static let pages = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Pages").path

  @Test("A port that is taken is told in a sentence with its number")
  func portTaken() async throws {
    let other = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(other.localAddress?.port)
    await #expect(throws: DeskRefusal("Port \(port) on 127.0.0.1 is taken. Choose another with --port, or stop the program that uses it."))
    {
      try await serve(workspace: FixtureSource(), port: port, pages: ServeTests.pages, now: { FixtureSource.start })
    }
    try await other.close()
  }

  @Test("Pages that are not there are told by name before the port is taken")
  func noPages() async throws {
    await #expect(throws: DeskRefusal("The desk's pages are incomplete: cannot read /nowhere/index.html.")) {
      try await serve(workspace: FixtureSource(), port: 0, pages: "/nowhere", now: { FixtureSource.start })
    }
  }

  @Test("Every file of the pages is on the list, and everything on the list is there")
  func list() throws {
    let files = Set(try FileManager.default.contentsOfDirectory(atPath: ServeTests.pages))
    #expect(files == Set(StaticPages.names))
    #expect(throws: Never.self) { try StaticPages(folder: ServeTests.pages) }
  }
}
