// Reports: places found while typing, the picked point in words, one sending only, receipts that come in by themselves.
const PAUSE = 250;
const field = (name) => document.getElementById(`id_${name}`);

function places() {
  const [where, list] = [field("where"), document.getElementById("places-found")];
  if (!where || !list || list.dataset.ready) return;
  list.dataset.ready = "1";
  const [lat, lon, precision] = ["lat", "lon", "precision"].map(field);
  const picked = document.querySelector("[data-picked]");
  let [timer, asked] = [0, null];
  const show = () => {
    picked.toggleAttribute("hidden", !lat.value || !lon.value);
    picked.querySelector("span").textContent = lat.value && lon.value ? `${Number(lat.value).toFixed(4)}, ${Number(lon.value).toFixed(4)}` : "";
  };
  const put = (name, one) => {
    if (name) where.value = name;
    [lat.value, lon.value, precision.value] = one ? [one.lat, one.lon, one.precision ?? 5000] : ["", "", ""];
    list.hidden = true;
    lat.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  const ask = async () => {
    asked?.abort();
    if (where.value.trim().length < 3) { list.hidden = true; return; }
    asked = new AbortController();
    try {
      const answer = await fetch(`${list.dataset.places}?q=${encodeURIComponent(where.value)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
      const { places: found = [] } = answer.ok ? await answer.json() : {};
      list.replaceChildren(...found.map((one) => {
        const [row, button, name, far] = ["li", "button", "span", "span"].map((tag) => document.createElement(tag));
        button.type = "button";
        name.textContent = one.place;
        far.textContent = one.km === null ? "" : `${one.km} km`;
        button.append(name, far);
        button.addEventListener("click", () => put(one.name, one));
        row.append(button);
        return row;
      }));
      list.hidden = !found.length;
    } catch {
      list.hidden = true; // The field takes any words; the gazetteer only helps.
    }
  };
  where.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  where.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.hidden = true;
    if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); list.querySelector("button")?.focus(); }
  });
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      (buttons[at + (event.key === "ArrowDown" ? 1 : -1)] ?? where).focus();
    }
    if (event.key === "Escape") { list.hidden = true; where.focus(); }
  });
  [lat, lon].forEach((one) => one.addEventListener("change", show));
  document.querySelector("[data-unpick]")?.addEventListener("click", () => put("", null));
  show();
}

function shownWhen(selector, name, wanted) {
  const part = document.querySelector(selector);
  if (!part) return;
  const say = () => part.toggleAttribute("hidden", !wanted.includes(document.querySelector(`[name="${name}"]:checked`)?.value));
  document.querySelectorAll(`[name="${name}"]`).forEach((one) => one.addEventListener("change", say));
  say();
}

document.querySelectorAll("form[data-once]").forEach((form) => form.addEventListener("submit", (event) => {
  // A second press while the first is on its way would be the same report; it is not sent.
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  form.querySelector("[data-send]")?.classList.add("waiting");
}));
places();
document.addEventListener("htmx:load", places); // The work pane brings its own field.
shownWhen("[data-when-set]", "began", ["set"]);
shownWhen("[data-when-nexus]", "status", ["possible", "confirmed"]);

// My own list: a reading at the desk shows without a reload.
const mine = document.querySelector("[data-mine]");
document.addEventListener("vedette:event", ({ detail }) => {
  if (mine && detail.kind?.startsWith("report.")) globalThis.htmx?.ajax("GET", mine.dataset.mine, { target: mine, swap: "innerHTML" });
});
// The work pane: another's deed on the same report shows, unless a form is being typed in.
document.addEventListener("vedette:event", ({ detail }) => {
  const pane = document.getElementById("report-work");
  if (!pane || pane.dataset.report !== detail.id || pane.querySelector("details[open]")) return;
  if (/^(claim|report|sheet|source|file)\./.test(detail.kind ?? "")) globalThis.htmx?.ajax("GET", pane.getAttribute("hx-get"), { target: pane, swap: "innerHTML" });
});
