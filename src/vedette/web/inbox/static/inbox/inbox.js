// The inbox draws itself anew when something reaches it, but never over a text that is being typed.
const grid = document.querySelector("#inbox");
let later;

async function redraw() {
  const address = new URL(location.href);
  address.searchParams.set("part", "body");
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const focused = document.activeElement?.id;
  grid.innerHTML = await answer.text();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(release|delivery)\./.test(detail.kind) || document.querySelector("details.sayer[open]")) return;
  clearTimeout(later);
  // A recall changes the banner too, which stands outside of the grid.
  later = setTimeout(() => (/recalled|superseded|due/.test(detail.kind) ? location.reload() : redraw()), 400);
});
