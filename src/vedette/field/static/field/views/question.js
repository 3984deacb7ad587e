// One question, of the desk or of a team's list: read with no network, answered with none; the answer goes when there is one.
import { attach, drawFiles } from "../attach.js";
import { fill, show as put, word } from "../dom.js";
import { showCaveats } from "../host.js";
import { opened, pending, term } from "../mine.js";
import { locate } from "../where.js";
import { card } from "./cards.js";

const MOST_FILES = 20;
const TITLE = 80;

export async function show(root, [id = ""], app) {
  const found = find(app, id);
  if (!found) { put(root, fill("question-gone")); return gone(root, app, id); }
  const form = new Answer(root, app, found);
  await form.start();
  await opened(app, [found.team ? found.team.mission : id]);
  return () => { form.left = true; };
}

export async function refresh(root, app) {
  const id = location.hash.split("/")[2];
  const found = find(app, id);
  if (!found) return root.querySelector("[data-gone]") ? null : show(root, [id], app);
  await facts(root, app, found);
  return null;
}

/** A question by its id: asked of the post, or carried by the team. */
function find(app, id) {
  const asked = app.bundle?.questions?.find((one) => one.id === id);
  if (asked) return { id, asked, text: asked.question, kind: "answer", done: asked.answered };
  for (const team of app.bundle?.teams ?? []) {
    const one = team.questions.find((row) => row.id === id);
    if (one) return { id, team, one, text: one.text, kind: "team-answer", done: one.answered || Boolean(one.none_because) };
  }
  return null;
}

/** It was taken back, or never was for this phone: only what was typed for it is still here. */
async function gone(root, app, id) {
  const typed = (await app.outbox.draft(`answer:${id}`))?.text;
  const box = root.querySelector("[data-typed]");
  box.hidden = !typed;
  box.querySelector("p").textContent = typed ?? "";
  box.querySelector("button").addEventListener("click", async () => {
    const standing = (await app.outbox.draft("spot")) ?? { files: [], point: null, address: "#/report/spot", draft: "spot" };
    await app.outbox.saveDraft("spot", { ...standing, text: [standing.text, typed].filter(Boolean).join("\n\n") });
    await app.outbox.dropDraft(`answer:${id}`);
    app.go("#/report/spot");
  });
}

/** What stands above the form, and whether the form stands at all: an answer that is on its way is shown in its place. */
async function facts(root, app, found) {
  const item = await pending(app, (said) => (said.body?.request ?? said.body?.question) === found.id);
  const place = root.querySelector("[data-sent]");
  if (!place) return;
  place.replaceChildren(...(item ? [card(item, app)] : []));
  root.querySelector("form").hidden = Boolean(item) || found.done;
  root.querySelector("[data-note]").textContent = item?.receipt?.note ? word("notes", item.receipt.note) : "";
  const { asked, one } = found;
  root.querySelector("[data-done]").textContent = !found.done || item ? "" : asked
    ? word("mine", asked.thanks ? "thanks" : "answered-by", { reference: asked.answer, thanks: asked.thanks })
    : word("mine", one.none_because ? "none-because" : "answered-by", { reference: one.answer, why: one.none_because });
  if (asked) {
    const due = term(app, asked.due_at);
    const clock = root.querySelector("[data-due]");
    clock.querySelector("[data-fill]").textContent = due.text;
    clock.classList.toggle("late", due.late);
    clock.hidden = found.done;
    root.querySelector("[data-due-at]").textContent = due.at;
  }
}

class Answer {
  constructor(root, app, found) {
    Object.assign(this, { root, app, found, key: `answer:${found.id}`, busy: 0 });
  }

