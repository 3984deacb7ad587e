// The server knows this phone no more (its database was brought back from an older copy): set up again, and what waits is sealed anew.
import { fill, show as put, word } from "../dom.js";
import { enrol } from "../enrol.js";

export async function show(root, _params, app) {
  put(root, fill("renew"));
  const button = root.querySelector("[data-renew]");
  const said = root.querySelector("[data-said]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { label } = await app.store.get("meta", "handset");
      await enrol(label);
      await app.outbox.sealAnew();
      app.go("#/outbox");
      app.sync.sync(true);
    } catch (error) {
      said.textContent = error.status === 401 ? word("setup", "sign-in") : error.status ? `${error.message} ${error.way}` : word("setup", "no-network");
      root.querySelector("[data-signin]").hidden = error.status !== 401;
      button.disabled = false;
    }
  });
}
