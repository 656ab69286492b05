// TruceWire: fetches reports over http and https; this file fetches one address.
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression

/// A page or file as it came over the network.
public struct Fetched: Sendable {
  /// The address at the end of all redirects.
  public var address: String
  public var body: [UInt8]
  /// The media type that the server states, without parameters, in lower case; nil where it states none.
  public var mediaType: String?
}

/// Why an address could not be fetched, in a sentence.
public struct FetchError: Error, Sendable, CustomStringConvertible {
  public var address: String
  public var message: String

  public var description: String { "\(address): \(message)" }
}

/// Fetches pages.
public struct Fetcher: Sendable {
  /// The most that a page may have.
  public var largest = 64 << 20
  /// The most that a whole exchange may take, redirects included.
  public var timeoutSeconds: Int64 = 30

  public init() {}

  /// Whether a text is an address that can be fetched.
  public static func isAddress(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }

  /// Fetches an address, following at most five redirects.
  ///
  /// - Throws: `FetchError` where the server cannot be reached, answers anything but 200, or sends more than `largest` bytes.
  public func fetch(_ address: String) async throws -> Fetched {
    guard Fetcher.isAddress(address) else {
      throw FetchError(address: address, message: "is no address; it should start with http:// or https://")
    }
    var configuration = HTTPClient.Configuration(redirectConfiguration: .follow(max: 5, allowCycles: false))
    configuration.decompression = .enabled(limit: .size(largest))
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let result: Result<Fetched, any Error>
    do {
      result = .success(try await fetch(address, by: client))
    } catch {
      result = .failure(error as? FetchError ?? FetchError(address: address, message: "could not be fetched: \(error)"))
    }
    try await client.shutdown()
    return try result.get()
  }

  private func fetch(_ address: String, by client: HTTPClient) async throws -> Fetched {
    var request = HTTPClientRequest(url: address)
    request.headers.add(name: "User-Agent", value: "truce")
    request.headers.add(name: "Accept", value: "text/html, text/plain, application/xhtml+xml;q=0.9, */*;q=0.1")
    let response = try await client.execute(request, timeout: .seconds(timeoutSeconds))
    guard response.status == .ok else {
      throw FetchError(address: address, message: "the server answered \(response.status.code) \(response.status.reasonPhrase), not 200")
    }
    var body: [UInt8] = []
    for try await part in response.body {
      body.append(contentsOf: part.readableBytesView)
      if body.count > largest {
        throw FetchError(address: address, message: "is larger than \(largest) bytes, the most that a report may have")
      }
    }
    let type = response.headers.first(name: "Content-Type")?.split(separator: ";").first
    let last = response.history.last?.request.url ?? address
    return Fetched(address: last, body: body, mediaType: type.map { $0.lowercased().filter { $0 != " " } })
  }
}
