// The posts' board: how each stands, when it was last heard, what it owes next.
import { fill, h } from "./dom.js";
import { humanInstant } from "./time.js";
import { clockText, toWall } from "./zone.js";

const tones = { "on watch": "good", open: "good", due: "warning", overdue: "bad", silent: "bad", "stood down": "neutral", closed: "neutral" };

/** The most urgent first. */
const order = ["silent", "overdue", "due", "on watch", "open", "stood down", "closed"];

/** "12 min ago", "in 3 h"; beyond two days the day itself. */
export function distance(instant, now, zone) {
  const minutes = Math.round((Date.parse(instant) - now) / 60_000);
  const size = Math.abs(minutes);
  if (size > 2880) return humanInstant(instant, zone);
  const words = size < 1 ? "now" : size < 90 ? `${size} min` : `${Math.round(size / 60)} h`;
  if (size < 1) return words;
  return minutes < 0 ? `${words} ago` : `in ${words}`;
}

/** Today as a clock, other days with their date. */
export function briefTime(instant, now, zone) {
  const [day, time] = toWall(Date.parse(instant), zone).split("T");
  return day === toWall(now, zone).slice(0, 10) ? time : `${day.slice(5)} ${time}`;
}

/** A message of the ledger with its instants by the zone's clock. */
export function readable(text, now, zone) {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g, (instant) => briefTime(instant, now, zone));
}

/** Whether the check-in whose time has come was made: its grace is not over, and the post is on watch. */
export const isMet = (post, now) => post.word === "on watch" && Date.parse(post.nextDue) <= now;

/** "3 silent, 1 due, 23 on watch" */
export function boardWords(posts) {
  const counts = order.map((word) => [word, posts.filter((post) => post.word === word).length]).filter(([, count]) => count);
  return counts.map(([word, count]) => `${count} ${word}`).join(", ");
}

export function showPosts(target, board, file) {
  const now = Date.parse(board.at);
  const posts = [...board.posts].sort((a, b) => order.indexOf(a.word) - order.indexOf(b.word) || a.post.localeCompare(b.post, "en", { numeric: true }));
  if (!posts.length) {
    fill(target, h("p", { class: "empty" }, "No post was opened in this ledger: nobody owes a check-in."));
    return;
  }
  const time = (instant) => (instant ? h("span", { title: humanInstant(instant, file.zone) }, distance(instant, now, file.zone)) : "never");
  fill(target, h("p", { class: "coverage" }, `${boardWords(posts)}, at ${clockText(now, file.zone)}`),
    h("table", { class: "board posts" },
      h("thead", {}, h("tr", {}, ["Post", "Word", "Last heard", "Next due"].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, posts.map((post) => h("tr", { "data-post": post.post, "data-word": post.word },
        h("td", { class: "what" }, post.name ?? post.post, h("span", { class: "terms" }, ` ${details(post, file)}`)),
        h("td", { class: "word" }, h("span", { class: "chip", "data-tone": tones[post.word] ?? "neutral" }, post.word),),
        h("td", {}, time(post.lastArrival)),
        h("td", {}, post.word === "closed" || !post.nextDue ? "—" : isMet(post, now) ? "met" : time(post.nextDue)))))));
}

function details(post, file) {
  const name = (id) => file.places.find((place) => place.id === id)?.name ?? id;
  const lines = new Set((post.stretches ?? []).map((stretch) => stretch.line));
  const kilometres = (post.stretches ?? []).map((stretch) => `${lines.size > 1 ? `${name(stretch.line)} ` : ""}km ${stretch.fromKm}–${stretch.toKm}`).join(", ");
  const owed = post.missed ? `${post.missed} ${post.missed === 1 ? "check-in" : "check-ins"} missed` : null;
  const kept = [...new Set((post.restrictions ?? []).map((restriction) => restriction.kind))].join(", ");
  const missing = (post.missingNumbers ?? []).map(([from, to]) => (from === to ? `no. ${from}` : `nos. ${from}–${to}`)).slice(0, 3).join(", ");
  const clock = post.clockMinutes ? `clock ${Math.abs(post.clockMinutes)} min ${post.clockMinutes < 0 ? "fast" : "slow"}` : null;
  return [kilometres, owed, kept ? `kept from watching: ${kept}` : null, missing ? `not arrived: ${missing}` : null, clock].filter(Boolean).join(" · ");
}
