// The phone's clock beside the server's: what is shown is corrected by what the server last said; what is sent says both.
import { ageAt, format, hourMinute, span } from "../shell/lengths.js";
import { get } from "./store.js";

const state = { offset: 0, known: false, at: 0, server: 0, clock: null };

export async function learn() {
  const contact = await get("meta", "contact");
  if (contact) Object.assign(state, { offset: contact.offset, known: true, at: contact.at, server: contact.server, clock: contact.clock });
}

/** How far the phone's clock runs ahead of the server's, in milliseconds; 0 until the server was heard. */
export const offset = () => state.offset;
export const lastContact = () => (state.known ? state.at : null);

/** The moment the house lives in at a reading of the phone's clock, in milliseconds; `ahead`: how far it was ahead then. */
export function shown(device = Date.now(), ahead = state.offset) {
  const real = device - ahead;
  const { clock } = state;
  if (!clock) return real;
  return clock.shown * 1000 + (clock.paused ? 0 : (real - state.server) * clock.speed);
}

export { span };

/** How far two clocks lie apart, to the nearest minute. */
export const apart = (ms) => span(Math.round(Math.abs(ms) / 60_000) * 60);

export const age = (moment, now = shown()) => ageAt(moment, now);

const day = (moment, zone) => format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);

/** 21:20, with the day before it when it is another one than now. */
export function hand(moment, zone, seconds = false) {
  const clock = hourMinute(moment, zone, seconds);
  return day(moment, zone) === day(shown(), zone) ? clock : `${format(zone, { day: "numeric", month: "short" }).format(moment)} ${clock}`;
}

/** A zone's own minutes from UTC at a moment. */
function minutesFromUtc(moment, zone) {
  const parts = Object.fromEntries(format(zone, {
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23",
  }).formatToParts(moment).map((part) => [part.type, Number(part.value)]));
  return Math.round((Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.trunc(moment / 1000) * 1000) / 60000);
}

/** What `2015-11-13T21:20` means in a zone, in milliseconds. */
export function inZone(local, zone) {
  const naive = Date.parse(`${local}:00Z`);
  if (!Number.isFinite(naive)) return null;
  const first = naive - minutesFromUtc(naive, zone) * 60000;
  return naive - minutesFromUtc(first, zone) * 60000;
}

/** A moment as a field for local time takes it. */
export function localValue(moment, zone) {
  return new Date(moment + minutesFromUtc(moment, zone) * 60000).toISOString().slice(0, 16);
}
