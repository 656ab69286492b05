// The Line page's one loop: line and days in the address, the desk's answers for them, and what is shown.
import { showAlerts, startAlerts } from "./alerts.js";
import { getJSON, Problem } from "./api.js";
import { byId, fill, folding, h } from "./dom.js";
import { gapOf, gapSubject, incidentWords, showCounts, showIncident, showPlace, showTables, showTracks } from "./line-tables.js";
import { atMostEvery, followLedger } from "./live.js";
import { showOpenAlerts } from "./masthead.js";
import { showPosts } from "./posts-board.js";
import { isFoundAgain, setLink, showBanner, showError } from "./status.js";
import { drawStrip, legend } from "./strip.js";
import { dayNumber, dayText, humanDay, humanWhen } from "./time.js";
import { getAlerts, getLines, getPosts, getStrip, getTracks } from "./watch.js";
import { clockText, startOfDay, toWall } from "./zone.js";

/** Milliseconds after which the desk counts as away. */
const patience = 20_000;

/** The most days that one chart shows. */
const mostDays = 62;

let file = null;
let lines = [];
let posts = [];
let alerts = { at: new Date().toISOString(), counts: {}, alerts: [] };
/** How often alerts were told since the page was opened. */
let told = 0;
let chart = null;
let drawing = null;
let running = null;
/** What is asked: the line, the days, whether the last day is today's and the chart grows, what is open. */
const state = { line: null, from: null, through: null, isLive: false, show: null };
let target = null;

const today = () => toWall(Date.now(), file.zone).slice(0, 10);

function readAddress() {
  const parameters = new URLSearchParams(location.search);
  state.line = parameters.get("line");
  const day = (name) => (/^\d{4}-\d\d-\d\d$/.test(parameters.get(name) ?? "") ? parameters.get(name) : null);
  state.from = day("from");
  state.through = day("through");
  state.show = parameters.get("show");
}

function writeAddress() {
  const parameters = new URLSearchParams({ line: state.line, from: state.from });
  if (!state.isLive) parameters.set("through", state.through);
  if (state.show) parameters.set("show", state.show);
  history.replaceState(null, "", `?${parameters}`);
}

/** Days where the address names none: up to now where posts report, else the last ones of the case. */
function settle() {
  const isHeard = posts.some((post) => post.lastArrival && Date.now() - Date.parse(post.lastArrival) < 30 * 86_400_000);
  // The case's days end a week after the last that was told.
  const last = isHeard || today() <= file.days.last ? today() : dayText(dayNumber(file.days.last) - 7);
  if (!state.through) { state.through = state.from ? dayText(Math.max(dayNumber(state.from), dayNumber(today()))) : last; }
  state.isLive = state.through >= today();
  if (state.isLive) state.through = today();
  state.from ??= dayText(dayNumber(state.through) - 6);
  if (state.from > state.through) state.from = state.through;
  if (dayNumber(state.through) - dayNumber(state.from) >= mostDays) state.from = dayText(dayNumber(state.through) - mostDays + 1);
  if (!lines.some((line) => line.id === state.line)) state.line = lines[0]?.id ?? null;
  byId("from").value = state.from;
  byId("through").value = state.through;
  byId("today").setAttribute("aria-pressed", String(state.isLive));
  const days = dayNumber(state.through) - dayNumber(state.from) + 1;
  for (const button of document.querySelectorAll("[data-days]")) button.setAttribute("aria-pressed", String(Number(button.dataset.days) === days));
}

/** Lines that posts watch first, then the case's others. */
async function learnLines() {
  const answer = await getLines();
  const watched = answer.lines.map((line) => ({ id: line.id, name: line.name, isWatched: line.posts > 0 }));
  const others = file.places.filter((place) => place.kind === "line" && !watched.some((line) => line.id === place.id));
  lines = [...watched, ...others.map((place) => ({ id: place.id, name: place.name, isWatched: false }))];
  const options = lines.map((line) => h("option", { value: line.id }, line.isWatched ? line.name : `${line.name} (no post)`));
  fill(byId("line"), options);
  if (state.line) byId("line").value = state.line;
}

const isWatched = () => Boolean(lines.find((line) => line.id === state.line)?.isWatched);

function windowAsked() {
  const from = startOfDay(state.from, file.zone);
  const end = startOfDay(dayText(dayNumber(state.through) + 1), file.zone);
  return { from, until: state.isLive ? Math.max(from + 60_000, Math.min(end, Math.floor(Date.now() / 60_000) * 60_000)) : end };
}

