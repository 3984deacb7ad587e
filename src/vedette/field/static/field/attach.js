// Files that go with what is written: encrypted into the phone's store as they are chosen, named in the draft.
import { fill, word } from "./dom.js";

const LARGEST = 25 * 1024 * 1024;
// The server takes no whole packet that names a file otherwise: one line, so long at most, without marks that turn its direction.
const LONGEST_NAME = 160;
const LONGEST_TYPE = 80;
const UNSEEN = /[\u0000-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

/** Keep the chosen files of an input; `count` says how many there are, `add` takes one that is kept, `said` is told how far it is. */
export async function attach(app, input, { most, count, said, add }) {
  const chosen = [...input.files];
  input.value = "";
  for (const file of chosen) {
    const name = nameOf(file);
    const wrong = file.size > LARGEST ? "large" : !file.size ? "empty" : count() >= most ? "many" : "";
    if (wrong) { said(word("files", wrong, { name, n: most })); continue; }
    try {
      const kept = await app.outbox.keepFile(file, (part) => said(word("files", "sealing", { name, percent: Math.round(part * 100) })));
      said("");
      await add({ ...kept, name, type: file.type.length > LONGEST_TYPE ? "" : file.type });
    } catch (error) {
      said(word("files", app.outbox.isFull(error) ? "full" : "unread", { name }));
    }
  }
}

/** Its name as the server takes it; of a long one the beginning, and the end, which says what it is. */
function nameOf(file) {
  const letters = [...file.name.normalize("NFC").replaceAll(UNSEEN, "").trim()];
  const end = 19;
  const cut = letters.length > LONGEST_NAME ? [...letters.slice(0, LONGEST_NAME - end - 1), "…", ...letters.slice(-end)] : letters;
  return cut.join("") || "file";
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
