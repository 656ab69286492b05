// The alerts: what is open, and what a named person does with it.
import { byId, fill, folding, h } from "./dom.js";
import { startHandOver } from "./hand-over.js";
import { briefTime, distance, readable } from "./posts-board.js";
import { actOnAlerts } from "./watch.js";

/** Alerts shown at once; more are counted. */
const shown = 40;

const severities = { severe: "bad", moderate: "warning", minor: "neutral" };
const rank = ["severe", "moderate", "minor"];
const words = { open: 0, acknowledged: 1, silenced: 2, resolved: 3 };

let changed = () => {};

const name = () => byId("name").value.trim();

/** Connects the name and the hand-over; `after` is called when something was done, with the alerts as they then stand. */
export function startAlerts(after, file) {
  changed = after;
  byId("name").value = localStorage.getItem("truce-name") ?? "";
  byId("name").addEventListener("input", () => localStorage.setItem("truce-name", name()));
  startHandOver(name, (to, text) => {
    byId("name").value = to;
    localStorage.setItem("truce-name", to);
    tell(text);
    changed();
  }, file);
}

function tell(text, tone = "good") {
  byId("alert-words").dataset.tone = tone;
  byId("alert-words").textContent = text;
}

/** Does something with alerts in the name of whoever sits here. */
async function act(change, done) {
  if (!name()) {
    tell("Give your name first: it stands in the ledger beside what you do.", "bad");
    byId("name").focus();
    return;
  }
  try {
    const answer = await actOnAlerts({ ...change, by: name() });
    tell(done);
    changed(answer.alerts);
  } catch (error) {
    tell(error.message, "bad");
  }
}

export function showAlerts(answer, file) {
  const now = Date.parse(answer.at);
  const target = byId("alerts");
  // What a person is filling in is not taken away under his hands.
  if (target.contains(document.activeElement) && document.activeElement.matches("select, input")) return;
  const focused = target.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const all = answer.alerts.filter((alert) => alert.word !== "resolved");
  const spoken = new Map();
  for (const alert of all) if (alert.inhibitedBy) spoken.set(alert.inhibitedBy, [...(spoken.get(alert.inhibitedBy) ?? []), alert]);
  const isHere = new Set(all.map((alert) => alert.id));
  const own = all.filter((alert) => !alert.inhibitedBy || !isHere.has(alert.inhibitedBy)).sort((a, b) =>
    words[a.word] - words[b.word] || rank.indexOf(a.severity) - rank.indexOf(b.severity) || Date.parse(b.opened) - Date.parse(a.opened));
  const open = answer.counts.open ?? 0;
  byId("alerts-heading").textContent = open ? `Alerts, ${open} open` : "Alerts";
  byId("alerts-panel").dataset.open = open;
  const { handOver } = answer;
  byId("hand-over-last").textContent = handOver ? `${briefTime(handOver.at, now, file.zone)}: ${handOver.words}.` : "";
  fill(target, own.length ? h("ul", { class: "alerts" }, own.slice(0, shown).map((alert) => row(alert, spoken.get(alert.id) ?? [], now, file)))
    : h("p", { class: "empty" }, "No alert is open."), own.length > shown ? h("p", { class: "empty" }, `${own.length - shown} more alerts are not shown.`) : null);
  if (focused) target.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function row(alert, speaksFor, now, file) {
  const lasts = distance(alert.opened, now, file.zone);
  const message = readable(alert.message ?? alert.rule, now, file.zone);
  const state = [
    alert.word === "acknowledged" ? `acknowledged by ${alert.acknowledgedBy}` : alert.word === "silenced" ? `silenced until ${briefTime(alert.silencedUntil, now, file.zone)}` : "open",
    lasts === "now" ? "just opened" : `opened ${lasts}`, alert.notifications > 1 ? `told ${alert.notifications} times` : null, alert.level ? `escalated to level ${alert.level}` : null,
  ].filter(Boolean).join(" · ");
  const until = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const button = (title, work) => h("button", { type: "button", "data-focus": `${title} ${alert.id}`, "aria-label": `${title}: ${message}`, onclick: work }, title);
  const silence = h("select", { "aria-label": `Silence: ${message}`, onchange: (event) => {
    const hours = Number(event.target.value);
    event.target.blur();
    if (hours) act({ act: "silence", alerts: [alert.id], until: until(hours) }, `Silenced for ${hours < 1 ? "30 min" : `${hours} h`}.`);
  } }, [["", "Silence …"], ["0.5", "for 30 min"], ["2", "for 2 h"], ["8", "for 8 h"], ["24", "for a day"]].map(([value, title]) => h("option", { value }, title)));
  return h("li", { "data-alert": alert.id, "data-word": alert.word, "data-severity": alert.severity },
    h("p", { class: "alert-message" }, h("span", { class: "chip", "data-tone": severities[alert.severity] ?? "neutral" }, alert.severity ?? ""), ` ${message}`),
    h("p", { class: "terms" }, state),
    speaksFor.length ? folding(`speaks ${alert.id}`, false, h("span", { class: "terms" }, `speaks for ${speaksFor.length} more`),
      h("ul", { class: "terms" }, speaksFor.slice(0, shown).map((other) => h("li", {}, readable(other.message ?? other.rule, now, file.zone))))) : null,
    h("div", { class: "row actions" },
      alert.word === "acknowledged" ? null : button("Acknowledge", () => act({ act: "acknowledge", alerts: [alert.id] }, `Acknowledged by ${name()}.`)),
      silence, button("Resolve", () => act({ act: "resolve", alerts: [alert.id] }, `Resolved by ${name()}.`))));
}
