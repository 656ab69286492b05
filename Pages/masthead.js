// The alerts' count in every page's header, kept up to date by its own look at the desk.
import { h } from "./dom.js";
import { getAlerts } from "./watch.js";

/** Milliseconds between looks on pages that do not follow the alerts themselves. */
const every = 15_000;

/** Shows a number of open alerts beside the link to the Line page; none for 0. */
export function showOpenAlerts(count) {
  const link = document.querySelector('.pages a[href="/line"]');
  if (!link) return;
  document.querySelector(".alerts-badge")?.remove();
  if (!count) return;
  link.after(" ", h("a", { class: "alerts-badge", href: "/line#alerts-panel", "aria-label": `${count} open ${count === 1 ? "alert" : "alerts"}` }, `${count}`));
}

/** Keeps the number on a page that has no other use for alerts; where the desk does not answer, what is shown stays. */
export function watchOpenAlerts() {
  const look = () => getAlerts().then((answer) => showOpenAlerts(answer.counts?.open ?? 0), () => {});
  look();
  setInterval(() => { if (document.visibilityState === "visible") look(); }, every);
}