  async start() {
    const { found, app, root } = this;
    const kept = await app.outbox.draft(this.key);
    this.state = { files: [], point: null, kind: found.kind, address: `#/question/${found.id}`, draft: this.key, ...kept };
    const { asked, team } = found;
    put(root, fill("question", {
      question: found.text, reference: asked?.reference ?? team.reference, by: asked ? asked.asked_by : team.title, foreign: Boolean(asked?.from_other_agency),
      why: asked?.why ?? "", where: asked?.where ?? "", queue: asked?.place ? word("mine", "queue", { n: asked.place.number, why: asked.place.why }) : "",
      timed: Boolean(asked), team: Boolean(team),
    }));
    this.form = root.querySelector("form");
    this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(event.submitter?.value === "none"); });
    this.form.elements.photo.addEventListener("change", async (event) => {
      this.busy += 1;
      await attach(app, event.target, this.state, { most: MOST_FILES, said: (words) => this.sayFile(words), drawn: () => this.filesChanged() });
      this.busy -= 1;
    });
    root.querySelector("[data-locate]").addEventListener("click", () => this.locate());
    await this.filesChanged(false);
    this.caveats();
    await facts(root, app, found);
  }

  restore() {
    for (const [name, value] of Object.entries(this.state.fields ?? {})) if (this.form.elements[name]) this.form.elements[name].value = value;
    if (this.state.text) this.form.elements.text.value = this.state.text;
    this.drawPoint();
  }

  async changed() {
    const { elements } = this.form;
    this.caveats();
    Object.assign(this.state, { text: elements.text.value, fields: { where: elements.where.value, source_kind: elements.source_kind.value, language: elements.language.value, none_because: elements.none_because?.value ?? "" } });
    const place = this.root.querySelector("[data-kept]");
    try {
      await this.app.outbox.saveDraft(this.key, this.state);
      place.textContent = word("forms", "kept");
    } catch (error) {
      place.textContent = word("forms", this.app.outbox.isFull(error) ? "full" : "not-kept");
    }
  }

  caveats() {
    showCaveats(this.root.querySelector("[data-caveats]"), this.app, this.form.elements.source_kind.value);
  }

  async locate() {
    const said = this.root.querySelector("[data-position]");
    said.textContent = word("position", "asking");
    const found = await locate();
    if (this.left) return;
    if (found.why) { said.textContent = word("position", found.why); return; }
    this.state.point = found;
    this.drawPoint();
    await this.changed();
  }

  drawPoint() {
    const { point } = this.state;
    this.root.querySelector("[data-position]").textContent = point ? word("position", "device", { lat: point.lat.toFixed(4), lon: point.lon.toFixed(4), m: point.precision_m }) : "";
  }

  sayFile(words) {
    this.root.querySelector("[data-file-said]").textContent = words;
  }

  async filesChanged(save = true) {
    drawFiles(this.app, this.root.querySelector("[data-files]"), this.state, () => this.filesChanged());
    if (save) await this.changed();
  }

  async send(none) {
    const said = this.root.querySelector("[data-problem]");
    await this.changed();
    const words = none ? this.state.fields.none_because.trim() : this.state.text?.trim();
    if (!words) { said.textContent = word("mine", none ? "say-why" : "say-answer"); return; }
    if (this.busy) { said.textContent = word("forms", "busy"); return; }
    const { found, app, state } = this;
    const about = found.asked ? { request: found.id } : { question: found.id };
    const body = none ? { ...about, none_because: words, nobody: this.form.elements.nobody.checked } : { ...about, ...this.report() };
    try {
      await app.file(found.kind, body, { title: words.split("\n")[0].slice(0, TITLE), files: none ? [] : state.files, draft: this.key, form: state });
      app.toast(word("mine", "answered-here"));
      await facts(this.root, app, found);
    } catch (error) {
      said.textContent = word("forms", app.outbox.isFull(error) ? "full" : "not-filed");
    }
  }

  report() {
    const { text, fields, point } = this.state;
    const pressed = Date.now();
    return {
      kind: this.found.asked ? "answer" : "spot", text, lang: fields.language || "en", observed_t: { device: pressed }, t: null, source_kind: fields.source_kind,
      place: { name: fields.where, lat: point?.lat ?? null, lon: point?.lon ?? null, precision_m: point?.precision_m ?? null },
    };
  }
}
