// Ask: a suggested post fills the choice; lists renew themselves; a form is sent once.
import { redrawPart } from "../shell/redraw.js";

document.addEventListener("click", (event) => {
  const chosen = event.target.closest?.("[data-choose-post]");
  const select = document.getElementById("id_post");
  if (!chosen || !select) return;
  select.value = chosen.dataset.choosePost;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  select.focus();
});

document.querySelectorAll("form[data-once]").forEach((form) => form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  form.querySelector("[data-send]")?.classList.add("waiting");
}));

const lists = document.querySelector("[data-lists]");
const one = document.querySelector("[data-request]");

// A page with a half-filled form, or one just opened, is left alone.
const typed = (field) => field.tagName !== "SELECT" && field.type !== "hidden" && field.value !== field.defaultValue;
const picked = (field) => field.selectedIndex > 0 && !field.options[field.selectedIndex].defaultSelected;
const busy = () =>
  document.activeElement?.closest(".deed, [data-request] form") ||
  [...one.querySelectorAll("textarea, input, select")].some((field) => typed(field) || picked(field));
document.addEventListener("vedette:event", ({ detail }) => {
  if (!/^(request|phone)\./.test(detail.kind ?? "")) return;
  if (lists) globalThis.htmx?.ajax("GET", lists.dataset.lists, { target: lists, swap: "innerHTML" });
  if (one?.dataset.request === detail.id && !busy()) redrawPart("[data-request]", busy);
});
