// Calls other programs' addresses: webhooks, a dead man's address, and a desk that holds the ledger.
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// What an address answered.
public struct CallAnswer: Sendable {
  public var status: Int
  public var body: [UInt8]
}

/// Calls addresses, one exchange at a time.
public struct Caller: Sendable {
  /// The most that an answer may have.
  public var largest: Int
  /// The most that a whole exchange may take.
  public var timeoutSeconds: Int64

  public init(largest: Int = 64 << 20, timeoutSeconds: Int64 = 30) {
    self.largest = largest
    self.timeoutSeconds = timeoutSeconds
  }

  /// Sends one request and reads the whole answer, whatever its status.
  ///
  /// - Throws: `FetchError` where nothing answers, or more than `largest` bytes come.
  public func call(
    _ method: String, _ address: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) async throws -> CallAnswer {
    var request = HTTPClientRequest(url: address)
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(name: "User-Agent", value: "truce")
    for header in headers { request.headers.add(name: header.name, value: header.value) }
    if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
    do {
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(timeoutSeconds))
      var answer = CallAnswer(status: Int(response.status.code), body: [])
      for try await part in response.body {
        answer.body.append(contentsOf: part.readableBytesView)
        if answer.body.count > largest { throw FetchError(address: address, message: "answers more than \(largest) bytes") }
      }
      return answer
    } catch let error as FetchError {
      throw error
    } catch {
      throw FetchError(address: address, message: "cannot be reached: \(error)")
    }
  }
}
