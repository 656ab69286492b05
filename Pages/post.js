// The post page's one loop: who reports, the forms, the queue, the link and the device.
import { getJSON, Problem } from "./api.js";
import * as clock from "./clock.js";
import { byId, fill, h } from "./dom.js";
import { adapt, build, checkIn, Fault, observation, words } from "./post-form.js";
import { briefTime, distance, isMet } from "./posts-board.js";
import { add, items, keep, persist, recall, remove } from "./queue.js";
import { compact, importKey, instantText, makeKey, newID, signingSupport, tidy } from "./record.js";
import { sendSoon, start as startSending } from "./sender.js";
import { humanInstant } from "./time.js";
import { getPosts } from "./watch.js";
import { clockText, offsetText } from "./zone.js";

/** What the page knows without a link: zone, title and posts, as the desk last told them. */
let desk = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC", title: "Post", posts: [], asked: null };
let link = { word: "wait", since: null };
let isPersistent = false;
let worker = "none";
let support = "";

/** Items of the queue shown; more are counted. */
const shown = 60;

const other = " ";

const post = () => (byId("post").value === other ? tidy(byId("post-id").value) : byId("post").value);
const chosen = () => desk.posts.find((item) => item.post === post());
const zone = () => desk.zone;

function context(now) {
  const lines = new Set((chosen()?.stretches ?? []).map((stretch) => stretch.line));
  return { now, zone: zone(), observer: tidy(byId("observer").value) || post(), line: lines.size === 1 ? [...lines][0] : null };
}

function showPosts(selected) {
  const select = byId("post");
  const open = desk.posts.filter((item) => item.word !== "closed");
  // A list that somebody has open is not drawn anew for nothing.
  const key = JSON.stringify(open.map((item) => [item.post, item.name]));
  if (select.dataset.key === key) return showWho();
  select.dataset.key = key;
  fill(select, open.map((item) => h("option", { value: item.post }, item.name ? `${item.name} (${item.post})` : item.post)),
    h("option", { value: other }, "another, by its id"));
  const known = open.some((item) => item.post === selected);
  select.value = known ? selected : selected || !open.length ? other : open[0].post;
  if (!known && selected) byId("post-id").value = selected;
  showWho();
}

function showWho() {
  byId("post-other").hidden = byId("post").value !== other;
  const status = chosen();
  const stretches = (status?.stretches ?? []).map((stretch) => `${stretch.line} km ${stretch.fromKm} to ${stretch.toKm}`).join(", ");
  const now = Date.now();
  const met = status?.nextDue && isMet(status, Date.parse(desk.asked));
  byId("post-words").dataset.due = Boolean(status?.nextDue) && !met && Date.parse(status.nextDue) <= now;
  byId("post-words").textContent = status
    ? [stretches ? `watches ${stretches}` : null,
      met ? `checked in for ${briefTime(status.nextDue, now, zone())}` : status.nextDue ? `check-in due at ${briefTime(status.nextDue, now, zone())}, ${distance(status.nextDue, now, zone())}` : "owes no check-in",
      `by what the desk said at ${briefTime(desk.asked, now, zone())}`].filter(Boolean).join("; ")
    : "The desk has not told this page of such a post. What you record is kept and sent all the same.";
}

async function learn() {
  try {
    const [file, answer] = await Promise.all([getJSON("/api/case"), getPosts()]);
    desk = { zone: file.zone, title: file.title, posts: answer.posts, asked: instantText(Date.now()) };
    await keep("desk", desk);
    const selected = post();
    showDesk();
    showPosts(selected);
    showDevice();
    tick();
    showLink({ link: "up" });
    if (Number(byId("queue").dataset.waiting)) sendSoon();
  } catch (error) {
    // Without a link the page goes on with what it knows.
    if (!(error instanceof Problem)) showLink({ link: "down" });
  }
}

function showDesk() {
  byId("case-title").textContent = desk.title;
  document.title = `Post: ${desk.title}`;
}

/** A form's record by its own words, while it is being filled in. */
function read(form, now) {
  const members = form.id === "check-in" ? checkIn(form, context(now)) : observation(form, context(now));
  const by = tidy(byId("by").value);
  return compact({ id: newID(), post: post(), ...members, sent: instantText(now), clock: clock.setting() || null, by });
}

function preview(form) {
  adapt(form);
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const reading = form.querySelector(".reading");
  try {
    reading.textContent = words(form.id, read(form, Math.floor(Date.now() / 1000) * 1000), zone());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reading.textContent = "";
  }
}

