// Safety: signs of life I owe, one tap to give one with my position, and setting one. Without a network it alerts nobody, and says so.
import { fill, show as put, word } from "../dom.js";
import { pending, term } from "../mine.js";
import { stateWord } from "./cards.js";
import { locate } from "../where.js";

const MINUTE = 60_000;
const KEY = "set-check-in";

export async function show(root, _params, app) {
  put(root, fill("safety"));
  const form = root.querySelector("form");
  const kept = await app.outbox.draft(KEY);
  for (const [name, value] of Object.entries(kept?.fields ?? {})) if (form.elements[name]) form.elements[name].value = value;
  const moment = () => { root.querySelector("[data-set]").hidden = form.elements.due.value !== "set"; };
  moment();
  form.addEventListener("input", async () => {
    moment();
    if (form.elements.due.value === "set" && !form.elements.at.value) form.elements.at.value = app.time.localValue(app.time.shown() + 120 * MINUTE, app.zone);
    const fields = Object.fromEntries(["due", "at", "place", "note"].map((name) => [name, form.elements[name].value]));
    await app.outbox.saveDraft(KEY, { fields }).catch(() => {});
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); set(root, form, app); });
  root.querySelector("[data-well]").addEventListener("click", (event) => well(root, app, event.currentTarget, null));
  await refresh(root, app);
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
  list.replaceChildren(...rows);
  root.querySelector("[data-nothing]").hidden = rows.length > 0;
  root.querySelector("[data-last-box]").hidden = mine.length === 0;
  root.querySelector("[data-last]").replaceChildren(...mine.map((item) => fill("well-line", {
    what: word("kinds", item.said.kind), state: `${word("states", stateWord(item, item.state))} ${app.time.hand(app.time.shown(item.saved_at), app.zone)}`,
    note: item.receipt?.note ? word("notes", item.receipt.note) : item.refusal ? `${item.refusal.reason} ${item.refusal.way_out}` : "",
  })));
}

async function row(one, root, app) {
  const given = await pending(app, (said) => said.body?.check === one.id);
  const due = term(app, one.due_at, one.zone, "");
  const made = fill("owed", {
    title: one.team || one.note || one.place || word("safety", "sign"), by: one.team ? word("safety", "team") : one.by_me ? word("safety", "by-me") : word("safety", "by-desk"),
    due: due.text, at: `${due.at} (${one.zone})`, given: Boolean(given), open: !given, state: given ? word("states", stateWord(given, given.state)) : "",
  });
  made.querySelector(".clock").classList.add(due.late ? "late" : "due");
  made.querySelector("button").addEventListener("click", (event) => well(root, app, event.currentTarget, one.id));
  return made;
}

/** All is well, here. One tap: the position is looked for, and where the phone has none what stands in the field is taken. */
async function well(root, app, button, check) {
  const said = root.querySelector("[data-said]");
  const typed = root.querySelector("[name=where]").value.trim();
  button.disabled = true;
  said.textContent = word("position", "asking");
  const found = await locate();
  button.disabled = false;
  if (found.why && !typed) {
    said.textContent = word("safety", found.why);
    root.querySelector("[data-where]").hidden = false;
    root.querySelector("[name=where]").focus();
    return;
  }
  const where = found.why ? { lat: null, lon: null, precision_m: null } : found;
  const place = found.why ? typed : typed || app.bundle?.me?.post?.city || "";
  await app.file("check-in", { check, ...where, place: found.why ? place : typed }, { title: word("safety", "well") });
  said.textContent = word("safety", navigator.onLine ? "given" : "given-offline");
  await refresh(root, app);
}

/** A sign of life I will owe: its moment by this phone's clock, which the server sets right. */
async function set(root, form, app) {
  const said = root.querySelector("[data-problem]");
  const { due, at, place, note } = form.elements;
  const minutes = Number(due.value);
  const local = due.value === "set" ? app.time.inZone(at.value, app.zone) : null;
  if (due.value === "set" && (!local || local <= app.time.shown())) { said.textContent = word("safety", "past"); return; }
  // A reading of the phone's clock, which the server sets right; where the house's clock runs at another pace, its own moment.
  const even = app.time.shown(Date.now() + MINUTE) - app.time.shown() === MINUTE;
  const moment = local ?? (even ? null : app.time.shown() + minutes * MINUTE);
  const when = moment ? new Date(moment).toISOString() : { device: Date.now() + minutes * MINUTE };
  said.textContent = "";
  const form_ = { fields: { due: due.value, at: at.value, place: place.value, note: note.value }, address: "#/safety", draft: KEY };
  await app.file("set-check-in", { due: when, lat: null, lon: null, precision_m: null, place: place.value.trim(), note: note.value.trim() },
    { title: note.value.trim() || word("kinds", "set-check-in"), draft: KEY, form: form_ });
  form.reset();
  root.querySelector("[data-set]").hidden = true;
  app.toast(word("safety", "set"));
  await refresh(root, app);
}
