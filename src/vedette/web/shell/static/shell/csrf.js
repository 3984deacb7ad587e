// Every htmx request carries the token of the page; a refused one says what happened without losing what was typed.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** `fetch` for the house's own addresses, with the token. */
export const post = (address, body) =>
  fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });

export function startCsrf() {
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  // A refusal (403, 409, 422) comes as a page part meant to be read in the place of the thing.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if ([409, 422].includes(xhr.status) && xhr.getResponseHeader("HX-Reswap") !== null) event.detail.shouldSwap = true;
  });
}
