// What the page shows, kept in the address so that a link shows the same.

/** The parts of the address that hold state. */
export const state = { on: null, known: null, rule: "best", show: null };

const names = { on: "on", known: "known", rule: "according-to", show: "show" };

export function readAddress() {
  const parameters = new URLSearchParams(location.search);
  for (const [key, name] of Object.entries(names)) state[key] = parameters.get(name) ?? (key === "rule" ? "best" : null);
}

/** Writes the state to the address; a new entry of the history where a person chose something to see. */
export function writeAddress({ push = false } = {}) {
  const parameters = new URLSearchParams();
  for (const [key, name] of Object.entries(names)) {
    if (state[key] && !(key === "rule" && state[key] === "best")) parameters.set(name, state[key]);
  }
  const address = parameters.size ? `?${parameters}` : location.pathname;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** The query that the API understands. */
export function queryString(extra = {}) {
  const parameters = new URLSearchParams();
  if (state.on) parameters.set("on", state.on);
  if (state.known) parameters.set("known", state.known);
  if (state.rule !== "best") parameters.set("according-to", state.rule);
  for (const [name, value] of Object.entries(extra)) parameters.set(name, value);
  return parameters.toString();
}
