// The device's clock: each setting has a number, so that records made under a wrong one can be put right together.
import { keep, recall } from "./queue.js";

/** Jumps of less than this many milliseconds are a clock's ordinary corrections. */
const tolerance = 90_000;

let state = { setting: 0, lastSeen: 0 };
let base = 0;

/** The number of the clock's setting, raised each time that it was set. */
export const setting = () => state.setting;

/** Somebody set the clock. */
export async function wasSet() {
  state = { setting: state.setting + 1, lastSeen: Date.now() };
  base = Date.now() - performance.now();
  await keep("clock", state);
}

/**
 * Follows the clock: one that went back was set. One that jumped ahead was set or the device slept; only a person can tell, so `onJump` is
 * called with the milliseconds.
 */
export async function follow(onJump) {
  state = (await recall("clock")) ?? state;
  base = Date.now() - performance.now();
  await look(onJump);
  setInterval(() => look(onJump), 30_000);
}

async function look(onJump) {
  const now = Date.now();
  const jump = now - performance.now() - base;
  base += jump;
  if (now < state.lastSeen - tolerance) return wasSet();
  if (jump > tolerance) onJump(jump);
  state = { ...state, lastSeen: now };
  await keep("clock", state);
}
