// The forms of a report. A flash asks five things and needs one; what is typed is kept at each stroke.
import { fill, show as put, word } from "../dom.js";
import { Filing, leave } from "../filing.js";
import { showCaveats } from "../host.js";
import { nearest, search } from "../places.js";
import { locate } from "../where.js";

const KINDS = ["flash", "spot", "situation", "assessment"];
const NAMES = ["where", "began", "began_at", "source_kind", "source", "nexus", "note", "language", "gloss", "reliability", "credibility", "names_person"];
const TITLE = 80;
// A position of his own that is older was another place's: he may have gone on since.
const HERE = 10 * 60_000;

export async function show(root, [kind = "flash", own = ""], app) {
  const wanted = KINDS.includes(kind) ? kind : "flash";
  const key = own || wanted;
  const kept = await app.outbox.draft(key);
  new Form(root, app, wanted, key, kept).start();
  return leave;
}

class Form extends Filing {
  constructor(root, app, kind, key, kept) {
    super(root, app, key);
    Object.assign(this, { kind, fresh: !kept });
    Object.assign(this.state, { point: null, kind, address: `#/report/${kind}${key === kind ? "" : `/${key}`}`, draft: key, ...kept });
    const { point, written } = this.state;
    this.stale = Boolean(point?.device) && !written && !(Date.now() - point.at < HERE);
    if (this.stale) this.state.point = null;
  }

  start() {
    put(this.root, fill("report", { title: word("forms", this.kind), lead: word("leads", this.kind), flash: this.kind === "flash", send: word("send", this.kind) }));
    this.wire(this.root.querySelector("form"), NAMES);
    this.follow();
    this.form.elements.where.addEventListener("input", () => { this.unpick(); this.suggest(); });
    this.root.querySelector("[data-unpick]").addEventListener("click", () => { this.state.point = null; this.drawPoint(); this.keep(); });
    this.root.querySelector("[data-locate]").addEventListener("click", () => this.locate(true));
    this.drawPoint();
    if (this.stale || (this.fresh && this.kind === "flash")) this.locate(false);
    if (this.fresh || !this.state.text) this.form.elements.text.focus({ preventScroll: true });
  }

  async keep() {
    if (!this.gone) this.follow();
    await super.keep();
  }

  /** What stands only beside some of the choices. */
  follow() {
    const { began, nexus, began_at: at, source_kind: told } = this.form.elements;
    this.root.querySelector("[data-set]").hidden = began.value !== "set";
    if (began.value === "set" && !at.value) at.value = this.app.time.localValue(this.app.time.shown(), this.app.zone);
    this.root.querySelector("[data-note]").hidden = nexus.value === "none-known";
    showCaveats(this.root.querySelector("[data-caveats]"), this.app, told.value);
  }

  async locate(asked) {
    const said = this.root.querySelector("[data-position]");
    said.textContent = word("position", "asking");
    const found = await locate();
    if (this.gone) return;
    if (found.why) { said.textContent = word("position", found.why); return; }
    if (this.state.point && !asked) return;
    const point = { ...found, device: true, at: Date.now() };
    this.state.point = point;
    const near = await nearest(found.lat, found.lon).catch(() => null);
    if (this.gone) return;
    if (near && !this.form.elements.where.value) point.near = near.name;
    this.drawPoint();
    await this.keep();
  }

  drawPoint() {
    const { point } = this.state;
    const said = this.root.querySelector("[data-position]");
    this.root.querySelector("[data-unpick]").hidden = !point;
    if (!point) { said.textContent = word("position", "unset"); return; }
    const values = { lat: point.lat.toFixed(4), lon: point.lon.toFixed(4), m: point.precision_m, near: point.near ?? "" };
    said.textContent = word("position", point.device ? (point.near ? "device-near" : "device") : "picked", values);
  }

  /** The point of a place that was picked goes with its name: under another it would lead the desk astray. */
  unpick() {
    const { point } = this.state;
    if (!point || point.device || this.form.elements.where.value.startsWith(point.name)) return;
    this.state.point = null;
    this.drawPoint();
  }

  async suggest() {
    const typed = this.form.elements.where.value;
    const list = this.root.querySelector("[data-found]");
    const near = this.state.point ?? this.app.bundle?.me?.post;
    const rows = typed.trim().length < 2 ? [] : await search(typed, { limit: 5, near }).catch(() => []);
    if (this.gone || this.form.elements.where.value !== typed) return;
    list.replaceChildren(...rows.map((row) => {
      const made = fill("found", { name: row.name, country: row.country });
      made.querySelector("button").addEventListener("click", () => this.pick(row));
      return made;
    }));
    list.hidden = !rows.length;
  }

  pick(row) {
    this.form.elements.where.value = row.name;
    this.state.point = { lat: row.lat, lon: row.lon, precision_m: 5000, device: false, name: row.name };
    this.root.querySelector("[data-found]").hidden = true;
    this.drawPoint();
    this.keep();
  }

  submit() {
    if (!this.text().trim()) {
      this.say(word("forms", "empty"));
      this.form.elements.text.focus();
      return;
    }
    this.once(async () => {
      const { app, state } = this;
      const title = state.text.trim().split("\n")[0].slice(0, TITLE);
      await app.file("report", this.body(), { title, files: state.files, draft: this.key, form: state });
      app.toast(word("forms", "filed"));
      if (!this.gone) app.go("#/outbox");
    });
  }

  /** The report as the server takes it; a reading of the phone's clock stays one, for the server knows by how much it is wrong. */
  body() {
    const { state } = this;
    const { fields, point } = state;
    const pressed = Date.now();
    const ago = Number(fields.began);
    const set = fields.began === "set" ? this.app.time.inZone(fields.began_at, this.app.zone) : null;
    const t = fields.began === "now" ? { device: pressed } : ago ? { device: pressed - ago * 60_000 } : set ? new Date(set).toISOString() : null;
    const place = { name: fields.where || (point?.device && point.near) || "", lat: point?.lat ?? null, lon: point?.lon ?? null, precision_m: point?.precision_m ?? null };
    return {
      kind: this.kind, text: state.text, lang: fields.language || "en", gloss_en: fields.gloss, observed_t: { device: state.written ?? pressed }, t,
      place, source_kind: fields.source_kind, source_ref: fields.source, names_person: fields.names_person,
      grade: { scheme: "NATO", source: fields.reliability || "F", information: fields.credibility || "6" },
      home_nexus: { status: fields.nexus || "none-known", note: fields.nexus === "none-known" ? "" : fields.note },
    };
  }
}
