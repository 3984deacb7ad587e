// Files follow the words in pieces of the tus protocol (1.0.0): a dropped line, a killed app or a restarted server goes on where it stopped.
import * as store from "./store.js";
import { patience } from "./send.js";

const PIECE = 256 * 1024;
const MOST_WAIT = 5 * 60_000;
// A line that moves nothing for so long is dead, whatever it says.
const SILENCE = 90_000;

async function blobOf(id) {
  const db = await store.database();
  const rows = await db.getAll("pieces", IDBKeyRange.bound([id], [id, []]));
  return new Blob(rows);
}

/** Send the files of what the server has received, one after the other; why it stopped, or "". */
export async function sendFiles(now = false) {
  const files = (await store.all("files")).filter((file) => !["attached", "refused"].includes(file.state));
  for (const file of files) {
    const item = await store.item(file.item);
    if (item?.state !== "received" || (!now && file.next_at > Date.now())) continue;
    const held = await sendFile(file);
    if (held) return held;
  }
  return "";
}

async function sendFile(file) {
  const blob = await blobOf(file.id);
  try {
    // Its pieces were let go of when it was there; after a new set-up the server says whether it still is.
    if (blob.size === file.size) await upload(file, blob);
    return await settle(file.id, blob.size !== file.size);
  } catch (error) {
    return failed(file, error);
  }
}

/** What the server made of a whole file: attached, or refused with its reason; only then the phone lets go of its pieces. */
async function settle(id, lost) {
  const answer = await fetch(`/api/v1/uploads/${id}`, { credentials: "same-origin", signal: patience(), headers: { Accept: "application/json" } });
  const facts = answer.ok ? await answer.json() : {};
  if (lost && answer.ok && facts.state !== "attached") Object.assign(facts, { state: "refused", reason: "lost" });
  if (facts.state === "attached" || facts.state === "refused") {
    await store.write(["files", "pieces"], async (tables) => {
      const row = await tables.files.get(id);
      await tables.files.put({ ...row, state: facts.state, reason: facts.reason ?? "", sent: row.size });
      if (facts.state === "attached") await tables.pieces.delete(IDBKeyRange.bound([id], [id, []]));
    });
    store.changed("items");
    return "";
  }
  await postpone(id);
  return "server";
}

async function failed(file, error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (status === 401 || status === 403) {
    await postpone(file.id);
    return "sign-in";
  }
  if (status === 410 || status === 413 || status === 422) {
    const said = await Promise.resolve(error.originalResponse.getBody()).then(JSON.parse).catch(() => ({}));
    await mark(file.id, { state: "refused", reason: said.reason ?? "" });
    return "";
  }
  await postpone(file.id);
  return status ? "server" : "network";
}

async function upload(file, blob) {
  // A third of the app's programs, and only files need it: not before the first one goes.
  if (!globalThis.tus) await import("../vendor/tus.min.js");
  const handset = await store.get("meta", "handset");
  const csrf = await store.get("meta", "csrf");
  await mark(file.id, { state: "sending" });
  return new Promise((resolve, reject) => {
    let watch;
    const ended = (how) => (said) => { clearTimeout(watch); how(said); };
    const moves = () => {
      clearTimeout(watch);
      watch = setTimeout(() => { one.abort(); reject(new TypeError("silent")); }, SILENCE);
    };
    const one = new globalThis.tus.Upload(blob, {
      endpoint: "/api/v1/uploads", uploadUrl: file.url || null, chunkSize: PIECE, retryDelays: null, storeFingerprintForResuming: false,
      metadata: { file: file.id, packet: file.item },
      headers: { "X-CSRFToken": csrf ?? "", "X-Handset": handset?.id ?? "", Accept: "application/json" },
      onUploadUrlAvailable: () => mark(file.id, { url: one.url }),
      onChunkComplete: (_size, sent) => mark(file.id, { sent, tries: 0 }),
      onProgress: moves, onSuccess: ended(resolve), onError: ended(reject),
    });
    moves();
    one.start();
  });
}

const postpone = (id) =>
  store.alter("files", id, (file) => ({
    state: "waiting", tries: file.tries + 1, next_at: Date.now() + Math.min(MOST_WAIT, 2000 * 2 ** Math.min(file.tries, 10)) * (0.75 + Math.random() / 2),
  })).then(() => store.changed("items"));

async function mark(id, facts) {
  await store.alter("files", id, () => facts);
  store.changed("items");
}
