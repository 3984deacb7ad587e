// The round of the phone: send what waits, hear how things stand, send the files, fetch what is for me.
import * as store from "./store.js";
import * as time from "./time.js";
import * as vault from "./vault.js";
import { alone, contact, sendWaiting, HELD } from "./send.js";
import { sendFiles } from "./upload.js";

const ROUND = 30_000;
const state = { held: "", since: null, running: false, again: false, bundle: null, place: null };

/** Why nothing goes now ("" when it does), and since when. */
export const held = () => ({ why: state.held, since: state.since });
/** Whose hour the head shows, the post's and home's: the same behind either PIN, or the head would tell them apart. */
export const place = () => state.place;
export async function learnPlace() {
  state.place = (await store.get("meta", "place")) ?? null;
}

export const bundle = () => (vault.slot() === "a" ? state.bundle : null);

function hold(why) {
  if (why !== state.held) Object.assign(state, { held: why, since: why ? Date.now() : null });
}

/** One round; a second one asked for meanwhile follows it. */
export async function sync(now = false) {
  if (state.running) {
    state.again = true;
    return;
  }
  state.running = true;
  try {
    hold(await round(now));
  } catch {
    hold(HELD.NETWORK);
  } finally {
    state.running = false;
    store.changed("contact");
  }
  if (state.again) {
    state.again = false;
    await sync(now);
  }
}

async function round(now) {
  if (!navigator.onLine) return HELD.NETWORK;
  await tellWiped();
  await store.unspill().catch(() => {});
  if (!(await store.get("meta", "handset"))) return HELD.SIGN_IN;
  // Words before anything else: they are at the desk one round trip after the network is back.
  const first = await alone(() => sendWaiting(now || state.held !== ""));
  if (first === HELD.NETWORK) return first;
  const facts = await contact();
  await time.learn();
  if (facts.state === "wipe") return empty();
  if (facts.state !== "ok") return facts.state;
  const second = first ? await alone(() => sendWaiting(true)) : first;
  if (second) return second;
  if (vault.isOpen() && vault.slot() === "a") await fetchBundle();
  return (await alone(() => sendFiles(now))) ?? "";
}

/** What is for me: kept whole in the place of what was kept before, so that what is no longer there is wiped here. */
async function fetchBundle() {
  // What this phone holds already is not sent again; the browser keeps no copy of its own.
  const headers = { Accept: "application/json", ...(state.bundle?.tag && { "If-None-Match": state.bundle.tag }) };
  const answer = await fetch("/api/v1/phone", { credentials: "same-origin", cache: "no-store", headers });
  if (answer.status === 304 || !answer.ok) return;
  state.bundle = { ...(await answer.json()), tag: answer.headers.get("ETag") };
  const closed = await vault.close(state.bundle);
  await store.put("kept", closed, "bundle").catch(async (error) => {
    if (!store.isFull(error)) throw error;
    // Without room for the newest it keeps none rather than an older one with what was taken back since.
    await store.drop("kept", "bundle");
  });
  const { post, home_zone, home_city } = state.bundle.me;
  await store.putIfRoom("meta", { zone: post?.zone, city: post?.city, home_zone, home_city }, "place");
  await learnPlace();
}

/** After unlocking: what was kept, until a newer one comes. */
export async function openKept() {
  state.bundle = await vault.open(await store.get("kept", "bundle"));
}

export function forget() {
  state.bundle = null;
}

/** This phone was taken out of use: everything on it goes, then the server is told. */
async function empty() {
  const handset = await store.get("meta", "handset");
  const unsent = (await store.items()).filter((item) => item.state !== "received").length;
  await store.wipe();
  state.place = null;
  vault.lock();
  forget();
  await store.put("meta", { at: Date.now(), unsent, tell: `${handset.id}.${handset.token}` }, "wiped");
  await tellWiped();
  return HELD.WIPED;
}

/** The server is told that nothing is left here, until it has heard. */
async function tellWiped() {
  const wiped = await store.get("meta", "wiped");
  if (!wiped?.tell) return;
  const answer = await fetch("/api/v1/handsets/wiped", { method: "POST", headers: { Authorization: `Handset ${wiped.tell}` } });
  if (answer.ok) await store.put("meta", { ...wiped, tell: "" }, "wiped");
}

/** Rounds by themselves: on a network, on coming back to the app, and every half minute while it is seen. */
export function start() {
  addEventListener("online", () => sync(true));
  addEventListener("offline", () => { hold(HELD.NETWORK); store.changed("contact"); });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync(true));
  setInterval(() => document.visibilityState === "visible" && sync(), ROUND);
}
