// The gazetteer on the phone, beside the page so that no key stroke waits: the file of places is read once and searched as text.
"use strict";

const WEIGHTS = { exact: 1, prefix: 0.75, word: 0.55 };
const NEAR_KM = 500;
const MOST = 4000;
const KM_A_DEGREE = 111.195;
const RADIANS = Math.PI / 180;

let data = null;

addEventListener("message", async ({ data: asked }) => {
  try {
    data ??= read(await (await fetch(asked.from)).arrayBuffer());
    postMessage({ id: asked.id, found: asked.text === undefined ? around(asked) : search(asked) });
  } catch (error) {
    postMessage({ id: asked.id, error: String(error) });
  }
});

/** One line of JSON, then the parts it tells the lengths of. */
function read(buffer) {
  const bytes = new Uint8Array(buffer);
  const end = bytes.indexOf(10);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  const parts = {};
  let at = end + 1;
  for (const [name, length] of head.parts) {
    parts[name] = bytes.subarray(at, at + length);
    at += length;
  }
  const text = (name) => new TextDecoder().decode(parts[name]);
  const fold = folder(head);
  const names = lines(text("names"), "\n");
  // Folded in one go, as the house does it: separators and line ends stay where they are.
  const main = lines(fold(text("names")), "\n");
  if (names.starts.length !== head.count || main.starts.length !== head.count) throw new Error("the file of places is not whole");
  const provinces = text("provinces").split("\n").map((line) => line.split("|"));
  return {
    fold, names, main, other: lines(text("others"), "|"), provinces, firsts: firsts(provinces),
    lat: column(parts.lat, head.count), lon: column(parts.lon, head.count), people: parts.people, steps: head.steps, doubling: head.doubling,
    countries: new Map(),
  };
}

/** How the house compares names (`places/names.py`), with the tables that came with the file. */
function folder({ folding, letters, marks, gap }) {
  const any = (table) => new RegExp(`[${Object.keys(table).join("")}]`, "gu");
  const hex = (number) => `\\u{${number.toString(16)}}`;
  const mark = new RegExp(`[${marks.map(([first, last]) => `${hex(first)}-${hex(last)}`).join("")}]`, "gu");
  const [cased, plain, gaps] = [any(folding), any(letters), new RegExp(gap, "g")];
  return (name) => name.toLowerCase().replace(cased, (x) => folding[x]).normalize("NFKD").replace(mark, "")
    .replace(plain, (x) => letters[x]).replace(gaps, " ").replace(/ ?([|\n]) ?/g, "$1").trim().normalize("NFC");
}

/** A text of one line a place, and where each line begins; every name in it follows the separator. */
function lines(text, separator) {
  const whole = separator === "\n" ? `\n${text}\n` : `${text}\n`;
  const starts = [];
  const last = whole.length - 1;
  for (let at = separator === "\n" ? 1 : 0; at <= last; at = whole.indexOf("\n", at) + 1) starts.push(at);
  return { whole, starts: Uint32Array.from(starts), separator };
}

function firsts(provinces) {
  let sum = 0;
  return Uint32Array.from(provinces, ([, , count]) => (sum += Number(count)) - Number(count));
}

/** Low bytes of every number, then the next bytes; each number is told as a step from the one before, its sign in the last bit. */
function column(bytes, count) {
  const made = new Int32Array(count);
  let sum = 0;
  for (let n = 0; n < count; n++) {
    const folded = bytes[n] | (bytes[count + n] << 8) | (bytes[2 * count + n] << 16);
    made[n] = sum += folded & 1 ? -((folded + 1) >> 1) : folded >> 1;
  }
  return made;
}

/** The last of the sorted starts that is not beyond a place in the text. */
function line(starts, at) {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= at) low = middle; else high = middle;
  }
  return low;
}

/** Every place with a name that begins so, or with a word in a name that does; the best way each was found in. */
function matches(asked) {
  const found = new Map();
  for (const [text, bonus] of [[data.main, 0.1], [data.other, 0]]) {
    for (const [mark, how] of [[text.separator, "prefix"], [" ", "word"]]) {
      const wanted = mark + asked;
      for (let at = text.whole.indexOf(wanted); at >= 0 && found.size < MOST; at = text.whole.indexOf(wanted, at + 1)) {
        const next = text.whole[at + wanted.length];
        const way = how === "prefix" && (next === "|" || next === "\n") ? "exact" : how;
        const place = line(text.starts, at + mark.length);
        const score = WEIGHTS[way] + bonus;
        if (score > (found.get(place)?.score ?? 0)) found.set(place, { how: way, score });
      }
    }
  }
  return found;
}

/** Likeliest first: how well the name fits, how many live there, how near it is; after a comma stands a country or province. */
function search({ text, limit = 8, near = null, languages = ["en"] }) {
  const [head, ...tail] = text.split(",");
  const asked = data.fold(head.replaceAll("|", " "));
  const region = data.fold(tail.join(" ").replaceAll("|", " "));
  if (!asked) return [];
  const rows = [...matches(asked)].map(([place, { how, score }]) => {
    const km = near ? apart(near, place) : null;
    const nearness = km === null ? 0 : 0.5 * Math.exp(-km / NEAR_KM);
    const there = region && within(place, region, languages) ? 1 : 0;
    return { place, how, km, score: score + 0.5 * Math.log10(people(place) + 1) / 8 + nearness + there };
  });
  rows.sort((a, b) => b.score - a.score || people(b.place) - people(a.place));
  return rows.slice(0, limit).map(({ place, how, km }) => told(place, how, km));
}

const people = (place) => 1000 * 2 ** (data.people[place] / data.doubling);
const province = (place) => data.provinces[line(data.firsts, place)];

function within(place, region, languages) {
  const [country, name] = province(place);
  if (data.fold(name).startsWith(region)) return true;
  if (!data.countries.has(country)) {
    const spoken = languages.map((language) => new Intl.DisplayNames([language], { type: "region" }).of(country));
    data.countries.set(country, [country, ...spoken].map(data.fold));
  }
  return data.countries.get(country).some((one) => one === region);
}

/** Kilometres between a position and a place, on the sphere. */
function apart({ lat, lon }, place) {
  const [to, across] = [data.lat[place] / data.steps, (data.lon[place] / data.steps - lon) * RADIANS];
  const high = Math.sin((to - lat) * RADIANS / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(high + Math.cos(lat * RADIANS) * Math.cos(to * RADIANS) * Math.sin(across / 2) ** 2)));
}

/** The places nearest to a position, nearest first, none farther than `km`. */
function around({ lat, lon, limit = 1, km = 100 }) {
  const best = [];
  const high = (km / KM_A_DEGREE) * data.steps;
  const middle = lat * data.steps;
  for (let place = 0; place < data.lat.length; place++) {
    if (Math.abs(data.lat[place] - middle) > high) continue;
    const away = apart({ lat, lon }, place);
    if (away > km || (best.length >= limit && away >= best.at(-1).away)) continue;
    best.push({ place, away });
    best.sort((a, b) => a.away - b.away);
    best.length = Math.min(best.length, limit);
  }
  return best.map(({ place, away }) => told(place, "near", away));
}

function told(place, how, km) {
  const [country, within] = province(place);
  const [first, { whole }] = [data.names.starts[place], data.names];
  return {
    name: whole.slice(first, whole.indexOf("\n", first)), province: within, country,
    lat: data.lat[place] / data.steps, lon: data.lon[place] / data.steps, people: Math.round(people(place)), how, km,
  };
}
