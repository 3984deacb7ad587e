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
document.addEventListener("vedette:event", ({ detail }) => {
  if (!detail.kind?.startsWith("request.")) return;
  if (lists) globalThis.htmx?.ajax("GET", lists.dataset.lists, { target: lists, swap: "innerHTML" });
  // A page with a half-typed form is left alone; the state is told instead.
  const typing = one && [...one.querySelectorAll("textarea, input[type=text]")].some((field) => field.value);
  if (one?.dataset.request === detail.id && !typing) redrawPart("[data-request]");
});
