// What every form of the app has: a draft kept at each stroke, files, one filing at a time, and nothing drawn once it is left.
import { attach, drawFiles } from "./attach.js";
import { word } from "./dom.js";

const MOST_FILES = 20;
// The form that stands on the screen.
let standing = null;

/** The screen is left: nothing more is drawn or typed there; what was kept is. */
export function leave() {
  if (standing) standing.left = true;
  standing = null;
}

export class Filing {
  constructor(root, app, key, most = MOST_FILES) {
    leave();
    standing = this;
    Object.assign(this, { root, app, key, most, slot: app.vault.slot(), busy: 0, left: false, filing: false, state: { files: [], fields: {} } });
  }

  /** Whether its screen is gone, by going elsewhere or by the lock. */
  get gone() {
    return this.left || this.app.vault.slot() !== this.slot;
  }

  /** Fill the form as it was left and listen to it; `names` are its fields beside the text. */
  wire(form, names) {
    Object.assign(this, { form, names });
    this.blank = JSON.stringify(this.fields());
    for (const [name, value] of Object.entries(this.state.fields ?? {})) {
      const field = form.elements[name];
      if (field?.type === "checkbox") field.checked = value;
      else if (field && (!field.options || [...field.options].some((one) => one.value === value))) field.value = value;
    }
    if (this.state.text && form.elements.text) form.elements.text.value = this.state.text;
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(event); });
    for (const input of form.querySelectorAll("[type=file]")) input.addEventListener("change", () => this.attach(input));
    this.drawFiles();
  }

  fields() {
    const valueOf = (field) => (field?.type === "checkbox" ? field.checked : (field?.value ?? ""));
    return Object.fromEntries(this.names.map((name) => [name, valueOf(this.form.elements[name])]));
  }

  /** What the list of what was begun shows of it. */
  text() {
    return this.form.elements.text.value;
  }

  /** Keep what stands in the form; nothing of a form in which nothing was typed. */
  async keep() {
    if (!this.gone && !this.filing) await this.save();
  }

  async save() {
    const { state, root, app } = this;
    Object.assign(state, { text: this.text(), fields: this.fields() });
    const empty = !state.text.trim() && !state.files.length && JSON.stringify(state.fields) === this.blank;
    const place = root.querySelector("[data-kept]");
    let wrong = "";
    try {
      await app.outbox.saveDraft(this.key, empty ? null : state);
    } catch (error) {
      wrong = app.outbox.isFull(error) ? "full" : "not-kept";
    }
    place.textContent = empty && !wrong ? "" : word("forms", wrong || "kept");
    place.classList.toggle("burn", Boolean(wrong));
  }

  say(words) {
    const place = this.gone ? null : this.root.querySelector("[data-problem]");
    if (place) place.textContent = words;
    // Never behind the other PIN, which knows nothing of it.
    else if (words && [this.slot, null].includes(this.app.vault.slot())) this.app.toast(words);
  }

  /** File it by `work`, once however often it is tapped. */
  async once(work) {
    // Once it is filed its form stands until the next screen is drawn: a tap in between files no second one.
    if (this.filing || this.left) return;
    if (this.busy) { this.say(word("forms", "busy")); return; }
    this.filing = true;
    this.say("");
    const buttons = [...this.form.querySelectorAll("[type=submit], [data-files] button")];
    for (const button of buttons) button.disabled = true;
    try {
      // A full phone refuses the draft's last strokes; what is filed is kept aside.
      await this.save();
      await work();
      // What is still looked for comes too late, or it would bring the draft back.
      this.left = true;
    } catch (error) {
      // What was typed stands in the form and, as far as it could be saved, in the draft.
      this.say(word("forms", this.app.outbox.isFull(error) ? "full" : "not-filed"));
    } finally {
      this.filing = false;
      for (const button of buttons) button.disabled = false;
    }
  }

  async attach(input) {
    this.busy += 1;
    const said = (words) => { if (!this.gone) this.root.querySelector("[data-file-said]").textContent = words; };
    await attach(this.app, input, { most: this.most, count: () => this.state.files.length, said, add: (file) => this.add(file) });
    this.busy -= 1;
  }

  /** A file that is kept now. One whose form was left meanwhile belongs to the draft all the same. */
  async add(file) {
    const { outbox, vault, toast } = this.app;
    if (vault.slot() !== this.slot) {
      await outbox.dropFile(file.id);
      if (!vault.isOpen()) toast(word("files", "locked"));
    } else if (!this.left) {
      this.state.files.push(file);
      await this.filesChanged();
    } else if (standing?.key === this.key && standing !== this) {
      await standing.add(file);
    } else {
      const kept = (await outbox.draft(this.key)) ?? { ...this.state, text: "", fields: {}, files: [] };
      await outbox.saveDraft(this.key, { ...kept, files: [...kept.files, file] });
    }
  }

  async filesChanged() {
    if (this.gone) return;
    this.drawFiles();
    await this.keep();
  }

  drawFiles() {
    const list = this.root.querySelector("[data-files]");
    if (list) drawFiles(this.app, list, this.state, () => this.filesChanged());
  }
}
