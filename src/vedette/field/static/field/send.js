// Sending: what is sealed goes out, text before files, one after the other. Runs in a page and in the service worker alike;
// it needs no unlocked app, for it reads nothing that it sends.
import * as store from "./store.js";

const API = "/api/v1";
// Words and files go out side by side: a flash never waits behind a film.
export const LOCKS = { WORDS: "vedette-field-send", FILES: "vedette-field-files" };
// A packet that gets no answer is asked again; the server keeps the first, so twice is once.
const PATIENCE = 30_000;
/** A half-open line answers never: what is asked over it is given up after a while. */
export const patience = () => AbortSignal.timeout(PATIENCE);
const MOST_WAIT = 5 * 60_000;

/** Why nothing goes now: the words a screen has for each stand in its markup. */
export const HELD = { NETWORK: "network", SIGN_IN: "sign-in", SERVER: "server", WIPED: "wiped", UNKNOWN: "unknown", FULL: "full" };

/** One tab or the worker sends at a time; who comes second goes home with null. */
export function alone(work, lock = LOCKS.WORDS) {
  if (!navigator.locks) return work();
  return navigator.locks.request(lock, { ifAvailable: true }, (held) => (held ? work() : null));
}

async function ask(path, options) {
  const handset = await store.get("meta", "handset");
  const csrf = await store.get("meta", "csrf");
  const headers = {
    "X-CSRFToken": csrf ?? "", "X-Device-Time": String(Date.now()), "X-Handset": handset?.id ?? "", Accept: "application/json", ...options.headers,
  };
  return fetch(`${API}${path}`, { credentials: "same-origin", signal: patience(), ...options, headers });
}

/** Ask the server how things stand: signed in or not, its clock beside ours, and whether this phone is to be emptied. */
export async function contact(version) {
  const handset = await store.get("meta", "handset");
  if (!handset) return { state: HELD.SIGN_IN };
  const waiting = (await store.items()).filter((item) => WAITS.has(item.state));
  const sent = Date.now();
  const said = {
    device_time: sent, waiting: waiting.length, version,
    oldest_waiting: waiting.length ? Math.min(...waiting.map((item) => item.saved_at)) : null,
  };
  const headers = { "Content-Type": "application/json", Authorization: `Handset ${handset.id}.${handset.token}` };
  const answer = await ask("/handsets/contact", { method: "POST", body: JSON.stringify(said), headers });
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    return { state: said.error === "notknown" ? HELD.UNKNOWN : HELD.SERVER };
  }
  const facts = await answer.json();
  const heard = Date.now();
  // Half of the way there and back lies between the server's word and ours.
  const offset = Math.round((sent + heard) / 2 - facts.server_time);
  await store.putIfRoom("meta", facts.csrf, "csrf");
  if (facts.seat !== handset.seat) await store.putIfRoom("meta", { ...handset, seat: facts.seat }, "handset");
  await store.putIfRoom("meta", { at: heard, server: facts.server_time, offset, clock: facts.clock, state: facts.state }, "contact");
  return facts;
}

/** This phone was taken out of use: everything on it goes, then the server is told. */
export async function wipe() {
  const handset = await store.get("meta", "handset");
  const unsent = (await store.items()).filter((item) => item.state !== "received").length;
  await store.wipe({ wiped: { at: Date.now(), unsent }, tell: `${handset.id}.${handset.token}` });
  store.changed("contact");
  await tellWiped().catch(() => {});
}

/** The server is told that nothing is left here, until it has heard. */
export async function tellWiped() {
  const token = await store.get("meta", "tell");
  if (!token) return;
  const answer = await fetch(`${API}/handsets/wiped`, { method: "POST", signal: patience(), headers: { Authorization: `Handset ${token}` } });
  // 401: it knows no such phone any more.
  if (answer.ok || answer.status === 401) await store.drop("meta", "tell");
}

/** States in which an item still has to go. */
export const WAITS = new Set(["waiting", "sending"]);

const backOff = (tries) => Math.min(MOST_WAIT, 2000 * 2 ** Math.min(tries, 10)) * (0.75 + Math.random() / 2);

