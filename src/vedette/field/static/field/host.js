// What the host asks of whoever passes on its word: shown before it is sent; the server puts it on by itself.
import { fill } from "./dom.js";

const FROM_HOST = ["host-police", "host-government", "host-partner"];

/** The host's rules in their box, while what is written rests on the host's word. */
export function showCaveats(box, app, sourceKind) {
  const rules = app.bundle?.caveats ?? [];
  box.hidden = !rules.length || !FROM_HOST.includes(sourceKind);
  box.querySelector("ul").replaceChildren(...rules.map((rule) => fill("caveat", { text: rule.text || rule.code })));
}
