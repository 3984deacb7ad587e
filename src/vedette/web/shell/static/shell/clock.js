// The shown clock of the page and its words: no reading of the reader's own clock but for how long the page has stood.
import { ageAt, fill, format, hourMinute as hand, span, words } from "./lengths.js";

const loadedAt = Date.now();
const meta = document.querySelector('meta[name="shown-clock"]')?.content ?? "";
const [, shown, speed, paused] = meta.split(";").map(Number);
const state = { base: loadedAt, shown: (shown || loadedAt / 1000) * 1000, speed: Number.isFinite(speed) ? speed : 1, paused: Boolean(paused) };

export const [homeZone, homeCity] = (document.querySelector('meta[name="home-clock"]')?.content ?? "UTC;UTC").split(";");

/** The moment the house lives in, in milliseconds. */
export const shownNow = () => (state.paused ? state.shown : state.shown + (Date.now() - state.base) * state.speed);

/** The server says where the shown clock stands: {shown (seconds), speed, paused}. */
export function setClock(news) {
  Object.assign(state, { base: Date.now(), shown: news.shown * 1000, speed: Number(news.speed), paused: Boolean(news.paused) });
}

export { fill, hand, span };

/** A short length of time, seconds told. */
export const shortSpan = (seconds) => (seconds < 60 ? fill(words.seconds, { n: Math.trunc(seconds) }) : span(seconds));

/** How old a moment is. */
export const age = (moment, now = shownNow()) => ageAt(moment, now);

/** A number for the calendar day in a zone, so that days can be compared. */
export function dayNumber(moment, zone) {
  const parts = Object.fromEntries(format(zone, { year: "numeric", month: "numeric", day: "numeric" }).formatToParts(moment).map((p) => [p.type, p.value]));
  return Math.round(Date.UTC(parts.year, parts.month - 1, parts.day) / 86400000);
}

function part(moment, zone, options, type) {
  return format(zone, options).formatToParts(moment).find((p) => p.type === type)?.value ?? "";
}

/** Fri 13 Nov 2015. */
export function longDay(moment, zone) {
  const day = part(moment, zone, { weekday: "short" }, "weekday");
  const date = [part(moment, zone, { day: "numeric" }, "day"), part(moment, zone, { month: "short" }, "month")].join(" ");
  return `${day} ${date} ${part(moment, zone, { year: "numeric" }, "year")}`;
}

/** The time at home with the day before it when that is not today. */
export function stamp(moment, zone = homeZone, now = shownNow()) {
  const apart = dayNumber(moment, zone) - dayNumber(now, zone);
  if (!apart) return hand(moment, zone);
  if (Math.abs(apart) <= 6) return `${part(moment, zone, { weekday: "short" }, "weekday")} ${hand(moment, zone)}`;
  const date = `${part(moment, zone, { day: "numeric" }, "day")} ${part(moment, zone, { month: "short" }, "month")}`;
  const year = part(moment, zone, { year: "numeric" }, "year");
  return `${year === part(now, zone, { year: "numeric" }, "year") ? date : `${date} ${year}`} ${hand(moment, zone)}`;
}

const minutesSeconds = (seconds) => `${Math.trunc(seconds / 60)}:${String(Math.trunc(seconds % 60)).padStart(2, "0")}`;

/** [state, words] of an open clock: what is left, then how late it is. */
export function clockWords(due, soon, now = shownNow()) {
  const left = (due - now) / 1000;
  if (left < 0) return ["late", fill(words.late, { span: -left < 600 ? minutesSeconds(-left) : span(-left) })];
  const name = left <= soon ? "due" : "left";
  if (left > 43200) return [name, fill(words.due, { when: stamp(due, homeZone, now) })];
  return [name, fill(words.left, { span: left < 3600 ? minutesSeconds(left) : span(left) })];
}
