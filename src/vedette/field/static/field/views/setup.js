// The first start: who is signed in, what this phone is called, and the PIN that opens it.
import { fill, show as put, word } from "../dom.js";
import { enrol } from "../enrol.js";

function device() {
  const agent = navigator.userAgent;
  return /iPhone|iPad/.exec(agent)?.[0] ?? (/Android/.test(agent) ? "Android" : (/Windows|Macintosh|Linux/.exec(agent)?.[0] ?? ""));
}

export async function show(root, _params, app) {
  put(root, fill("setup"));
  const form = root.querySelector("form");
  form.elements.label.value = (await app.store.get("meta", "handset"))?.label ?? device();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = check(form.elements, app);
    say(form, wrong);
    if (wrong) return;
    form.querySelector("[type=submit]").disabled = true;
    say(form, "", "working");
    try {
      // Kept before the lock is made: a kill between the two asks only for the PIN again.
      if (!(await app.store.get("meta", "handset"))) await enrol(form.elements.label.value);
      if (!(await app.vault.setUp(form.elements.pin.value, form.elements.duress.value))) app.toast(word("setup", "there"));
      await navigator.storage?.persist?.();
      location.hash = "#/home";
      dispatchEvent(new Event("hashchange"));
      app.sync.sync(true);
    } catch (error) {
      refused(root, form, error, app);
    } finally {
      form.querySelector("[type=submit]").disabled = false;
    }
  });
}

function check(fields, app) {
  const { pin, again, duress } = fields;
  if (!/^\d+$/.test(pin.value) || pin.value.length < app.vault.SHORTEST) return "short";
  if (/^(\d)\1+$/.test(pin.value) || "01234567890".includes(pin.value) || "09876543210".includes(pin.value)) return "easy";
  if (pin.value !== again.value) return "differ";
  if (duress.value && (!/^\d+$/.test(duress.value) || duress.value.length !== pin.value.length)) return "duress-length";
  if (duress.value && duress.value === pin.value) return "duress-same";
  return "";
}

function say(form, wrong, doing = "") {
  const place = form.querySelector("[data-said]");
  place.textContent = wrong || doing ? word("setup", wrong || doing) : "";
  place.classList.toggle("burn", Boolean(wrong));
}

function refused(root, form, error, app) {
  if (error.status === 401) root.querySelector("[data-signin]").hidden = false;
  const key = error.status === 401 ? "sign-in" : error.status ? "" : app.store.isFull(error) ? "full" : "no-network";
  const place = form.querySelector("[data-said]");
  place.textContent = key ? word("setup", key) : `${error.message} ${error.way}`;
  place.classList.add("burn");
}
