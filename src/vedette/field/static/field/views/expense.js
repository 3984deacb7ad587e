// An expense: the amount is typed, the receipt photographed, and it is saved. Two taps beside the typing.
import { fill, redraw, show as put, word } from "../dom.js";
import { Filing, leave } from "../filing.js";
import { card } from "./cards.js";

const KEY = "expense";
const NAMES = ["amount", "currency", "kind", "day", "note"];
const MOST_FILES = 5;

export async function show(root, [own = ""], app) {
  const key = own || KEY;
  const [kept, last] = await Promise.all([app.outbox.draft(key), app.store.get("meta", "expense")]);
  const form = new Expense(root, app, key, kept);
  form.start(last ?? {});
  await refresh(root, app);
  if (!kept && !form.gone) form.form.elements.amount.focus({ preventScroll: true });
  return leave;
}

function options(select, rows, chosen) {
  select.replaceChildren(...rows.map(([value, name]) => new Option(name, value, false, value === chosen)));
}

class Expense extends Filing {
  constructor(root, app, key, kept) {
    super(root, app, key, MOST_FILES);
    Object.assign(this.state, { kind: "expense", address: key === KEY ? "#/expense" : `#/expense/${key}`, draft: key, ...kept });
  }

  start(last) {
    const { root, app } = this;
    put(root, fill("expense"));
    const form = root.querySelector("form");
    const lists = app.bundle?.expense;
    root.querySelector("[data-none]").hidden = Boolean(lists);
    form.hidden = !lists;
    options(form.elements.kind, lists?.kinds.map((one) => [one.key, one.name]) ?? [], last.kind ?? "road");
    options(form.elements.currency, lists?.currencies.map((one) => [one, one]) ?? [], last.currency);
    form.elements.day.value = app.time.localValue(app.time.shown(), app.zone).slice(0, 10);
    this.wire(form, NAMES);
  }

  text() {
    const { amount, currency, note } = this.form.elements;
    return amount.value ? `${amount.value} ${currency.value}` : note.value;
  }

  submit() {
    const amount = this.form.elements.amount.value.trim();
    const sum = sumOf(amount, this.form.elements.currency.value);
    if (!sum) { this.say(word("expense", "amount")); this.form.elements.amount.focus(); return; }
    this.once(async () => {
      const { app, state } = this;
      const { currency, kind, day, note } = state.fields;
      const body = { amount: sum, currency, kind, day, note: note.trim() };
      const title = `${body.amount} ${currency} · ${this.form.elements.kind.selectedOptions[0]?.text ?? kind}`;
      await app.file("expense", body, { title, files: state.files, draft: this.key, form: state });
      await app.store.putIfRoom("meta", { kind, currency }, "expense");
      app.toast(word("expense", "saved"));
      if (!this.gone) app.go("#/outbox");
    });
  }
}

export async function refresh(root, app) {
  const list = root.querySelector("[data-last]");
  if (!list) return;
  // What came meanwhile brings the kinds and the currencies: the form stands then.
  if (root.querySelector("form").hidden && app.bundle?.expense) { await show(root, location.hash.split("/").slice(2), app); return; }
  const [items, files] = await Promise.all([app.outbox.list(), app.store.all("files")]);
  if (!list.isConnected) return;
  const mine = items.filter((item) => item.said?.kind === "expense").slice(0, 5);
  root.querySelector("[data-last-box]").hidden = mine.length === 0;
  redraw(list, mine.map((item) => card(item, app, files.filter((one) => one.item === item.id))));
}

/** A typed sum as the house reads it: a comma before three digits stands between thousands, else before the cents; "" when it is none. */
function sumOf(text, currency) {
  const typed = text.replaceAll(/\s/g, "");
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed) ? typed.replaceAll(",", "") : typed.replace(",", ".");
  const places = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  return new RegExp(`^\\d+${places ? `(\\.\\d{1,${places}})?` : ""}$`).test(plain) ? plain : "";
}
