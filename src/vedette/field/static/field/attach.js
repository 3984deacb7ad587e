// Files that go with what is written: encrypted into the phone's store as they are chosen, named in the draft.
import { fill, word } from "./dom.js";

const LARGEST = 25 * 1024 * 1024;

/** Keep the chosen files of an input; `count` says how many there are, `add` takes one that is kept, `said` is told how far it is. */
export async function attach(app, input, { most, count, said, add }) {
  const chosen = [...input.files];
  input.value = "";
  for (const file of chosen) {
    const wrong = file.size > LARGEST ? "large" : count() >= most ? "many" : "";
    if (wrong) { said(word("files", wrong, { name: file.name })); continue; }
    try {
      const kept = await app.outbox.keepFile(file, (part) => said(word("files", "sealing", { name: file.name, percent: Math.round(part * 100) })));
      said("");
      await add(kept);
    } catch (error) {
      said(word("files", app.outbox.isFull(error) ? "full" : "unread", { name: file.name }));
    }
  }
}

/** The kept files as a list, each of which can be taken out again. */
export function drawFiles(app, list, state, drawn) {
  list.replaceChildren(...state.files.map((file) => {
    const made = fill("file", { name: file.name, size: `${Math.max(1, Math.round(file.size / 1024))} kB` });
    made.querySelector("button").addEventListener("click", async () => {
      state.files = state.files.filter((one) => one !== file);
      await drawn();
      await app.outbox.dropFile(file.id);
    });
    return made;
  }));
}
