// Counts with their coverage, the evidence of one incident or gap, and the chart as tables.
import { fill, folding, h } from "./dom.js";
import { boardWords } from "./posts-board.js";
import { humanInstant } from "./time.js";
import { countedWords, countWords } from "./post-form.js";
import { getMember } from "./watch.js";
import { toWall } from "./zone.js";

/** Rows of a table shown at once; more are counted. */
const shown = 200;

const kilometres = (item) => (item ? `${item.fromKm} to ${item.toKm}` : "not placed");
const rounded = (value) => (value >= 10 ? `${Math.round(value)}` : value.toPrecision(2));
const percent = (share) => (share > 0 && share < 0.01 ? "< 1 %" : `${Math.floor(share * 100)} %`);

function rateWords(low, high, days) {
  if (!days) return "none: nobody watched";
  const [a, b] = [rounded(low / days), rounded(high / days)];
  return a === b ? a : `${a} to ${b}`;
}

/** Incidents by kind, with what was watched and the counting rules beside every number. */
export function showCounts(target, chart) {
  const days = chart.watched / 24;
  const { count } = chart;
  const counted = ({ number, minimum, maximum, open }) => `${number}${minimum === maximum && !open ? "" : ` (${minimum} to ${maximum}${open ? " or more" : ""})`}`;
  const row = (name, incidents, times, low, high) => h("tr", {},
    h("th", { scope: "row" }, name), h("td", { class: "number" }, incidents), h("td", { class: "number" }, times), h("td", { class: "number" }, rateWords(low, high, days)),
    h("td", { class: "number" }, percent(chart.share)), h("td", {}, count.rules));
  fill(target,
    h("p", { class: "coverage" }, chart.words),
    h("table", { class: "board counts" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "What"), h("th", { scope: "col", class: "number" }, "Incidents"), h("th", { scope: "col", class: "number" }, "How many in them"),
        h("th", { scope: "col", class: "number" }, "Incidents per watched km and day"), h("th", { scope: "col", class: "number" }, "Watched"), h("th", { scope: "col" }, "Counted by"))),
      h("tbody", {}, chart.kinds.map((kind) =>
        row([kind.what ?? "incident", kind.assessment].filter(Boolean).join(", ").replaceAll("-", " "), counted(kind.count), countWords(kind.things),
          kind.count.minimum, kind.count.maximum)),
        row(h("b", {}, "All"), counted(count), "", count.minimum, count.maximum))));
}

const span = (item, zone) => {
  const [from, until] = [toWall(item.from, zone), toWall(item.until, zone)];
  const [a, b] = [from.replace("T", " "), until.slice(0, 10) === from.slice(0, 10) ? until.slice(11) : until.replace("T", " ")];
  return until === from ? a : `${a} to ${b}`;
};

/** What an incident was, in a line: "3 to 5 explosions (incoming), 2 observers". */
export function incidentWords(incident) {
  const observers = incident.observers.length;
  return `${countedWords(incident.count, incident.what)}${incident.assessment ? ` (${incident.assessment})` : ""}, ${observers} ${observers === 1 ? "observer" : "observers"}`;
}

let turn = 0;

/** Members of an incident whose reports are shown; more are counted. */
const members = 16;

