// What is for this officer, as the screens ask for it: by when, in which zone, how old; what was opened; what waits for it here.
import * as vault from "./vault.js";
import { get, put } from "./store.js";
import { word } from "./dom.js";

/** A term in words: by when at the place, at home, and how long that is; `late` once it has passed. */
export function term(app, iso, zone = app.zone, city = app.bundle?.me?.post?.city ?? "") {
  const moment = Date.parse(iso);
  const now = app.time.shown();
  const late = moment < now;
  const me = app.bundle?.me;
  const home = me?.home_zone && me.home_zone !== zone ? `${app.time.hand(moment, me.home_zone)} ${me.home_city ?? ""}` : "";
  const span = app.time.span(Math.abs(moment - now) / 1000);
  return { late, text: word("mine", late ? "late" : "in", { span }), at: [`${app.time.hand(moment, zone)} ${city}`.trim(), home].filter(Boolean).join(" · ") };
}

/** A moment that has passed: its time here and its age. */
export const since = (app, iso) => `${app.time.hand(Date.parse(iso), app.zone)} · ${app.time.age(Date.parse(iso))}`;

// What this page has told already: a second drawing comes before the first is kept.
const telling = new Set();
/** Tell the desk once that this was opened on the phone; it goes with what else waits, and is kept closed here. */
export async function opened(app, ids) {
  if (vault.slot() !== "a") return;
  const known = new Set((await vault.open(await get("kept", "opened"))) ?? []);
  const fresh = ids.filter((id) => !known.has(id) && !telling.has(id));
  if (!fresh.length) return;
  for (const id of fresh) telling.add(id);
  try {
    await app.outbox.add("read", { what: fresh }, { hidden: true });
  } catch (error) {
    for (const id of fresh) telling.delete(id);
    throw error;
  }
  await put("kept", await vault.close([...known, ...fresh].slice(-500)), "opened");
  app.sync.sync();
}

/** The newest thing of the outbox that a test finds, and that the server has not refused. */
export async function pending(app, test) {
  return (await app.outbox.list()).find((item) => item.said && item.state !== "refused" && test(item.said)) ?? null;
}

/** Ids of questions that were answered on this phone and are still on their way. */
export async function answeredHere(app) {
  const items = (await app.outbox.list()).filter((item) => item.said && item.state !== "refused");
  return new Set(items.map((item) => item.said.body?.request ?? item.said.body?.question).filter(Boolean));
}