const text = (milliseconds) => new Date(milliseconds).toISOString().replace(".000Z", "Z");

async function loadStrip() {
  if (!state.line) return showNothing("The case names no line to be watched, and no post watches one.");
  if (!isWatched()) await learnLines();
  if (!isWatched()) return showUnwatched();
  running?.abort();
  running = new AbortController();
  const { from, until } = windowAsked();
  const answer = await getStrip(state.line, text(from), text(until), running.signal);
  chart = normalised(answer, from, until);
  draw();
  say();
  showCounts(byId("counts"), chart);
  showTables(byId("tables"), chart, file, choose);
  showChosen();
}

/** The answer with its times as milliseconds, its numbers at hand, and its posts by post. */
function normalised(answer, from, until) {
  const rectangles = answer.rectangles.map((item) => ({ ...item, since: Date.parse(item.since), until: Date.parse(item.until) }));
  const incidents = answer.incidents.map((item) => ({ ...item, from: Date.parse(item.from), until: Date.parse(item.until), words: incidentWords(item) }));
  const charged = new Map();
  for (const { post, name, word, fromKm, toKm } of answer.posts) {
    if (!charged.has(post)) charged.set(post, { ...posts.find((item) => item.post === post), post, name, word, stretches: [] });
    charged.get(post).stretches.push({ fromKm, toKm });
  }
  const { watched, total, share, words, kmHours } = answer.coverage;
  return { ...answer, watched, total, share, words, kmHours, from, until, rectangles, incidents, posts: [...charged.values()] };
}

function draw() {
  if (!chart) return isWatched() ? null : showUnwatched();
  const frame = byId("strip");
  drawing = drawStrip(chart, { width: Math.max(320, Math.round(frame.clientWidth)), zone: file.zone });
  fill(frame, drawing.svg);
  fill(byId("legend"), legend(chart.kmHours, chart.total, chart.incidents.length > 0));
  target = null;
  markChosen();
}

const percent = (share) => (share > 0 && share < 0.01 ? "less than 1 %" : `${Math.floor(share * 100)} %`);

/** The sentence that can be read out. */
function say() {
  const days = state.from === state.through ? `on ${humanDay(state.from)}` : `from ${humanDay(state.from)} through ${humanDay(state.through)}`;
  const upTo = state.isLive ? `, up to ${clockText(chart.until, file.zone)}` : "";
  const { count } = chart;
  const name = chart.name[0].toUpperCase() + chart.name.slice(1);
  const interval = count.minimum === count.maximum && !count.open ? "" : ` (${count.minimum} to ${count.maximum}${count.open ? " or more" : ""})`;
  const counted = [`${count.number} ${count.number === 1 ? "incident" : "incidents"}${interval}, counted by `, h("span", { class: "nowrap" }, count.rules)];
  const asked = `${name}, ${days}${upTo}: `;
  if (chart.watched > 0) fill(byId("sentence"), asked, `${percent(chart.share)} of its kilometre-hours was watched. Observed: `, counted, `${rateWords()}.`);
  else if (count.maximum > 0) fill(byId("sentence"), asked, "nobody reported watching. All the same ", counted, " came in.");
  else fill(byId("sentence"), asked, "nobody reported watching. That nothing came in does not mean that nothing happened.");
  document.title = `${name}, ${file.title}`;
}

function rateWords() {
  if (!chart.rate) return "";
  const round = (value) => (value >= 10 ? `${Math.round(value)}` : value.toPrecision(2));
  const [low, high] = [chart.rate.minimum, chart.rate.maximum].map(round);
  return `: ${low === high ? low : `${low} to ${high}`} for each kilometre and day watched`;
}

/** No chart of anything: the time that was asked for, all of it grey. */
function showNothing(words) {
  const { from, until } = windowAsked();
  chart = null;
  byId("sentence").textContent = words;
  const grey = { from, until, lengthKm: null, incidents: [], posts: [], rectangles: [{ fromKm: 0, toKm: 1, since: from, until, word: "no post" }] };
  fill(byId("strip"), drawStrip(grey, { width: Math.max(320, Math.round(byId("strip").clientWidth)), zone: file.zone }).svg);
  fill(byId("legend"), legend({ "no post": 1 }, 1, false));
  drawing = null;
  for (const id of ["counts", "tables"]) fill(byId(id));
  byId("readout").textContent = "";
  showChosen();
}

function showUnwatched() {
  const name = lines.find((line) => line.id === state.line)?.name ?? state.line;
  showNothing(`No post watches the ${name}: nobody reported watching it, so nothing can be said of how quiet it was.`);
}

