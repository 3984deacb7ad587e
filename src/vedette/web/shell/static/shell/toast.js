// Toasts: what was done, with undo. Those that only tell go by themselves; those that burn stay until dismissed.
const STAYS = 8000;

function leaveLater(toast) {
  if (toast.classList.contains("burning") || toast.classList.contains("due")) return;
  let timer = setTimeout(() => toast.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const go = () => { timer = setTimeout(() => toast.remove(), STAYS); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

/** Shows a toast: text, and optionally kind ("due", "burning"), action {label, href} or {label, run}. */
export function toast(text, { kind = "", action = null } = {}) {
  const region = document.querySelector("[data-toasts]");
  const made = document.getElementById("toast-template")?.content.firstElementChild.cloneNode(true);
  if (!region || !made) return null;
  if (kind) made.classList.add(kind);
  made.querySelector("p").textContent = text;
  if (kind) {
    const use = made.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, `#i-${kind === "burning" ? "bolt" : "alert-triangle"}`));
  }
  if (action) {
    const control = document.createElement(action.href ? "a" : "button");
    control.className = "btn sm";
    control.textContent = action.label;
    if (action.href) control.href = action.href;
    else {
      control.type = "button";
      control.addEventListener("click", () => { action.run(); made.remove(); });
    }
    made.querySelector("p").after(control);
  }
  region.append(made);
  leaveLater(made);
  return made;
}

/** What a page that refuses or fails says: its heading and its first sentence or two. */
function refusal(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const said = page.querySelector(".state h1") ? [...page.querySelectorAll(".state h1, .state p:not(.actions)")].slice(0, 2) : [];
  return said.map((one) => one.textContent.trim().replace(/\s+/g, " ").replace(/([^.])$/, "$1.")).join(" ");
}

export function startToasts() {
  // A part of the page that was refused, or that the server could not answer, is not swapped: its reason is said here.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.requestConfig?.verb === "get") return;
    const words = refusal(detail.xhr.responseText);
    if (words) toast(words, { kind: "burning" });
  });
  document.querySelectorAll("[data-toast]").forEach(leaveLater);
  document.addEventListener("click", (event) => event.target.closest?.("[data-dismiss]")?.closest("[data-toast]")?.remove());
  // A screen asks for a toast without importing anything: the event carries what `toast` takes.
  document.addEventListener("vedette:toast", ({ detail }) => toast(detail.text, detail));
  // A request that a verb answered with HX-Trigger: {"toast": {"text": ...}} says so too.
  document.addEventListener("toast", ({ detail }) => detail?.text && toast(detail.text, detail));
}
