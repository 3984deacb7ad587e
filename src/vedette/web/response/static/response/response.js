// The response: the board's parts follow what happens, the pane opens beside it, keys go from column to column.
import { moving, settle } from "./moves.js";

const board = document.querySelector("#respboard");
const drawer = document.querySelector("#drawer");
const list = document.querySelector("[data-list]");
const KINDS = /^(run|task|clock|deployment|decision|order)\./;
let later;

// A list keeps its place when its part is drawn anew, and the reader his focus.
function swap(fresh) {
  const old = board.querySelector(`[data-part="${fresh.dataset.part}"]`);
  if (!old || old.outerHTML === fresh.outerHTML) return;
  const rows = old.querySelector("[data-map] tbody");
  if (rows) {
    const news = fresh.querySelector("[data-map] tbody");
    if (rows.innerHTML !== news.innerHTML) rows.innerHTML = news.innerHTML;
    return;
  }
  const place = old.querySelector(".cards, .striplist")?.scrollTop ?? 0;
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
  old.replaceWith(fresh);
  const scroller = fresh.querySelector(".cards, .striplist");
  if (scroller) scroller.scrollTop = place;
  globalThis.htmx?.process(fresh);
  if (focused) fresh.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  mark();
}

// The list of responses is asked for whole, and put in the place of the one that stands, unless one is choosing.
async function redrawList() {
  if (list.contains(document.activeElement) && document.activeElement.matches("select")) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-list]");
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
  list.replaceChildren(...fresh.childNodes);
  if (focused) list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

async function redraw() {
  if (list) return redrawList();
  if (!board?.dataset.url || moving()) return;
  const answer = await fetch(`${board.dataset.url}?part=body`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = await answer.text();
  if (moving()) return;
  fresh.content.querySelectorAll("[data-part]").forEach(swap);
}

const soon = (wait = 250) => {
  clearTimeout(later);
  later = setTimeout(redraw, wait);
};

// The card whose order is open is the chosen one.
function mark() {
  const open = drawer?.querySelector("[data-order]")?.dataset.order;
  board?.querySelectorAll("[data-row]").forEach((link) => {
    const chosen = link.getAttribute("href") === open;
    link.closest(".card")?.classList.toggle("lead", chosen);
    link.toggleAttribute("aria-current", chosen);
  });
}

function close() {
  if (!board || !drawer || drawer.hidden) return false;
  const open = drawer.querySelector("[data-order]")?.dataset.order;
  drawer.hidden = true;
  drawer.dataset.closed = "";
  drawer.replaceChildren();
  mark();
  board.querySelector(`[data-row][href="${CSS.escape(open ?? "")}"]`)?.focus();
  return true;
}

// Left and right go to the same height in the next column.
function across(by) {
  const columns = [...board.querySelectorAll(".cards")];
  const at = columns.findIndex((one) => one.contains(document.activeElement));
  const from = columns[at] ? [...columns[at].querySelectorAll("[data-row]")].indexOf(document.activeElement) : 0;
  const next = columns[Math.min(columns.length - 1, Math.max(0, at + by))];
  const rows = [...(next?.querySelectorAll("[data-row]") ?? [])];
  const row = rows[Math.min(rows.length - 1, Math.max(0, from))];
  row?.focus();
  row?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

document.addEventListener("vedette:event", ({ detail }) => {
  if (KINDS.test(detail.kind ?? "")) soon(list ? 1500 : 250);
});
document.addEventListener("vedette:changed", () => {
  const open = drawer?.querySelector("[data-order]")?.dataset.order;
  if (board && open) globalThis.htmx?.ajax("GET", open, "#drawer");
  else if (board) close();
  else return location.reload();
  soon(0);
});
// An answer that comes after the pane was closed opens it no more.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target === drawer) delete drawer?.dataset.closed;
});
// What was refused comes back as the same form with the reason beside the field.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target === drawer && "closed" in (drawer?.dataset ?? {})) detail.shouldSwap = false;
  if (detail.xhr.status === 422) Object.assign(detail, { shouldSwap: true, isError: false });
});
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target !== drawer) return;
  drawer.hidden = false;
  mark();
  const first = [".invalid .input", "[data-chosen] .input", "[data-first] .input", "[data-close]"].map((one) => drawer.querySelector(one)).find(Boolean);
  first?.focus({ preventScroll: true });
  settle(drawer);
});
document.addEventListener("vedette:laid", () => soon(0));
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) globalThis.print();
  if (event.target.closest?.("[data-close]") && close()) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (!board || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!event.target.closest?.(".board") || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  event.preventDefault();
  across(event.key === "ArrowRight" ? 1 : -1);
});
