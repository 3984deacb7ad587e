// Places without a network: what a text may mean, and what lies near a position. The file is read once, in a worker of its own.
const FILE = "/static/vendor/places/places.dat";

let worker = null;
let last = 0;
const waiting = new Map();

function started() {
  if (worker) return worker;
  worker = new Worker(new URL("./places-worker.js", import.meta.url));
  worker.addEventListener("message", ({ data: { id, found, error } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error)); else asked?.resolve(found);
  });
  // It did not start, for want of memory or of its file: the next question starts another.
  worker.addEventListener("error", () => {
    worker = null;
    for (const asked of waiting.values()) asked.reject(new Error("places are not at hand"));
    waiting.clear();
  });
  return worker;
}

function ask(question) {
  const id = ++last;
  const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  started().postMessage({ ...question, id, from: FILE });
  return answer;
}

/** Places by the beginning of a name, in any script, without accents and case; `near` ({lat, lon}) puts what is near first.
 *  Each has name, province, country, lat, lon, people, how it was found (`exact`, `prefix`, `word`) and km from `near`. */
export function search(text, { limit = 8, near = null } = {}) {
  const at = Number.isFinite(near?.lat) && Number.isFinite(near?.lon) ? { lat: near.lat, lon: near.lon } : null;
  return ask({ text, limit, near: at, languages: [...new Set([document.documentElement.lang || "en", "en"])] });
}

/** The places nearest to a position, nearest first, none beyond `km` kilometres. */
export function around(lat, lon, { limit = 1, km = 100 } = {}) {
  return ask({ lat, lon, limit, km });
}

/** The place nearest to a position, or null where none is within 100 km. */
export async function nearest(lat, lon) {
  return (await around(lat, lon))[0] ?? null;
}
