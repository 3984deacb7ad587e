// The incident page: the as-of slider redraws the whole page; news redraw it while one looks at now.
const page = document.querySelector("#incident");
let waiting = 0;

async function redraw(at) {
  const address = new URL(page.dataset.url, location.origin);
  if (at) address.searchParams.set("at", at);
  const mine = ++waiting;
  const answer = await fetch(`${address}${at ? "&" : "?"}part=body`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || mine !== waiting) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = await answer.text();
  document.documentElement.toggleAttribute("data-past", Boolean(at));
  fresh.content.querySelectorAll("[data-part]").forEach(swap);
}

// Only what changed is put in: the slider keeps its grip, the map its place (it follows the rows of its own table).
function swap(part) {
  const old = page.querySelector(`[data-part="${part.dataset.part}"]`);
  if (!old || old.outerHTML === part.outerHTML) return;
  const rows = old.querySelector("[data-map] tbody");
  if (rows) {
    const news = part.querySelector("[data-map] tbody");
    if (rows.innerHTML !== news.innerHTML) rows.innerHTML = news.innerHTML;
    old.querySelector(".panehead").innerHTML = part.querySelector(".panehead").innerHTML;
    return;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(part);
  globalThis.htmx?.process(part);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

const slider = () => page.querySelector("[data-asof]");
const looksBack = () => Number(slider().value) < Number(slider().max);
let later;

page.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-asof]")) return;
  const time = (zone) => new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", day: "2-digit", month: "short" }).format(Number(target.value) * 1000);
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
