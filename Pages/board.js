// The boards: commitments, control, and what was reported beside them.
import { byId, fill, h } from "./dom.js";
import { humanEDTF, humanWhen } from "./time.js";

/** How a commitment's word should strike the eye. */
export function tone(word) {
  if (/^(overdue|broken|disputed|incident|withdrawn|refused)/.test(word)) return "bad";
  if (/^(kept late|partly|due|kept on the revised)/.test(word)) return "warning";
  if (/^(kept|holding)/.test(word)) return "good";
  if (/^reported kept/.test(word)) return "told";
  return "neutral";
}

/** Names of a case by id. */
export class Names {
  constructor(file) {
    this.parties = new Map(file.parties.map((party) => [party.id, party]));
    this.places = new Map(file.places.map((place) => [place.id, place]));
  }
  party(id) { return this.parties.get(id)?.name ?? id; }
  place(id) { return this.places.get(id)?.name ?? id; }
  /** A commitment's word with names in place of the ids that it ends with. */
  word(word) {
    const match = /^(broken according to|withdrawn by) (.*)$/.exec(word);
    return match ? `${match[1]} ${match[2].split(/,\s*/).map((id) => this.party(id)).join(", ")}` : word;
  }
  isArea(id) { return !["settlement", "point", "post", "country"].includes(this.places.get(id)?.kind); }
  holder(holder) {
    if (holder.startsWith("not-")) return `left by ${this.party(holder.slice(4))}, new holder not stated`;
    return this.parties.has(holder) ? this.party(holder) : holder;
  }
  colour(holder) { return this.parties.get(holder.replace(/^not-/, ""))?.colour ?? null; }
}

export function standingWords(item) {
  return [item.standing ?? "initial", item.disputed && "disputed", item.withdrawn && "withdrawn"].filter(Boolean).join(", ");
}

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** A row that opens its evidence, by mouse and by keyboard. */
function row(subject, selected, choose, ...cells) {
  return h("tr", { "data-subject": subject, class: selected === subject ? "is-selected" : null, onclick: () => choose(subject) }, cells);
}

function opener(subject, choose, text) {
  return h("button", { type: "button", class: "open", onclick: (event) => { event.stopPropagation(); choose(subject); } }, text);
}

export function deadlineWords(deadline) {
  const when = deadline.edtf ? humanEDTF(deadline.edtf) : null;
  if (deadline.by === "agreement") return when ? `${deadline.word} ${when}` : "no date";
  return when ? `moved to ${when}` : "moved, new date not given";
}

export function showCommitments(situation, names, selected, choose) {
  const list = situation.commitments;
  if (!list.length) return fill(byId("commitments"), h("p", { class: "empty" }, "The case names no commitment."));
  const isLate = list.some((commitment) => commitment.days > 0);
  const rows = list.map((commitment) => {
    const subject = `commitment:${commitment.id}`;
    // Variant texts of one agreement may say the same: each wording stands once.
    const wordings = new Map(commitment.deadlines.map((deadline) => [deadlineWords(deadline), deadline.by !== "agreement"]));
    const deadlines = [...wordings].map(([words, isRevised], index) => h("span", { class: isRevised ? "is-revised" : null }, index ? "; " : "", words));
    let watched = "";
    if (commitment.watched !== undefined) watched = `${Math.floor(commitment.watched * 100)} %`;
    else if (commitment.kind === "maintain") watched = h("span", { class: "terms", title: "No registered post has checked in: how much was watched is not known" }, "unknown");
    return row(subject, selected, choose,
      h("td", { class: "article" }, commitment.article),
      h("td", { class: "what" }, opener(subject, choose, commitment.title), h("div", { class: "terms" }, deadlines)),
      h("td", { class: "word" }, h("span", { class: "chip", "data-tone": tone(commitment.word) }, names.word(commitment.word))),
      isLate ? h("td", { class: "number" }, commitment.days > 0 ? `+${commitment.days} d` : "") : null,
      h("td", { class: "number" }, watched));
  });
  fill(byId("commitments"), h("table", { class: "board" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Art."), h("th", { scope: "col" }, "Commitment"), h("th", { scope: "col" }, "Word"),
      isLate ? h("th", { scope: "col", class: "number", title: "Days late against the original deadline" }, "Late") : null,
      h("th", { scope: "col", class: "number", title: "Share of the line's kilometre-hours that was watched" }, "Watched"))),
    h("tbody", {}, rows)));
}

