// This phone: what it holds, when it last heard the server, its clock, and the way to lock it.
import { fill, show as put, word } from "../dom.js";

export async function show(root, _params, app) {
  put(root, fill("phone"));
  root.querySelector("[data-lock]").addEventListener("click", () => app.lock());
  await refresh(root, app);
}

export async function refresh(root, app) {
  const handset = await app.store.get("meta", "handset");
  const last = app.time.lastContact();
  const offset = app.time.offset();
  const room = await navigator.storage?.estimate?.();
  const persisted = await navigator.storage?.persisted?.();
  const facts = {
    label: handset?.label ?? "", seat: handset?.seat ?? "", version: document.documentElement.dataset.version,
    contact: last ? `${app.time.hand(app.time.shown(last), app.zone)} · ${app.time.age(app.time.shown(last))}` : word("phone", "never"),
    clock: word("phone", Math.abs(offset) <= 2000 ? "true" : offset > 0 ? "ahead" : "behind", { span: app.time.span(Math.abs(offset) / 1000), s: Math.round(Math.abs(offset) / 1000) }),
    room: room ? word("phone", "room", { used: (room.usage / 1048576).toFixed(1), of: Math.round(room.quota / 1048576) }) : "",
    kept: persisted ? word("phone", "kept") : word("phone", "not-kept"),
    sync: "serviceWorker" in navigator && "SyncManager" in window ? word("phone", "closed") : word("phone", "open-only"),
  };
  for (const place of root.querySelectorAll("[data-fill]")) if (place.dataset.fill in facts) place.textContent = facts[place.dataset.fill];
}
