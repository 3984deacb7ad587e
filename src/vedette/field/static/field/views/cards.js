// How a thing in the outbox looks: what it is, where it truly stands, and the time of each step.
import { fill, word } from "../dom.js";

// What a desk reads; of anything else it is enough that it was received.
const READABLE = new Set(["report", "answer", "team-answer"]);
const isRead = (item) => READABLE.has(item.said?.kind ?? item.kind);

/** What a thing is called: a report by its own kind, anything else by how it was sent. */
export const kindOf = (item) => ((item.said?.kind ?? item.kind) === "report" ? (item.said?.body?.kind ?? "report") : (item.said?.kind ?? item.kind));

/** What the bundle knows of an item that the server has: it holds the newest reports only. */
export const knownOf = (item, app) => app.bundle?.reports?.find((one) => one.client_id === item.id);
export const readingOf = (item, app) => knownOf(item, app)?.readings?.[0] ?? item.reading;

/** The state of an item in one word: what the server and the desk have said of it, never more, nor less once they did. */
export function standing(item, app) {
  if (item.state !== "received") return item.state;
  if (readingOf(item, app)) return "read";
  return isRead(item) && (knownOf(item, app) || isNewer(item, app)) ? "received" : "taken";
}

/** What the server received after it made the bundle cannot be in it yet; what is older may have been read and left it. */
const isNewer = (item, app) => Date.parse(item.receipt?.received_at) > Date.parse(app.bundle?.at);

/** When it was saved, by the phone's clock as it went then. */
export const savedAt = (item, app) => app.time.shown(item.saved_at, item.clock ?? item.receipt?.offset);

const SIGNS = { waiting: "hourglass", sending: "progress", received: "server", taken: "server", read: "eye", refused: "alert-triangle" };

function step(app, key, moment, who = "") {
  const made = fill("step", { words: word("steps", key), at: moment ? app.time.hand(moment, app.zone, true) : word("steps", "not-yet"), who });
  made.querySelector("li").classList.add(moment ? "on" : "todo");
  return made;
}

/** The path of an item: on this phone, sent, received with its number, read by which role. */
export function steps(item, app) {
  const reading = readingOf(item, app);
  const list = document.createElement("ol");
  list.className = "steps xs";
  const sent = item.state === "received" ? (item.sending_at ?? item.received_at) : null;
  list.append(
    step(app, "kept", savedAt(item, app)),
    step(app, "sent", sent && app.time.shown(sent, item.receipt?.offset)),
    step(app, "received", item.receipt && Date.parse(item.receipt.received_at), item.receipt?.reference ?? ""),
    ...(isRead(item) && standing(item, app) !== "taken" ? [step(app, "read", reading && Date.parse(reading.at), reading ? word("roles", reading.role) : "")] : []),
  );
  return list;
}

/** A card of the outbox. */
export function card(item, app, files = []) {
  const state = standing(item, app);
  const kind = kindOf(item);
  const made = fill("card", {
    kind: word("kinds", kind), title: item.said ? item.said.title : word("outbox", "closed"),
    state: word("states", state, { n: item.tries }), href: `#/item/${item.id}`,
    reason: item.refusal ? `${item.refusal.reason} ${item.refusal.way_out}` : "", refused: item.state === "refused",
    files: filesWords(files),
  });
  const box = made.querySelector("li");
  box.classList.add({ waiting: "wait", sending: "wait", read: "ok", refused: "bad" }[state] ?? "plain");
  box.querySelector(".chip").classList.add(kind === "flash" ? "flash" : "line");
  box.querySelector("use").setAttribute("href", `${box.querySelector("use").getAttribute("href").split("#")[0]}#i-${SIGNS[state]}`);
  box.querySelector("[data-steps]").replaceWith(steps(item, app));
  return made;
}

/** How the files of an item stand, in one line. */
export function filesWords(files) {
  return files.map((file) => word("files", file.state, {
    percent: file.size ? Math.floor((100 * file.sent) / file.size) : 0, reason: ["lost", "gone"].includes(file.reason) ? word("files", file.reason) : file.reason,
  })).join(" · ");
}
