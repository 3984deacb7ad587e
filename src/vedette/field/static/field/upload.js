// Files follow the words in pieces of the tus protocol (1.0.0): a dropped line, a killed app or a restarted server goes on where it stopped.
import * as store from "./store.js";
import { patience, HELD } from "./send.js";

const PIECE = 256 * 1024;
const MOST_WAIT = 5 * 60_000;
// A line that moves nothing for so long is dead, whatever it says.
const SILENCE = 90_000;

/** What the phone holds of a file; nothing where the browser says that a row of it is lost for good. */
async function blobOf(id) {
  const transaction = (await store.database()).transaction("pieces");
  try {
    // A row that cannot be read ends the whole transaction, which is heard as well.
    const [rows] = await Promise.all([transaction.store.getAll(IDBKeyRange.bound([id], [id, []])), transaction.done]);
    return new Blob(rows);
  } catch (error) {
    if (error.name !== "NotReadableError") throw error;
    return new Blob();
  }
}

/** Send the files of what the server has received, one after the other; why it stopped, or "". What cannot go holds up no other. */
export async function sendFiles(now = false) {
  const files = (await store.all("files")).filter((file) => !["attached", "refused"].includes(file.state)).sort((a, b) => a.tries - b.tries);
  let stumbled = "";
  for (const file of files) {
    const item = await store.item(file.item);
    if (item?.state !== "received" || (!now && file.next_at > Date.now())) continue;
    const held = await sendFile(file);
    // Without a network or a sign-in none of the others goes either.
    if (held && held !== HELD.SERVER) return held;
    stumbled ||= held;
  }
  return stumbled;
}

async function sendFile(file) {
  try {
    const blob = await blobOf(file.id);
    // Its pieces were let go of when it was there; after a new set-up the server says whether it still is.
    if (blob.size === file.size) await upload(file, blob);
    return await settle(file.id, blob.size !== file.size);
  } catch (error) {
    const answer = error.originalResponse;
    if (answer?.getStatus()) return turnedAway(file.id, answer.getStatus(), async () => JSON.parse(answer.getBody()));
    await postpone(file.id);
    return onTheWay(error) ? HELD.NETWORK : HELD.SERVER;
  }
}

/** What the server made of a whole file: attached, or refused with its reason; only then the phone lets go of its pieces. */
async function settle(id, lost) {
  const answer = await fetch(`/api/v1/uploads/${id}`, { credentials: "same-origin", signal: patience(), headers: { Accept: "application/json" } });
  if (!answer.ok) return turnedAway(id, answer.status, () => answer.json());
  const facts = await answer.json();
  if (lost && facts.state !== "attached") Object.assign(facts, { state: "refused", reason: "lost" });
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
  return HELD.SERVER;
}

/** It got no answer: the line is dead. Anything else that goes wrong is of this one file. */
const onTheWay = (error) => Boolean(error.originalRequest) || error instanceof TypeError || error.name === "TimeoutError";

// What the server will never take; its pieces stay until the officer clears it away.
const FOR_GOOD = [404, 410, 413, 422];

/** The server said no: to whoever is signed in, to this file for good, or for now. */
async function turnedAway(id, said, body) {
  const status = said === 404 ? await missed() : said;
  if (status === 401 || status === 403) {
    await postpone(id);
    return HELD.SIGN_IN;
  }
  if (FOR_GOOD.includes(status)) {
    const { reason = "" } = await body().catch(() => ({}));
    await mark(id, { state: "refused", reason: status === 404 ? "gone" : reason });
    return "";
  }
  await postpone(id);
  return HELD.SERVER;
}

/** To whom a file is not there: to the phone's own seat it is gone (404); to anybody else it never is, and that says nothing of it. */
async function missed() {
  const { id } = await store.get("meta", "handset");
  const answer = await fetch("/api/v1/phone", { credentials: "same-origin", cache: "no-store", signal: patience(), headers: { Accept: "application/json", "X-Handset": id } });
  answer.body?.cancel().catch(() => {});
  return answer.ok ? 404 : answer.status;
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