/** An incident with what each observer reported and why they are counted as one. */
export async function showIncident(target, incident, chart, file) {
  // Drawn anew only where something changed: it is read out.
  const key = incident ? JSON.stringify([incident, chart.share]) : "";
  if (key && target.dataset.shown === key) return;
  const mine = ++turn;
  if (!incident) return fill(target, h("p", { class: "empty" }, "That incident is not among those of these days."));
  const head = [
    h("h3", {}, incident.words),
    h("p", { class: "verdict" }, `${span(incident, file.zone)}, km ${kilometres(incident.stretch)}, `, h("b", {}, `counted by ${incident.rules}`),
      `, ${percent(chart.share)} of the line's kilometre-hours was watched`),
    incident.isSummary ? h("p", { class: "because" }, incident.tellsOf?.length ? `A summary over hours: it tells of ${incident.tellsOf.length} incidents that are counted by themselves, and is not counted beside them.`
      : "A summary over hours: what happened in it was not reported one by one.") : null,
  ];
  target.dataset.shown = key;
  fill(target, head, h("p", { class: "empty" }, "Loading what was observed."));
  const answers = await Promise.allSettled(incident.members.slice(0, members).map(getMember));
  if (mine !== turn) return;
  const observers = new Map(answers.map((answer, index) => [incident.members[index], answer.value?.observation?.observer ?? answer.value?.claim?.speakers?.[0]?.text]));
  const who = (id) => observers.get(id) ?? id.slice(0, 12);
  fill(target, head, answers.map((answer, index) => member(incident.members[index], answer, file)),
    incident.members.length > members ? h("p", { class: "empty" }, `${incident.members.length - members} more observations are not shown.`) : null,
    incident.merges?.length ? [h("h3", {}, "Why they are one"), h("ul", { class: "merges" }, incident.merges.map((merge) => h("li", { "data-certain": merge.certain },
      `${who(merge.first)} and ${who(merge.second)}: ${merge.reason}`, merge.certain ? null : h("span", { class: "standing", "data-standing": "disputed" }, " in doubt: it widens the count"),
      merge.ruling ? h("span", { class: "terms" }, ` by ruling ${merge.ruling}`) : null)))] : null);
}

function member(id, answer, file) {
  if (answer.status !== "fulfilled") return h("p", { class: "empty" }, answer.reason?.message ?? "This observation could not be loaded.");
  if (answer.value.claim) {
    const { quote, report } = answer.value;
    return h("article", { class: "card" }, h("p", { class: "chain" }, "told by a report"), quote ? h("blockquote", {}, quote) : null,
      h("p", { class: "source" }, h("a", { href: `/?show=claims:${encodeURIComponent(id)}` }, report?.title ?? "The report")));
  }
  const { observation, recorded, counts, clockMinutes } = answer.value;
  const times = { from: Date.parse(observation.from), until: Date.parse(observation.until ?? observation.from) };
  const travel = observation.travel ?? {};
  const facts = [
    span(times, file.zone), observation.stretch ? `km ${kilometres(observation.stretch)}` : null,
    travel.from !== undefined || travel.to !== undefined ? `travelling${travel.from !== undefined ? ` from ${travel.from}°` : ""}${travel.to !== undefined ? ` to ${travel.to}°` : ""}` : null,
    observation.weapon, observation.restrictions?.length ? `kept from watching: ${observation.restrictions.map((restriction) => restriction.kind).join(", ")}` : null,
    observation.by ? `entered by ${observation.by}` : null, clockMinutes ? `clock put right by ${clockMinutes} min` : null, counts ? null : "does not count",
  ].filter(Boolean).join(" · ");
  const means = (observation.means ?? []).join(" and ");
  return h("article", { class: "card", "data-observation": id },
    h("p", { class: "chain" }, [observation.post, observation.observer !== observation.post ? observation.observer : null].filter(Boolean).join(" › ")),
    h("p", {}, `${means || "reported"}: ${countedWords(observation.count, observation.what)}${observation.assessment ? ` (${observation.assessment})` : ""}`),
    observation.note ? h("blockquote", {}, observation.note) : null,
    h("p", { class: "facts" }, facts),
    h("p", { class: "source" }, `came in ${humanInstant(recorded, file.zone)}`));
}

/** A rectangle by its middle, which stays in it though the chart's other rectangles change. */
export const gapSubject = (item) => `gap:${(item.fromKm + item.toKm) / 2}@${Math.round((item.since + item.until) / 2)}`;

/** The rectangle of a subject. */
export function gapOf(subject, chart) {
  const [km, time] = subject.replace("gap:", "").split("@").map(Number);
  return chart.rectangles.find((item) => item.fromKm <= km && km < item.toKm && item.since <= time && time < item.until);
}

