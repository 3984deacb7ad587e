// A live list: new rows come in at the top, the reader keeps his place and his choice, and a bar says how many are new.
//
// <div class="panebody" data-live-list><button class="newbar" data-newbar data-text="%(n)s new above" hidden>…<span></span></button>
//   <ul class="queue" data-rows> <li id="row-…">…</li> </ul></div>

const AT_TOP = 8;

const scroller = (list) => list.closest("[data-live-list]") ?? list.parentElement;

function sayNew(box) {
  const bar = box.querySelector("[data-newbar]");
  if (!bar) return;
  const n = Number(box.dataset.unseen ?? 0);
  bar.toggleAttribute("hidden", n === 0);
  (bar.querySelector("span") ?? bar).textContent = (bar.dataset.text ?? "%(n)s").replace("%(n)s", n);
}

/** Puts a row (an element or its HTML from our own server) at the top, or in the place of the row with its id. */
export function putRow(list, row) {
  const box = scroller(list);
  let element = row;
  if (typeof row === "string") {
    const holder = document.createElement("template");
    holder.innerHTML = row.trim();
    element = holder.content.firstElementChild;
  }
  if (!element) return null;
  const old = element.id && document.getElementById(element.id);
  const focused = old?.contains(document.activeElement);
  const chosen = old?.querySelector('[aria-current="true"]');
  if (old) old.replaceWith(element);
  else {
    const before = box.scrollHeight;
    const away = box.scrollTop > AT_TOP;
    list.prepend(element);
    (element.querySelector(".qrow") ?? element).classList.add("new");
    if (away) {
      // The bar of new rows sticks above the list, so what the reader looks at does not move by a pixel.
      box.dataset.unseen = Number(box.dataset.unseen ?? 0) + 1;
      sayNew(box);
      box.scrollTop += box.scrollHeight - before;
    }
  }
  if (chosen) element.querySelector(".qrow")?.setAttribute("aria-current", "true");
  if (focused) (element.querySelector("a, button") ?? element).focus({ preventScroll: true });
  globalThis.htmx?.process(element);
  element.dispatchEvent(new CustomEvent("vedette:row", { bubbles: true, detail: { replaced: Boolean(old) } }));
  return element;
}

export function startKeepPlace() {
  document.querySelectorAll("[data-live-list]").forEach((box) => {
    box.addEventListener("scroll", () => {
      if (box.scrollTop > AT_TOP || !Number(box.dataset.unseen)) return;
      box.dataset.unseen = 0;
      sayNew(box);
    }, { passive: true });
    box.querySelector("[data-newbar]")?.addEventListener("click", () => {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      box.scrollTo({ top: 0, behavior: calm ? "instant" : "smooth" });
    });
  });
  // A screen puts a row without importing anything: dispatch vedette:put on the list with {html} or {row}.
  document.addEventListener("vedette:put", ({ target, detail }) => putRow(target, detail.html ?? detail.row));
}
