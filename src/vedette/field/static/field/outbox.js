// The outbox: each thing filed stands in it with its true state and the times of it, until the officer clears it away.
import { all, alter, alterItem, changed, database, drop, get, isFull, item as itemOf, items, put, spill, write } from "./store.js";
import { sealFile, sealPacket, ROW } from "./seal.js";
import { askForSync, isAlarm, WAITS } from "./send.js";
import * as vault from "./vault.js";

export { ROW };
const VERSION = 1;

/** Whose eyes these are for: the app opened by the other PIN sees only what was filed in it. */
const ours = (item) => item.slot === vault.slot() && !item.hidden;

// What an item says never changes: it is opened once, and forgotten when the app is locked.
const opened = new Map();
async function withWords(item) {
  if (!item.body) return { ...item, said: null };
  if (!opened.has(item.id)) opened.set(item.id, await vault.open(item.body));
  return { ...item, said: opened.get(item.id) };
}
export const forget = () => opened.clear();

/** The items one may see, newest first, each with its words opened (null when their key is gone). */
export async function list() {
  const mine = (await items()).filter(ours).sort((a, b) => b.saved_at - a.saved_at);
  return Promise.all(mine.map(withWords));
}

export async function one(id) {
  const item = await itemOf(id);
  return item && ours(item) ? withWords(item) : null;
}

export const waiting = async () => (await items()).filter((item) => ours(item) && WAITS.has(item.state)).length;

/** Encrypt a chosen file into the phone's store; what a draft keeps of it. A phone without room says so by QuotaExceededError. */
export async function keepFile(file, onProgress = () => {}) {
  const id = crypto.randomUUID();
  const rows = Math.max(1, Math.ceil(file.size / (ROW * 65536)));
  try {
    const sealed = await sealFile(file, async (index, blob) => {
      await put("pieces", await blob.arrayBuffer(), [id, index]);
      onProgress((index + 1) / rows);
    });
    return { id, name: file.name, type: file.type, ...sealed };
  } catch (error) {
    await dropFile(id);
    throw error;
  }
}

export const dropFile = (id) => write(["files", "pieces"], async ({ files, pieces }) => {
  await files.delete(id);
  await pieces.delete(IDBKeyRange.bound([id], [id, []]));
});

/** What the server opens: the same each time it is sealed, for by that it knows what it has. */
const packet = (id, { kind, body, files, written, clock = null }) => ({ v: VERSION, client_id: id, kind, written_at: written, clock_said: clock, body, files });

/** File a thing: sealed, saved on the disk, its draft gone, all or nothing. `title` and `files` are for this phone's own list. */
export async function add(kind, body, { id = crypto.randomUUID(), title = "", files = [], draft = "", form = null, hidden = false } = {}) {
  const begun = draft && placeOf(draft);
  const handset = await get("meta", "handset");
  const contact = await get("meta", "contact");
  const saved = Date.now();
  // What is mended was written when it was first filed, by the clock as it went then: that decides from which post it comes.
  const now = { written: saved, clock: contact?.offset ?? null };
  const { written, clock } = form?.written ? form : now;
  const said = { kind, body, files, written, clock };
  const sealed = await sealPacket(packet(id, said), handset.sealing);
  const closed = await vault.close({ ...said, title, form });
  const item = {
    id, kid: handset.id, slot: vault.slot(), hidden, kind: hidden ? "" : kind, state: "waiting", saved_at: saved, clock: now.clock, sending_at: null, received_at: null,
    sealed, body: closed, size: sealed.length, tries: 0, next_at: 0, receipt: null, refusal: null,
  };
  await save(item, files.map((file) => ({ id: file.id, item: id, size: file.sealed_size, sent: 0, state: "waiting", reason: "", tries: 0, next_at: 0 })), begun);
  changed("items");
  askForSync();
  return item;
}

/** All or nothing; a phone whose store is full keeps the item aside, and its draft beside it until there is room. */
async function save(item, files, draft) {
  try {
    await write(["items", "drafts", "files"], async (tables) => {
      await tables.items.add(item);
      if (draft) await tables.drafts.delete(draft);
      for (const file of files) await tables.files.put(file);
    });
  } catch (error) {
    if (!isFull(error)) throw error;
    spill(item, files);
    if (draft) await drop("drafts", draft).catch(() => {});
  }
}

