// The outbox: what was filed on this phone, newest first, each with its true state.
import { fill, show as put } from "../dom.js";
import { card } from "./cards.js";

export async function show(root, _params, app) {
  put(root, fill("outbox"));
  root.querySelector("[data-now]").addEventListener("click", () => app.sync.sync(true));
  root.querySelector("[data-clear]").addEventListener("click", () => app.outbox.clearReceived());
  await refresh(root, app);
}

export async function refresh(root, app) {
  const list = root.querySelector("[data-items]");
  if (!list) return;
  const [items, files] = await Promise.all([app.outbox.list(), app.store.all("files")]);
  if (!list.isConnected) return;
  list.replaceChildren(...items.map((item) => card(item, app, files.filter((file) => file.item === item.id))));
  root.querySelector("[data-empty]").hidden = items.length > 0;
  root.querySelector("[data-clear]").hidden = !items.some((item) => item.state === "received");
  root.querySelector("[data-now]").hidden = !items.some((item) => ["waiting", "sending"].includes(item.state));
}
