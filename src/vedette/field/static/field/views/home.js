// Home: the flash, what waits, what was asked of me.
import { fill, redraw, show as put, word } from "../dom.js";
import { answeredHere } from "../mine.js";
import { kindOf, knownOf, readingOf, savedAt, standing } from "./cards.js";

const FEW = 4;

export async function show(root, _params, app) {
  put(root, fill("home"));
  await refresh(root, app);
}

export async function refresh(root, app) {
  const list = root.querySelector("[data-last]");
  if (!list) return;
  const items = (await app.outbox.list()).slice(0, FEW);
  if (!list.isConnected) return;
  redraw(list, items.map((item) => line(item, app)));
  root.querySelector("[data-none]").hidden = items.length > 0;
  await Promise.all([asked(root, app), drafts(root, app)]);
}

function line(item, app) {
  const state = standing(item, app);
  const told = readingOf(item, app)?.at ?? item.receipt?.received_at;
  const at = told ? Date.parse(told) : savedAt(item, app);
  const led = (knownOf(item, app)?.deeds ?? []).at(-1)?.words ?? "";
  const kind = kindOf(item);
  const made = fill("line", {
    kind: word("kinds", kind), title: item.said?.title ?? word("outbox", "closed"), href: `#/item/${item.id}`,
    state: `${word("states", state)} ${app.time.hand(at, app.zone)}`, led,
  });
  made.querySelector(".chip").classList.add(kind === "flash" ? "flash" : "line");
  return made;
}

/** Questions that wait for an answer, the soonest due first. */
async function asked(root, app) {
  const place = root.querySelector("[data-asked]");
  const here = await answeredHere(app);
  if (!place?.isConnected) return;
  const open = (app.bundle?.questions ?? []).filter((one) => !one.answered && !here.has(one.id)).sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at));
  redraw(place, open.slice(0, 3).map((one) => {
    const due = Date.parse(one.due_at);
    const made = fill("asked", {
      question: one.question, href: `#/question/${one.id}`, by: one.asked_by,
      due: word("asked", due < app.time.shown() ? "late" : "by", { when: app.time.hand(due, app.zone), span: app.time.span(Math.abs(due - app.time.shown()) / 1000) }),
    });
    made.querySelector(".clock").classList.add(due < app.time.shown() ? "late" : "due");
    return made;
  }));
  root.querySelector("[data-asked-box]").hidden = open.length === 0;
}

/** What was begun and not filed: nothing typed is lost, so it is said where it is. */
async function drafts(root, app) {
  const place = root.querySelector("[data-drafts]");
  const begun = (await app.outbox.drafts()).filter((one) => one.address).map((one) => ({ ...one, text: one.text || one.files?.map((file) => file.name).join(", ") || one.fields?.where || "" }));
  if (!place?.isConnected) return;
  redraw(place, begun.map((one) => fill("draft", {
    kind: word("kinds", one.kind ?? one.key), text: one.text, href: one.address, at: app.time.hand(app.time.shown(one.saved_at), app.zone),
  })));
  root.querySelector("[data-drafts-box]").hidden = begun.length === 0;
}
