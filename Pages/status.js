// How the desk stands: the banner, the link's word in the masthead, and since when the desk does not answer.
import { Problem } from "./api.js";
import { byId } from "./dom.js";

let lostSince = null;

/** A sentence across the page; null takes it away. */
export function showBanner(text) {
  byId("banner").hidden = !text;
  byId("banner").textContent = text ?? "";
}

/** `live` or `lost`, with its words. */
export function setLink(link, words) {
  const element = byId("link");
  if (element.dataset.link !== link) element.dataset.link = link;
  if (element.textContent !== words) element.textContent = words;
}

/** Says what went wrong: what the desk answered, or since when it does not answer. */
export function showError(error) {
  if (error.name === "AbortError") return;
  if (error instanceof Problem) return showBanner(error.message);
  lostSince ??= new Date();
  showBanner(`The server does not answer (since ${lostSince.toTimeString().slice(0, 5)}). What you see is as of then; this page keeps trying.`);
  setLink("lost", "server lost");
}

/** The desk answers: whether it had been lost before. */
export function isFoundAgain() {
  const wasLost = lostSince !== null;
  lostSince = null;
  if (wasLost) showBanner(null);
  return wasLost;
}