/** The word that the app was opened under duress: it goes first, and by the phone's own token, for no session may live. */
export const isAlarm = (item) => item.hidden && item.slot === "b";
// In the order of writing; but what the server stumbled over goes last, so that it holds up nothing.
const inTurn = (a, b) => isAlarm(b) - isAlarm(a) || (a.stumbles ?? 0) - (b.stumbles ?? 0) || a.saved_at - b.saved_at;

/** Send what waits. `now` tries even what was told to wait a while. Answers why it stopped, or "" when nothing waits any more. */
export async function sendWaiting(now = false) {
  const items = (await store.items()).filter((item) => WAITS.has(item.state)).sort(inTurn);
  let stumbled = "";
  for (const item of items) {
    if (!now && item.next_at > Date.now()) continue;
    const held = await sendOne(item);
    // Once is the item's fault, twice is the server's.
    if (held && (held !== HELD.SERVER || stumbled)) return held;
    stumbled ||= held;
  }
  return stumbled;
}

async function sendOne(item) {
  await note(item.id, () => ({ state: "sending", sending_at: Date.now() }));
  let answer;
  try {
    answer = await (isAlarm(item) ? raise : post)(item);
  } catch {
    await postpone(item.id);
    return HELD.NETWORK;
  }
  if (answer.ok) return received(item, answer);
  const facts = await answer.json().catch(() => ({}));
  if (answer.status === 401 || answer.status === 403) return waits(item, HELD.SIGN_IN);
  if (answer.status === 410) return waits(item, HELD.WIPED);
  if (answer.status === 409 || answer.status === 422) return refused(item, facts);
  return stumbled(item);
}

const JOSE = { "Content-Type": "application/jose" };
const post = (item) => ask("/packets", { method: "POST", body: item.sealed, headers: JOSE });
async function raise(item) {
  const { id, token } = await store.get("meta", "handset");
  return ask("/handsets/alarm", { method: "POST", body: item.sealed, headers: { ...JOSE, Authorization: `Handset ${id}.${token}` } });
}

async function received(item, answer) {
  let facts;
  try {
    facts = await answer.json();
  } catch {
    // The answer broke off: the server may have it or not, and asking again makes no second one.
    await postpone(item.id);
    return HELD.NETWORK;
  }
  if (facts.client_id !== item.id) return stumbled(item);
  const receipt = { id: facts.id, reference: facts.reference, note: facts.note ?? "", received_at: facts.received_at, server_time: facts.server_time, offset: facts.offset_ms };
  await mark(item.id, { state: "received", received_at: Date.now(), receipt, refusal: null, tries: 0, next_at: 0 });
  return "";
}

// The reason lies here in clear, for the worker has no key: what was typed, which the server quotes, does not.
const unquoted = (words = "") => words.replaceAll(/“[^”]*”/gu, "“…”");

async function refused(item, facts) {
  await mark(item.id, { state: "refused", refusal: { field: facts.field ?? "", reason: unquoted(facts.reason), way_out: unquoted(facts.way_out), at: Date.now() } });
  return "";
}

async function stumbled(item) {
  await postpone(item.id, { stumbles: (item.stumbles ?? 0) + 1 });
  return HELD.SERVER;
}

async function waits(item, held) {
  await postpone(item.id);
  return held;
}

const postpone = (id, facts = {}) =>
  note(id, (item) => ({ state: "waiting", tries: item.tries + 1, next_at: Date.now() + backOff(item.tries), ...facts }));

/** What became of it for good: kept, whatever room there is. */
async function mark(id, facts) {
  await store.alterItem(id, () => facts);
  store.changed("items");
}

/** Where it stands on its way: a phone without room does without. */
async function note(id, change) {
  await store.alterItem(id, change, { must: false });
  store.changed("items");
}

/** Nobody sends: what stands as being sent was broken off, and waits. */
export async function restAll() {
  for (const item of await store.items()) if (item.state === "sending") await note(item.id, () => ({ state: "waiting" }));
}

/** Ask the browser to send when there is a network again, even with the app closed; not every browser can. */
export async function askForSync() {
  try {
    await (await navigator.serviceWorker?.ready)?.sync?.register("outbox");
  } catch {
    // Then it goes when the app is next open.
  }
}
