// The queue of records and what the page knows, in IndexedDB: a record stays until it has its receipt, also when the page or the device restarts.

const name = "truce-post";

/** Receipts that are kept to be looked at; older ones go. */
const receiptsKept = 200;

let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("records", { keyPath: "order", autoIncrement: true });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("Another window holds an older version of this page; close it."));
  });
  opening.catch(() => { opening = null; });
  return opening;
}

/** One transaction; what `work` returns is the request whose result is given once everything is on disk. */
async function transaction(stores, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const running = database.transaction(stores, mode, { durability: "strict" });
    let request;
    running.oncomplete = () => resolve(request?.result);
    running.onerror = () => reject(running.error);
    running.onabort = () => reject(running.error ?? new Error("The browser could not store it."));
    request = work(running);
  });
}

/** Something that the page keeps: the chosen post, the posts it knows, the key, the clock's setting. */
export const recall = (fact) => transaction(["facts"], "readonly", (running) => running.objectStore("facts").get(fact));
export const keep = (fact, value) => transaction(["facts"], "readwrite", (running) => { running.objectStore("facts").put(value, fact); });

/** All items, the oldest first: `{order, kind, record, state, made, reason, sequence, attempts}`; state is waiting, sent or refused. */
export const items = () => transaction(["records"], "readonly", (running) => running.objectStore("records").getAll());

/** Stores a record with the next number of its post's own count, in one step: no number is given twice or lost. */
export function add(kind, record, made) {
  const counter = `number:${record.post}`;
  return transaction(["records", "facts"], "readwrite", (running) => {
    const facts = running.objectStore("facts");
    facts.get(counter).onsuccess = (event) => {
      const number = (event.target.result ?? 0) + 1;
      facts.put(number, counter);
      running.objectStore("records").add({ kind, record: { ...record, number }, state: "waiting", made, attempts: 0 });
    };
  });
}

/** Writes items back, and drops the oldest receipts beyond what is kept. */
export function store(changed) {
  return transaction(["records"], "readwrite", (running) => {
    const records = running.objectStore("records");
    for (const item of changed) records.put(item);
    records.getAll().onsuccess = (event) => {
      const sent = event.target.result.filter((item) => item.state === "sent");
      for (const item of sent.slice(0, Math.max(0, sent.length - receiptsKept))) records.delete(item.order);
    };
  });
}

/** Takes out an item: one that was refused and that a person has read. */
export const remove = (order) => transaction(["records"], "readwrite", (running) => { running.objectStore("records").delete(order); });

/** Asks the browser to keep the store when space runs short; whether it does. */
export async function persist() {
  try {
    return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
  } catch {
    return false;
  }
}
