// The map: the desk's own SVG, made clickable, with zoom and pan.
import { byId, fill } from "./dom.js";

let svg = null;
let view = { k: 1, x: 0, y: 0 };
let chosen = () => {};
let drag = null;

/** Connects the tools; `onChoose` is called with a place's id. */
export function startMap(onChoose) {
  chosen = onChoose;
  byId("map-in").addEventListener("click", () => zoom(1.5));
  byId("map-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("map-reset").addEventListener("click", () => { view = { k: 1, x: 0, y: 0 }; apply(); });
  const frame = byId("map");
  frame.addEventListener("click", (event) => choose(event.target));
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      if (event.target.closest?.("[data-place]")) event.preventDefault();
      choose(event.target);
    } else if (event.key === "+" || event.key === "=") zoom(1.5);
    else if (event.key === "-") zoom(1 / 1.5);
    else if (event.key === "0") { view = { k: 1, x: 0, y: 0 }; apply(); }
  });
  // A plain wheel scrolls the page; with Ctrl (a pinch too) it zooms.
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !svg) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, point(event));
  }, { passive: false });
  frame.addEventListener("pointerdown", (event) => {
    if (view.k > 1 && event.button === 0) drag = { at: point(event), x: view.x, y: view.y, moved: false };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const at = point(event);
    if (Math.hypot(at.x - drag.at.x, at.y - drag.at.y) > 3) drag.moved = true;
    if (drag.moved) { view.x = drag.x + at.x - drag.at.x; view.y = drag.y + at.y - drag.at.y; apply(); }
  });
  for (const name of ["pointerup", "pointerleave"]) frame.addEventListener(name, () => setTimeout(() => { drag = null; }));
}

function choose(target) {
  if (drag?.moved) return;
  const place = target.closest?.("[data-place]")?.dataset.place;
  if (place) chosen(place);
}

function point(event) {
  const matrix = svg.getScreenCTM().inverse();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  return { x: at.x, y: at.y - Number(svg.dataset.mapTop) };
}

function zoom(factor, at) {
  if (!svg) return;
  const width = svg.viewBox.baseVal.width;
  const centre = at ?? { x: width / 2, y: Number(svg.dataset.mapHeight) / 2 };
  const k = Math.min(12, Math.max(1, view.k * factor));
  const ratio = k / view.k;
  view = { k, x: centre.x - (centre.x - view.x) * ratio, y: centre.y - (centre.y - view.y) * ratio };
  apply();
}

function apply() {
  if (!svg) return;
  const width = svg.viewBox.baseVal.width;
  const height = Number(svg.dataset.mapHeight);
  view.x = Math.min(0, Math.max(width - width * view.k, view.x));
  view.y = Math.min(0, Math.max(height - height * view.k, view.y));
  svg.querySelector("#map-view")?.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
  // Labels and signs keep their size.
  for (const element of svg.querySelectorAll("[data-x]")) {
    const { x, y } = element.dataset;
    element.setAttribute("transform", `translate(${x} ${y}) scale(${1 / view.k}) translate(${-x} ${-y})`);
  }
  svg.classList.toggle("is-zoomed", view.k > 1);
}

/** Shows a map; the text comes from our own server and is parsed as XML, never as HTML. */
export function showMap(text, selected) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.nodeName !== "svg") return;
  const focused = document.activeElement?.closest?.("#map [data-place]")?.dataset.place;
  svg = document.adoptNode(root);
  svg.setAttribute("role", "group");
  for (const area of svg.querySelectorAll("[data-place]")) {
    area.setAttribute("tabindex", "0");
    area.setAttribute("role", "button");
    area.setAttribute("aria-label", area.querySelector("title")?.textContent ?? area.dataset.place);
  }
  fill(byId("map"), svg);
  apply();
  markSelected(selected);
  if (focused) svg.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Marks one place as chosen. */
export function markSelected(place) {
  if (!svg) return;
  for (const area of svg.querySelectorAll("[data-place]")) {
    const isChosen = area.dataset.place === place;
    area.classList.toggle("is-selected", isChosen);
    area.setAttribute("aria-pressed", String(isChosen));
  }
}
