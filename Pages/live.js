// Follows the ledger by server-sent events; says when the server is lost and when it is back.

/**
 * Begins to follow from a size on.
 *
 * `told` has `grown(size)` for each event of the ledger, `live()` when the stream opens, `lost()` when it breaks, and may have a function for any
 * other event's name under `events`.
 */
export function followLedger(size, told) {
  let last = size;
  let stream = null;
  const open = () => {
    stream = new EventSource(`/api/events?after=${last}`);
    stream.addEventListener("open", () => told.live());
    stream.addEventListener("error", (event) => {
      told.lost();
      // The browser gives up where the answer was no stream: begin anew.
      if (event.target === stream && stream.readyState === EventSource.CLOSED) setTimeout(open, 3000);
    });
    stream.addEventListener("ledger", (event) => {
      last = JSON.parse(event.data).size;
      told.grown(last);
    });
    for (const [name, listen] of Object.entries(told.events ?? {})) stream.addEventListener(name, (event) => listen(JSON.parse(event.data)));
  };
  open();
  // A page that the browser keeps for the back button would hold one of its few connections to the desk.
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
}

/** Calls `work` soon after each call, at most once in so many milliseconds, and never twice at a time; what fails goes to `failed`. */
export function atMostEvery(milliseconds, work, failed) {
  let timer = null;
  let last = -Infinity;
  let isRunning = false;
  let isAsked = false;
  const run = async () => {
    timer = null;
    if (isRunning) { isAsked = true; return; }
    isRunning = true;
    last = performance.now();
    try { await work(); } catch (error) { failed(error); }
    isRunning = false;
    if (isAsked) { isAsked = false; call(); }
  };
  const call = () => { timer ??= setTimeout(run, Math.max(30, last + milliseconds - performance.now())); };
  return call;
}
