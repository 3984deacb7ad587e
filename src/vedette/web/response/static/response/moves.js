// A card is moved onto what comes of it, or onto a unit: dragged with the mouse, or by its grip and keys. A form opens; what it asks for is never skipped.
const tray = document.querySelector("#tray");
let card = null;
let dragged = false;
let sends = false;

const link = () => card.querySelector("[data-row]");
const targets = () => [...tray.querySelectorAll("[data-deed]:not(:disabled)")];

/** Whether a card is lifted: the board is not drawn anew under the reader's hand. */
export const moving = () => Boolean(card);

function lift(from, byMouse) {
  if (card) lay();
  card = from;
  dragged = byMouse;
  const moves = card.dataset.moves.split(" ");
  tray.querySelector("[data-tray-title]").textContent = link().textContent;
  tray.querySelectorAll("[data-deed]").forEach((target) => {
    target.disabled = !moves.includes(target.dataset.deed) || (target.dataset.unit ?? "none") === card.dataset.held;
  });
  tray.querySelector("[data-owners]")?.toggleAttribute("hidden", !moves.includes("pass_on"));
  tray.hidden = false;
  card.classList.add("lifted");
  if (!byMouse) targets()[0]?.focus();
}

// The card is put back where it was; what happened meanwhile is drawn now.
function lay() {
  const row = link();
  const focus = !dragged;
  tray.querySelectorAll(".over-it").forEach((target) => target.classList.remove("over-it"));
  tray.hidden = true;
  card.classList.remove("lifted");
  card = null;
  if (focus) row.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("vedette:laid"));
}

function choose(target) {
  const address = new URL(link().href);
  address.searchParams.set("deed", target.dataset.deed);
  if (target.dataset.unit) address.searchParams.set("unit", target.dataset.unit);
  sends = true;
  lay();
  if (globalThis.htmx) globalThis.htmx.ajax("GET", address.pathname + address.search, "#drawer");
  else location.assign(address);
}

/** After the pane has come: a form that asks for nothing is sent at once, any other waits for what it asks. */
export function settle(pane) {
  const form = pane.querySelector("form[data-chosen]");
  const ready = sends && form && !form.querySelector(".input");
  sends = false;
  if (ready) form.requestSubmit();
  else form?.querySelector(".input")?.scrollIntoView({ block: "nearest" });
}

function startMoves() {
  document.addEventListener("dragstart", (event) => {
    const from = event.target.closest?.("[data-moves]");
    if (!from) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", from.querySelector("[data-row]").textContent);
    // The tray opens after the picture of the card has been taken.
    setTimeout(() => lift(from, true));
  });
  document.addEventListener("dragend", () => setTimeout(() => card && dragged && lay()));
  tray.addEventListener("dragover", (event) => {
    const target = event.target.closest("[data-deed]:not(:disabled)");
    tray.querySelectorAll(".over-it").forEach((one) => one === target || one.classList.remove("over-it"));
    if (!card || !target) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    target.classList.add("over-it");
  });
  tray.addEventListener("dragleave", (event) => {
    if (!tray.contains(event.relatedTarget)) tray.querySelectorAll(".over-it").forEach((one) => one.classList.remove("over-it"));
  });
  tray.addEventListener("drop", (event) => {
    const target = event.target.closest("[data-deed]:not(:disabled)");
    event.preventDefault();
    if (card && target) choose(target);
  });
  document.addEventListener("click", (event) => {
    const grip = event.target.closest?.("[data-move]");
    const target = event.target.closest?.("#tray [data-deed]");
    if (grip) lift(grip.closest("[data-moves]"), false);
    else if (card && target) choose(target);
    else if (card && (event.target.closest?.("[data-tray-close]") || !event.target.closest?.("#tray"))) lay();
  });
  // Before the page's own keys: m moves the card one stands on, not the first one of the page.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const from = event.target.closest?.("[data-moves]");
    if (event.key === "m" && from && !card) {
      event.preventDefault();
      lift(from, false);
    } else if (card && event.target.closest?.("#tray") && /^Arrow(Left|Right|Up|Down)$/.test(event.key)) {
      event.preventDefault();
      const all = targets();
      const by = /Right|Down/.test(event.key) ? 1 : -1;
      all[(all.indexOf(document.activeElement) + by + all.length) % all.length]?.focus();
    }
  }, true);
}

if (tray) startMoves();
