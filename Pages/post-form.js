// The two forms: from what a person filled in to a record's own members, or to what is wrong with it; and to one line that says it.
import { byId, fill, h } from "./dom.js";
import { compact, countOf, instantText, openCount, tidy } from "./record.js";
import { clockText, fromWall, toWall } from "./zone.js";

const kinds = [
  ["explosion", "explosion"], ["burst", "burst"], ["shot", "shot"], ["projectile", "projectile in flight"], ["muzzle-flash", "muzzle flash"],
  ["flare", "flare"], ["drone", "drone"], ["movement", "movement"], ["works", "works"], ["obstruction", "obstruction"],
];
const means = [["saw", "saw"], ["heard", "heard"], ["camera", "camera"], ["drone", "drone"], ["radar", "radar"]];
const assessments = [["", "not said"], ["impact", "impact"], ["outgoing", "outgoing"], ["incoming", "incoming"], ["airburst", "airburst"], ["undetermined", "undetermined"]];
const restrictions = [
  ["denied", "access denied"], ["jammed", "jammed"], ["dark", "dark"], ["weather", "weather"], ["mines", "mines"], ["other", "other"],
];

/** What is wrong with a form: the field and a sentence. */
export class Fault extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

const chip = (type, name, value, text, checked) => h("label", {}, h("input", { type, name, value, checked }), ` ${text}`);

/** Puts the choices of both forms in their places. */
export function build() {
  for (const place of document.querySelectorAll("[data-choices]")) {
    const [list, type] = { what: [kinds, "radio"], means: [means, "checkbox"], assessment: [assessments, "radio"] }[place.dataset.choices];
    fill(place, list.map(([value, text], index) => chip(type, place.dataset.choices, value, text, place.dataset.choices === "assessment" && index === 0)));
  }
  for (const place of document.querySelectorAll(".restrictions")) {
    fill(place, h("details", { class: "group" }, h("summary", {}, "What kept me from watching ", h("span", { class: "count restriction-count" })),
      restrictions.map(([value, text]) => h("fieldset", { class: "restriction", "data-kind": value },
        h("label", { class: "choice" }, h("input", { type: "checkbox", name: "restriction", value }), ` ${text}`),
        h("div", { class: "row restriction-more", hidden: true },
          h("label", {}, "from ", h("input", { type: "datetime-local", "data-part": "from", "aria-label": `${text}, from` })),
          h("label", {}, "until ", h("input", { type: "datetime-local", "data-part": "until", "aria-label": `${text}, until` })),
          h("label", {}, "km ", h("input", { type: "number", step: "any", min: "0", "data-part": "fromKm", "aria-label": `${text}, from kilometre` })),
          h("label", {}, "to ", h("input", { type: "number", step: "any", min: "0", "data-part": "toKm", "aria-label": `${text}, to kilometre` })),
          h("label", {}, "remark ", h("input", { "data-part": "note", autocomplete: "off", "aria-label": `${text}, remark` })))))));
  }
}

/** Shows the fields that belong to what is chosen. */
export function adapt(form) {
  for (const box of form.querySelectorAll(".restriction")) box.querySelector(".restriction-more").hidden = !box.querySelector("[name=restriction]").checked;
  const count = form.querySelectorAll("[name=restriction]:checked").length;
  form.querySelector(".restriction-count").textContent = count ? `${count} chosen` : "nothing";
  if (form.id !== "observation") return;
  const data = new FormData(form);
  byId("assessments").hidden = data.get("what") !== "explosion";
  form.elements.maximum.hidden = data.get("count") !== "between";
}

function moment(form, name, zone, title) {
  const text = form.elements[name].value;
  const milliseconds = fromWall(text, zone);
  if (!text || Number.isNaN(milliseconds)) throw new Fault(`Give the time: ${title}.`, form.elements[name]);
  return milliseconds;
}