/** Take a refused item back into a draft of its own, so that it can be mended and sent under a new number: its address, or "". */
export async function takeBack(id, fields) {
  const item = await one(id);
  const { form, kind, body, clock = null } = item?.said ?? {};
  if (!form || item.state !== "refused") return "";
  const key = `again:${id}`;
  const address = `${form.address.replace(/\/again:.*$/, "")}/${key}`;
  // What it says was seen when it was first written, however late it is mended.
  const written = form.written ?? item.saved_at;
  const closed = await vault.close({ kind: kind === "report" ? body.kind : kind, ...form, fields, address, draft: key, written, clock, saved_at: Date.now() });
  const place = placeOf(key);
  await write(["items", "drafts"], async (tables) => {
    await tables.items.delete(id);
    await tables.drafts.put(closed, place);
  });
  changed("items");
  return address;
}

/** What an item said when it was filed: an alarm says nothing but that it is one; null when its words are closed here. */
const saidBy = async (item) => (isAlarm(item) ? { kind: "duress", body: {}, files: [] } : vault.open(item.body));

/** Seal what was sealed for an earlier set-up to the key of this one, what the server had as well: it may have lost it, and
    what it has it takes once. What cannot be read here stays as it was. */
export async function sealAnew() {
  const handset = await get("meta", "handset");
  const files = await all("files");
  for (const item of await items()) {
    if (!item.kid || item.kid === handset.id) continue;
    const said = await saidBy(item);
    if (!said) continue;
    const sealed = await sealPacket(packet(item.id, { written: item.saved_at, ...said }), handset.sealing);
    for (const file of files) if (file.item === item.id) await alter("files", file.id, () => ({ state: "waiting", url: "", next_at: 0 }));
    await alterItem(item.id, () => ({ kid: handset.id, sealed, size: sealed.length, state: "waiting", refusal: null, next_at: 0 }));
  }
  changed("items");
}

/** Clear away what the server has, with the files that are there or were refused; what still waits is never cleared. */
export async function clearReceived() {
  const files = await all("files");
  const open = new Set(files.filter((file) => !["attached", "refused"].includes(file.state)).map((file) => file.item));
  // What was told unseen goes with it, but for an alarm: it is sent again to a server that has lost it.
  const mine = (item) => item.slot === vault.slot() && !isAlarm(item);
  const done = (await items()).filter((item) => mine(item) && item.state === "received" && !open.has(item.id));
  await write(["items", "files", "pieces"], async (tables) => {
    for (const item of done) await tables.items.delete(item.id);
    for (const file of files.filter((one) => done.some((item) => item.id === one.item))) {
      await tables.files.delete(file.id);
      await tables.pieces.delete(IDBKeyRange.bound([file.id], [file.id, []]));
    }
  });
  changed("items");
  return done.length;
}

/** Where a draft lies: what is begun behind the other PIN lies apart, or one would overwrite the other's. */
const APART = "b:";
const placeOf = (key) => (vault.slot() === "b" ? APART + key : key);

const writes = new Map();
/** Save a draft at a key stroke, or let go of it (null). Strokes that come while one is being saved are saved together, the newest last. */
export function saveDraft(key, thing) {
  const place = placeOf(key);
  const standing = writes.get(place);
  if (standing) {
    standing.next = thing;
    return standing.done;
  }
  const turn = { next: thing, done: null };
  turn.done = (async () => {
    try {
      while (turn.next !== undefined) {
        const now = turn.next;
        turn.next = undefined;
        // Locked meanwhile: what has no key any more is not kept, least of all under another's.
        if (!vault.isOpen() || placeOf(key) !== place) return;
        if (now) await put("drafts", await vault.close({ ...now, saved_at: Date.now() }), place);
        else await drop("drafts", place);
      }
    } finally {
      writes.delete(place);
    }
  })();
  writes.set(place, turn);
  return turn.done;
}

export async function draft(key) {
  const place = placeOf(key);
  await writes.get(place)?.done.catch(() => {});
  return vault.open(await get("drafts", place));
}

/** Everything that was begun and not filed, the newest first. */
export async function drafts() {
  const apart = vault.slot() === "b";
  const keys = (await (await database()).getAllKeys("drafts")).filter((key) => key.startsWith(APART) === apart);
  const found = await Promise.all(keys.map(async (key) => ({ key: apart ? key.slice(APART.length) : key, ...await vault.open(await get("drafts", key)) })));
  return found.filter((one) => one.saved_at).sort((a, b) => b.saved_at - a.saved_at);
}

/** A draft goes on as another: one of the two is there at any moment. */
export async function moveDraft(from, to, thing) {
  await writes.get(placeOf(from))?.done.catch(() => {});
  const [here, there] = [placeOf(from), placeOf(to)];
  const closed = await vault.close({ ...thing, saved_at: Date.now() });
  await write(["drafts"], async ({ drafts: table }) => {
    await table.put(closed, there);
    await table.delete(here);
  });
}
export { isFull };
