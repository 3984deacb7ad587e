// To me: what is asked of me, what my team carries, what was sent to me, what the desk did, what was taken back.
import { fill, redraw, show as put, word } from "../dom.js";
import { answeredHere, opened, since, term } from "../mine.js";

const DEEDS = 8;

export async function show(root, _params, app) {
  put(root, fill("to-me"));
  await refresh(root, app);
}

export async function refresh(root, app) {
  const { bundle } = app;
  if (!root.querySelector("[data-questions]")) return;
  const asked = await answeredHere(app);
  draw(root, "questions", sorted(bundle?.questions ?? []).map((one) => question(one, app, asked)));
  draw(root, "teams", (bundle?.teams ?? []).map((team) => carried(team, asked)));
  draw(root, "orders", (bundle?.orders ?? []).map((one) => order(one, app)));
  draw(root, "deeds", deeds(bundle, app));
  draw(root, "recalled", (bundle?.recalled ?? []).map((one) => fill("recalled", { reference: one.reference, why: word("mine", "wiped", { at: one.at ? since(app, one.at) : "", reason: one.reason }) })));
  const boxes = [...root.querySelectorAll("section.stack")];
  root.querySelector("[data-empty]").hidden = !bundle || boxes.some((box) => !box.hidden);
  root.querySelector("[data-none]").hidden = Boolean(bundle);
  root.querySelector("[data-at]").textContent = bundle ? word("mine", "as-of", { at: app.time.hand(Date.parse(bundle.at), app.zone), age: app.time.age(Date.parse(bundle.at)) }) : "";
  // A release whose words stand before its reader was opened; one whose handling has to be read first was not.
  if (document.visibilityState === "visible") await opened(app, (bundle?.orders ?? []).filter((one) => one.paragraphs.length).map((one) => one.id));
}

function draw(root, name, rows) {
  redraw(root.querySelector(`[data-${name}]`), rows);
  root.querySelector(`[data-${name}-box]`).hidden = rows.length === 0;
}

const sorted = (questions) => [...questions].sort((a, b) => a.answered - b.answered || Date.parse(a.due_at) - Date.parse(b.due_at));

function question(one, app, asked) {
  const due = term(app, one.due_at);
  const state = one.answered ? (one.thanks ? "thanked" : "answered") : asked.has(one.id) ? "here" : "";
  const made = fill("asked-row", {
    question: one.question, href: `#/question/${one.id}`, reference: one.reference, by: one.asked_by, foreign: one.from_other_agency,
    due: due.text, at: due.at, state: word("mine", state), open: !state, done: Boolean(state),
  });
  made.querySelector(".clock").classList.add(due.late ? "late" : "due");
  return made;
}

function carried(team, asked) {
  const left = team.questions.filter((one) => !one.answered && !one.none_because && !asked.has(one.id)).length;
  const made = fill("team", { title: team.title, reference: team.reference, left: word("mine", "left", { n: left, of: team.questions.length }) });
  made.querySelector("ol").replaceChildren(...team.questions.map((one) => fill("team-row", {
    number: one.number, text: one.text, href: `#/question/${one.id}`, done: one.answered || Boolean(one.none_because) || asked.has(one.id),
    state: one.answered ? word("mine", "answered") : one.none_because ? word("mine", "none") : asked.has(one.id) ? word("mine", "here") : "",
  })));
  return made;
}

function order(one, app) {
  const made = fill("order", { title: one.title, reference: one.reference, label: `TLP:${one.label}`, at: since(app, one.at), handling: one.handling });
  made.querySelector("[data-paragraphs]").replaceChildren(...one.paragraphs.map((text) => fill("paragraph", { text })));
  made.querySelector("[data-shut]").hidden = one.paragraphs.length > 0;
  return made;
}

/** What was done with any report of mine, the newest first; the same thing done with several stands once. */
function deeds(bundle, app) {
  const rows = new Map();
  for (const report of bundle?.reports ?? []) {
    for (const deed of report.deeds) {
      const standing = rows.get(deed.words);
      const at = standing && Date.parse(standing.at) > Date.parse(deed.at) ? standing.at : deed.at;
      rows.set(deed.words, { ...deed, at, reports: [...(standing?.reports ?? []), report] });
    }
  }
  const newest = [...rows.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, DEEDS);
  return newest.map(({ words, at, reports: [first, ...others] }) => fill("told", {
    words, reference: first.reference, title: others.length ? word("mine", "and-others", { n: others.length }) : first.title, at: since(app, at),
  }));
}
