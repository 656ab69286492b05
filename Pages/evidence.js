// The evidence panel: what a district, a commitment or a claim rests on, quote by quote.
import { getClaim } from "./api.js";
import { deadlineWords, standingWords, tone } from "./board.js";
import { byId, fill, h } from "./dom.js";
import { humanInstant, humanWhen, sinceWords } from "./time.js";

let turn = 0;

/** Claims shown at once; more are counted. */
const limit = 24;

/** Shows the evidence of a subject: `place:ID`, `commitment:ID`, `claim:ID` or `claims:ID,ID`. */
export async function showEvidence(subject, situation, names, file, actions) {
  const mine = ++turn;
  const target = byId("evidence");
  if (!subject || !situation) {
    return fill(target, h("p", { class: "empty" }, "Choose a district on the map, a commitment, or a claim in the wire: its quotes come here."));
  }
  const [kind, id] = [subject.slice(0, subject.indexOf(":")), subject.slice(subject.indexOf(":") + 1)];
  const head = [];
  let evidence = [];
  let against = [];
  if (kind === "place") {
    const control = situation.control.find((item) => item.place === id);
    head.push(h("h3", {}, names.place(id)));
    if (control) {
      head.push(h("p", { class: "verdict" }, names.holder(control.holder), control.since ? sinceWords(control.since) : "",
        h("span", { class: "standing", "data-standing": control.disputed ? "disputed" : control.standing ?? "initial" }, ` ${standingWords(control)}`)));
      if (control.because) head.push(h("p", { class: "because" }, control.because));
      evidence = control.evidence;
      against = control.contradictedBy ?? [];
    } else {
      head.push(h("p", { class: "because" }, "Nothing reported of who holds it."));
    }
    const promised = situation.commitments.filter((item) => item.place === id);
    if (promised.length) {
      head.push(h("p", { class: "because" }, "Promised: ", promised.map((item, index) => [index ? ", " : "",
        h("button", { type: "button", class: "open", onclick: () => actions.choose(`commitment:${item.id}`) }, `${item.title} (${names.word(item.word)})`)])));
    }
  } else if (kind === "commitment") {
    const commitment = situation.commitments.find((item) => item.id === id);
    if (commitment) {
      head.push(h("h3", {}, commitment.title));
      head.push(h("p", { class: "verdict" }, h("span", { class: "chip", "data-tone": tone(commitment.word) }, names.word(commitment.word)),
        commitment.days > 0 ? ` by ${commitment.days} d` : "", `, article ${commitment.article}, ${commitment.who.map((party) => names.party(party)).join(" and ")}`));
      if (commitment.because) head.push(h("p", { class: "because" }, commitment.because));
      head.push(h("ul", { class: "deadlines" }, commitment.deadlines.map((deadline) => h("li", {}, deadlineWords(deadline),
        h("span", { class: "terms" }, deadline.by === "agreement" ? " in the agreement" : ` announced by ${deadline.by}`,
          deadline.reason ? `: “${deadline.reason}”` : "", deadline.known ? `, known here ${humanInstant(deadline.known, file.zone)}` : "")))));
      evidence = [...new Set([...commitment.evidence, ...commitment.deadlines.flatMap((deadline) => deadline.evidence ?? [])])];
    }
  } else {
    evidence = id.split(",");
    head.push(h("h3", {}, evidence.length === 1 ? "One claim" : `${evidence.length} claims`));
  }
  const note = h("p", { class: "empty" }, evidence.length ? "Loading the quotes." : kind === "commitment" ? "No report in the ledger speaks of it." : "No report says so: it is how the case begins.");
  fill(target, head, note);
  if (!evidence.length && !against.length) return;
  const answers = await Promise.allSettled([...evidence.slice(0, limit), ...against.slice(0, limit)].map(getClaim));
  if (mine !== turn) return;
  const shown = answers.slice(0, Math.min(evidence.length, limit)).map((answer) => card(answer, names, file, actions));
  const contrary = answers.slice(Math.min(evidence.length, limit)).map((answer) => card(answer, names, file, actions));
  fill(target, head, shown, evidence.length > limit ? h("p", { class: "empty" }, `${evidence.length - limit} more claims are not shown.`) : null,
    contrary.length ? [h("h3", { class: "against" }, "Against it"), contrary] : null);
}

/** A passage cut to whole words. */
function tail(text, count) {
  if (text.length <= count) return text;
  const cut = text.slice(-count);
  return "… " + cut.slice(cut.search(/\s/) + 1);
}

function lead(text, count) {
  if (text.length <= count) return text;
  const cut = text.slice(0, count);
  return cut.slice(0, Math.max(0, cut.search(/\s\S*$/))) + " …";
}

function card(answer, names, file, actions) {
  if (answer.status !== "fulfilled") return h("p", { class: "empty" }, answer.reason?.message ?? "This claim could not be loaded.");
  const { claim, report, quote, before, after } = answer.value;
  const said = claim.enteredBy ? [`entered by ${claim.enteredBy}`] : (claim.speakers ?? []).map((speaker) => speaker.text);
  const chain = said.flatMap((text, index) => [index ? h("span", { class: "chain-arrow", "aria-label": "quoting" }, " › ") : null, h("span", {}, text)]);
  const tidy = (text) => text.replace(/\n{2,}/g, "\n");
  const facts = [
    claim.act.replaceAll("-", " "), claim.modality !== "happened" ? claim.modality : null, claim.polarity === "negative" ? "negative" : null,
    (claim.where ?? []).map((place) => place.place ? names.place(place.place) : place.text).join(", ") || null,
    claim.when ? humanWhen(claim.when) : claim.due ? `${claim.due.word} ${humanWhen(claim.due)}` : "no date in the text",
  ].filter(Boolean).join(" · ");
  return h("article", { class: "card", "data-claim": claim.id },
    h("p", { class: "chain" }, chain.length ? chain : "no speaker named"),
    quote === undefined ? null : h("blockquote", {}, h("span", { class: "context" }, tidy(tail(before.trimStart(), 140))), h("mark", {}, quote), h("span", { class: "context" }, tidy(lead(after, 140)))),
    h("p", { class: "facts" }, facts),
    report ? h("p", { class: "source" },
      h("button", { type: "button", class: "open", onclick: () => actions.openReport(report.id, claim.id) }, report.title ?? report.sourceName ?? "The report"),
      report.published ? `, ${humanWhen(report.published)}` : "") : null);
}
