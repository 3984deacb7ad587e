// What the phone holds, in IndexedDB: words only as ciphertext, beside the little that must be read while the app is locked.
import { openDB } from "../vendor/idb.js";

export const NAME = "vedette-field";
export const SCHEMA = 1;
// Where an item goes when this store has no room: a few kilobytes that the browser counts by themselves.
const SPILL = `${NAME}:`;

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

/** One transaction that is on the disk when it is done; `work` gets the stores by name. */
export async function write(stores, work) {
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

export const get = async (store, key) => (await database()).get(store, key);
export const all = async (store) => (await database()).getAll(store);
/** What may be left out when there is no room: it is asked for again at the next round. */
export const putIfRoom = (store, value, key) => put(store, value, key).catch((error) => { if (!isFull(error)) throw error; });
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

const packed = (_key, value) => (value instanceof Uint8Array ? { bytes: btoa(String.fromCharCode(...value)) } : value);
const unpacked = (_key, value) => (typeof value?.bytes === "string" ? Uint8Array.from(atob(value.bytes), (one) => one.charCodeAt(0)) : value);
const spilled = (id) => JSON.parse(globalThis.localStorage?.getItem(SPILL + id) ?? "null", unpacked);
const spilledIds = () => Object.keys(globalThis.localStorage ?? {}).filter((key) => key.startsWith(SPILL)).map((key) => key.slice(SPILL.length));

/** Put an item and the rows of its files where there is room still; the browser's own error when there is none at all. */
export function spill(item, files) {
  localStorage.setItem(SPILL + item.id, JSON.stringify({ item, files }, packed));
}

/** The files of what was put aside. */
export const filesAside = () => spilledIds().flatMap((id) => spilled(id).files.map((file) => file.id));

/** Bring back what was put aside, as soon as there is room. */
export async function unspill() {
  for (const id of spilledIds()) {
    const { item, files } = spilled(id);
    await write(["items", "files"], async (tables) => {
      await tables.items.put(item);
      for (const file of files) await tables.files.put(file);
    });
    localStorage.removeItem(SPILL + id);
  }
}

/** Every item, wherever it lies; what was put aside is the newer one. */
export async function items() {
  const aside = spilledIds();
  return [...(await all("items")).filter((item) => !aside.includes(item.id)), ...aside.map((id) => spilled(id).item)];
}
export const item = async (id) => spilled(id)?.item ?? get("items", id);

/** Change an item, wherever it lies. Without room for a change: one that `must` be kept is put aside, another is left out. */
export async function alterItem(id, change, { must = true } = {}) {
  const aside = spilled(id);
  if (aside) return spillChanged(aside.item, change, aside.files);
  try {
    return await alter("items", id, change);
  } catch (error) {
    if (!isFull(error)) throw error;
    const row = must && (await get("items", id));
    if (!row) return undefined;
    const fresh = spillChanged(row, change, []);
    await drop("items", id);
    return fresh;
  }
}

function spillChanged(item, change, files) {
  const fresh = { ...item, ...change(item) };
  spill(fresh, files);
  return fresh;
}

/** Everything this phone holds is gone, and `last` (key: value) is all that stands, at once. */
export async function wipe(last) {
  const db = await database();
  const names = [...db.objectStoreNames];
  await write(names, async (tables) => {
    await Promise.all(names.map((name) => tables[name].clear()));
    await Promise.all(Object.entries(last).map(([key, value]) => tables.meta.put(value, key)));
  });
  for (const id of spilledIds()) localStorage.removeItem(SPILL + id);
}
