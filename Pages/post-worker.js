// The post page without a link: its own files, and nothing else, are kept as one set and served from it first.

const prefix = "truce-post-";
const files = [
  "/post", "/desk.css", "/watch.css", "/post.js", "/api.js", "/clock.js", "/dom.js", "/post-form.js", "/posts-board.js", "/queue.js", "/record.js",
  "/sender.js", "/time.js", "/watch.js", "/zone.js", "/favicon.svg", "/post.webmanifest",
];

/** Marks a set that is whole; one that was broken off has none and is not served. */
const mark = "/post-complete";

async function current() {
  for (const name of (await caches.keys()).filter((key) => key.startsWith(prefix)).sort().reverse()) {
    const set = await caches.open(name);
    if (await set.match(mark)) return { name, set };
  }
  return null;
}

/** Fetches every file; where one differs from what is kept, all become a new set. */
async function renew() {
  const answers = await Promise.all(files.map(async (file) => {
    const answer = await fetch(file, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return [file, answer];
  }));
  const kept = await current();
  const tags = await Promise.all(answers.map(async ([file, answer]) => (await kept?.set.match(file))?.headers.get("etag") === answer.headers.get("etag")));
  if (kept && tags.every(Boolean)) return false;
  const name = `${prefix}${String(Date.now()).padStart(16, "0")}`;
  const set = await caches.open(name);
  for (const [file, answer] of answers) await set.put(file, answer);
  await set.put(mark, new Response(""));
  for (const key of await caches.keys()) if (key.startsWith(prefix) && key < name) await caches.delete(key);
  return Boolean(kept);
}

addEventListener("install", (event) => event.waitUntil(renew().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !files.includes(pathname)) return;
  event.respondWith((async () => {
    const kept = await (await current())?.set.match(pathname);
    return kept ?? fetch(event.request);
  })());
});

// The page asks once it stands: a set is never changed under a page that is being loaded.
addEventListener("message", (event) => {
  if (event.data === "renew") event.waitUntil(renew().then((isNew) => event.source?.postMessage(isNew ? "renewed" : "current"), () => {}));
});
