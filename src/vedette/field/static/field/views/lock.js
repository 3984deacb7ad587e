// The lock: a PIN opens the app, with or without a network.
import { fill, show as put, word } from "../dom.js";

export async function show(root, _params, app) {
  if (await app.vault.isDestroyed()) return destroyed(root, app);
  // One that stands stays, with what is typed in it.
  if (root.querySelector("#pin")) return;
  put(root, fill("lock"));
  const form = root.querySelector("form");
  const field = form.querySelector("input");
  const button = form.querySelector("button");
  const say = (key, values) => { form.querySelector("[data-said]").textContent = word("lock", key, values); };
  field.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pin = field.value;
    if (!pin) return;
    button.disabled = true;
    say("trying");
    try {
      const found = await app.vault.unlock(pin);
      if (found.open) await opened(app);
      // Where things stand now: another tab may have made way for a new PIN.
      else if (found.destroyed) dispatchEvent(new Event("hashchange"));
      else say(found.left <= 3 ? "few" : "wrong", { n: found.left });
    } catch (error) {
      // Never a lock that stands before an open vault.
      app.vault.lock();
      console.error(error);
      say(app.store.isFull(error) ? "full" : "failed");
    } finally {
      button.disabled = false;
      field.value = "";
    }
  });
}

/** What fails at the door keeps nobody out: it is tried again the next time. */
const tried = (work) => work.catch((error) => console.error(error));

/** Which hand it was is told to the desk when there is a network, and to nobody who looks at the phone. */
async function opened(app) {
  await tried(app.outbox.sealAnew());
  if (app.vault.slot() === "a") await tried(app.sync.openKept());
  else await tried(app.outbox.add("duress", {}, { hidden: true }));
  // Behind the other PIN one begins at home: where the phone was left is nothing of its own.
  if (app.vault.slot() !== "a" || ["", "#/", "#/lock"].includes(location.hash)) history.replaceState(null, "", "#/home");
  dispatchEvent(new Event("hashchange"));
  app.sync.sync(true);
}

async function destroyed(root, app) {
  const waiting = (await app.store.items()).filter((item) => ["waiting", "sending"].includes(item.state)).length;
  put(root, fill("destroyed", { waiting: word("lock", waiting ? "still" : "none", { n: waiting }) }));
  root.querySelector("[data-again]").addEventListener("click", async () => {
    await app.vault.makeWay();
    dispatchEvent(new Event("hashchange"));
  });
}
