// Records as a post makes them: an id, the clock's reading, the post's number, the canonical form, and the signature over it.

/** A moment as the ledger writes it: milliseconds only where there are any. */
export const instantText = (milliseconds) => new Date(milliseconds).toISOString().replace(".000Z", "Z");

/** 128 random bits; the sender makes a record's id before it sends. */
export function newID() {
  return hexadecimal(crypto.getRandomValues(new Uint8Array(16)));
}

export const hexadecimal = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The bytes of hexadecimal digits; null where the text is none. */
export function bytesOf(text) {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return null;
  return Uint8Array.from(text.match(/../g), (digits) => parseInt(digits, 16));
}

/** The members that say something: no null, no empty text, no empty list. */
export function compact(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) =>
    value !== null && value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && !value.length)));
}

/** The canonical form (RFC 8785): sorted names, no spaces; numbers and strings as ECMAScript writes them. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Text as it is stored: normalised, without white space around it. */
export const tidy = (text) => (text ?? "").normalize("NFC").trim();

/** A count's most where only its least is known ("at least 30"). */
export const openCount = 1_000_000_000;

/** A count's form: exact, about, or from one number to another. */
export function countOf({ kind, number, maximum }) {
  if (kind === "about") return rangeOf(Math.floor(number * 4 / 5), Math.floor((number * 5 + 3) / 4), true);
  return rangeOf(number, kind === "between" ? maximum : number, false);
}

const rangeOf = (minimum, maximum, about) => compact({ minimum, maximum: maximum === minimum ? null : maximum, about });

/** A check-in that only tells what the clock reads and that the link carries; made anew for each attempt to send. */
export function contact(post, now, clock) {
  return compact({ id: newID(), post, at: instantText(now), contact: true, sent: instantText(now), clock: clock || null });
}

/** What Ed25519 in this browser can do: "yes", or in a sentence why it cannot sign. */
export async function signingSupport() {
  if (!globalThis.crypto?.subtle) return "This page was not opened over https or on this machine itself, so the browser lets it hold no key.";
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return "yes";
  } catch {
    return "This browser has no Ed25519, so it cannot sign for the post. Use a newer one, or have a named person enter the records.";
  }
}

/** A new key; the private half never leaves the browser's own store. */
export async function makeKey() {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  return { key: pair.privateKey, publicKey: hexadecimal(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

/** The key of 32 private bytes; null where the text is none. */
export async function importKey(text) {
  const seed = bytesOf(text.trim());
  if (seed?.length !== 32) return null;
  // RFC 8410 section 7: an Ed25519 private key in PKCS #8.
  const wrapped = new Uint8Array([...bytesOf("302e020100300506032b657004220420"), ...seed]);
  const readable = await crypto.subtle.importKey("pkcs8", wrapped, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", readable);
  const raw = Uint8Array.from(atob(x.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  return { key: await crypto.subtle.importKey("pkcs8", wrapped, "Ed25519", false, ["sign"]), publicKey: hexadecimal(raw) };
}

/** The signature over a value's canonical form, in hexadecimal. */
export const signatureOver = async (value, key) => hexadecimal(await crypto.subtle.sign("Ed25519", key, new TextEncoder().encode(canonical(value))));

/** The record with the signature over it as it is without one. */
export async function signed(record, key) {
  const { signature: _, ...bare } = record;
  return { ...bare, signature: await signatureOver(bare, key) };
}
