// What the phone holds, in IndexedDB: words only as ciphertext, beside the little that must be read while the app is locked.
import { openDB } from "../vendor/idb.js";

export const NAME = "vedette-field";
export const SCHEMA = 1;
// Kept free so that a report still fits when the phone has no room left: given up at the first refusal.
const RESERVE = 512 * 1024;

/** Brings any older form of the phone's store to this one; it may add and move, never drop what waits. */
function migrate(db, from) {
  if (from < 1) {
    db.createObjectStore("meta");
    db.createObjectStore("items", { keyPath: "id" });
    db.createObjectStore("drafts");
    db.createObjectStore("kept");
    db.createObjectStore("files", { keyPath: "id" });
    db.createObjectStore("pieces");
  }
}

let opened;
export function database() {
  opened ??= openDB(NAME, SCHEMA, {
    upgrade: migrate,
    // Another tab has a newer app: give way, or its migration would wait for ever.
    blocking: (_from, _to, event) => { event.target.close(); opened = undefined; changed("stale"); },
    terminated: () => { opened = undefined; },
  });
  return opened;
}

const channel = new BroadcastChannel(NAME);
/** Tell every open tab, and this one, that something changed. */
export function changed(what) {
  channel.postMessage(what);
  dispatchEvent(new CustomEvent("vedette-field", { detail: what }));
}
channel.onmessage = (event) => dispatchEvent(new CustomEvent("vedette-field", { detail: event.data }));

export const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";

/** One transaction that is on the disk when it is done; `work` gets the stores by name. A full phone gives up its reserve once. */
export async function write(stores, work) {
  try {
    return await once(stores, work);
  } catch (error) {
    if (!isFull(error) || !(await giveUpReserve())) throw error;
    return once(stores, work);
  }
}

async function once(stores, work) {
  const db = await database();
  const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
  const tables = Object.fromEntries(stores.map((name) => [name, transaction.objectStore(name)]));
  try {
    const found = await work(tables);
    await transaction.done;
    return found;
  } catch (error) {
    try { transaction.abort(); } catch { /* It ended by itself. */ }
    await transaction.done.catch(() => {});
    throw transaction.error ?? error;
  }
}

async function giveUpReserve() {
  const db = await database();
  if (!(await db.get("meta", "reserve"))) return false;
  await db.delete("meta", "reserve");
  return true;
}

/** Keep a little room free, so that words always fit; asked when the app starts with a network. */
export async function keepReserve() {
  const db = await database();
  if (await db.get("meta", "reserve")) return;
  // Random, for a store may squeeze zeros away; in steps, for a phone draws 64 KiB at a time.
  const whole = new Uint8Array(RESERVE);
  for (let at = 0; at < RESERVE; at += 65536) crypto.getRandomValues(whole.subarray(at, at + 65536));
  await db.put("meta", whole, "reserve").catch(() => {});
}

export const get = async (store, key) => (await database()).get(store, key);
export const all = async (store) => (await database()).getAll(store);
export const put = (store, value, key) => write([store], (tables) => tables[store].put(value, key));
export const drop = (store, key) => write([store], (tables) => tables[store].delete(key));

/** Change one row by a function, in one transaction; nothing when it is gone. */
export function alter(store, key, change) {
  return write([store], async (tables) => {
    const row = await tables[store].get(key);
    if (row === undefined) return undefined;
    const fresh = { ...row, ...change(row) };
    await (tables[store].keyPath ? tables[store].put(fresh) : tables[store].put(fresh, key));
    return fresh;
  });
}

/** Everything on this phone is gone: stores, kept shell, worker. */
export async function wipe() {
  const db = await database();
  const names = [...db.objectStoreNames];
  await write(names, (tables) => Promise.all(names.map((name) => tables[name].clear())));
}
