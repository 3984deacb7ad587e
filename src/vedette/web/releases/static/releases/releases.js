// The release desk: receipts fill the recipients as they come; a dialog is closed by its quiet button.
import { redrawPart } from "../shell/redraw.js";

const desk = document.querySelector("#release");
let later;

async function redraw() {
  const answer = await fetch(`${desk.dataset.url}?part=body`, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (!answer.ok || busy()) return;
  const focused = document.activeElement?.id;
  desk.innerHTML = text;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

const busy = () => document.querySelector("dialog[open], details.reword[open]");
document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(release|delivery|report|clock)\./.test(detail.kind) || busy()) return;
  clearTimeout(later);
  later = setTimeout(() => (desk ? redraw() : redrawPart("[data-redraw]", busy)), 500);
});
document.addEventListener("click", ({ target }) => target.closest?.("[data-close]")?.closest("dialog")?.close());
