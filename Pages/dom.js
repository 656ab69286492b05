// Elements from values. Text is always text: nothing that a report says becomes markup.

/** An element; `on*` properties are listeners, `class` and attributes as given, null children left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The same for a drawing. */
export function s(tag, properties = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const unfolded = new Map();

/** Something to fold out that stays as a person left it when it is drawn anew; `key` names it on its page. */
export function folding(key, isOpen, summary, ...children) {
  const details = h("details", { class: "group", open: unfolded.get(key) ?? isOpen }, h("summary", {}, summary), children);
  details.addEventListener("toggle", () => unfolded.set(key, details.open));
  return details;
}

export const byId = (id) => document.getElementById(id);

/** Puts children in place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
}