export function showControl(situation, names, selected, choose) {
  // Areas first; of towns those of which something is told beside their district, or that somebody looks at.
  const areas = situation.control.filter((control) => names.isArea(control.place));
  const told = new Set(areas.flatMap((control) => control.evidence));
  const towns = situation.control.filter((control) => !names.isArea(control.place)
    && (selected === `place:${control.place}` || (control.standing && !control.evidence.every((id) => told.has(id)))));
  const list = [...areas, ...towns];
  if (!list.length) return fill(byId("control"), h("p", { class: "empty" }, "Nothing is known of who holds what."));
  const rows = list.map((control) => {
    const subject = `place:${control.place}`;
    const dot = h("span", { class: "dot", "aria-hidden": "true" });
    const colour = names.colour(control.holder);
    if (colour) dot.style.setProperty("--party", colour);
    if (control.holder.startsWith("not-")) dot.classList.add("is-left");
    return row(subject, selected, choose,
      h("td", { class: "what" }, opener(subject, choose, names.place(control.place)),
        control.zones?.length ? h("div", { class: "terms" }, "without ", control.zones.map((zone) => names.place(zone)).join(", ")) : null),
      h("td", {}, dot, names.holder(control.holder)),
      h("td", { class: "time" }, control.since ? humanWhen(control.since) : ""),
      h("td", {}, h("span", { class: "standing", "data-standing": control.disputed ? "disputed" : control.standing ?? "initial" }, standingWords(control))),
      h("td", { class: "number" }, control.origins || ""));
  });
  fill(byId("control"), h("table", { class: "board" },
    h("thead", {}, h("tr", {}, ["Place", "Holder", "Since", "Standing"].map((text) => h("th", { scope: "col" }, text)),
      h("th", { scope: "col", class: "number", title: "Independent origins of the evidence" }, "Origins"))),
    h("tbody", {}, rows)));
}

/** Which groups a person closed or opened; the long ones begin closed. */
const folded = new Map();

const lately = [["incidents", "Incidents"], ["exchanges", "Exchanges"], ["posts", "Posts"]];
const background = [["agreements", "Agreements"], ["events", "Deployments, access, people"], ["history", "Before the agreement"]];

export function showEvents(situation, selected, choose) {
  const blocks = [h("p", { class: "coverage" }, situation.coverage?.words ?? "", " ", h("a", { href: "/line" }, "the line"))];
  const warnings = (situation.findings ?? []).filter((finding) => finding.severity !== "note");
  if (warnings.length) {
    blocks.push(h("ul", { class: "findings" }, warnings.map((finding) => h("li", {}, finding.evidence?.length
      ? opener(`claims:${finding.evidence.slice(0, 12).join(",")}`, choose, finding.message) : finding.message))));
  }
  fill(byId("events"), blocks, groups(lately, situation, selected, choose));
  fill(byId("background"), groups(background, situation, selected, choose));
}

function groups(sections, situation, selected, choose) {
  const blocks = [];
  for (const [key, title] of sections) {
    const events = situation[key] ?? [];
    if (!events.length) { blocks.push(h("p", { class: "none" }, h("b", {}, title), " none reported")); continue; }
    const details = h("details", { class: "group", ontoggle: () => folded.set(key, !details.open) },
      h("summary", {}, h("b", {}, title), h("span", { class: "count" }, ` ${events.length}`)));
    details.open = !(folded.get(key) ?? (key === "events" || key === "history"));
    blocks.push(details);
    details.append(h("ul", { class: "events" }, events.map((event) => {
      const subject = `claims:${event.evidence.slice(0, 12).join(",")}`;
      return h("li", { class: selected === subject ? "is-selected" : null },
        h("span", { class: "time" }, event.when ? humanWhen(event.when) : "no date"),
        h("span", {}, opener(subject, choose, event.words),
          h("span", { class: "standing", "data-standing": event.disputed ? "disputed" : event.standing }, ` ${standingWords(event)}`),
          event.origins > 1 ? h("span", { class: "terms" }, ` · ${plural(event.origins, "origin", "origins")}`) : null));
    })));
  }
  return blocks;
}
