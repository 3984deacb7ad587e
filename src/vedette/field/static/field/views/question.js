// One question, of the desk or of a team's list: read with no network, answered with none; the answer goes when there is one.
import { fill, redraw, show as put, word } from "../dom.js";
import { Filing, leave } from "../filing.js";
import { showCaveats } from "../host.js";
import { opened, term } from "../mine.js";
import { locate } from "../where.js";
import { card } from "./cards.js";

const NAMES = ["where", "source_kind", "language", "none_because", "nobody"];
const TITLE = 80;
// The form that stands, or stood until it was filed.
let form = null;

export async function show(root, [id = "", own = ""], app) {
  const key = own || `answer:${id}`;
  const found = find(app, id);
  form = null;
  if (!found) {
    leave();
    put(root, fill("question-gone"));
    await typed(root, app, key);
    return leave;
  }
  form = new Answer(root, app, found, key, await app.outbox.draft(key));
  await form.start();
  await opened(app, [found.team ? found.team.mission : id]);
  return leave;
}

export async function refresh(root, app) {
  const [, , id, own = ""] = location.hash.split("/").map(decodeURIComponent);
  // Another one is about to be shown.
  if (form && form.found.id !== id) return;
  const found = find(app, id);
  const stands = root.querySelector("[data-sent]") !== null;
  // It was taken back while it was read, or came while it was missed.
  if (stands !== Boolean(found)) await show(root, [id, own], app);
  else if (found) await facts(root, app, found);
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

/** What was typed for a question that waits no more is still here, with its files and its place, and can be filed as a report. */
async function typed(root, app, key) {
  const box = root.querySelector("[data-typed]");
  const kept = await app.outbox.draft(key);
  const words = [kept?.text || kept?.fields?.none_because, kept?.files?.map((file) => file.name).join(", "), kept?.fields?.where].filter(Boolean);
  box.hidden = words.length === 0;
  box.querySelector("p").textContent = words.join("\n");
  box.querySelector("button").onclick = async () => {
    const to = `again:${key}`;
    const address = `#/report/spot/${to}`;
    // Where he was when he answered, not where he files it.
    const point = kept.point && { ...kept.point, device: false };
    leave();
    await app.outbox.moveDraft(key, to, { ...kept, kind: "spot", text: kept.text || kept.fields?.none_because || "", point, address, draft: to });
    app.go(address);
  };
}

/** What stands above the form, and whether the form stands at all: an answer that is on its way is shown in its place. */
async function facts(root, app, found) {
  const place = root.querySelector("[data-sent]");
  const item = (await app.outbox.list()).find((one) => (one.said?.body?.request ?? one.said?.body?.question) === found.id);
  if (!place?.isConnected) return;
  const sent = item && item.state !== "refused";
  redraw(place, item ? [card(item, app)] : []);
  root.querySelector("form").hidden = Boolean(sent) || found.done || form?.left;
  if (found.done && !sent) await typed(root, app, form?.key ?? `answer:${found.id}`);
  root.querySelector("[data-note]").textContent = item?.receipt?.note ? word("notes", item.receipt.note) : "";
  const { asked, one } = found;
  root.querySelector("[data-done]").textContent = !found.done || sent ? "" : asked
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

class Answer extends Filing {
  constructor(root, app, found, key, kept) {
    super(root, app, key);
    this.found = found;
    const base = `#/question/${found.id}`;
    const address = key === `answer:${found.id}` ? base : `${base}/${key}`;
    Object.assign(this.state, { point: null, kind: found.kind, address, draft: key, ...kept });
  }

  async start() {
    const { found, app, root } = this;
    const { asked, team } = found;
    put(root, fill("question", {
      question: found.text, reference: asked?.reference ?? team.reference, by: asked ? asked.asked_by : team.title, foreign: Boolean(asked?.from_other_agency),
      why: asked?.why ?? "", where: asked?.where ?? "", queue: asked?.place ? word("mine", "queue", { n: asked.place.number, why: asked.place.why }) : "",
      timed: Boolean(asked), team: Boolean(team),
    }));
    this.wire(root.querySelector("form"), NAMES);
    root.querySelector("[data-locate]").addEventListener("click", () => this.locate());
    this.drawPoint();
    this.caveats();
    await facts(root, app, found);
  }

  async keep() {
    if (!this.gone) this.caveats();
    await super.keep();
  }

  caveats() {
    showCaveats(this.root.querySelector("[data-caveats]"), this.app, this.form.elements.source_kind.value);
  }

  async locate() {
    const said = this.root.querySelector("[data-position]");
    said.textContent = word("position", "asking");
    const found = await locate();
    if (this.gone) return;
    if (found.why) { said.textContent = word("position", found.why); return; }
    this.state.point = found;
    this.drawPoint();
    await this.keep();
  }

  drawPoint() {
    const { point } = this.state;
    this.root.querySelector("[data-position]").textContent = point ? word("position", "device", { lat: point.lat.toFixed(4), lon: point.lon.toFixed(4), m: point.precision_m }) : "";
  }

  async submit(event) {
    const none = event.submitter?.value === "none";
    const words = (none ? this.form.elements.none_because.value : this.text()).trim();
    if (!words) { this.say(word("mine", none ? "say-why" : "say-answer")); return; }
    await this.once(async () => {
      const { found, app, state } = this;
      const about = found.asked ? { request: found.id } : { question: found.id };
      const body = none ? { ...about, none_because: words, nobody: state.fields.nobody } : { ...about, ...this.report() };
      await app.file(found.kind, body, { title: words.split("\n")[0].slice(0, TITLE), files: none ? [] : state.files, draft: this.key, form: state });
      app.toast(word("mine", "answered-here"));
    });
    if (this.form.isConnected) await facts(this.root, this.app, this.found);
  }

  report() {
    const { text, fields, point, written } = this.state;
    return {
      kind: this.found.asked ? "answer" : "spot", text, lang: fields.language || "en", observed_t: { device: written ?? Date.now() }, t: null, source_kind: fields.source_kind,
      place: { name: fields.where, lat: point?.lat ?? null, lon: point?.lon ?? null, precision_m: point?.precision_m ?? null },
    };
  }
}
