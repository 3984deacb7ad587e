// The forms of a report. A flash asks five things and needs one; what is typed is kept at each stroke.
import { attach, drawFiles } from "../attach.js";
import { fill, show as put, word } from "../dom.js";
import { showCaveats } from "../host.js";
import { nearest, search } from "../places.js";
import { locate } from "../where.js";

const KINDS = ["flash", "spot", "situation", "assessment"];
const MOST_FILES = 20;
const TITLE = 80;

export async function show(root, [kind = "flash", again = ""], app) {
  const wanted = KINDS.includes(kind) ? kind : "flash";
  const key = again || wanted;
  const kept = await app.outbox.draft(key);
  const form = new Form(root, app, wanted, key, kept);
  await form.start();
  return () => form.end();
}

class Form {
  constructor(root, app, kind, key, kept) {
    Object.assign(this, { root, app, kind, key });
    this.state = { files: [], point: null, address: `#/report/${kind}${key === kind ? "" : `/${key}`}`, draft: key, ...kept };
    this.fresh = !kept;
    this.busy = 0;
  }

  async start() {
    put(this.root, fill("report", { title: word("forms", this.kind), lead: word("leads", this.kind), flash: this.kind === "flash", send: word("send", this.kind) }));
    this.form = this.root.querySelector("form");
    this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    for (const input of this.form.querySelectorAll("[type=file]")) input.addEventListener("change", () => this.attach(input));
    this.form.elements.where.addEventListener("input", () => this.suggest());
    this.root.querySelector("[data-unpick]").addEventListener("click", () => { this.state.point = null; this.drawPoint(); this.changed(); });
    this.root.querySelector("[data-locate]").addEventListener("click", () => this.locate(true));
    this.drawFiles();
    this.drawPoint();
    this.caveats();
    if (this.fresh && this.kind === "flash") this.locate(false);
    if (this.fresh || !this.state.text) this.form.elements.text.focus({ preventScroll: true });
  }

  /** Nothing more is saved once the screen is left; what was saved is. */
  end() {
    this.left = true;
  }

  restore() {
    for (const [name, value] of Object.entries(this.state.fields ?? {})) {
      const field = this.form.elements[name];
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
    if (this.state.text) this.form.elements.text.value = this.state.text;
    this.whenSet();
  }

  fields() {
    const names = ["where", "began", "began_at", "source_kind", "source", "nexus", "note", "language", "gloss", "reliability", "credibility"];
    const found = Object.fromEntries(names.map((name) => [name, this.form.elements[name]?.value ?? ""]));
    return { ...found, names_person: this.form.elements.names_person.checked };
  }

  async changed() {
    // A file that was still being encrypted when the screen was left belongs to the draft all the same.
    if (this.left) return void (await this.app.outbox.saveDraft(this.key, this.state));
    this.whenSet();
    this.caveats();
    Object.assign(this.state, { text: this.form.elements.text.value, fields: this.fields() });
    const place = this.root.querySelector("[data-kept]");
    try {
      await this.app.outbox.saveDraft(this.key, this.state);
      place.textContent = word("forms", "kept");
      place.classList.remove("burn");
    } catch (error) {
      place.textContent = word("forms", this.app.outbox.isFull(error) ? "full" : "not-kept");
      place.classList.add("burn");
    }
  }

  whenSet() {
    const { began, nexus, began_at: at } = this.form.elements;
    this.root.querySelector("[data-set]").hidden = began.value !== "set";
    if (began.value === "set" && !at.value) at.value = this.app.time.localValue(this.app.time.shown(), this.app.zone);
    this.root.querySelector("[data-note]").hidden = nexus.value === "none-known";
  }

  caveats() {
    showCaveats(this.root.querySelector("[data-caveats]"), this.app, this.form.elements.source_kind.value);
  }

  async locate(asked) {
    const said = this.root.querySelector("[data-position]");
    said.textContent = word("position", "asking");
    const found = await locate();
    if (this.left) return;
    if (found.why) { said.textContent = word("position", found.why); return; }
    if (this.state.point && !asked) return;
    this.state.point = { ...found, device: true };
    const near = await nearest(found.lat, found.lon).catch(() => null);
    if (this.left) return;
    if (near && !this.form.elements.where.value) this.state.point.near = near.name;
    this.drawPoint();
    await this.changed();
  }

  drawPoint() {
    const { point } = this.state;
    const said = this.root.querySelector("[data-position]");
    this.root.querySelector("[data-unpick]").hidden = !point;
    if (!point) { said.textContent = word("position", "unset"); return; }
    const values = { lat: point.lat.toFixed(4), lon: point.lon.toFixed(4), m: point.precision_m, near: point.near ?? "" };
    said.textContent = word("position", point.device ? (point.near ? "device-near" : "device") : "picked", values);
  }

  async suggest() {
    const typed = this.form.elements.where.value;
    const list = this.root.querySelector("[data-found]");
    const near = this.state.point ?? this.app.bundle?.me?.post;
    const rows = typed.trim().length < 2 ? [] : await search(typed, { limit: 5, near }).catch(() => []);
    if (this.left || this.form.elements.where.value !== typed) return;
    list.replaceChildren(...rows.map((row) => {
      const made = fill("found", { name: row.name, country: row.country });
      made.querySelector("button").addEventListener("click", () => this.pick(row));
      return made;
    }));
    list.hidden = !rows.length;
  }

  pick(row) {
    this.form.elements.where.value = row.name;
    this.state.point = { lat: row.lat, lon: row.lon, precision_m: 5000, device: false };
    this.root.querySelector("[data-found]").hidden = true;
    this.drawPoint();
    this.changed();
  }

  async attach(input) {
    this.busy += 1;
    const said = (words) => { if (!this.left) this.root.querySelector("[data-file-said]").textContent = words; };
    await attach(this.app, input, this.state, { most: MOST_FILES, said, drawn: () => this.filesChanged() });
    this.busy -= 1;
  }

  async filesChanged() {
    if (!this.left) this.drawFiles();
    await this.changed();
  }

  drawFiles() {
    drawFiles(this.app, this.root.querySelector("[data-files]"), this.state, () => this.filesChanged());
  }

  async send() {
    const said = this.root.querySelector("[data-problem]");
    if (!this.form.elements.text.value.trim()) {
      said.textContent = word("forms", "empty");
      this.form.elements.text.focus();
      return;
    }
    if (this.busy) { said.textContent = word("forms", "busy"); return; }
    const button = this.form.querySelector("[data-send]");
    button.disabled = true;
    try {
      // A full phone refuses the draft's last strokes; what is filed is kept aside.
      await this.changed();
      const { state } = this;
      const title = state.text.trim().split("\n")[0].slice(0, TITLE);
      await this.app.file("report", this.body(), { title, files: state.files, draft: this.key, form: state });
      this.app.toast(word("forms", "filed"));
      this.app.go("#/outbox");
    } catch (error) {
      // What was typed stands in the form and, as far as it could be saved, in the draft.
      said.textContent = word("forms", this.app.outbox.isFull(error) ? "full" : "not-filed");
      button.disabled = false;
    }
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
      kind: this.kind, text: state.text, lang: fields.language || "en", gloss_en: fields.gloss, observed_t: { device: pressed }, t,
      place, source_kind: fields.source_kind, source_ref: fields.source, names_person: fields.names_person,
      grade: { scheme: "NATO", source: fields.reliability || "F", information: fields.credibility || "6" },
      home_nexus: { status: fields.nexus || "none-known", note: fields.nexus === "none-known" ? "" : fields.note },
    };
  }
}
