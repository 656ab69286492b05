// Sends the queue: each attempt with the clock's reading of its moment, again and again until there is a receipt for every record.
import { Problem } from "./api.js";
import { setting } from "./clock.js";
import { items, recall, store } from "./queue.js";
import { contact, signed } from "./record.js";
import { postRecords } from "./watch.js";

/** Records in one attempt: on a bad link a small one comes through sooner. */
const batchSize = 50;

/** Milliseconds between attempts while the link is down: the first, doubled up to the last. */
const [shortestWait, longestWait] = [3_000, 60_000];

/** How long an attempt may take before the link counts as down. */
const patience = 30_000;

let timer = null;
let wait = shortestWait;
let isRunning = false;
let isAsked = false;
let report = () => {};

/** Starts sending; `changed({link, since, detail})` is called after each attempt, link being up, down or idle. */
export function start(changed) {
  report = changed;
  addEventListener("online", () => sendSoon());
  addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") sendSoon(); });
  sendSoon();
}

/** Tries now, or once more after the attempt that runs. */
export function sendSoon() {
  isAsked = true;
  wait = shortestWait;
  run();
}

async function run() {
  if (isRunning) return;
  isRunning = true;
  clearTimeout(timer);
  try {
    while (isAsked) {
      isAsked = false;
      // Windows of one browser share the queue: one sends at a time.
      await (navigator.locks ? navigator.locks.request("truce-post-sending", empty) : empty());
    }
  } finally {
    isRunning = false;
  }
}

/** Sends until nothing waits or the link fails. */
async function empty() {
  try {
    let size = batchSize;
    for (;;) {
      const waiting = (await items()).filter((item) => item.state === "waiting");
      if (!waiting.length) return report({ link: "idle" });
      const post = waiting[0].record.post;
      const batch = await ready(waiting.filter((item) => item.record.post === post).slice(0, size));
      try {
        await deliver(post, batch);
        report({ link: "up" });
      } catch (error) {
        // A refusal of the whole is one record's: one by one tells which.
        if (!(error instanceof Problem) || error.status >= 500 || error.status === 429 || error.status === 408) throw error;
        if (batch.length === 1) await refuse(batch[0], error.message);
        else size = 1;
      }
      wait = shortestWait;
    }
  } catch (error) {
    timer = setTimeout(() => { isAsked = true; run(); }, wait);
    wait = Math.min(wait * 2, longestWait);
    report({ link: "down", detail: error instanceof Problem ? error.message : null });
  }
}

/** Signs what the post's key has not signed yet, and keeps it so: sent again, a record stays byte for byte the same. */
async function ready(batch) {
  const post = batch[0].record.post;
  const key = await recall(`key:${post}`);
  for (const item of batch) {
    if (key && !item.record.signature && !item.record.by && !item.attempts) item.record = await signed(item.record, key.key);
    item.attempts += 1;
  }
  await store(batch);
  return batch;
}

async function deliver(post, batch) {
  const key = await recall(`key:${post}`);
  const bare = contact(post, Date.now(), setting());
  const reading = { kind: "check-in", record: key ? await signed(bare, key.key) : bare };
  const receipts = await postRecords([reading, ...batch.map(({ kind, record }) => ({ kind, record }))], AbortSignal.timeout(patience));
  const answered = [];
  for (const item of batch) {
    const receipt = receipts.get(item.record.id);
    if (!receipt) continue;
    answered.push({ ...item, ...receipt, at: Date.now() });
  }
  if (!answered.length) throw new Problem(502, { detail: "The desk's answer names none of the records that were sent." });
  await store(answered);
}

const refuse = (item, reason) => store([{ ...item, state: "refused", reason, at: Date.now() }]);
