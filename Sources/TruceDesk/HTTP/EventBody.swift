// Server-sent events: the ledger's size each time that it grows, with a sign of life between.
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// Seconds between signs of life: shorter than the idle limits of common proxies.
let heartbeatSeconds = 15

/// Events that wait for one slow client; older ones are dropped, for each says the whole size.
let eventBuffer = 4

/// What is written to a client.
enum EventLine: Sendable, Hashable {
  case grown(UInt64)
  case heartbeat

  var text: String {
    switch self {
    case .grown(let size): "id: \(size)\nevent: ledger\ndata: {\"size\":\(size)}\n\n"
    case .heartbeat: ": \n\n"
    }
  }
}

/// A body that writes events until the client leaves or the server stops.
func eventBody(_ request: Request, source: any DeskSource, after size: UInt64) -> ResponseBody {
  ResponseBody { writer in
    try await request.body.consumeWithCancellationOnInboundClose { _ in
      try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
      for await line in eventLines(source.updates(after: size)).cancelOnGracefulShutdown() {
        try await writer.write(ByteBuffer(string: line.text))
      }
    }
    try await writer.finish(nil)
  }
}

/// Sizes and heartbeats in one stream; it ends when the sizes do.
func eventLines(_ sizes: AsyncStream<UInt64>) -> AsyncStream<EventLine> {
  AsyncStream(bufferingPolicy: .bufferingNewest(eventBuffer)) { continuation in
    let pump = Task {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          for await size in sizes { continuation.yield(.grown(size)) }
        }
        group.addTask {
          while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(heartbeatSeconds))
            continuation.yield(.heartbeat)
          }
        }
        await group.next()
        group.cancelAll()
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in pump.cancel() }
  }
}
