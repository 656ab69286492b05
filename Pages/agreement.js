// The Agreement page: the points in their order, each with its terms, its differing texts and how it stands now.
import { getJSON } from "./api.js";
import { deadlineWords, Names, tone } from "./board.js";
import { byId, fill, h } from "./dom.js";
import { watchOpenAlerts } from "./masthead.js";
import { humanWhen } from "./time.js";

const kinds = { achieve: "to be done", maintain: "to be kept up", recurring: "to be done again and again", conditional: "on a condition" };

/** P1Y6M in words. */
function spanWords(span) {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/.exec(span ?? "");
  if (!match) return span ?? "";
  const units = ["year", "month", "day", "hour", "minute"];
  return match.slice(1).map((count, index) => count ? `${count} ${units[index]}${count === "1" ? "" : "s"}` : null).filter(Boolean).join(" ");
}

function termWords(term) {
  if (term.when) return `${term.word} ${humanWhen(term.when)}`;
  const after = term.after ? ` ${term.span ? "after" : "at"} ${term.after.replaceAll("-", " ")}` : "";
  return `${term.word} ${spanWords(term.span)}${after}`.trim();
}

function number(value) { return value.toLocaleString("en-GB"); }

function point(provision, commitment, names, agreement) {
  const sources = new Map(agreement.variants.map((variant) => [variant.id, variant.source]));
  // Terms that several texts share stand once, with all of them.
  const terms = new Map();
  for (const term of provision.terms) {
    const words = termWords(term);
    terms.set(words, [...(terms.get(words) ?? []), term.variant].filter(Boolean));
  }
  const facts = [
    ["who", provision.who.map((id) => names.party(id)).join(" and ") + (provision.implied ? " (understood, not named)" : "")],
    ["to whom", provision.whom?.map((id) => names.party(id)).join(" and ")],
    ["where", provision.place && names.place(provision.place)],
    ["how much", provision.quantities?.map((quantity) => `${number(quantity.minimum)} ${quantity.what}`).join(", ")],
    ["condition", provision.condition],
    ["in parallel with", provision.inParallelWith?.map((id) => id.split("/").at(-1)).join(", ")],
    ["after", provision.requires?.map((id) => id.split("/").at(-1)).join(", ")],
    ["kind", kinds[provision.kind]],
  ].filter(([, value]) => value);
  const link = `/?show=commitment:${encodeURIComponent(provision.id)}`;
  return h("section", { class: "point", id: provision.id, "aria-label": `Article ${provision.article}` },
    h("div", { class: "article" }, provision.article),
    h("div", {}, h("p", { class: "point-title" }, provision.title),
      h("dl", {}, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))),
    h("div", {}, h("h4", {}, "Terms and texts"),
      terms.size ? h("ul", {}, [...terms].map(([words, variants]) => h("li", {}, words,
        variants.length ? h("span", { class: "terms" }, ` ${variants.map((id) => sources.get(id) ?? id).join("; ")}`) : null))) : h("p", { class: "terms" }, "no date"),
      provision.wordings ? h("ul", {}, provision.wordings.map((wording) =>
        h("li", { class: "terms" }, `${sources.get(wording.variant) ?? wording.variant}: ${wording.text}`))) : null),
    h("div", {}, h("h4", {}, "How it stands"),
      commitment ? [
        h("p", { class: "verdict" }, h("span", { class: "chip", "data-tone": tone(commitment.word) }, names.word(commitment.word)),
          commitment.days > 0 ? ` by ${commitment.days} d` : ""),
        commitment.deadlines.filter((deadline) => deadline.by !== "agreement").map((deadline) =>
          h("p", { class: "terms is-revised" }, `${deadlineWords(deadline)}, ${deadline.by}`)),
        h("p", { class: "terms" }, h("a", { href: link }, commitment.evidence.length
          ? `evidence: ${commitment.evidence.length} ${commitment.evidence.length === 1 ? "claim" : "claims"}` : "no report speaks of it")),
      ] : h("p", { class: "terms" }, "not followed")));
}

async function start() {
  try {
    const [file, agreed, reports] = await Promise.all([getJSON("/api/case"), getJSON("/api/agreements"), getJSON("/api/reports")]);
    const days = reports.reports.map((report) => report.published?.edtf?.slice(0, 10)).filter((day) => /^\d{4}-\d\d-\d\d$/.test(day ?? "")).sort();
    const on = new URLSearchParams(location.search).get("on") ?? days.at(-1) ?? file.days.last;
    const situation = await getJSON(`/api/situation?on=${encodeURIComponent(on)}`);
    const names = new Names(file);
    const commitments = new Map(situation.commitments.map((commitment) => [commitment.id, commitment]));
    byId("case-title").textContent = file.title;
    byId("sentence").textContent = situation.sentence;
    fill(byId("content"), agreed.agreements.map((agreement) => [
      h("h2", {}, agreement.title),
      h("p", { class: "signed" }, agreement.signed ? `Signed ${humanWhen(agreement.signed)}` : "No day of signing is known",
        agreement.signatories.length ? ` by the ${agreement.signatories.join(", the ")}` : "",
        agreement.effective ? `, in force from ${humanWhen(agreement.effective)}` : "", ".",
        agreement.variants.length > 1 ? ` ${agreement.variants.length} texts of it differ in places; ${agreement.variants.some((variant) => variant.authentic) ? "the authentic one decides" : "none is called authentic"}.` : ""),
      agreement.provisions.map((provision) => point(provision, commitments.get(provision.id), names, agreement)),
    ]));
  } catch (error) {
    byId("banner").textContent = error.message;
    byId("banner").hidden = false;
  }
}

start();
