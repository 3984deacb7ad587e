// One thing of the outbox: all it says, its path, what the desk did with it, and how to mend what was refused.
import { fill, redraw, show as put, word } from "../dom.js";
import { card, filesWords, knownOf, savedAt } from "./cards.js";

export async function show(root, [id], app) {
  put(root, fill("item"));
  await draw(root, id, app);
  root.querySelector("[data-mend]").addEventListener("click", async () => {
    const address = await app.outbox.takeBack(id, asMeant(await app.outbox.one(id), app));
    if (address) app.go(address);
  });
}

/** The fields of its form; "now" and "10 min ago" were said of the moment of writing, not of that of mending. */
function asMeant(item, app) {
  const { fields } = item.said.form;
  const minutes = fields?.began === "now" ? 0 : Number(fields?.began || NaN);
  if (!Number.isFinite(minutes)) return fields;
  return { ...fields, began: "set", began_at: app.time.localValue(savedAt(item, app) - minutes * 60_000, app.zone) };
}

export const refresh = (root, app) => draw(root, location.hash.split("/")[2], app);

async function draw(root, id, app) {
  const gone = root.querySelector("[data-gone]");
  const item = await app.outbox.one(id);
  const files = (await app.store.all("files")).filter((file) => file.item === id);
  if (!gone?.isConnected) return;
  gone.hidden = Boolean(item);
  if (!item) return;
  redraw(root.querySelector("[data-card]"), [card(item, app, files)]);
  const body = item.said?.body;
  const text = body?.text ?? "";
  root.querySelector("[data-body]").textContent = text === item.said?.title ? "" : text;
  root.querySelector("[data-place]").textContent = body?.place?.name ?? "";
  root.querySelector("[data-files]").textContent = filesWords(files);
  root.querySelector("[data-mend]").hidden = item.state !== "refused" || !item.said?.form;
  root.querySelector("[data-size]").textContent = word("outbox", "size", { n: item.size });
  clocks(root, item, app);
  deeds(root, knownOf(item, app), app);
}

/** Both clocks, said plainly when they differ. */
function clocks(root, item, app) {
  const place = root.querySelector("[data-clock]");
  const offset = item.receipt?.offset ?? 0;
  place.hidden = Math.abs(offset) <= 120_000;
  if (!place.hidden) {
    const span = app.time.apart(offset);
    place.textContent = word("clock", offset > 0 ? "ahead" : "behind", { span });
  }
}

function deeds(root, known, app) {
  const list = root.querySelector("[data-deeds]");
  const rows = [
    ...(known?.readings ?? []).map((one) => ({ at: one.at, words: word("outbox", "read", { role: word("roles", one.role) }) })),
    ...(known?.deeds ?? []),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  redraw(list, rows.map((row) => fill("deed", { words: row.words, at: `${app.time.hand(Date.parse(row.at), app.zone)} · ${app.time.age(Date.parse(row.at))}` })));
  root.querySelector("[data-nothing]").hidden = rows.length > 0 || !known;
}
