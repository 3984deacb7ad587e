// Lengths of time and times of day in words, as the server writes them: for the desk's pages and for the field app.
const language = document.documentElement.lang || "en";

/** The page's own patterns, in its language. */
export const words = document.querySelector('meta[name="time-words"]')?.dataset ?? {};

/** Fills a translated pattern of the page, `%(n)s`. */
export const fill = (pattern, values) => (pattern ?? "").replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

/** A length of time in words. */
export function span(seconds) {
  const total = Math.max(0, Math.trunc(seconds));
  if (total < 60) return total < 1 ? words.zero : words.under;
  if (total < 3600) return fill(words.minutes, { n: Math.trunc(total / 60) });
  if (total >= 172800) return fill(words.days, { n: Math.trunc(total / 86400) });
  const h = Math.trunc(total / 3600);
  const m = Math.trunc((total % 3600) / 60);
  return m ? fill(words.both, { h, m }) : fill(words.hours, { h });
}

/** How old a moment is, or in how long it comes; both in milliseconds. */
export function ageAt(moment, now) {
  const seconds = (now - moment) / 1000;
  return seconds >= 0 ? span(seconds) : fill(words.in, { span: span(-seconds) });
}

const formats = new Map();

/** The page's language in a zone, made once for each way of writing. */
export function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { timeZone: zone, ...options }));
  return formats.get(key);
}

/** 21:20 in a zone. */
export const hourMinute = (moment, zone, seconds = false) =>
  format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(seconds && { second: "2-digit" }) }).format(moment);
