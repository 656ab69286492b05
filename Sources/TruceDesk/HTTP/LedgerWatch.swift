// Notices what other processes append to the ledger while the desk serves it.
internal import ServiceLifecycle

/// How long the desk may take to see what another process appended.
let ledgerWatchInterval = Duration.seconds(1)

/// Asks for the ledger's size now and then; the source tells its listeners where it has grown. One for all clients.
struct LedgerWatch: Service {
  let source: any DeskSource
  let log: @Sendable (String) -> Void

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      var isFailing = false
      while !Task.isCancelled {
        do {
          _ = try await source.extent()
          isFailing = false
        } catch {
          if !isFailing { log("the ledger does not answer: \(error)") }
          isFailing = true
        }
        do { try await Task.sleep(for: ledgerWatchInterval) } catch { return }
      }
    }
  }
}
