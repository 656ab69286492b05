// The two times: a slider over the case's days, and one over the ledger's reports.
import { byId, fill, h } from "./dom.js";
import { state } from "./state.js";
import { dayNumber, dayText, humanDay, humanInstant } from "./time.js";

let first = 0;
let moments = [];
let reports = new Map();
let zone = "UTC";
let changed = () => {};

/** Connects the controls; `onChange` is called when a person moved one. */
export function startSliders(onChange) {
  changed = onChange;
  const on = byId("on");
  on.addEventListener("input", () => setDay(dayText(first + Number(on.value))));
  byId("on-date").addEventListener("change", (event) => event.target.value && setDay(event.target.value));
  byId("on-back").addEventListener("click", () => setDay(dayText(dayNumber(state.on) - 1)));
  byId("on-forth").addEventListener("click", () => setDay(dayText(dayNumber(state.on) + 1)));
  const known = byId("known");
  known.addEventListener("input", () => setKnown(Number(known.value)));
  byId("known-back").addEventListener("click", () => setKnown(Math.max(0, Number(known.value) - 1)));
  byId("known-forth").addEventListener("click", () => setKnown(Math.min(moments.length, Number(known.value) + 1)));
  byId("known-now").addEventListener("click", () => setKnown(moments.length));
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
}

function setDay(day) {
  state.on = day;
  showTimes();
  changed();
}

/** Position i is the ledger after i reports; the last is now, which moves on as reports come in. */
function setKnown(position) {
  state.known = position >= moments.length ? null : position === 0 ? before(moments[0].recorded) : moments[position - 1].recorded;
  showTimes();
  changed();
}

const before = (instant) => new Date(Date.parse(instant) - 1).toISOString().replace(".000Z", "Z");

/** Takes over the days of the case and the ledger's moments. */
export function setRange(file, extent, summaries) {
  zone = file.zone;
  first = dayNumber(file.days.first);
  byId("on").max = dayNumber(file.days.last) - first;
  // Reports of one instant are one step: nothing lies between them.
  moments = extent.moments.filter((moment, index, all) => index + 1 === all.length || all[index + 1].recorded !== moment.recorded);
  reports = new Map(summaries.map((report) => [report.recorded, report]));
  byId("known").max = moments.length;
  if (!state.on) state.on = latestDay(summaries, file);
  fill(byId("known-marks"), moments.map((_, index) => mark((index + 1) / Math.max(1, moments.length))));
  showTimes();
}

/** The day of the newest report, else the last of the case's days. */
function latestDay(summaries, file) {
  const days = summaries.map((report) => report.published?.edtf?.slice(0, 10)).filter((day) => /^\d{4}-\d\d-\d\d$/.test(day ?? "")).sort();
  return days.at(-1) ?? file.days.last;
}

/** Marks the days on which something is due. */
export function setDeadlines(commitments) {
  const days = new Set();
  for (const commitment of commitments) {
    for (const deadline of commitment.deadlines) if (/^\d{4}-\d\d-\d\d$/.test(deadline.edtf ?? "")) days.add(deadline.edtf);
  }
  const span = Number(byId("on").max);
  const positions = [...days].map((day) => (dayNumber(day) - first) / span).filter((part) => part >= 0 && part <= 1);
  fill(byId("on-marks"), positions.map(mark));
}

function mark(part) {
  const element = h("span");
  element.style.left = `${part * 100}%`;
  return element;
}

function showTimes() {
  const on = byId("on");
  on.value = dayNumber(state.on.slice(0, 10)) - first;
  byId("on-date").value = state.on.slice(0, 10);
  const day = humanDay(state.on.slice(0, 10), { weekday: true });
  byId("on-words").value = day;
  on.setAttribute("aria-valuetext", day);

  const known = byId("known");
  let position = moments.length;
  if (state.known) position = moments.filter((moment) => Date.parse(moment.recorded) <= Date.parse(state.known)).length;
  known.value = position;
  const report = position > 0 ? reports.get(moments[position - 1].recorded) : null;
  const count = `${position} of ${moments.length}`;
  let words;
  if (!state.known) words = moments.length ? "now" : "now, the ledger is empty";
  else if (position === 0) words = "before the first report";
  else words = `${humanInstant(moments[position - 1].recorded, zone)}, after ${count}${report?.title ? `: ${report.title}` : ""}`;
  byId("known-words").value = words;
  known.setAttribute("aria-valuetext", words);
  byId("known-now").toggleAttribute("disabled", !state.known);
}
