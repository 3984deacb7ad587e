// Keys. A screen declares data-key="a" on a button or link; here are j k, g + letter, / ? Ctrl-K, and the switch for single keys.
const PAUSE = 600;
const SWITCH = "vedette-keys";
let leader = 0;

const inField = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]");
const seen = (element) => element.checkVisibility?.() ?? true;
const off = () => {
  try {
    return localStorage.getItem(SWITCH) === "off";
  } catch {
    return false;
  }
};

function openDialog(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.removeAttribute("open"));
  dialog.showModal();
  dialog.dispatchEvent(new CustomEvent("vedette:opened"));
}

// A row is entered at the link or button that opens it; a list item that only holds one is no place to stand.
const ENTRY = "a[href], button, [tabindex]";
const entry = (row) => (row.matches(ENTRY) ? row : row.querySelector(ENTRY));

function step(by) {
  const lists = [...document.querySelectorAll("[data-rows]")].filter(seen);
  const list = lists.find((one) => one.contains(document.activeElement)) ?? lists[0];
  if (!list) return false;
  const rows = [...new Set([...list.querySelectorAll("[data-row], .qrow")].map(entry))].filter((row) => row && seen(row));
  if (!rows.length) return false;
  let at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  if (at < 0) at = rows.findIndex((row) => row.matches('[aria-current="true"]'));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function press(letter) {
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(letter)}"]`)].find((one) => seen(one) && one.getAttribute("aria-disabled") !== "true" && !one.disabled);
  if (!found) return false;
  if (found.matches("input, textarea, select")) found.focus();
  else found.click();
  return true;
}

function afterLeader(letter) {
  clearTimeout(leader);
  leader = 0;
  const link = document.querySelector(`.rail [data-go="${CSS.escape(letter)}"], #palette [data-go="${CSS.escape(letter)}"]`);
  link?.click();
  return Boolean(link);
}

function single(event) {
  const { key } = event;
  if (leader) return afterLeader(key);
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "?") return openDialog("help"), true;
  if (key === "/") return press("/") || (openDialog("palette"), true);
  if (key === "g") {
    // g alone is a screen's own key (grade) when no second key follows.
    leader = setTimeout(() => { leader = 0; press("g"); }, PAUSE);
    return true;
  }
  return key.length === 1 && press(key);
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return openDialog("palette");
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return undefined;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    } else if (!inField(event.target)) press("Escape");
    return undefined;
  }
  if (inField(event.target) || off() || document.querySelector("dialog[open]")) return undefined;
  if (single(event)) event.preventDefault();
  return undefined;
}

function spoken(element) {
  const said = element.dataset.keyWords || element.getAttribute("aria-label");
  if (said) return said;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
  return copy.textContent.trim();
}

/** What this screen declares: [{key, words, element}] of visible controls, one a key. */
export function deeds() {
  const found = new Map();
  document.querySelectorAll("[data-key]").forEach((element) => {
    if (seen(element) && !found.has(element.dataset.key)) found.set(element.dataset.key, { key: element.dataset.key, words: spoken(element), element });
  });
  return [...found.values()];
}

function listScreenKeys() {
  const list = document.querySelector("[data-screen-keys]");
  const entries = deeds();
  list.hidden = !entries.length;
  list.replaceChildren(...entries.map(({ key, words }) => {
    const row = document.createElement("div");
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
    dt.append(kbd);
    dd.textContent = words;
    row.append(dt, dd);
    return row;
  }));
}

function sayKeys() {
  document.querySelectorAll("[data-keys-switch]").forEach((button) => {
    button.setAttribute("aria-pressed", String(!off()));
    const words = button.querySelector("[data-on]");
    words.textContent = off() ? words.dataset.off : words.dataset.on;
  });
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.getElementById("help")?.addEventListener("vedette:opened", listScreenKeys);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    if (opener) openDialog(opener.dataset.open);
    if (event.target.closest?.("[data-keys-switch]")) {
      try {
        localStorage.setItem(SWITCH, off() ? "on" : "off");
      } catch {
        // Kept nowhere; the keys stay as they are.
      }
      sayKeys();
    }
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
    // A press on the scrim closes a dialog, as Escape does.
    if (event.target.matches?.("dialog.dialog")) event.target.close();
  });
  sayKeys();
}
