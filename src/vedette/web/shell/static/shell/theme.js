// Runs before anything is drawn, so that no page flashes in the wrong theme; also the switch itself.
(() => {
  const order = ["dark", "light", "auto"];
  const root = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem("vedette-theme");
    } catch {
      return null; // A browser that keeps nothing still gets a theme.
    }
  };
  const put = (theme) => {
    root.dataset.theme = theme;
    document.querySelectorAll("[data-theme-switch]").forEach((button) => button.setAttribute("aria-label", button.dataset[theme]));
  };
  put(order.includes(kept()) ? kept() : "dark");
  root.dataset.scripted = "";
  document.addEventListener("DOMContentLoaded", () => put(root.dataset.theme));
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const next = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    put(next);
    try {
      localStorage.setItem("vedette-theme", next);
    } catch {
      // Kept for this page only.
    }
  });
  addEventListener("storage", (event) => event.key === "vedette-theme" && order.includes(event.newValue) && put(event.newValue));
})();
