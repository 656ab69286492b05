// Calls to the desk's interface for the watch: posts, lines, alerts, and sending records in.
import { getClaim, getJSON, Problem, sendJSON } from "./api.js";

/** Sends records; gives each one's receipt by its id: `{state: "sent" | "refused", reason, sequence}`. */
export async function postRecords(entries, signal) {
  const answer = await sendJSON("/api/watch/records", entries.map(({ kind, record }) => ({ kind, ...record })), signal);
  return new Map(answer.records.filter((receipt) => receipt.id).map((receipt) => [receipt.id, {
    state: receipt.problem ? "refused" : "sent", sequence: receipt.sequence ?? null,
    reason: receipt.problem ? `${receipt.field ? `${receipt.field}: ` : ""}${receipt.problem}` : receipt.warning ?? null }]));
}

export const getPosts = (signal) => getJSON("/api/posts", signal);
export const getLines = (signal) => getJSON("/api/lines", signal);
export const getAlerts = (signal) => getJSON("/api/alerts", signal);

/** What a line's strip shows between two instants. */
export const getStrip = (line, from, until, signal) =>
  getJSON(`/api/lines/${encodeURIComponent(line)}/strip?${new URLSearchParams({ from, until })}`, signal);

/** What came to be inside, outside or too close to the case's corridors and zones between two instants. */
export const getTracks = (from, until, signal) => getJSON(`/api/tracks?${new URLSearchParams({ from, until })}`, signal);

/** One of an incident's members: `{observation, recorded, ...}`, or `{claim, quote, report}` where a report tells of it. */
export async function getMember(id) {
  try {
    return await getJSON(`/api/observations/${encodeURIComponent(id)}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return getClaim(id);
  }
}

/** What a person does with alerts: `{act, alerts, by, until, note}`. */
export const actOnAlerts = (change) => sendJSON("/api/alerts", change);

/** What one shift hands to the next, and the change that both sign. */
export const getHandOver = (by, to, hours) => getJSON(`/api/handover?${new URLSearchParams({ by, to, hours })}`);
export const sendHandOver = (change) => sendJSON("/api/handover", change);
