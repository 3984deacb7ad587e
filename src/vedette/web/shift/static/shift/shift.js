// The shift: a line written elsewhere appears here, unless one is being typed.
const log = document.querySelector("#shiftlog");
let later;

async function redraw() {
  if (log.querySelector("textarea").value.trim()) return;
  const answer = await fetch(`${log.dataset.url}?part=log`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || log.querySelector("textarea").value.trim()) return;
  const focused = log.contains(document.activeElement);
  log.innerHTML = await answer.text();
  globalThis.htmx?.process(log);
  if (focused) log.querySelector("textarea").focus({ preventScroll: true });
}

if (log) {
  document.addEventListener("vedette:event", ({ detail }) => {
    if (!/^shift\./.test(detail.kind ?? "")) return;
    clearTimeout(later);
    later = setTimeout(redraw, 300);
  });
}
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) globalThis.print();
});
