// The wire: reports, newest first, each with its claims marked in its text.
import { getReport } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { humanInstant, humanWhen } from "./time.js";

const open = new Set();
let hasChosen = false;

/** Lists the reports; `actions.choose` is called with the claims of a marked passage. */
export function showWire(reports, file, size, actions) {
  const newest = [...reports].reverse();
  if (!newest.length) return fill(byId("wire"), h("p", { class: "empty" }, "No report yet."));
  if (!hasChosen && open.size === 0 && matchMedia("(min-width: 70rem)").matches) open.add(newest[0].id);
  fill(byId("wire"), newest.map((report) => entry(report, file, size, actions)));
}

function entry(report, file, size, actions) {
  const body = h("div", { class: "report-text" });
  const details = h("details", { class: "report", id: `report-${report.id}` },
    h("summary", {},
      h("span", { class: "report-title" }, report.title ?? report.address ?? "Report without a title"),
      h("span", { class: "report-meta" }, [report.sourceName ?? report.source, report.published ? humanWhen(report.published) : "no date",
        `${report.claims} ${report.claims === 1 ? "claim" : "claims"}`, `recorded ${humanInstant(report.recorded, file.zone)}`].filter(Boolean).join(" · "))),
    body);
  details.addEventListener("toggle", () => {
    hasChosen = true;
    if (details.open) { open.add(report.id); load(report.id, size, body, actions); } else open.delete(report.id);
  });
  if (open.has(report.id)) {
    details.open = true;
    load(report.id, size, body, actions);
  }
  return details;
}

async function load(id, size, body, actions) {
  if (body.childElementCount) return body;
  try {
    const { text, textStart, claims } = await getReport(id, size);
    fill(body, marked(text, textStart, claims, actions));
  } catch (error) {
    fill(body, h("p", { class: "empty" }, error.message));
  }
  return body;
}

/** The text from its own first word on, the spans of its claims marked; spans count bytes of UTF-8. */
function marked(text, start, claims, actions) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const cuts = new Set([start, bytes.length]);
  for (const claim of claims) { cuts.add(Math.min(claim.span.start, bytes.length)); cuts.add(Math.min(claim.span.end, bytes.length)); }
  const points = [...cuts].filter((cut) => cut >= start).sort((a, b) => a - b);
  const pieces = [];
  for (let index = 0; index + 1 < points.length; index++) {
    const [from, until] = [points[index], points[index + 1]];
    const words = decoder.decode(bytes.subarray(from, until)).replace(pieces.length ? /$^/ : /^\s+/, "");
    const inside = claims.filter((claim) => claim.span.start <= from && until <= claim.span.end);
    if (!inside.length) { pieces.push(words); continue; }
    const subject = `claims:${inside.map((claim) => claim.id).slice(0, 12).join(",")}`;
    const label = inside.map((claim) => claim.act.replaceAll("-", " ")).join(", ");
    pieces.push(h("mark", {
      tabindex: "0", role: "button", title: label, "data-claims": inside.map((claim) => claim.id).join(" "),
      onclick: () => actions.choose(subject),
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); actions.choose(subject); } },
    }, words));
  }
  return h("div", { class: "prose" }, pieces);
}

/** Opens a report and brings a claim's passage into view. */
export async function openReport(id, claim, size, actions) {
  const details = document.getElementById(`report-${id}`);
  if (!details) return;
  open.add(id);
  details.open = true;
  await load(id, size, details.querySelector(".report-text"), actions);
  const passage = claim ? details.querySelector(`mark[data-claims~="${CSS.escape(claim)}"]`) : null;
  (passage ?? details).scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  if (passage) {
    passage.classList.add("is-found");
    passage.focus({ preventScroll: true });
    setTimeout(() => passage.classList.remove("is-found"), 2500);
  }
}
