// The page's one loop: state, the API's answers for it, and what is shown of them.
import { getJSON, getText, sendReport } from "./api.js";
import { Names, showCommitments, showControl, showEvents } from "./board.js";
import { byId, fill, h } from "./dom.js";
import { showEvidence } from "./evidence.js";
import { followLedger } from "./live.js";
import { markSelected, showMap, startMap } from "./map.js";
import { watchOpenAlerts } from "./masthead.js";
import { setDeadlines, setRange, startSliders } from "./sliders.js";
import { queryString, readAddress, state, writeAddress } from "./state.js";
import { isFoundAgain, setLink, showBanner, showError } from "./status.js";
import { openReport, showWire } from "./wire.js";

let file = null;
let names = null;
let situation = null;
let reports = [];
let extent = null;
let running = null;
let timer = null;

const rules = {
  best: "the strongest standing there is, shown with each fact",
  anyone: "somebody asserted it",
  "against-interest": "the side that loses by it asserted or conceded it",
  "third-party": "a party with no stake asserted it as its own knowledge",
  "both-sides": "a gaining and a losing side both assert it",
  observed: "a registered post observed it",
};

const actions = {
  choose(subject) {
    state.show = subject;
    writeAddress({ push: true });
    showSelection();
    const panel = byId("evidence-panel");
    const box = panel.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight * 0.8) panel.scrollIntoView({ block: "start" });
    byId("evidence-heading").focus({ preventScroll: true });
  },
  openReport(id, claim) { openReport(id, claim, extent?.size ?? 0, actions); },
};

async function refresh() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  document.body.dataset.busy = "true";
  try {
    const width = Math.max(320, Math.round(byId("map").clientWidth / 20) * 20);
    const [next, map] = await Promise.all([
      getJSON(`/api/situation?${queryString()}`, signal),
      getText(`/api/map.svg?${queryString({ title: "no", width })}`, signal),
    ]);
    situation = next;
    document.body.dataset.state = extent?.size ? "ready" : "empty";
    // A number stays on one line with its unit.
    byId("sentence").textContent = situation.sentence.replace(/(\d) (%|\d{4}|[A-Z][a-z]+ \d{4})/g, "$1\u00a0$2");
    document.title = `${file.title}, ${state.on}`;
    setDeadlines(situation.commitments);
    showMap(map, selectedPlace());
    showSelection();
    showBanner(null);
  } catch (error) {
    showError(error);
  } finally {
    if (running?.signal === signal) delete document.body.dataset.busy;
  }
}

async function refreshLedger() {
  const [nextFile, nextExtent, list] = await Promise.all([getJSON("/api/case"), getJSON("/api/extent"), getJSON("/api/reports")]);
  [file, extent, reports] = [nextFile, nextExtent, list.reports];
  names = new Names(file);
  byId("case-title").textContent = file.title;
  setRange(file, extent, reports);
}

function showRest() {
  const known = state.known ? Date.parse(state.known) : Infinity;
  showWire(reports.filter((report) => Date.parse(report.recorded) <= known), file, extent.size, actions);
}

function selectedPlace() { return state.show?.startsWith("place:") ? state.show.slice(6) : null; }

function showSelection() {
  if (!situation) return;
  showCommitments(situation, names, state.show, actions.choose);
  showControl(situation, names, state.show, actions.choose);
  showEvents(situation, state.show, actions.choose);
  markSelected(selectedPlace());
  showEvidence(state.show, situation, names, file, actions);
}

function changed() {
  writeAddress();
  showRest();
  clearTimeout(timer);
  timer = setTimeout(refresh, 60);
}

/** Follows the ledger: each event says its size, the page asks for the rest. */
function follow() {
  followLedger(extent.size, {
    grown: (size) => grown(size).catch(showError),
    lost: () => showError(new Error("lost")),
    async live() {
      setLink("live", "live");
      if (isFoundAgain()) await grown(0).catch(showError);
    },
  });
}

async function grown(size) {
  if (size && extent && size <= extent.size) return;
  const before = new Set(reports.map((report) => report.id));
  await refreshLedger();
  showRest();
  await refresh();
  const fresh = reports.filter((report) => !before.has(report.id));
  if (fresh.length) notify(fresh);
}

function notify(fresh) {
  const newest = fresh.at(-1);
  const title = newest.title ?? newest.sourceName ?? "a report";
  const more = fresh.length > 1 ? ` and ${fresh.length - 1} more` : "";
  const notice = byId("notice");
  const past = state.known ? " You are looking at an earlier state of the ledger." : "";
  fill(notice, h("span", {}, `Came in: ${title}${more}, ${newest.claims} ${newest.claims === 1 ? "claim" : "claims"}.${past} `),
    h("button", { type: "button", class: "open", onclick: () => {
      if (state.known) { state.known = null; setRange(file, extent, reports); changed(); }
      actions.openReport(newest.id);
    } }, state.known ? "Show now" : "Read it"),
    h("button", { type: "button", class: "close", "aria-label": "Close this notice", onclick: () => { notice.hidden = true; } }, "×"));
  notice.hidden = false;
}

function startRules() {
  const select = byId("rule");
  const parties = file.parties.filter((party) => party.role !== "other").map((party) => [`party:${party.id}`, `${party.name}`]);
  fill(select, Object.keys(rules).map((rule) => h("option", { value: rule }, rule.replaceAll("-", " "))),
    parties.map(([value, name]) => h("option", { value }, `party: ${name}`)));
  select.value = state.rule;
  if (select.value !== state.rule) select.value = state.rule = "best";
  const words = () => {
    byId("rule-words").textContent = "counts a claim when "
      + (rules[state.rule] === rules.best ? "nothing stronger stands against it; every standing is shown" : rules[state.rule] ?? `${names.party(state.rule.slice(6))} or an organ of it asserted it`);
  };
  words();
  select.addEventListener("change", () => { state.rule = select.value; words(); changed(); });
}

function startSending() {
  byId("send-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const words = byId("send-words");
    words.textContent = "Reading.";
    try {
      const answer = await sendReport(form.elements.text.value, { source: form.elements.source.value, published: form.elements.published.value });
      words.textContent = answer.isNew ? `Stored: ${answer.claims.length} claims read.` : "The ledger had this report already.";
      if (answer.isNew) form.reset();
    } catch (error) {
      words.textContent = error.message;
    }
  });
}

async function start() {
  readAddress();
  try {
    await refreshLedger();
  } catch (error) {
    showError(error);
    setTimeout(start, 3000);
    return;
  }
  isFoundAgain();
  startRules();
  startSliders(changed);
  startMap((place) => actions.choose(`place:${place}`));
  startSending();
  addEventListener("popstate", () => { readAddress(); setRange(file, extent, reports); byId("rule").value = state.rule; refresh(); showRest(); });
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; clearTimeout(timer); timer = setTimeout(refresh, 250); } });
  showRest();
  await refresh();
  follow();
}

start();
watchOpenAlerts();
