// The Log page: what the ledger holds, entry by entry; nothing in it is ever changed or taken out.
import { getJSON } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { watchOpenAlerts } from "./masthead.js";
import { words as recordWords } from "./post-form.js";
import { humanInstant } from "./time.js";

let file = null;
let oldest = null;
const rows = [];

/** What an entry says, in a line. */
function words(entry) {
  const { content } = entry;
  switch (entry.kind) {
    case "report": return content.title ?? content.sourceName ?? "a report";
    case "claim": return `${content.act?.replaceAll("-", " ")}${content.where ? `, ${content.where.map((place) => place.text).join(", ")}` : ""}`;
    case "reading": {
      const count = content.count ?? content.claims?.length ?? 0;
      return `${count} ${count === 1 ? "claim" : "claims"} read`;
    }
    case "ruling": return `${content.act} by ${content.by}${content.reason ? `: ${content.reason}` : ""}`;
    case "post": return `post ${content.post} ${content.act?.replaceAll("-", " ")} by ${content.source}`;
    case "check-in": return content.contact ? `${content.post} tried to send: its clock's reading` : `${content.post}, ${recordWords(entry.kind, content, file.zone)}`;
    case "observation": return `${content.post ?? content.observer}, ${recordWords(entry.kind, content, file.zone)}`;
    case "alert": return `${content.message ?? `${content.alerts?.length ?? 0} alerts`}: ${content.act?.replaceAll("-", " ")} by ${content.by}${content.to ? `, to ${content.to}` : ""}`;
    case "case": return `the case ${content.case ?? ""}`;
    default: return entry.id;
  }
}

function row(entry) {
  const title = words(entry);
  const link = entry.kind === "claim" ? `/?show=claims:${encodeURIComponent(entry.id)}` : null;
  return h("tr", {},
    h("td", { class: "number" }, entry.sequence.toLocaleString("en-GB")),
    h("td", { class: "time" }, humanInstant(entry.recorded, file.zone)),
    h("td", { class: "kind" }, entry.kind),
    h("td", { class: "content" }, link ? h("a", { href: link }, title) : title),
    h("td", { class: "id" }, h("details", {}, h("summary", { class: "terms" }, h("span", { class: "mono" }, entry.id.length > 24 ? `${entry.id.slice(0, 24)}…` : entry.id)), 
      h("pre", {}, JSON.stringify(entry.content, null, 1)))));
}

async function load() {
  const answer = await getJSON(oldest === null ? "/api/entries" : `/api/entries?before=${oldest}`);
  if (answer.entries.length) oldest = answer.entries.at(-1).sequence;
  rows.push(...answer.entries.map(row));
  byId("sentence").textContent = answer.size
    ? `The ledger holds ${answer.size.toLocaleString("en-GB")} entries. Nothing in it is ever changed; a correction is an entry of its own.`
    : "The ledger is empty.";
  fill(byId("content"),
    h("p", { class: "signed" }, "Others verify it by its ", h("a", { href: "/log/checkpoint" }, "signed checkpoint"), " and the tiles beside it (C2SP tlog-tiles, under /log), without trusting this desk."),
    rows.length ? h("table", { class: "board" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "number" }, "Entry"),
        ["Recorded", "Kind", "What", "Id and content"].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows)) : null,
    oldest ? h("p", { class: "more" }, h("button", { type: "button", onclick: () => load().catch(fail) }, "Earlier entries")) : null);
}

function fail(error) {
  byId("banner").textContent = error.message;
  byId("banner").hidden = false;
}

async function start() {
  file = await getJSON("/api/case");
  byId("case-title").textContent = file.title;
  await load();
}

start().catch(fail);
watchOpenAlerts();
