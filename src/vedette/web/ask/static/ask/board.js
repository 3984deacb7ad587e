// The questions board: its rows are asked for anew when a question, a phone or a clock changed.
import { redrawPart } from "../shell/redraw.js";

let later;
document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(request|phone|handset|clock|report)\./.test(detail.kind ?? "")) return;
  clearTimeout(later);
  later = setTimeout(() => redrawPart("[data-board]"), 500);
});
