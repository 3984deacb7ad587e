// Safety: the board is asked for anew when something of it changed, unless a form in it is open or typed in.
const board = document.querySelector("[data-safety]");
const busy = () => board.querySelector("details[open]") || board.contains(document.activeElement?.closest("form"));
let later;

async function redraw() {
  if (busy()) return;
  const answer = await fetch(board.dataset.url);
  if (!answer.ok || busy()) return;
  board.innerHTML = await answer.text();
  globalThis.htmx?.process(board);
}

document.addEventListener("vedette:event", ({ detail }) => {
  if (!board || !/^(safety|duress|clock|mission)\./.test(detail.kind ?? "")) return;
  clearTimeout(later);
  later = setTimeout(redraw, 400);
});

// What a phone says of itself: its line is asked for anew.
let told;
document.addEventListener("vedette:event", ({ detail }) => {
  if (detail.kind !== "handset.changed") return;
  clearTimeout(told);
  told = setTimeout(() => document.body.dispatchEvent(new CustomEvent("safety:phones")), 800);
});
