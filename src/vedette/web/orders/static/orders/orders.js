// My orders: the lists follow what happens, unless somebody is typing; one door of a card is open at a time.
const lists = document.querySelector("#orderlists");
let later;

const busy = () => lists.querySelector("details[open], .htmx-request");

async function redraw() {
  if (!lists || busy()) return;
  const answer = await fetch(`${lists.dataset.url}?part=lists`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || busy()) return;
  const focused = lists.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
  lists.innerHTML = await answer.text();
  globalThis.htmx?.process(lists);
  if (focused) lists.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(task|deployment|clock|run)\./.test(detail.kind ?? "")) return;
  clearTimeout(later);
  later = setTimeout(redraw, 300);
});
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.(".door") || !target.open) return;
  target.closest(".twodoors").querySelectorAll(".door[open]").forEach((door) => door === target || door.removeAttribute("open"));
}, true);
// A refusal comes back as the card alone, with what was typed.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 422) return;
  const card = detail.requestConfig.elt.closest(".order");
  Object.assign(detail, { shouldSwap: true, isError: false, target: card ?? detail.target, swapOverride: card ? "outerHTML" : undefined });
});
// An order read by itself goes back to the list when it is answered.
document.querySelector("[data-alone]")?.querySelectorAll("[hx-post]").forEach((form) => {
  for (const name of [...form.getAttributeNames()].filter((one) => one.startsWith("hx-"))) form.removeAttribute(name);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) globalThis.print();
});
