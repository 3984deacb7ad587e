// The lock of the app: a data key that only a PIN unwraps. It never leaves the memory of an open page.
import * as store from "./store.js";

export const TRIES = 10;
export const SHORTEST = 6;
const ROUNDS = 600_000;
const bytes = (size) => crypto.getRandomValues(new Uint8Array(size));
const text = new TextEncoder();

// Two slots of the same form, always both: which one opens says whose hand it was, and nothing else shows it.
const SLOTS = ["a", "b"];
const state = { key: null, slot: null };

export const slot = () => state.slot;
export const isOpen = () => state.key !== null;
// What stands where a lock was. A full phone cannot write it down: there no lock stands, and the count beside it says the same.
const DESTROYED = { destroyed: true, tries: TRIES };
const standing = async () => (await store.get("meta", "lock")) ?? (aside() >= TRIES ? DESTROYED : null);
export const isSetUp = async () => Boolean(await standing());
export const isDestroyed = async () => Boolean((await standing())?.destroyed);

async function keyOf(pin, salt, rounds) {
  const material = await crypto.subtle.importKey("raw", text.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

async function makeSlot(pin) {
  const salt = bytes(16);
  const iv = bytes(12);
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", key, await keyOf(pin, salt, ROUNDS), { name: "AES-GCM", iv });
  return { salt, iv, wrapped: new Uint8Array(wrapped), rounds: ROUNDS };
}

async function openSlot(pin, held) {
  try {
    const how = { name: "AES-GCM", iv: held.iv };
    return await crypto.subtle.unwrapKey(
      "raw", held.wrapped, await keyOf(pin, held.salt, held.rounds), how, "AES-GCM", false, ["encrypt", "decrypt"],
    );
  } catch {
    return null;
  }
}

/** Set the lock up: the PIN, and the one that opens an empty app. Without a second one a random one stands in its place.
    False where a lock stands that another tab has set meanwhile: that one stays. */
export async function setUp(pin, duress) {
  const other = duress || Array.from(bytes(16), (one) => one.toString(16)).join("");
  const [a, b] = await Promise.all([makeSlot(pin), makeSlot(other)]);
  if (!(await replace((meta) => meta.put({ a, b, tries: 0 }, "lock")))) return false;
  await unlock(pin);
  return true;
}

/** What was destroyed makes way for a new PIN; a lock that lives never does. */
export const makeWay = () => replace((meta) => meta.delete("lock"));

async function replace(change) {
  const done = await store.write(["meta"], async ({ meta }) => {
    const there = await meta.get("lock");
    if (there && !there.destroyed) return false;
    await change(meta);
    return true;
  });
  if (done) localStorage.removeItem(ASIDE);
  return done;
}

/** Try a PIN: {open, left, destroyed}. A try is counted on the disk before it is judged, so that no kill gives one for nothing. */
export async function unlock(pin) {
  const held = await countTry();
  if (!held || held.destroyed) return GONE;
  // The last try was counted, and the app killed before it was judged: no other comes in its place.
  if (held.tries > TRIES) return destroy();
  const keys = await Promise.all(SLOTS.map((name) => openSlot(pin, held[name])));
  const found = keys.findIndex(Boolean);
  if (found >= 0) {
    await forgetTries();
    Object.assign(state, { key: keys[found], slot: SLOTS[found] });
    return { open: true, left: TRIES, destroyed: false };
  }
  if (held.tries < TRIES) return { open: false, left: TRIES - held.tries, destroyed: false };
  return destroy();
}
const GONE = { open: false, left: 0, destroyed: true };

// A phone whose store is full counts beside it, or nobody could open it to send what waits.
const ASIDE = "vedette-field-tries";
const aside = () => Number(localStorage.getItem(ASIDE)) || 0;
const next = (lock) => ({ tries: Math.max(lock.tries, aside()) + 1 });

async function countTry() {
  try {
    return await store.alter("meta", "lock", next);
  } catch (error) {
    if (!store.isFull(error)) throw error;
    const lock = await store.get("meta", "lock");
    const counted = { ...lock, ...next(lock) };
    localStorage.setItem(ASIDE, String(counted.tries));
    return counted;
  }
}

async function forgetTries() {
  localStorage.removeItem(ASIDE);
  await store.alter("meta", "lock", () => ({ tries: 0 })).catch(unlessFull);
}

function unlessFull(error) {
  if (!store.isFull(error)) throw error;
}

const TABLES = ["meta", "drafts", "kept", "items", "files", "pieces"];
// The server's reason may quote what was typed.
const WORDLESS = { body: null, refusal: null };

/** The data key is gone for good, and with it every word it opened. What is sealed for the server still goes there. */
async function destroy() {
  lock();
  try {
    await store.write(TABLES, async (tables) => {
      await tables.meta.put(DESTROYED, "lock");
      await letGo(tables);
      for (const item of await tables.items.getAll()) await tables.items.put({ ...item, ...WORDLESS });
    });
  } catch (error) {
    if (!store.isFull(error)) throw error;
    // To take away needs no room.
    await store.write(TABLES, async (tables) => {
      await tables.meta.delete("lock");
      await letGo(tables);
    });
    localStorage.setItem(ASIDE, String(TRIES));
  }
  for (const item of await store.items()) {
    // Without room the words stay, closed for good; the server's reason, which lies open, does not.
    if (item.body || item.refusal) await store.alterItem(item.id, () => WORDLESS, { must: Boolean(item.refusal) }).catch(unlessFull);
  }
  return GONE;
}

/** The drafts and the copies, with the files of drafts; the files of what was filed still go home. */
async function letGo(tables) {
  await Promise.all([tables.drafts.clear(), tables.kept.clear()]);
  const filed = new Set([...(await tables.files.getAllKeys()), ...store.filesAside()]);
  for (const key of await tables.pieces.getAllKeys()) if (!filed.has(key[0])) await tables.pieces.delete(key);
}

export function lock() {
  Object.assign(state, { key: null, slot: null });
}

/** Close a thing under the data key. */
export async function close(thing) {
  const iv = bytes(12);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, state.key, text.encode(JSON.stringify(thing)));
  return { iv, data: new Uint8Array(data) };
}

/** Open what was closed; null when it was closed under another key, or is gone. */
export async function open(closed) {
  if (!closed || !state.key) return null;
  try {
    const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: closed.iv }, state.key, closed.data);
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null;
  }
}
