// The outbox: what was filed on this phone, newest first, each with its true state.
import { fill, show as put } from "../dom.js";
import { WAITS } from "../send.js";
import { card, standing } from "./cards.js";

// So many cards are made at a time, with the thumb heard in between.
const AT_ONCE = 6;
const state = { turn: 0 };

export async function show(root, _params, app) {
  put(root, fill("outbox"));
  root.querySelector("[data-now]").addEventListener("click", () => app.sync.sync(true));
  root.querySelector("[data-clear]").addEventListener("click", () => app.outbox.clearReceived());
  await refresh(root, app);
}

/** Draw what changed, and nothing else; a newer call takes the place of one that is still drawing. */
export async function refresh(root, app) {
  const list = root.querySelector("[data-items]");
  if (!list) return;
  state.turn += 1;
  const { turn } = state;
  const [items, files] = await Promise.all([app.outbox.list(), app.store.all("files")]);
  const over = () => turn !== state.turn || !list.isConnected;
  if (over()) return;
  root.querySelector("[data-empty]").hidden = items.length > 0;
  root.querySelector("[data-clear]").hidden = !items.some((item) => item.state === "received");
  root.querySelector("[data-now]").hidden = !items.some((item) => WAITS.has(item.state));
  const drawn = new Map([...list.children].map((one) => [one.dataset.item, one]));
  const made = [];
  for (const item of items) {
    const mine = files.filter((file) => file.item === item.id);
    const mark = JSON.stringify([item.state, item.tries, item.sending_at, item.receipt, item.refusal, standing(item, app), mine.map((file) => [file.state, file.sent, file.reason])]);
    const known = drawn.get(item.id);
    if (known?.dataset.mark === mark) {
      made.push(known);
      continue;
    }
    const box = card(item, app, mine).querySelector("li");
    Object.assign(box.dataset, { item: item.id, mark });
    made.push(box);
    known?.replaceWith(box);
    if (made.length % AT_ONCE === 0) {
      await new Promise((go) => { setTimeout(go); });
      if (over()) return;
    }
  }
  if (made.length !== list.children.length || made.some((one, place) => list.children[place] !== one)) list.replaceChildren(...made);
}
