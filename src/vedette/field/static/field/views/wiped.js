// This phone was taken out of use, and everything on it is gone.
import { fill, show as put, word } from "../dom.js";

export async function show(root, _params, app) {
  const wiped = await app.store.get("meta", "wiped");
  put(root, fill("wiped", { unsent: wiped.unsent ? word("wiped", "unsent", { n: wiped.unsent }) : word("wiped", "nothing") }));
  root.querySelector("[data-again]").addEventListener("click", async () => {
    await app.store.drop("meta", "wiped");
    dispatchEvent(new Event("hashchange"));
  });
}
