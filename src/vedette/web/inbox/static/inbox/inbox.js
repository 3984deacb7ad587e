// The inbox draws itself anew when something reaches it, but never over a text that is being typed.
import { redrawPart } from "../shell/redraw.js";

const busy = () => document.querySelector("details.sayer[open]") !== null;
let later;

document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(release|delivery)\./.test(detail.kind) || busy()) return;
  clearTimeout(later);
  // A recall changes the banner too, which stands outside of the grid.
  later = setTimeout(() => redrawPart("#changes, #inbox", busy), 400);
});