async function submit(form) {
  const status = form.querySelector(".form-words");
  try {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(post())) throw new Fault("Choose the post first, or give its id: letters, digits and hyphens.", byId(byId("post").value === other ? "post-id" : "post"));
    const now = Math.floor(Date.now() / 1000) * 1000;
    const record = read(form, now);
    await add(form.id, record, now);
    await Promise.all([keep("post", post()), keep("observer", byId("observer").value)]);
    status.dataset.tone = "good";
    status.textContent = `Kept on this device: ${words(form.id, record, zone())}`;
    form.reset();
    preview(form);
    await showQueue();
    sendSoon();
  } catch (error) {
    status.dataset.tone = "bad";
    status.textContent = error instanceof Fault ? error.message : `It could not be kept on this device: ${error.message}. Write it down on paper, or try again.`;
    if (!error.field) return;
    error.field.setAttribute("aria-invalid", "true");
    error.field.closest("details")?.setAttribute("open", "");
    error.field.focus();
  }
}

const stateWords = { waiting: "waiting", sent: "received", refused: "refused" };

async function showQueue() {
  const all = (await items()).reverse();
  const count = (state) => all.filter((item) => item.state === state).length;
  const waiting = all.filter((item) => item.state === "waiting");
  byId("queue-words").textContent = all.length
    ? [`${waiting.length ? `${waiting.length} waiting for the link, kept on this device` : "nothing waits"}`, `${count("sent")} received`, count("refused") ? `${count("refused")} refused` : null].filter(Boolean).join(", ")
    : "Nothing was recorded on this device yet.";
  document.title = `${waiting.length ? `(${waiting.length}) ` : ""}Post: ${desk.title}`;
  const order = { refused: 0, waiting: 1, sent: 2 };
  const sorted = [...all].sort((left, right) => order[left.state] - order[right.state]);
  fill(byId("queue"), sorted.slice(0, shown).map(row), sorted.length > shown ? h("li", { class: "empty" }, `${sorted.length - shown} more`) : null);
  byId("queue").dataset.waiting = waiting.length;
}

function row(item) {
  const { record } = item;
  const marks = [`no. ${record.number}`, record.post, record.by ? `entered by ${record.by}` : record.signature ? "signed" : null,
    item.state === "waiting" ? (item.attempts ? `${item.attempts} ${item.attempts === 1 ? "attempt" : "attempts"}` : "not tried yet") : null,
    item.at ? humanInstant(item.at, zone()) : null];
  return h("li", { "data-state": item.state, "data-id": record.id },
    h("span", { class: "state" }, stateWords[item.state]),
    h("span", {}, words(item.kind, record, zone()), record.note ? h("span", { class: "terms" }, ` “${record.note}”`) : null,
      item.reason ? h("span", { class: "reason" }, ` ${item.reason}`) : null,
      h("span", { class: "terms" }, ` ${marks.filter(Boolean).join(" · ")}`)),
    item.state === "refused" ? h("button", { type: "button", onclick: async () => { await remove(item.order); await showQueue(); } }, "I have read it") : null);
}

/** The link as the last attempt found it: up, or down since when. */
function showLink({ link: word, detail }) {
  if (word === "idle") return;
  link = { word, since: word === "down" && link.word === "down" ? link.since : Date.now() };
  const element = byId("link");
  element.dataset.link = word === "down" ? "lost" : "live";
  element.textContent = word === "down" ? `no link since ${clockText(link.since, zone())}, keeps trying` : "link up";
  byId("banner").hidden = !detail;
  byId("banner").textContent = detail ? `The desk answers, but takes nothing in: ${detail}` : "";
}

function showDevice() {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  fill(byId("device"),
    h("li", {}, `Times here are ${zone() === "Z" ? "UTC" : zone()} (${offsetText(Date.now(), zone())})`, here === (zone() === "Z" ? "UTC" : zone()) ? "." : `; this device itself is set to ${here}.`),
    h("li", {}, worker === "ready" ? "This page opens without a link: its files are kept on this device." : worker === "renewed"
      ? "A newer version of this page is kept on this device; it is used when you open it next." : worker),
    h("li", {}, isPersistent ? "The browser keeps the queue for good." : "The browser has not promised to keep the queue when space runs short; it did not ask you, or you have not used this page often enough."),
    h("li", {}, `The clock's setting has the number ${clock.setting()}. `,
      h("button", { type: "button", id: "clock-set", onclick: async () => { await clock.wasSet(); showDevice(); } }, "I set this device's clock")));
}

