// Days and times as a person reads them; a day is a string YYYY-MM-DD and is never turned into a local time.

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export const dayNumber = (day) => Math.round(Date.parse(day + "T00:00:00Z") / 86400000);
export const dayText = (number) => new Date(number * 86400000).toISOString().slice(0, 10);

/** "Tuesday 1 December 2020", brief: "1 Dec 2020". */
export function humanDay(day, { brief = false, weekday = false } = {}) {
  const date = new Date(day + "T00:00:00Z");
  if (Number.isNaN(date.getTime())) return day;
  const month = months[date.getUTCMonth()];
  const text = `${date.getUTCDate()} ${brief ? month.slice(0, 3) : month} ${date.getUTCFullYear()}`;
  return weekday ? `${weekdays[date.getUTCDay()]} ${text}` : text;
}

/** An instant in a zone, "1 Dec 2020, 06:30". */
export function humanInstant(instant, zone) {
  const options = { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone === "Z" ? "UTC" : zone }).format(new Date(instant));
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(new Date(instant)) + " UTC";
  }
}

function point(text) {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return `${humanDay(text.slice(0, 10), { brief: true })}, ${text.slice(11, 16)}`;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return humanDay(text, { brief: true });
  const season = /^(\d{4})-(2[1-4])$/.exec(text);
  if (season) return `${["spring", "summer", "autumn", "winter"][Number(season[2]) - 21]} ${season[1]}`;
  const month = /^(\d{4})-(\d\d)$/.exec(text);
  if (month) return `${(months[Number(month[2]) - 1] ?? "").slice(0, 3)} ${month[1]}`;
  if (/^\d{3}X$/.test(text)) return `the ${text.slice(0, 3)}0s`;
  return text;
}

/** An EDTF expression in words: "by 20 Nov 2020", "1992 to 1994". */
export function humanEDTF(edtf) {
  if (!edtf) return "";
  const qualifier = /[?~%]$/.exec(edtf)?.[0];
  const bare = qualifier ? edtf.slice(0, -1) : edtf;
  let text;
  const set = /^\[(.*)\.\.(.*)\]$/.exec(bare);
  const interval = /^(.*)\/(.*)$/.exec(bare);
  if (set) {
    const [, from, until] = set;
    text = from && until ? `between ${point(from)} and ${point(until)}` : until ? `by ${point(until)}` : `${point(from)} or later`;
  } else if (interval) {
    const [, from, until] = interval;
    const open = (end) => end === "" || end === "..";
    text = !open(from) && !open(until) ? `${point(from)} to ${point(until)}` : open(until) ? `since ${point(from)}` : `until ${point(until)}`;
  } else {
    text = point(bare);
  }
  return qualifier === "~" ? `about ${text}` : qualifier ? `${text} (uncertain)` : text;
}

/** A time of the API in words; a day that is narrowed to hours says them. */
export function humanWhen(when) {
  if (!when) return "";
  let text = humanEDTF(when.edtf);
  if (when.grain === "time" && !when.edtf.includes("T") && !when.isInterval && when.earliest && when.latest) {
    const until = when.latest.slice(11, 16);
    text += `, ${when.earliest.slice(11, 16)} to ${until === "00:00" ? "24:00" : until}`;
  }
  return text;
}

/** How a holder's time joins its name: " since 25 Nov 2020", ", between 30 Nov 2020 and 1 Dec 2020". */
export function sinceWords(when) {
  const words = humanWhen(when);
  if (!words) return "";
  return /^\d|^[A-Z]/.test(words) ? ` since ${words}` : `, ${words}`;
}
