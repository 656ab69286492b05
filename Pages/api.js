// Calls to the desk's API; an error carries the problem document's sentence.

/** Thrown where the desk answered with a problem. */
export class Problem extends Error {
  constructor(status, document) {
    super(document?.detail ?? `The desk answered ${status}.`);
    this.status = status;
    this.findings = document?.findings ?? [];
  }
}

async function checked(response) {
  if (response.ok) return response;
  throw new Problem(response.status, await response.json().catch(() => null));
}

export async function getJSON(path, signal) {
  return (await checked(await fetch(path, { signal }))).json();
}

export async function getText(path, signal) {
  return (await checked(await fetch(path, { signal }))).text();
}

export async function sendReport(text, { source, published }) {
  const parameters = new URLSearchParams();
  if (source) parameters.set("source", source);
  if (published) parameters.set("published", published);
  const response = await fetch(`/api/reports?${parameters}`, { method: "POST", headers: { "content-type": "text/plain" }, body: text });
  return (await checked(response)).json();
}

/** Sends a JSON value and gives the JSON answer. */
export async function sendJSON(path, value, signal) {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value), signal });
  return (await checked(response)).json();
}

const claims = new Map();

/** A claim with its quote; a claim never changes, so it is asked for once. */
export function getClaim(id) {
  if (!claims.has(id)) {
    const call = getJSON(`/api/claims/${encodeURIComponent(id)}`);
    claims.set(id, call);
    call.catch(() => claims.delete(id));
  }
  return claims.get(id);
}

const reports = new Map();

/** A report with its text and claims; a new reading of it makes it asked for again. */
export function getReport(id, size) {
  const key = `${id} ${size}`;
  if (!reports.has(key)) {
    const call = getJSON(`/api/reports/${encodeURIComponent(id)}`);
    reports.set(key, call);
    call.catch(() => reports.delete(key));
  }
  return reports.get(key);
}
