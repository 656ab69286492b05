// The hand-over between shifts: what is open, who is not on watch, what falls due; signed by both with their keys.
import { byId, fill, h } from "./dom.js";
import { boardWords, briefTime, readable } from "./posts-board.js";
import { importKey, signatureOver, signingSupport } from "./record.js";
import { getHandOver, sendHandOver } from "./watch.js";

/** Rows of each list. */
const shown = 40;

let content = null;

/** Connects the dialog; `name()` is who sits here, `done(to, words)` is called when the watch was handed over. */
export function startHandOver(name, done, file) {
  const dialog = byId("hand-over-dialog");
  byId("hand-over").addEventListener("click", () => {
    byId("hand-over-by").value = name();
    for (const field of ["to", "by-key", "to-key"]) byId(`hand-over-${field}`).value = "";
    show(null, file());
    dialog.showModal();
    byId(name() ? "hand-over-to" : "hand-over-by").focus();
  });
  byId("hand-over-cancel").addEventListener("click", () => dialog.close());
  // What was listed for other names is not what would be signed.
  for (const field of ["by", "to", "hours"]) byId(`hand-over-${field}`).addEventListener("input", () => show(null, file()));
  byId("hand-over-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      if (!content) return await list(file());
      await sign();
      const { by, to } = content.change;
      dialog.close();
      done(to, `Handed over by ${by} to ${to}, signed by both.`);
    } catch (error) {
      tell(error.message);
    }
  });
}

function tell(text) {
  byId("hand-over-words").dataset.tone = "bad";
  byId("hand-over-words").textContent = text;
}

async function list(file) {
  const [by, to] = ["by", "to"].map((field) => byId(`hand-over-${field}`).value.trim());
  if (!by || !to || by === to) return tell("Two names are needed: who hands over, and who takes over.");
  show(await getHandOver(by, to, byId("hand-over-hours").value), file);
}

/** Shows what is handed over, and then asks for the keys; nothing yet for null. */
function show(answer, file) {
  content = answer;
  byId("hand-over-words").textContent = "";
  byId("hand-over-keys").hidden = !answer;
  byId("hand-over-done").textContent = answer ? "Both sign" : "Show what is handed over";
  if (!answer) return fill(byId("hand-over-content"));
  const now = Date.parse(answer.at);
  const part = (title, items, none) => h("section", {}, h("h3", {}, `${title} `, h("span", { class: "count" }, items.length || "")),
    items.length ? h("ul", {}, items.slice(0, shown).map((item) => h("li", {}, item)), items.length > shown ? h("li", {}, `and ${items.length - shown} more`) : null)
      : h("p", { class: "empty" }, none));
  fill(byId("hand-over-content"),
    part("Alerts", answer.alerts.map((alert) => `${readable(alert.message ?? alert.rule, now, file.zone)} (${alert.word}${alert.acknowledgedBy ? ` by ${alert.acknowledgedBy}` : ""})`), "No alert is open."),
    part("Posts not on watch", answer.posts.map((post) =>
      `${post.name ?? post.post}: ${post.word}, last heard ${post.lastArrival ? briefTime(post.lastArrival, now, file.zone) : "never"}`), "Every post is on watch."),
    part("Due in the next watch", answer.commitments.map((commitment) => `${commitment.title}: ${commitment.word}`), "No commitment falls due."),
    answer.posts.length ? h("p", { class: "terms" }, boardWords(answer.posts)) : null);
}

/** Both sign the same bytes: the change without signatures; the keys are used once and not kept. */
async function sign() {
  const support = await signingSupport();
  if (support !== "yes") throw new Error(support);
  const signatures = [];
  for (const field of ["by", "to"]) {
    const made = await importKey(byId(`hand-over-${field}-key`).value).catch(() => null);
    if (!made) throw new Error(`The key of ${content.change[field]} should be 64 hexadecimal digits.`);
    signatures.push(await signatureOver(content.change, made.key));
  }
  await sendHandOver({ ...content.change, signatures });
}
