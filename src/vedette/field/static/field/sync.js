// The round of the phone: send what waits, hear how things stand, send the files, fetch what is for me.
import * as store from "./store.js";
import * as time from "./time.js";
import * as vault from "./vault.js";
import { alone, contact, patience, restAll, sendWaiting, tellWiped, wipe, HELD, LOCKS } from "./send.js";
import { sendFiles } from "./upload.js";

const ROUND = 30_000;
const state = { words: "", files: "", held: "", since: null, running: false, again: false, bundle: null, place: null };

/** Why nothing goes now ("" when it does), and since when: words first, then files. */
export const held = () => ({ why: state.held, since: state.since });
/** Whose hour the head shows, the post's and home's: the same behind either PIN, or the head would tell them apart. */
export const place = () => state.place;
export async function learnPlace() {
  state.place = (await store.get("meta", "place")) ?? null;
}

export const bundle = () => (vault.slot() === "a" ? state.bundle : null);

function hold(what, why) {
  state[what] = why;
  const whole = state.words || state.files;
  if (whole !== state.held) Object.assign(state, { held: whole, since: whole ? Date.now() : null });
  store.changed("contact");
}

/** What an error on the way means: no room for what came, no network; anything else is not the network's fault. */
function meant(error) {
  if (store.isFull(error)) return HELD.FULL;
  return error instanceof TypeError || error?.name === "TimeoutError" ? HELD.NETWORK : HELD.SERVER;
}

/** One round; a second one asked for meanwhile follows it. */
export async function sync(now = false) {
  if (state.running) {
    state.again = true;
    return;
  }
  state.running = true;
  try {
    hold("words", await round(now));
  } catch (error) {
    hold("words", meant(error));
  } finally {
    state.running = false;
  }
  if (state.again) {
    state.again = false;
    await sync(now);
  } else if (["", HELD.SERVER].includes(state.words)) {
    files(now);
  }
}

/** Files follow beside the rounds: what is filed meanwhile does not wait for them. Another tab may be sending them. */
async function files(now) {
  try {
    const why = await alone(() => sendFiles(now || state.files !== ""), LOCKS.FILES);
    if (why !== null) hold("files", why);
  } catch (error) {
    hold("files", meant(error));
  }
}

async function round(now) {
  if (!navigator.onLine) {
    await alone(restAll);
    return HELD.NETWORK;
  }
  await tellWiped().catch(() => {});
  await store.unspill().catch(() => {});
  // Nothing is held up on a phone that is not set up.
  if (!(await store.get("meta", "handset"))) return "";
  // Words before anything else: they are at the desk one round trip after the network is back.
  const first = await alone(() => sendWaiting(now || state.words !== ""));
  if (first === HELD.NETWORK) return first;
  const facts = await contact(document.documentElement.dataset.version);
  await time.learn();
  if (facts.state === "wipe") return empty();
  if (facts.state !== "ok") return facts.state;
  const held = first && first !== HELD.SERVER ? await alone(() => sendWaiting(true)) : first;
  // What the server stumbles over holds up nothing but itself.
  if (held && held !== HELD.SERVER) return held;
  if (vault.isOpen() && vault.slot() === "a") await fetchBundle();
  return held ?? "";
}

/** What is for me: kept whole in the place of what was kept before, so that what is no longer there is wiped here. */
async function fetchBundle() {
  // What this phone holds already is not sent again; the browser keeps no copy of its own.
  const { id } = await store.get("meta", "handset");
  const headers = { Accept: "application/json", "X-Handset": id, ...(state.bundle?.tag && { "If-None-Match": state.bundle.tag }) };
  const answer = await fetch("/api/v1/phone", { credentials: "same-origin", cache: "no-store", signal: patience(), headers });
  if (answer.status === 304 || !answer.ok) return;
  const fresh = { ...(await answer.json()), tag: answer.headers.get("ETag") };
  // Locked meanwhile, or opened by the other PIN: it is neither shown nor closed with that one's key.
  if (vault.slot() !== "a") return;
  const closed = await vault.close(fresh);
  if (vault.slot() !== "a") return;
  state.bundle = fresh;
  await store.put("kept", closed, "bundle").catch(async (error) => {
    if (!store.isFull(error)) throw error;
    // Without room for the newest it keeps none rather than an older one with what was taken back since, and says so.
    state.bundle.tag = null;
    await store.drop("kept", "bundle");
  });
  const { post, home_zone, home_city } = state.bundle.me;
  await store.putIfRoom("meta", { zone: post?.zone, city: post?.city, home_zone, home_city }, "place");
  await learnPlace();
  await keepReadings(fresh.reports);
}

/** That it was read stays true of a thing here when the bundle, which holds the newest reports only, names it no more. */
async function keepReadings(reports) {
  const read = new Map(reports.filter((one) => one.readings.length).map((one) => [one.client_id, one.readings[0]]));
  for (const item of await store.items()) {
    if (!item.reading && read.has(item.id)) await store.alterItem(item.id, () => ({ reading: read.get(item.id) }), { must: false });
  }
}

/** After unlocking: what was kept, until a newer one comes. */
export async function openKept() {
  state.bundle = await vault.open(await store.get("kept", "bundle"));
}

export function forget() {
  state.bundle = null;
}

/** This phone was taken out of use: everything on it goes, in this page as well. */
async function empty() {
  await wipe();
  state.place = null;
  vault.lock();
  forget();
  return "";
}

/** Rounds by themselves: on a network, on coming back to the app, and every half minute while it is seen. */
export function start() {
  addEventListener("online", () => sync(true));
  addEventListener("offline", () => hold("words", HELD.NETWORK));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync(true));
  setInterval(() => document.visibilityState === "visible" && sync(), ROUND);
}