/** Opens the evidence of `incident:ID` or `gap:KM@TIME`; null closes. */
function choose(subject, { push = true } = {}) {
  state.show = subject;
  writeAddress();
  showChosen();
  if (!subject || !push) return;
  const box = byId("evidence-panel").getBoundingClientRect();
  if (box.top < 0 || box.top > innerHeight * 0.85) byId("evidence-panel").scrollIntoView({ block: "nearest" });
}

function markChosen() {
  for (const group of document.querySelectorAll("#strip .mark")) {
    group.classList.toggle("is-chosen", state.show === `incident:${chart?.incidents[group.dataset.index]?.id}`);
  }
}

function showChosen() {
  const [kind, id] = chart ? (state.show ?? "").split(":") : [];
  markChosen();
  if (kind === "incident") return showIncident(byId("evidence"), chart.incidents.find((incident) => incident.id === id), chart, file);
  if (kind === "gap") return showPlace(byId("evidence"), gapOf(state.show, chart), chart, file);
  delete byId("evidence").dataset.shown;
  fill(byId("evidence"), h("p", { class: "empty" }, "Choose a mark or a place in the chart: what was observed, by whom, and why it is counted so, or why nobody watched."));
}

const subjectOf = (found) => (found?.incident !== undefined ? `incident:${chart.incidents[found.incident].id}` : found?.rectangle >= 0 ? gapSubject(chart.rectangles[found.rectangle]) : null);

function wordsOf(found) {
  if (found?.incident !== undefined) {
    const incident = chart.incidents[found.incident];
    return `${toWall(incident.from, file.zone).replace("T", " ")}: ${incident.words}`;
  }
  const item = chart.rectangles[found?.rectangle];
  if (!item) return "";
  const at = (time) => toWall(time, file.zone).slice(5).replace("T", " ");
  return `km ${item.fromKm} to ${item.toKm}, ${at(item.since)} to ${at(item.until)}: ${item.word}`;
}

function startChart() {
  const frame = byId("strip");
  const under = (event) => {
    if (!drawing) return null;
    const box = drawing.svg.getBoundingClientRect();
    const scale = drawing.svg.viewBox.baseVal.width / box.width;
    return drawing.at((event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
  };
  const aim = (found) => {
    target = found;
    drawing?.point(found);
    byId("readout").textContent = wordsOf(found);
  };
  frame.addEventListener("pointermove", (event) => {
    const found = under(event);
    aim(found);
    const tip = byId("tip");
    tip.textContent = wordsOf(found);
    tip.hidden = !tip.textContent || event.pointerType === "touch";
    tip.style.left = `${Math.min(event.clientX + 14, innerWidth - 320)}px`;
    tip.style.top = `${event.clientY + 16}px`;
  });
  frame.addEventListener("pointerleave", () => { byId("tip").hidden = true; if (document.activeElement !== frame) aim(null); });
  frame.addEventListener("click", (event) => { const found = under(event); if (found) { aim(found); choose(subjectOf(found)); } });
  frame.addEventListener("keydown", (event) => {
    if (!chart) return;
    const gaps = chart.rectangles.flatMap((item, index) => (item.word === "watched" ? [] : [index]));
    const go = (list, name, by) => {
      if (!list.length) return;
      const now = list.indexOf(target?.[name]);
      aim({ [name]: list[now < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, now + by))] });
    };
    const all = chart.incidents.map((_, index) => index);
    const keys = {
      ArrowRight: () => go(all, "incident", 1), ArrowLeft: () => go(all, "incident", -1), Home: () => go(all, "incident", -all.length),
      End: () => go(all, "incident", all.length), ArrowDown: () => go(gaps, "rectangle", 1), ArrowUp: () => go(gaps, "rectangle", -1),
      Enter: () => { if (target) choose(subjectOf(target)); byId("evidence-heading").focus(); }, Escape: () => { aim(null); choose(null); },
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
}

function startControls() {
  const changed = () => { settle(); state.show = null; writeAddress(); refreshStrip(); };
  byId("line").addEventListener("change", (event) => { state.line = event.target.value; changed(); });
  byId("from").addEventListener("change", (event) => { if (event.target.value) { state.from = event.target.value; if (state.through < state.from) state.through = state.from; changed(); } });
  byId("through").addEventListener("change", (event) => { if (event.target.value) { state.through = event.target.value; changed(); } });
  const move = (days) => {
    state.from = dayText(dayNumber(state.from) + days);
    state.through = dayText(dayNumber(state.through) + days);
    changed();
  };
  const length = () => dayNumber(state.through) - dayNumber(state.from) + 1;
  byId("earlier").addEventListener("click", () => move(-length()));
  byId("later").addEventListener("click", () => move(length()));
  for (const button of document.querySelectorAll("[data-days]")) {
    button.addEventListener("click", () => { state.from = dayText(dayNumber(state.through) - Number(button.dataset.days) + 1); changed(); });
  }
  byId("today").addEventListener("click", () => { const days = length(); state.through = today(); state.from = dayText(dayNumber(state.through) - days + 1); changed(); });
  byId("print").addEventListener("click", () => print());
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; draw(); } });
}