function number(field, title, { least = 0, most = Infinity } = {}) {
  if (field.value === "" && !field.validity.badInput) return null;
  const value = Number(field.value);
  if (field.validity.badInput || !Number.isFinite(value) || value < least || value > most) {
    throw new Fault(`${title} should be a number from ${least}${most === Infinity ? " up" : ` to ${most}`}.`, field);
  }
  return value;
}

function restrictionsOf(form, { zone, line }) {
  return [...form.querySelectorAll(".restriction")].filter((box) => box.querySelector("[name=restriction]").checked).map((box) => {
    const part = (name) => box.querySelector(`[data-part=${name}]`);
    const kind = box.dataset.kind;
    const ends = ["fromKm", "toKm"].map((name) => number(part(name), "A kilometre"));
    const given = ends.filter((end) => end !== null).length;
    if (given === 1) throw new Fault("Give both kilometres, or none for the whole stretch.", part(ends[0] === null ? "fromKm" : "toKm"));
    if (given && !line) throw new Fault("This page does not know which line the post watches, so it cannot place kilometres on it.", part("fromKm"));
    const times = ["from", "until"].map((name) => part(name).value ? fromWall(part(name).value, zone) : null);
    if (times[0] !== null && times[1] !== null && times[0] > times[1]) throw new Fault("It ends before it begins.", part("until"));
    return compact({
      kind, stretch: given ? { line, fromKm: Math.min(...ends), toKm: Math.max(...ends) } : null,
      from: times[0] === null ? null : instantText(times[0]), until: times[1] === null ? null : instantText(times[1]), note: tidy(part("note").value) });
  });
}

const ahead = (at, now, field) => {
  if (at > now + 60_000) throw new Fault("That time has not come yet by this device's clock.", field);
};

/** A check-in's members. */
export function checkIn(form, context) {
  const { zone, now } = context;
  const data = new FormData(form);
  const at = data.get("when") === "now" ? now : moment(form, "at", zone, "when you checked in");
  ahead(at, now, form.elements.at);
  const watchedFrom = data.get("since") === "last" ? null : moment(form, "watchedFrom", zone, "since when you watched");
  if (watchedFrom !== null && watchedFrom > at) throw new Fault("Watching cannot have begun after the check-in.", form.elements.watchedFrom);
  return compact({
    at: instantText(at), watchedFrom: watchedFrom === null ? null : instantText(watchedFrom),
    visibilityMetres: data.get("visibility") ? Number(data.get("visibility")) : null, restrictions: restrictionsOf(form, context), note: tidy(data.get("note")) });
}

/** An observation's members. */
export function observation(form, context) {
  const { zone, now, observer } = context;
  const data = new FormData(form);
  const field = (name) => form.elements[name];
  if (!data.get("what")) throw new Fault("Choose what was observed.", field("what")[0]);
  const kind = data.get("count");
  const [least, most] = [number(field("number"), "The number"), kind === "between" ? number(field("maximum"), "The higher number") : null];
  if (least === null || !Number.isInteger(least)) throw new Fault("Say how many: a whole number.", field("number"));
  if (kind === "between" && (most === null || !Number.isInteger(most) || most < least)) throw new Fault("The higher number should be a whole number above the lower one.", field("maximum"));
  if (!data.getAll("means").length) throw new Fault("Say by what means: saw, heard, or a device.", field("means")[0]);
  const isNow = data.get("when") === "now";
  const from = isNow ? now : moment(form, "from", zone, "when it began");
  ahead(from, now, field("from"));
  const until = isNow || !data.get("until") ? null : moment(form, "until", zone, "when it ended");
  if (until !== null && until < from) throw new Fault("It ends before it begins.", field("until"));
  const degrees = { most: 360 };
  const bearings = [number(field("bearingFrom"), "A bearing", degrees), number(field("bearingTo"), "A bearing", degrees)];
  if ((bearings[0] === null) !== (bearings[1] === null)) throw new Fault("Give both bearings, clockwise from the first to the second.", field(bearings[0] === null ? "bearingFrom" : "bearingTo"));
  const ranges = [number(field("rangeFrom"), "A range"), number(field("rangeTo"), "A range")];
  if (ranges[0] !== null && ranges[1] === null) throw new Fault("Say how far it can have been at most.", field("rangeTo"));
  if (ranges[1] !== null && (ranges[0] ?? 0) > ranges[1]) throw new Fault("The range should run from the nearer to the farther.", field("rangeTo"));
  const metres = (km) => Math.round(km * 1000);
  const sector = compact({
    bearings: bearings[0] === null ? null : [bearings],
    fromMetres: ranges[1] === null ? null : metres(ranges[0] ?? 0), toMetres: ranges[1] === null ? null : metres(ranges[1]) });
  const travel = compact({ from: number(field("travelFrom"), "A direction", degrees), to: number(field("travelTo"), "A direction", degrees) });
  return compact({
    observer, means: means.map(([value]) => value).filter((value) => data.getAll("means").includes(value)), what: data.get("what"),
    assessment: data.get("what") === "explosion" ? data.get("assessment") : null, count: countOf({ kind, number: least, maximum: most }),
    weapon: tidy(data.get("weapon")), from: instantText(from), until: until === null || until === from ? null : instantText(until),
    sector: Object.keys(sector).length ? sector : null, travel: Object.keys(travel).length ? travel : null,
    restrictions: restrictionsOf(form, context), note: tidy(data.get("note")) });
}

