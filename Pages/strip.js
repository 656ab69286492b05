// The strip chart: time across, kilometres up; watched white, unwatched grey by its reason, restricted hatched; incidents as marks.
import { h, s } from "./dom.js";
import { openCount } from "./record.js";
import { humanDay } from "./time.js";
import { clockText, fromWall, toWall } from "./zone.js";

/** Reasons in the order in which the legend names them; words are the ledger's, `look` is a pattern of `fills`. */
export const reasons = [
  ["watched", "watched"], ["silent", "silent: a post was charged and did not check in"], ["no post", "no post was charged with it"],
  ["stood down", "stood down as planned"], ["pending", "pending: the next check-in is not owed yet"], ["denied", "access denied"], ["jammed", "jammed"],
  ["mines", "mines"], ["dark", "dark"], ["weather", "weather"], ["visibility", "beyond visibility"], ["restricted", "restricted"],
];

const className = (word) => `strip-${word.replaceAll(" ", "-")}`;

/** Hatches by reason: angle in degrees, distance and width of the lines, crossed or not. */
const hatches = {
  denied: [45, 7, 2.2], jammed: [-45, 7, 2.2], mines: [45, 7, 1.4, true], dark: [90, 4, 2.2], weather: [0, 6, 1.6], visibility: [45, 10, 1],
  restricted: [-45, 10, 1.4], "stood down": [0, 9, 1],
};

/** Shapes of marks, by what was observed. */
export const shapes = [
  ["explosion", "explosions", "circle"], ["fire", "bursts and shots", "diamond"], ["other", "other observations", "square"],
];

export function shapeOf(what) {
  if (what === "explosion") return "circle";
  return ["burst", "shot", "muzzle-flash", "projectile"].includes(what) ? "diamond" : "square";
}

const margin = { top: 22, right: 14, bottom: 38, left: 46 };
const laneWidth = 9;
const hour = 3_600_000;

/** Half the width of a mark for a count: its area grows with the count, up to a limit; smaller where the chart is. */
const radius = (count, scale) => scale * Math.min(15, 2.6 + 1.5 * Math.sqrt(Math.max(1, count)));

/**
 * Draws the chart of `{lengthKm (null where unknown), from, until, rectangles, incidents, posts}`, times in milliseconds.
 *
 * Gives the drawing, where its marks are, and what lies under a point: `at(x, y)` is `{incident}` or `{rectangle, km, time}` or null.
 */
