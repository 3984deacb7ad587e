// The desk: live rows go into the queue; the shell keeps the reader's place; what hangs on incidents is asked for anew.
const queue = document.querySelector("[data-queue]");
const unread = document.querySelector("[data-unread-chip]");
let later;
let clocks;

const inQueue = () => queue.querySelectorAll(".qrow.unread").length;
// The server counts all of them; more than the queue holds are still unread when its own have been read.
const beyond = Math.max(0, Number(unread.querySelector("[data-unread]").textContent) - inQueue());

function countUnread() {
  const n = inQueue() + beyond;
  unread.toggleAttribute("hidden", n === 0);
  unread.querySelector("[data-unread]").textContent = n;
}

// A file that came later is shown at once, unless somebody works in that part.
function filesCame(work) {
  if (!work || work.querySelector("details[open]") || work.contains(document.activeElement)) return;
  globalThis.htmx?.ajax("GET", work.getAttribute("hx-get"), { target: work, swap: "innerHTML" });
}

document.addEventListener("vedette:event", ({ detail }) => {
  const { kind, html } = detail;
  if (/^(incident|report)\./.test(kind ?? "")) {
    clearTimeout(later);
    later = setTimeout(() => document.body.dispatchEvent(new CustomEvent("desk:changed")), 800);
  }
  if (/^(run|task|order|clock|deployment|release|delivery|duty|safety|duress|mission)\./.test(kind ?? "")) {
    clearTimeout(clocks);
    clocks = setTimeout(() => document.body.dispatchEvent(new CustomEvent("desk:clocks")), 800);
  }
  const receipts = document.getElementById("report-receipts");
  if (receipts?.dataset.report === detail.id && /^(report\.read|upload\.|file\.)/.test(kind ?? "")) {
    receipts.dispatchEvent(new CustomEvent("report:receipts"));
    if (kind === "file.stored") filesCame(document.getElementById("report-work"));
  }
  if (!kind?.startsWith("report.") || !html) return;
  queue.dispatchEvent(new CustomEvent("vedette:put", { bubbles: true, detail: { html } }));
  document.querySelector("[data-empty]")?.remove();
  countUnread();
});

// Who reads it elsewhere has read it for this desk: what was the next thing to do here no longer is.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "report-receipts") return;
  const read = document.querySelector("#report-read.ok") !== null;
  document.querySelector("#report .toolbar [data-key=a]")?.classList.toggle("primary", !read);
});

// Which row is open is the reader's own; the row that comes live does not know it.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "report") return;
  const open = new URL(location.href).searchParams.get("report");
  queue.querySelectorAll(".qrow").forEach((row) => row.toggleAttribute("aria-current", false));
  document.querySelector(`#row-${CSS.escape(open ?? "")} .qrow`)?.setAttribute("aria-current", "true");
});

// Grade and Link lead to where it is done, with the hand already on it; what is still on its way is waited for.
let wanted = "";

function lead() {
  const part = wanted && document.querySelector(wanted);
  if (!part) return;
  wanted = "";
  if (part.matches("details")) part.open = true;
  part.scrollIntoView({ block: "nearest" });
  part.querySelector("select, input:not([type=hidden]), button, a")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-to]");
  if (!link) return;
  event.preventDefault();
  wanted = link.dataset.to;
  lead();
});
document.addEventListener("htmx:afterSettle", lead);