async function showKey() {
  const key = post() ? await recall(`key:${post()}`) : null;
  byId("key-actions").hidden = support !== "yes" || Boolean(key);
  byId("key-forget").hidden = !key;
  byId("key-words").textContent = key
    ? `This browser signs for ${post()}. Public key, to be registered at the desk: ${key.publicKey}`
    : support === "yes" ? "This browser holds no key for the post: records go unsigned, and count as long as the post has registered none." : support;
}

async function startKeys() {
  support = await signingSupport();
  const hold = async (made) => {
    if (!made) { byId("key-words").textContent = "That is no private key: it should be 64 hexadecimal digits."; return; }
    await keep(`key:${post()}`, made);
    byId("key-text").value = "";
    await showKey();
  };
  byId("key-make").addEventListener("click", async () => hold(await makeKey()));
  byId("key-import").addEventListener("click", async () => hold(await importKey(byId("key-text").value).catch(() => null)));
  byId("key-forget").addEventListener("click", async () => {
    if (!confirm(`Without its key this browser cannot sign for ${post()} again. Forget it?`)) return;
    await keep(`key:${post()}`, undefined);
    await showKey();
  });
  await showKey();
}

function startForms() {
  build();
  const forms = [byId("check-in"), byId("observation")];
  for (const form of forms) {
    form.addEventListener("submit", (event) => { event.preventDefault(); submit(form); });
    // A time that is filled in is the time that is meant.
    form.addEventListener("input", (event) => {
      const choice = { at: ["when", "then"], from: ["when", "then"], until: ["when", "then"], watchedFrom: ["since", "from"] }[event.target.name];
      if (choice && event.target.value) form.elements[choice[0]].value = choice[1];
      preview(form);
    });
  }
  const tabs = [byId("tab-check-in"), byId("tab-observation")];
  const choose = (index) => tabs.forEach((tab, other) => {
    tab.setAttribute("aria-selected", String(other === index));
    tab.tabIndex = other === index ? 0 : -1;
    forms[other].hidden = other !== index;
  });
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(index));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      choose(1 - index);
      tabs[1 - index].focus();
    });
  });
  tick();
  setInterval(tick, 5_000);
}

function tick() {
  showWho();
  for (const output of document.querySelectorAll(".clock-now")) output.textContent = `${clockText(Date.now(), zone())} (${offsetText(Date.now(), zone())})`;
  for (const form of document.querySelectorAll(".record-form")) if (!form.hidden) preview(form);
}

async function startWorker() {
  if (!navigator.serviceWorker) {
    worker = isSecureContext ? "This browser cannot keep the page: without a link it will not open." : "Opened over plain http from another machine, the browser keeps nothing: without a link this page will not open. Use https.";
    return;
  }
  try {
    navigator.serviceWorker.addEventListener("message", (event) => { if (event.data === "renewed") { worker = "renewed"; showDevice(); } });
    await navigator.serviceWorker.register("/post-worker.js", { scope: "/post" });
    const registration = await navigator.serviceWorker.ready;
    worker = "ready";
    registration.active.postMessage("renew");
  } catch (error) {
    worker = navigator.serviceWorker.controller ? "ready" : `The page could not be kept for use without a link: ${error.message}`;
  }
}

async function start() {
  desk = (await recall("desk")) ?? desk;
  byId("observer").value = (await recall("observer")) ?? "";
  showDesk();
  showPosts(new URLSearchParams(location.search).get("post") ?? (await recall("post")));
  startForms();
  await clock.follow((jump) => {
    const minutes = Math.round(jump / 60_000);
    fill(byId("jump"), h("span", {}, `This device's clock went ${minutes} min ahead while this page stood still. Did somebody set it?`),
      h("button", { type: "button", onclick: async () => { await clock.wasSet(); byId("jump").hidden = true; showDevice(); } }, "Yes, it was set"),
      h("button", { type: "button", onclick: () => { byId("jump").hidden = true; } }, "No, it slept"));
    byId("jump").hidden = false;
  });
  await showQueue();
  byId("post").addEventListener("change", () => { showWho(); showKey(); });
  byId("post-id").addEventListener("change", () => { showWho(); showKey(); });
  byId("by").addEventListener("input", () => preview(byId("check-in")));
  document.body.dataset.state = "ready";
  startSending(async (next) => { showLink(next); await showQueue(); });
  isPersistent = await persist();
  await startKeys();
  await startWorker();
  showDevice();
  await learn();
  setInterval(learn, 60_000);
}

start().catch((error) => {
  byId("banner").hidden = false;
  byId("banner").textContent = `This page cannot keep records in this browser: ${error.message}. Use another browser, or the command line.`;
});
