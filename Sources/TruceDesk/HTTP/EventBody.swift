// Server-sent events: the ledger's size as it grows, alerts and messages of the watch, with a sign of life between.
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// Seconds between signs of life: shorter than the idle limits of common proxies.
let heartbeatSeconds = 15

/// Milliseconds between two sizes that a page is told while records pour in: a page asks anew no more often.
let sizeIntervalMilliseconds = 1000

/// What is written to a client.
enum EventLine: Sendable, Hashable {
  case grown(UInt64)
  case page(PageEvent)
  case heartbeat

  var bytes: [UInt8] {
    switch self {
    case .grown(let size): Array("id: \(size)\nevent: ledger\ndata: {\"size\":\(size)}\n\n".utf8)
    case .page(let event): Array("event: \(event.name)\ndata: ".utf8) + event.data + [0x0A, 0x0A]
    case .heartbeat: [0x3A, 0x20, 0x0A, 0x0A]
    }
  }
}

/// A body that writes events until the client leaves or the server stops.
func eventBody(_ request: Request, source: any DeskSource, after size: UInt64) -> ResponseBody {
  ResponseBody { writer in
    try await request.body.consumeWithCancellationOnInboundClose { _ in
      try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
      let lines = eventLines(source.updates(after: size), source.watch?.broadcast.events())
      for await line in lines.cancelOnGracefulShutdown() { try await writer.write(ByteBuffer(bytes: line.bytes)) }
    }
    try await writer.finish(nil)
  }
}

/// Sizes, the watch's events and heartbeats in one stream; it ends when the sizes do.
///
/// Each of the three is bounded by itself: sizes that come too quickly are left out but for the latest, so that none of them crowds out an alert.
func eventLines(_ sizes: AsyncStream<UInt64>, _ events: AsyncStream<PageEvent>? = nil) -> AsyncStream<EventLine> {
  AsyncStream(bufferingPolicy: .bufferingNewest(Broadcast.buffer)) { continuation in
    let pump = Task {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          for await size in sizes {
            continuation.yield(.grown(size))
            try? await Task.sleep(for: .milliseconds(sizeIntervalMilliseconds))
          }
        }
        if let events {
          group.addTask {
            for await event in events { continuation.yield(.page(event)) }
            // The sizes' end is the stream's.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(heartbeatSeconds)) }
          }
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
