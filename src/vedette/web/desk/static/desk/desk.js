// The desk: live rows go into the queue; the shell keeps the reader's place.
const queue = document.querySelector("[data-queue]");

document.addEventListener("vedette:event", ({ detail }) => {
  if (!detail.kind?.startsWith("report.") || !detail.html) return;
  queue.dispatchEvent(new CustomEvent("vedette:put", { bubbles: true, detail: { html: detail.html } }));
  document.querySelector("[data-empty]")?.remove();
});