export function drawStrip(chart, { width, zone }) {
  const lanes = lanesOf(chart.posts);
  const left = margin.left + (lanes.count ? lanes.count * laneWidth + 6 : 0);
  const height = Math.round(Math.min(560, Math.max(300, width * 0.4)) * (chart.lengthKm ? 1 : 0.5));
  const plot = { left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
  const x = (time) => plot.left + (time - chart.from) / (chart.until - chart.from) * (plot.right - plot.left);
  // A line of unknown length has no scale.
  const y = (km) => plot.bottom - km / (chart.lengthKm ?? 1) * (plot.bottom - plot.top);
  const places = chart.incidents.map((incident, index) => placeOf(incident, index, x, y, plot, Math.min(1, 0.5 + width / 1800)));
  const svg = s("svg", { class: "strip", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": "Strip chart" },
    s("defs", {}, Object.entries(hatches).map(([word, hatch]) => pattern(word, hatch))),
    s("rect", { class: "strip-watched", x: plot.left, y: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }),
    areas(chart.rectangles, x, y),
    grid(chart, x, y, plot, zone),
    s("rect", { class: "strip-frame", x: plot.left, y: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }),
    lanes.bars.map(({ post, stretch, lane }) => s("rect", {
      class: "strip-post", "data-post": post.post, "data-word": post.word, x: margin.left + 2 + lane * laneWidth, width: laneWidth - 3,
      y: y(Math.min(stretch.toKm, chart.lengthKm)) + 0.75, height: Math.max(2, y(stretch.fromKm) - y(Math.min(stretch.toKm, chart.lengthKm)) - 1.5) }, s("title", {}, `${post.name ?? post.post}: ${post.word}`))),
    s("g", { class: "strip-marks" }, places.map(mark)),
    s("g", { class: "strip-cursor" }));
  return {
    svg, places,
    at(px, py) {
      const near = places.map((place) => ({ place, distance: Math.hypot(place.x - px, place.y - py) - place.outer }))
        .filter(({ distance }) => distance < 5).sort((a, b) => a.distance - b.distance)[0];
      if (near) return { incident: near.place.index };
      if (px < plot.left || px > plot.right || py < plot.top || py > plot.bottom) return null;
      const time = chart.from + (px - plot.left) / (plot.right - plot.left) * (chart.until - chart.from);
      const km = (plot.bottom - py) / (plot.bottom - plot.top) * chart.lengthKm;
      const rectangle = chart.rectangles.findIndex((item) => item.since <= time && time < item.until && item.fromKm <= km && km < item.toKm);
      return { rectangle, time, km };
    },
    /** Frames an incident or a rectangle. */
    point(target) {
      const group = svg.querySelector(".strip-cursor");
      group.replaceChildren();
      if (target?.incident !== undefined) {
        const place = places[target.incident];
        group.append(s("circle", { cx: place.x, cy: place.y, r: place.outer + 4 }));
      } else if (target?.rectangle >= 0) {
        const item = chart.rectangles[target.rectangle];
        group.append(s("rect", { x: x(item.since), y: y(item.toKm), width: Math.max(2, x(item.until) - x(item.since)), height: Math.max(2, y(item.fromKm) - y(item.toKm)) }));
      }
    },
  };
}

function pattern(word, [angle, distance, width, isCrossed]) {
  return s("pattern", { id: `hatch-${word.replaceAll(" ", "-")}`, patternUnits: "userSpaceOnUse", width: distance, height: distance, patternTransform: `rotate(${angle})` },
    s("rect", { class: `hatch-ground ${className(word)}-ground`, width: distance, height: distance }),
    s("line", { class: "hatch-line", x1: 0, y1: distance / 2, x2: distance, y2: distance / 2, "stroke-width": width }),
    isCrossed ? s("line", { class: "hatch-line", x1: distance / 2, y1: 0, x2: distance / 2, y2: distance, "stroke-width": width }) : null);
}

/** One path for each reason: ten thousand rectangles are a dozen elements. */
function areas(rectangles, x, y) {
  const paths = new Map();
  for (const { fromKm, toKm, since, until, word } of rectangles) {
    if (word === "watched") continue;
    const [x1, x2, y1, y2] = [x(since), x(until), y(toKm), y(fromKm)].map((value) => Math.round(value * 10) / 10);
    if (!paths.has(word)) paths.set(word, []);
    paths.get(word).push(`M${x1} ${y1}H${x2}V${y2}H${x1}Z`);
  }
  return [...paths].map(([word, parts]) => s("path", {
    class: `strip-area ${className(word)}`, d: parts.join(""), fill: hatches[word] ? `url(#hatch-${word.replaceAll(" ", "-")})` : null }));
}

/** Steps between marks of time and of kilometres that leave them room. */
function stepFor(span, room, steps) { return steps.find((step) => span / step <= room) ?? steps.at(-1); }

function grid(chart, x, y, plot, zone) {
  const span = chart.until - chart.from;
  const step = stepFor(span, (plot.right - plot.left) / 74, [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160].map((hours) => hours * hour));
  const lines = [];
  const firstDay = toWall(chart.from, zone).slice(0, 10);
  // Steps follow the wall clock, so that a day begins at midnight also across a change of clock.
  const start = Date.parse(`${firstDay}T00:00Z`);
  for (let wall = start; ; wall += step) {
    const text = new Date(wall).toISOString().slice(0, 16);
    const time = fromWall(text, zone);
    if (time > chart.until) break;
    if (time < chart.from) continue;
    const isDay = text.endsWith("00:00");
    const at = Math.round(x(time) * 10) / 10;
    lines.push(s("line", { class: isDay ? "strip-day" : "strip-hour", x1: at, x2: at, y1: plot.top, y2: plot.bottom + (isDay ? 6 : 4) }));
    if (!isDay && at < plot.right - 18) lines.push(s("text", { class: "strip-text", x: at, y: plot.bottom + 15, "text-anchor": "middle" }, clockText(time, zone)));
    if (!isDay || at > plot.right - 24) continue;
    const day = humanDay(text.slice(0, 10), { brief: true }).replace(/ \d{4}$/, "");
    const below = plot.bottom + (step < 24 * hour ? 30 : 17);
    lines.push(s("text", { class: "strip-text strip-text-day", x: at, y: below, "text-anchor": at < plot.left + 20 ? "start" : "middle" }, day));
  }
  if (!chart.lengthKm) return s("g", { "aria-hidden": "true" }, lines);
  const kmStep = stepFor(chart.lengthKm, (plot.bottom - plot.top) / 34, [0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500]);
  for (let km = 0; km <= chart.lengthKm + 0.001; km += kmStep) {
    const at = Math.round(y(km) * 10) / 10;
    lines.push(s("line", { class: "strip-hour", x1: plot.left - 4, x2: plot.right, y1: at, y2: at }));
    lines.push(s("text", { class: "strip-text", x: margin.left - 4, y: at + 4, "text-anchor": "end" }, `${km}`));
  }
  lines.push(s("text", { class: "strip-text", x: margin.left - 4, y: plot.top - 9, "text-anchor": "end" }, "km"));
  return s("g", { "aria-hidden": "true" }, lines);
}

/** Bars of the posts' stretches beside the axis, those that overlap in lanes of their own. */
function lanesOf(posts) {
  const bars = posts.flatMap((post) => post.stretches.map((stretch) => ({ post, stretch }))).sort((a, b) => a.stretch.fromKm - b.stretch.fromKm);
  const ends = [];
  for (const bar of bars) {
    const free = ends.findIndex((end) => end <= bar.stretch.fromKm);
    bar.lane = free >= 0 ? free : ends.length;
    ends[bar.lane] = bar.stretch.toKm;
  }
  return { bars: bars.filter((bar) => bar.lane < 6), count: Math.min(6, ends.length) };
}

function placeOf(incident, index, x, y, plot, scale) {
  const within = (value, low, high) => Math.min(high, Math.max(low, value));
  const [x1, x2] = [within(x(incident.from), plot.left, plot.right), within(x(incident.until), plot.left, plot.right)];
  const [y1, y2] = incident.stretch ? [y(incident.stretch.toKm), y(incident.stretch.fromKm)] : [plot.top - 8, plot.top - 8];
  const [inner, outer] = [incident.count.minimum, incident.count.maximum >= openCount ? incident.count.minimum : incident.count.maximum ?? incident.count.minimum].map((count) => radius(count, scale));
  return { index, incident, x: (x1 + x2) / 2, y: (y1 + y2) / 2, x1, x2, y1, y2, inner, outer };
}

function outline(shape, x, y, r, properties) {
  const round = (value) => Math.round(value * 10) / 10;
  if (shape === "circle") return s("circle", { ...properties, cx: round(x), cy: round(y), r: round(r) });
  if (shape === "diamond") return s("path", { ...properties, d: `M${round(x)} ${round(y - r * 1.15)}l${round(r * 1.15)} ${round(r * 1.15)}l${round(-r * 1.15)} ${round(r * 1.15)}l${round(-r * 1.15)} ${round(-r * 1.15)}Z` });
  return s("rect", { ...properties, x: round(x - r * 0.85), y: round(y - r * 0.85), width: round(r * 1.7), height: round(r * 1.7) });
}

/** A mark: full for what was counted at least, a ring for the most; lines for the time and the kilometres in which it can have been. */
function mark({ incident, index, x, y, x1, x2, y1, y2, inner, outer }) {
  const shape = shapeOf(incident.what);
  return s("g", { class: `mark mark-${shape}${incident.isSummary ? " is-summary" : ""}`, "data-index": index },
    x2 - x1 > inner * 2 ? s("line", { class: "mark-span", x1, x2, y1: y, y2: y }) : null,
    y2 - y1 > inner * 2 ? s("line", { class: "mark-span", x1: x, x2: x, y1, y2 }) : null,
    outer > inner + 0.4 ? outline(shape, x, y, outer, { class: "mark-most" }) : null,
    outline(shape, x, y, inner, { class: "mark-least" }));
}

/** What the looks mean, with the share of the kilometre-hours that each takes; those of the marks where there are any. */
export function legend(kmHours, total, hasMarks) {
  const swatch = (word) => s("svg", { width: 22, height: 13, "aria-hidden": "true" },
    s("rect", { class: `strip-area ${className(word)}`, width: 22, height: 13, fill: hatches[word] ? `url(#hatch-${word.replaceAll(" ", "-")})` : null }));
  const sample = (shape) => s("svg", { width: 14, height: 13, "aria-hidden": "true" }, s("g", { class: `mark mark-${shape}` }, outline(shape, 7, 6.5, 4.4, { class: "mark-least" })));
  const share = (word) => {
    const percent = (kmHours[word] ?? 0) / total * 100;
    return percent > 0 && percent < 1 ? "< 1 %" : `${Math.floor(percent)} %`;
  };
  return h("ul", { class: "legend" },
    reasons.filter(([word]) => word === "watched" || kmHours[word] > 0).map(([word, text]) => h("li", {}, swatch(word), h("b", {}, share(word)), ` ${text}`)),
    hasMarks ? [shapes.map(([, text, shape]) => h("li", {}, sample(shape), text)),
      h("li", { class: "terms" }, "full: counted at least; ring: at most; lines: when and where it can have been")] : null);
}
