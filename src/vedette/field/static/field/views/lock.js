// The lock: a PIN opens the app, with or without a network.
import { fill, show as put, word } from "../dom.js";

export async function show(root, _params, app) {
  const held = await app.store.get("meta", "lock");
  if (held.destroyed) return destroyed(root, app);
  put(root, fill("lock"));
  const form = root.querySelector("form");
  const field = form.querySelector("input");
  const said = form.querySelector("[data-said]");
  field.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pin = field.value;
    if (!pin) return;
    form.querySelector("button").disabled = true;
    said.textContent = word("lock", "trying");
    const found = await app.vault.unlock(pin);
    form.querySelector("button").disabled = false;
    field.value = "";
    if (found.open) await opened(app);
    else if (found.destroyed) await show(root, _params, app);
    else said.textContent = word("lock", found.left <= 3 ? "few" : "wrong", { n: found.left });
  });
}

/** Which hand it was is told to the desk when there is a network, and to nobody who looks at the phone. */
async function opened(app) {
  await app.outbox.sealAnew();
  if (app.vault.slot() === "a") await app.sync.openKept();
  else await app.outbox.add("duress", {}, { hidden: true });
  // Behind the other PIN one begins at home: where the phone was left is nothing of its own.
  if (app.vault.slot() !== "a" || ["", "#/", "#/lock"].includes(location.hash)) history.replaceState(null, "", "#/home");
  dispatchEvent(new Event("hashchange"));
  app.sync.sync(true);
}

async function destroyed(root, app) {
  const waiting = (await app.store.items()).filter((item) => ["waiting", "sending"].includes(item.state)).length;
  put(root, fill("destroyed", { waiting: word("lock", waiting ? "still" : "none", { n: waiting }) }));
  root.querySelector("[data-again]").addEventListener("click", async () => {
    await app.store.drop("meta", "lock");
    dispatchEvent(new Event("hashchange"));
  });
}