async function loadBoard() {
  const before = told;
  const signal = AbortSignal.timeout(patience);
  const [board, answer] = await Promise.all([getPosts(signal), getAlerts(signal)]);
  posts = board.posts;
  showPosts(byId("posts"), board, file);
  // What was told meanwhile is newer than the answer.
  if (before !== told) return refreshBoard();
  alerts = answer;
  showAllAlerts();
}

function showAllAlerts() {
  showAlerts(alerts, file);
  showOpenAlerts(alerts.counts.open ?? 0);
}

/** Alerts that changed are shown at once, before the board is asked for anew. */
function tellAlerts({ alerts: changed }) {
  told += 1;
  const before = new Map(alerts.alerts.map((alert) => [alert.id, alert]));
  let open = alerts.counts.open ?? 0;
  for (const alert of changed) {
    open += (alert.word === "open") - (before.get(alert.id)?.word === "open");
    before.set(alert.id, alert);
  }
  alerts = { ...alerts, at: new Date().toISOString(), counts: { ...alerts.counts, open }, alerts: [...before.values()] };
  showAllAlerts();
  refreshBoard();
}

/** What reports say beside the posts; it is not counted. */
async function loadTold() {
  const end = text(windowAsked().until - 1);
  const situation = await getJSON(`/api/situation?on=${encodeURIComponent(end)}`);
  const told = [...(situation.incidents ?? []), ...(situation.posts ?? [])];
  const address = (event) => `/?${new URLSearchParams({ on: state.through, show: `claims:${event.evidence.slice(0, 12).join(",")}` })}`;
  fill(byId("told"), told.length ? folding("told", !chart || chart.watched === 0,
    [h("b", {}, "Told by reports"), h("span", { class: "count" }, ` ${told.length}, not counted above`)],
    h("ul", { class: "events" }, told.map((event) => h("li", {}, h("span", { class: "time" }, event.when ? humanWhen(event.when) : "no date"),
      event.evidence?.length ? h("a", { href: address(event) }, event.words) : event.words)))) : null);
}

/** What moved against the case's corridors and zones. */
async function loadTracks() {
  const { from, until } = windowAsked();
  showTracks(byId("tracks"), await getTracks(text(from), text(until), AbortSignal.timeout(patience)), file);
}

// A page asks at once when something comes in, and then spares a desk that a thousand pages ask.
const refreshBoard = atMostEvery(2000, loadBoard, showError);
const refreshStrip = atMostEvery(5000, async () => { await loadStrip(); await loadTracks(); await loadTold(); showBanner(null); }, showError);

async function start() {
  readAddress();
  let extent;
  try {
    file = await getJSON("/api/case");
    byId("case-title").textContent = file.title;
    await Promise.all([learnLines(), loadBoard()]);
    extent = await getJSON("/api/extent");
  } catch (error) {
    showError(error);
    if (error instanceof Problem) byId("sentence").textContent = error.message;
    else setTimeout(start, 3000);
    return;
  }
  isFoundAgain();
  settle();
  byId("line").value = state.line ?? "";
  startControls();
  startChart();
  startAlerts((changed) => (changed ? tellAlerts({ alerts: changed }) : refreshBoard()), () => file);
  document.body.dataset.state = "ready";
  const grown = () => { refreshBoard(); refreshStrip(); };
  refreshStrip();
  followLedger(extent.size, {
    grown, events: { alerts: tellAlerts }, lost: () => showError(new Error("lost")),
    live: () => { setLink("live", "live"); if (isFoundAgain()) grown(); },
  });
  // Posts fall due without an entry, and the chart's right end moves on.
  setInterval(refreshBoard, 10_000);
  setInterval(() => { if (state.isLive) refreshStrip(); }, 60_000);
}

start();