export function countWords({ minimum = 1, maximum, about } = {}) {
  if (maximum === undefined) return `${minimum}`;
  if (maximum >= openCount) return `at least ${minimum}`;
  return `${about ? "about " : ""}${minimum} to ${maximum}`;
}

/** "1 explosion", "about 4 to 6 muzzle flashes". */
export function countedWords(count = { minimum: 1 }, what = "incident") {
  const word = kinds.find(([value]) => value === what)?.[1] ?? what.replaceAll("-", " ");
  const isOne = count.minimum === 1 && (count.maximum === undefined || count.maximum === 1);
  const many = /works|movement/.test(word) ? word : word.endsWith("sh") ? `${word}es` : word.replace(/^(\w+)/, "$1s");
  return `${countWords(count)} ${isOne ? word : many}`;
}

const kilometres = (metres) => `${Math.round(metres / 100) / 10}`;

/** A record in one line, as it will be read at the desk. */
export function words(kind, record, zone) {
  const time = (text) => {
    const milliseconds = Date.parse(text);
    return `${toWall(milliseconds, zone).slice(0, 10)} ${clockText(milliseconds, zone)}`;
  };
  const hindered = (record.restrictions ?? []).map((restriction) => restriction.kind).join(", ");
  if (kind === "check-in") {
    const seen = record.visibilityMetres ? `, seeing ${record.visibilityMetres >= 1000 ? `${kilometres(record.visibilityMetres)} km` : `${record.visibilityMetres} m`}` : "";
    return `${time(record.at)}: watched since ${record.watchedFrom ? time(record.watchedFrom) : "the last check-in"}${seen}${hindered ? `; kept from it: ${hindered}` : ""}`;
  }
  const sector = record.sector ?? {};
  return [
    `${time(record.from)}${record.until ? ` to ${clockText(Date.parse(record.until), zone)}` : ""}: ${(record.means ?? ["reported"]).join(" and ")} ${countedWords(record.count, record.what)}`,
    record.assessment, sector.bearings ? `bearing ${sector.bearings[0][0]}° to ${sector.bearings[0][1]}°` : null,
    sector.toMetres !== undefined ? `${kilometres(sector.fromMetres)} to ${kilometres(sector.toMetres)} km away` : null,
    record.travel ? `travelling${record.travel.from !== undefined ? ` from ${record.travel.from}°` : ""}${record.travel.to !== undefined ? ` to ${record.travel.to}°` : ""}` : null,
    hindered ? `kept from watching: ${hindered}` : null,
  ].filter(Boolean).join(", ");
}
