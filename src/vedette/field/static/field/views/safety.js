// Safety: signs of life I owe, one tap to give one with my position, and setting one. Without a network it alerts nobody, and says so.
import { fill, redraw, show as put, word } from "../dom.js";
import { Filing, leave } from "../filing.js";
import { pending, term } from "../mine.js";
import { savedAt, standing } from "./cards.js";
import { locate } from "../where.js";

const MINUTE = 60_000;
const KEY = "set-check-in";
const NAMES = ["due", "at", "place", "note"];
// Signs that are being given: a second tap while the phone looks for its position gives no second one.
const giving = new Set();

export async function show(root, [own = ""], app) {
  const key = own || KEY;
  const kept = await app.outbox.draft(key);
  put(root, fill("safety"));
  new Owing(root, app, key, kept).start();
  root.querySelector("[data-well]").addEventListener("click", (event) => well(root, app, event.currentTarget, null));
  await refresh(root, app);
  return leave;
}

export async function refresh(root, app) {
  const list = root.querySelector("[data-owed]");
  if (!list) return;
  const { why, since } = app.sync.held();
  const alone = why === "network" || !navigator.onLine;
  root.querySelector("[data-alone]").textContent = alone ? word("safety", since ? "alone-since" : "alone", { since: since ? app.time.hand(app.time.shown(since), app.zone) : "" }) : word("safety", "needs-network");
  root.querySelector("[data-alone-box]").classList.toggle("burning", alone);
  const owed = app.bundle?.check_ins ?? [];
  const rows = await Promise.all(owed.map((one) => row(one, root, app)));
  const mine = (await app.outbox.list()).filter((item) => ["check-in", "set-check-in"].includes(item.said?.kind)).slice(0, 3);
  if (!list.isConnected) return;
  redraw(list, rows);
  root.querySelector("[data-nothing]").hidden = rows.length > 0;
  root.querySelector("[data-last-box]").hidden = mine.length === 0;
  redraw(root.querySelector("[data-last]"), mine.map((item) => fill("well-line", {
    what: word("kinds", item.said.kind), state: `${word("states", standing(item, app))} ${app.time.hand(savedAt(item, app), app.zone)}`,
    note: item.receipt?.note ? word("notes", item.receipt.note) : item.refusal ? `${item.refusal.reason} ${item.refusal.way_out}` : "",
  })));
}

async function row(one, root, app) {
  const given = await pending(app, (said) => said.body?.check === one.id);
  const due = term(app, one.due_at, one.zone, "");
  const made = fill("owed", {
    title: one.team || one.note || one.place || word("safety", "sign"), by: one.team ? word("safety", "team") : one.by_me ? word("safety", "by-me") : word("safety", "by-desk"),
    due: due.text, at: `${due.at} (${one.zone})`, given: Boolean(given), open: !given, state: given ? word("states", standing(given, app)) : "",
  });
  made.querySelector(".clock").classList.add(due.late ? "late" : "due");
  made.querySelector("li").dataset.check = one.id;
  made.querySelector("button").addEventListener("click", (event) => well(root, app, event.currentTarget, one.id));
  return made;
}

/** All is well, here. One tap: the position is looked for, and where the phone has none what stands in the field is taken. */
async function well(root, app, button, check) {
  if (giving.has(check)) return;
  giving.add(check);
  button.disabled = true;
  const said = root.querySelector("[data-said]");
  said.textContent = word("position", "asking");
  try {
    const told = await give(root, app, check);
    said.textContent = told;
    if (told && !said.isConnected) app.toast(told);
  } catch (error) {
    const told = word("safety", app.outbox.isFull(error) ? "full" : "not-given");
    said.textContent = told;
    if (!said.isConnected) app.toast(told);
  } finally {
    giving.delete(check);
    button.disabled = false;
  }
  if (said.isConnected) await refresh(root, app);
}

/** What there is to say of it once it is filed, or could not be; nothing behind the other PIN, which knows nothing of it. */
async function give(root, app, check) {
  const slot = app.vault.slot();
  const field = root.querySelector("[name=where]");
  const typed = field.value.trim();
  const found = await locate();
  if (app.vault.slot() !== slot) return app.vault.isOpen() ? "" : word("safety", "locked");
  const { why = "", ...where } = found;
  if (why && !typed && field.isConnected) {
    root.querySelector("[data-where]").hidden = false;
    field.focus();
    return word("safety", why);
  }
  // Who went on to another screen counts on its being given: without a position rather than not at all.
  const unfound = Boolean(why) && !typed;
  await app.file("check-in", { check, lat: null, lon: null, precision_m: null, ...where, place: typed, unfound }, { title: word("safety", "well") });
  return word("safety", navigator.onLine ? "given" : "given-offline");
}

/** The form of a sign of life I will owe. */
class Owing extends Filing {
  constructor(root, app, key, kept) {
    super(root, app, key);
    Object.assign(this.state, { kind: KEY, address: key === KEY ? "#/safety" : `#/safety/${key}`, draft: key, ...kept });
  }

  start() {
    this.wire(this.root.querySelector("form"), NAMES);
    this.follow();
  }

  text() {
    const { note, place } = this.form.elements;
    return note.value || place.value;
  }

  async keep() {
    if (!this.gone) this.follow();
    await super.keep();
  }

  follow() {
    const { due, at } = this.form.elements;
    this.root.querySelector("[data-set]").hidden = due.value !== "set";
    if (due.value === "set" && !at.value) at.value = this.app.time.localValue(this.app.time.shown() + 120 * MINUTE, this.app.zone);
  }

  /** Its moment is by this phone's clock, which the server sets right. */
  async submit() {
    const { app } = this;
    const { due, at, place, note } = this.form.elements;
    const local = due.value === "set" ? app.time.inZone(at.value, app.zone) : null;
    if (due.value === "set" && (!local || local <= app.time.shown())) { this.say(word("safety", "past")); return; }
    await this.once(async () => {
      const minutes = Number(due.value);
      // A reading of the phone's clock; where the house's clock runs at another pace, its own moment.
      const even = app.time.shown(Date.now() + MINUTE) - app.time.shown() === MINUTE;
      const moment = local ?? (even ? null : app.time.shown() + minutes * MINUTE);
      const when = moment ? new Date(moment).toISOString() : { device: Date.now() + minutes * MINUTE };
      await app.file("set-check-in", { due: when, lat: null, lon: null, precision_m: null, place: place.value.trim(), note: note.value.trim() },
        { title: note.value.trim() || word("kinds", KEY), draft: this.key, form: this.state });
      app.toast(word("safety", "set"));
    });
    // An empty form in its place, for the next one.
    if (this.left && this.form.isConnected) await show(this.root, [], app);
  }
}
