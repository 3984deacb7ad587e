// What is on at my post: its hour, its host's rules, who is on duty and how to reach them, what every post keeps an eye on.
import { fill, redraw, show as put, word } from "../dom.js";

export async function show(root, _params, app) {
  put(root, fill("post"));
  await refresh(root, app);
}

export async function refresh(root, app) {
  const { bundle } = app;
  const post = bundle?.me?.post;
  if (!root.querySelector("[data-duty]")) return;
  root.querySelector("[data-none]").hidden = Boolean(bundle);
  root.querySelector("[data-unposted]").hidden = !bundle || Boolean(post);
  root.querySelector("[data-title]").textContent = post?.city ?? word("mine", "post");
  root.querySelector("[data-lead]").textContent = post ? [post.host, post.languages.join(", "), `${app.time.hand(app.time.shown(), post.zone)} ${post.zone}`].filter(Boolean).join(" · ") : "";
  list(root, "caveats", (bundle?.caveats ?? []).map((one) => fill("rule", { code: one.code, text: one.says })));
  list(root, "duty", (bundle?.duty ?? []).map(duty));
  list(root, "topics", (bundle?.topics ?? []).map((one) => fill("topic", { title: one.title, reference: one.reference, note: one.note })));
}

function list(root, name, rows) {
  redraw(root.querySelector(`[data-${name}]`), rows);
  root.querySelector(`[data-${name}-box]`).hidden = rows.length === 0;
}

/** A number among the words of how to reach somebody is one tap from a call. */
function duty(one) {
  const number = one.reach.match(/\+?[\d][\d\s().-]{5,}\d/)?.[0];
  const made = fill("duty", { duty: one.duty, seat: one.seat, reach: one.reach, callable: Boolean(number) });
  if (number) made.querySelector("a").setAttribute("href", `tel:${number.replace(/[^\d+]/g, "")}`);
  return made;
}
