// Is anybody there? A touched page tells the house; one that nobody touched for 30 minutes is locked, and what was
// typed on it waits in this tab. The same keeping serves a privileged act that first asks for a proof.
const LOCK_AFTER = 30 * 60 * 1000;
const TELL_EVERY = 4 * 60 * 1000;
const LOOK_EVERY = 15 * 1000;
const TOUCHED = "vedette-touched";
const KEPT = "vedette-kept";
const GIVE_BACK = "vedette-give-back";
const NEVER_KEPT = ["password", "hidden", "file", "submit", "button", "reset", "image"];

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const here = () => location.pathname + location.search;
const tell = (address) =>
  fetch(address, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token() } });

const fieldsOf = (form) =>
  [...form.elements].filter((one) => one.name && !NEVER_KEPT.includes(one.type) && one.autocomplete !== "one-time-code");

/** Keeps what is typed on this page, in this tab, until it is given back or another page is opened. */
export function keep() {
  const forms = [...document.querySelectorAll('form[method="post"]')].map((form) =>
    fieldsOf(form).map((one) => [one.name, one.value, one.checked ?? null]));
  if (forms.some((fields) => fields.length)) sessionStorage.setItem(KEPT, JSON.stringify({ page: here(), forms }));
}

function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  const asked = sessionStorage.getItem(GIVE_BACK);
  sessionStorage.removeItem(KEPT);
  sessionStorage.removeItem(GIVE_BACK);
  if (!asked || kept?.page !== here()) return;
  document.querySelectorAll('form[method="post"]').forEach((form, place) => {
    fieldsOf(form).forEach((one, number) => {
      const [name, value, checked] = kept.forms[place]?.[number] ?? [];
      if (name !== one.name) return;
      if (one.type === "checkbox" || one.type === "radio") one.checked = checked && one.value === value;
      else one.value = value;
      for (let around = one.closest("details"); around && value; around = around.parentElement?.closest("details")) {
        if (one.value !== one.defaultValue || one.tagName === "SELECT") around.open = true;
      }
    });
  });
}

let told = Date.now();
function touched() {
  const moment = Date.now();
  localStorage.setItem(TOUCHED, String(moment));
  if (moment - told < TELL_EVERY) return;
  told = moment;
  tell("/still-here/").catch(() => { /* the next touch tells it */ });
}

async function look() {
  const last = Number(localStorage.getItem(TOUCHED)) || told;
  if (Date.now() - last < LOCK_AFTER) return;
  keep();
  try {
    const { locked } = await (await tell("/lock/")).json();
    if (locked) location.assign(`/locked/?next=${encodeURIComponent(here())}`);
    else localStorage.setItem(TOUCHED, String(Date.now())); // a board on the wall
  } catch {
    // Without the network the page stays; the house has locked it by itself meanwhile.
  }
}

giveBack();
localStorage.setItem(TOUCHED, String(Date.now()));
for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
  addEventListener(kind, touched, { passive: true, capture: true });
}
document.addEventListener("submit", keep, true);
setInterval(look, LOOK_EVERY);
