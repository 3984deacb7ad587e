// Signed-out and stopped pages: the way back, and the page that heals itself when the database is there again.
const EVERY = 5000;

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-back-button]")) return;
  if (history.length > 1) history.back();
  else location.assign("/");
});

const words = document.querySelector("[data-heal]");
if (words) {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    words.textContent = words.dataset.text.replace("%(n)s", asked);
    try {
      const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin", cache: "no-store" });
      if (answer.status < 500) location.replace(location.href);
    } catch {
      // Still away; the next try is already planned.
    }
  };
  setInterval(ask, EVERY);
  document.querySelector("[data-heal-now]")?.addEventListener("click", ask);
}
document.querySelector("[data-problems]")?.focus();
