// Wall clocks of a zone: an instant as its day and time there, and back. A zone is an IANA name, an offset such as +04:00, or Z.

const formats = new Map();

/** The zone as `Intl` takes it; UTC where this browser does not know it. */
export function known(zone) {
  if (!zone || zone === "Z") return "UTC";
  if (/^[+-]\d\d:\d\d$/.test(zone)) return zone;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

function offset(milliseconds, zone) {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed) return (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000;
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-US", {
      timeZone: known(zone), hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }));
  }
  const part = Object.fromEntries(formats.get(zone).formatToParts(new Date(milliseconds)).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(milliseconds / 1000) * 1000;
}

/** `YYYY-MM-DDTHH:MM` by the zone's wall clock, as a date-and-time field takes it. */
export const toWall = (milliseconds, zone) => new Date(milliseconds + offset(milliseconds, zone)).toISOString().slice(0, 16);

/**
 * The instant of a wall clock's `YYYY-MM-DDTHH:MM`; NaN where the text is none. A time that a change of clock shows twice is the first of the
 * two; one that it leaves out is as if the clock had not been changed.
 */
export function fromWall(text, zone) {
  const wall = Date.parse(`${text.slice(0, 16)}:00Z`);
  if (Number.isNaN(wall)) return NaN;
  const candidates = [-1, 1].map((day) => wall - offset(wall + day * 86_400_000, zone));
  const right = candidates.filter((instant) => instant + offset(instant, zone) === wall);
  return right.length ? Math.min(...right) : candidates[0];
}

/** Midnight at which a day `YYYY-MM-DD` begins in the zone. */
export const startOfDay = (day, zone) => fromWall(`${day}T00:00`, zone);

/** "06:30" by the zone's wall clock. */
export const clockText = (milliseconds, zone) => toWall(milliseconds, zone).slice(11);

/** "+04:00", the zone's offset at an instant. */
export function offsetText(milliseconds, zone) {
  const minutes = Math.round(offset(milliseconds, zone) / 60_000);
  const text = (number) => String(number).padStart(2, "0");
  return `${minutes < 0 ? "−" : "+"}${text(Math.floor(Math.abs(minutes) / 60))}:${text(Math.abs(minutes) % 60)}`;
}