/** A rectangle of the chart: who was charged with it, and how they stand. */
export function showPlace(target, item, chart, file) {
  turn += 1;
  delete target.dataset.shown;
  if (!item) return fill(target, h("p", { class: "empty" }, "The chart has changed; choose again."));
  const charged = chart.posts.filter((post) => post.stretches.some((stretch) => stretch.fromKm < item.toKm && item.fromKm < stretch.toKm));
  const times = { from: item.since, until: item.until };
  const hours = (item.until - item.since) / 3_600_000;
  fill(target,
    h("h3", {}, item.word === "watched" ? "Watched" : `Not watched: ${item.word}`),
    h("p", { class: "verdict" }, `Km ${kilometres(item)}, ${span(times, file.zone)}: ${Math.round((item.toKm - item.fromKm) * hours)} km·h`),
    charged.length ? [h("p", { class: "because" }, `Posts charged with these kilometres now: ${boardWords(charged)}.`),
      h("ul", { class: "events" }, charged.map((post) => h("li", {}, h("span", { class: "time" }, post.word),
        h("span", {}, `${post.name ?? post.post}, km ${post.stretches.map((stretch) => `${stretch.fromKm}–${stretch.toKm}`).join(", ")}`,
          post.lastArrival ? h("span", { class: "terms" }, ` last heard ${humanInstant(post.lastArrival, file.zone)}`) : null))))]
      : h("p", { class: "because" }, "No post is charged with these kilometres now."));
}

/** What the chart shows, as two tables: for those who do not see it, and for paper. */
export function showTables(target, chart, file, choose) {
  // What a person reads by the keyboard is not taken away.
  if (target.contains(document.activeElement)) return;
  const gaps = chart.rectangles.filter((item) => item.word !== "watched")
    .map((item) => ({ ...item, size: (item.toKm - item.fromKm) * (item.until - item.since) / 3_600_000 })).sort((a, b) => b.size - a.size);
  const open = (subject, words) => h("button", { type: "button", class: "open", onclick: () => choose(subject) }, words);
  const table = (titles, rows) => (rows.length ? [h("table", { class: "board" }, h("thead", {}, h("tr", {}, titles.map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, rows.slice(0, shown).map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))))),
    rows.length > shown ? h("p", { class: "empty" }, `${rows.length - shown} more are not shown; ask for fewer days.`) : null] : h("p", { class: "empty" }, "None."));
  const time = (at) => toWall(at, file.zone).replace("T", " ");
  fill(target,
    folding("gaps", false, [h("b", {}, "Gaps"), h("span", { class: "count" }, ` ${gaps.length}, the largest first`)],
      table(["Km", "Since", "Until", "Why", "km·h"], gaps.map((item) => [open(gapSubject(item), kilometres(item)), time(item.since), time(item.until), item.word, Math.round(item.size)]))),
    folding("incidents", false, [h("b", {}, "Incidents"), h("span", { class: "count" }, ` ${chart.incidents.length}, counted by ${chart.count.rules}, ${percent(chart.share)} watched`)],
      table(["Time", "Km", "What", "How many", "Observers"], chart.incidents.map((incident) => [open(`incident:${incident.id}`, span(incident, file.zone)), kilometres(incident.stretch),
        [incident.what?.replaceAll("-", " "), incident.assessment].filter(Boolean).join(", "), countWords(incident.count), incident.observers.join(", ")]))));
}

/** What moved into, out of and along the case's corridors and zones; nothing is shown where nothing did. */
export function showTracks(target, { events, coverage }, file) {
  const time = (at) => toWall(Date.parse(at), file.zone).replace("T", " ");
  const latest = events.slice(-shown).reverse();
  fill(target, events.length ? folding("tracks", true, [h("b", {}, "Against corridors and zones"), h("span", { class: "count" }, ` ${events.length}, ${coverage.words}`)],
    h("ul", { class: "events" }, latest.map((event) => h("li", {}, h("span", { class: "time" }, time(event.at)),
      h("span", {}, event.track === event.fix ? "something seen once" : event.track, ` ${event.words}`)))),
    events.length > shown ? h("p", { class: "empty" }, `${events.length - shown} earlier ones are not shown; ask for fewer days.`) : null) : null);
}
