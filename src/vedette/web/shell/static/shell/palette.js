// Ctrl K: filters the screens of this seat and the deeds of this page at once, then adds what the server finds.
import { deeds } from "./keys.js";

const WAIT = 140;

export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const found = dialog.querySelector("[data-found]");
  const deedsGroup = dialog.querySelector("[data-deeds]");
  const none = dialog.querySelector("[data-none]");
  let asked = null;
  let timer = 0;
  let serial = 0;

  const shown = () => [...dialog.querySelectorAll(".opt")].filter((one) => !one.hidden && !one.closest("[hidden]"));
  const choose = (option) => {
    dialog.querySelectorAll('.opt[aria-selected="true"]').forEach((one) => one.setAttribute("aria-selected", "false"));
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.id ||= `palette-found-${(serial += 1)}`;
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    return option.scrollIntoView({ block: "nearest" });
  };
  const option = ({ label, href = "#", why = "", icon = "file-text", key = "", run = null }) => {
    const made = document.createElement("a");
    made.className = "opt";
    made.href = href;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    const sprite = dialog.querySelector("use").getAttribute("href").replace(/#.*$/, "");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon sm");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sprite}#i-${icon}`);
    svg.append(use);
    const name = document.createElement("span");
    name.textContent = label;
    made.append(svg, name);
    if (why) made.append(Object.assign(document.createElement("span"), { className: "why", textContent: why }));
    if (key) made.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    if (run) made.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); run(); });
    return made;
  };
  const put = (group, options) => {
    group.querySelectorAll(".opt").forEach((one) => one.remove());
    group.append(...options);
    group.hidden = !options.length;
  };
  const say = (text) => {
    none.textContent = text ?? "";
    none.hidden = !text;
  };
  const filter = () => {
    const words = input.value.trim().toLowerCase();
    dialog.querySelectorAll("[data-group]:not([data-found]) .opt").forEach((one) => { one.hidden = !one.querySelector("span").textContent.toLowerCase().includes(words); });
    dialog.querySelectorAll("[data-group]:not([data-found])").forEach((group) => { group.hidden = ![...group.querySelectorAll(".opt")].some((one) => !one.hidden); });
  };
  const settle = () => {
    choose(shown()[0]);
    if (shown().length) say("");
  };
  const ask = async () => {
    const words = input.value.trim();
    asked?.abort();
    if (words.length < 2) return put(found, []);
    asked = new AbortController();
    try {
      const address = new URL(dialog.dataset.palette, location.href);
      address.searchParams.set("q", words);
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { results = [] } = await answer.json();
      put(found, results.map((result) => option(result)));
      settle();
      if (!shown().length) say(none.dataset.empty);
    } catch (problem) {
      if (problem.name === "AbortError") return undefined;
      // Without the server's finds, a full search page may still be had.
      put(found, dialog.dataset.search ? [option({ label: words, icon: "search", href: `${dialog.dataset.search}?q=${encodeURIComponent(words)}` })] : []);
      settle();
      say(none.dataset.away);
    }
    return undefined;
  };

  dialog.addEventListener("vedette:opened", () => {
    input.value = "";
    put(found, []);
    put(deedsGroup, deeds().filter((one) => !one.element.closest("dialog")).map(({ key, words, element }) => option({ label: words, key, icon: "arrow-right", run: () => element.click() })));
    say("");
    filter();
    choose(shown()[0]);
    input.focus();
  });
  input.addEventListener("input", () => {
    filter();
    settle();
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  dialog.addEventListener("keydown", (event) => {
    const options = shown();
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(options[(at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length]);
    } else if (event.key === "Enter" && options[at]) {
      event.preventDefault();
      options[at].click();
    }
  });
}
