// The incident page: the as-of slider redraws the whole page; news redraw it while one looks at now.
const page = document.querySelector("#incident");
let waiting = 0;

async function redraw(at) {
  const address = new URL(page.dataset.url, location.origin);
  if (at) address.searchParams.set("at", at);
  const mine = ++waiting;
  const answer = await fetch(`${address}${at ? "&" : "?"}part=body`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || mine !== waiting) return;
  const focused = document.activeElement?.id;
  page.innerHTML = await answer.text();
  document.documentElement.toggleAttribute("data-past", Boolean(at));
  globalThis.htmx?.process(page);
  page.dispatchEvent(new CustomEvent("vedette:drawn", { bubbles: true }));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

const slider = () => page.querySelector("[data-asof]");
const looksBack = () => Number(slider().value) < Number(slider().max);
let later;

page.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-asof]")) return;
  const time = (zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", day: "2-digit", month: "short" }).format(Number(target.value) * 1000);
  const out = page.querySelector("[data-asof-out]");
  out.textContent = `${looksBack() ? out.dataset.pastWord : out.dataset.nowWord} ${time(target.dataset.zone)} ${target.dataset.city}`;
  clearTimeout(later);
  later = setTimeout(() => redraw(looksBack() ? target.value : ""), 180);
});

const busy = () => page.querySelector("input:focus:not([data-asof]), select:focus, input:checked");
document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(incident|report|task|clock|release|delivery|deployment)\./.test(detail.kind) || looksBack() || busy()) return;
  clearTimeout(later);
  later = setTimeout(() => redraw(""), 400);
});
