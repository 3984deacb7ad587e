// An expense: the amount is typed, the receipt photographed, and it is saved. Two taps beside the typing.
import { attach, drawFiles } from "../attach.js";
import { fill, show as put, word } from "../dom.js";
import { card } from "./cards.js";

const KEY = "expense";
const NAMES = ["amount", "currency", "kind", "day", "note"];
const MOST_FILES = 5;

export async function show(root, _params, app) {
  put(root, fill("expense"));
  const form = root.querySelector("form");
  const kept = await app.outbox.draft(KEY);
  const state = { files: [], kind: "expense", address: "#/expense", draft: KEY, ...kept };
  const lists = app.bundle?.expense;
  root.querySelector("[data-none]").hidden = Boolean(lists);
  form.hidden = !lists;
  options(form.elements.kind, lists?.kinds.map((one) => [one.key, one.name]) ?? []);
  options(form.elements.currency, lists?.currencies.map((one) => [one, one]) ?? []);
  const last = await app.store.get("meta", "expense");
  const first = { day: app.time.localValue(app.time.shown(), app.zone).slice(0, 10), kind: last?.kind ?? "road", currency: last?.currency ?? lists?.currencies[0] ?? "" };
  for (const [name, value] of Object.entries({ ...first, ...state.fields })) if (value) form.elements[name].value = value;
  wire(root, form, state, app);
  await refresh(root, app);
  if (!kept) form.elements.amount.focus({ preventScroll: true });
}

function options(select, rows) {
  select.replaceChildren(...rows.map(([value, name]) => new Option(name, value)));
}

function wire(root, form, state, app) {
  let busy = 0;
  const said = root.querySelector("[data-problem]");
  const save = async () => {
    state.fields = Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));
    state.text = state.fields.amount && `${state.fields.amount} ${state.fields.currency}`;
    await app.outbox.saveDraft(KEY, state).catch((error) => { said.textContent = word("forms", app.outbox.isFull(error) ? "full" : "not-kept"); });
  };
  const drawn = async () => {
    drawFiles(app, root.querySelector("[data-files]"), state, drawn);
    await save();
  };
  form.addEventListener("input", save);
  form.elements.photo.addEventListener("change", async (event) => {
    busy += 1;
    await attach(app, event.target, state, { most: MOST_FILES, said: (words) => { root.querySelector("[data-file-said]").textContent = words; }, drawn });
    busy -= 1;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await save();
    if (!/^\d[\d\s]*([.,]\d{1,3})?$/.test(state.fields.amount.trim())) { said.textContent = word("expense", "amount"); form.elements.amount.focus(); return; }
    if (busy) { said.textContent = word("forms", "busy"); return; }
    try {
      await file(form, state, app);
    } catch (error) {
      said.textContent = word("forms", app.outbox.isFull(error) ? "full" : "not-filed");
    }
  });
  drawFiles(app, root.querySelector("[data-files]"), state, drawn);
}

async function file(form, state, app) {
  const { amount, currency, kind, day, note } = state.fields;
  const body = { amount: amount.trim().replaceAll(/\s/g, "").replace(",", "."), currency, kind, day, note: note.trim() };
  await app.file("expense", body, { title: `${body.amount} ${currency} · ${form.elements.kind.selectedOptions[0]?.text ?? kind}`, files: state.files, draft: KEY, form: state });
  await app.store.put("meta", { kind, currency }, "expense");
  app.toast(word("expense", "saved"));
  app.go("#/outbox");
}

export async function refresh(root, app) {
  const list = root.querySelector("[data-last]");
  if (!list) return;
  // What came meanwhile brings the kinds and the currencies: the form stands then.
  if (root.querySelector("form").hidden && app.bundle?.expense) { await show(root, [], app); return; }
  const [items, files] = await Promise.all([app.outbox.list(), app.store.all("files")]);
  if (!list.isConnected) return;
  const mine = items.filter((item) => item.said?.kind === "expense").slice(0, 5);
  root.querySelector("[data-last-box]").hidden = mine.length === 0;
  list.replaceChildren(...mine.map((item) => card(item, app, files.filter((one) => one.item === item.id))));
}
