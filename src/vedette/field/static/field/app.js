// The app: which screen stands, who may see it, and what every screen has around it.
import * as outbox from "./outbox.js";
import * as store from "./store.js";
import * as sync from "./sync.js";
import * as time from "./time.js";
import * as vault from "./vault.js";
import { fill, put, show, word } from "./dom.js";
import { nothing } from "./nothing.js";
import * as setup from "./views/setup.js";

// A phone that lies in a pocket for so long is locked when it comes out.
const POCKET = 5 * 60_000;
const root = document.getElementById("main");
const tabs = document.getElementById("tabs");

export const app = {
  outbox, time, vault, sync, store,
  get bundle() { return vault.slot() === "b" ? nothing() : sync.bundle(); },
  get zone() { return sync.place()?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone; },
  go: (hash) => { location.hash = hash; },
  toast,
  /** File a thing and set it on its way. */
  async file(kind, body, options) {
    const item = await outbox.add(kind, body, options);
    sync.sync(true);
    return item;
  },
};

function toast(text) {
  const place = document.getElementById("said");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.hidden = true; }, 6000);
}

// A first start needs its own screen alone: the others come while it is filled in.
const views = { setup };
async function others() {
  try {
    Object.assign(views, (await import("./views.js")).VIEWS);
  } catch (error) {
    console.error(error);
  }
  return "home" in views;
}

let leave = null;
async function screen() {
  const [name = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const wanted = await allowed(name || "home");
  if (wanted !== "setup" && !(await others())) return show(root, fill("in-part"));
  const view = Object.hasOwn(views, wanted) ? wanted : "home";
  leave?.();
  leave = null;
  // What was said at the lock is not carried behind either PIN.
  if (document.body.dataset.view === "lock") document.getElementById("said").hidden = true;
  document.body.dataset.view = view;
  leave = (await views[view].show(root, rest, app)) ?? null;
  document.title = `${root.querySelector("h1")?.textContent ?? ""} · Vedette`;
  for (const tab of tabs.querySelectorAll("a")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  tabs.hidden = !vault.isOpen();
  await chrome();
  // Who reads with the ears goes on in the screen that came, not where the old one was left.
  if (root.querySelector(":focus")) return;
  root.blur();
  root.focus({ preventScroll: true });
}

let shown = Promise.resolve();
/** One screen after the other: a quick thumb never has two of them drawn into one another. */
function route() {
  shown = shown.catch(() => {}).then(screen);
  return shown;
}

/** Nothing but its own screen stands while the app is not set up, locked, emptied or destroyed. */
async function allowed(wanted) {
  if (await store.get("meta", "wiped")) return "wiped";
  if (!(await vault.isSetUp()) || !(await store.get("meta", "handset"))) return "setup";
  if (!vault.isOpen()) return "lock";
  // Behind the other PIN nothing was ever asked, so that nothing can have been taken back.
  return vault.slot() === "b" && wanted === "question" ? "home" : wanted;
}

/** The head: whose phone, what time; the banner: why nothing goes, since when, and how many wait. */
async function chrome() {
  const handset = await store.get("meta", "handset");
  const place = sync.place();
  put(document.getElementById("head"), {
    seat: (vault.isOpen() && handset?.seat) || "Vedette",
    here: `${time.hand(time.shown(), app.zone)} ${place?.city ?? ""}`,
    home: place?.home_zone ? `${time.hand(time.shown(), place.home_zone)} ${place.home_city ?? ""}` : "",
  });
  const n = vault.isOpen() ? await outbox.waiting() : 0;
  const count = document.getElementById("waiting");
  count.textContent = n || "";
  count.hidden = !n;
  banner(n, handset);
}

function banner(n, handset) {
  const place = document.getElementById("held");
  const { why, since } = sync.held();
  const quiet = !why || !handset || ["lock", "setup", "wiped"].includes(document.body.dataset.view);
  place.hidden = quiet && !wrongClock();
  if (place.hidden) return;
  const kind = quiet ? "clock" : why;
  const facts = { since: since ? time.hand(time.shown(since), app.zone) : "", n, span: time.apart(time.offset()) };
  const waits = !quiet && n ? word("held", "waits", facts) : "";
  const what = word("held", kind === "clock" ? (time.offset() > 0 ? "ahead" : "behind") : kind, facts);
  const says = JSON.stringify([kind, what, waits]);
  // It is read out whenever it is drawn: only when it says something else.
  if (place.dataset.says === says) return;
  place.dataset.says = says;
  place.replaceChildren(fill("held", { what, waits, signin: why === "sign-in" && !quiet, renew: why === "unknown" && !quiet }));
}

/** A phone whose clock is wrong by more than two minutes is told so: what it writes is corrected, what is typed is not. */
const wrongClock = () => vault.isOpen() && Math.abs(time.offset()) > 120_000;

let hiddenAt = null;
function pocket() {
  if (document.visibilityState === "hidden") {
    hiddenAt = Date.now();
  } else if (vault.isOpen() && hiddenAt && Date.now() - hiddenAt > POCKET) {
    lock();
  }
}

export function lock() {
  vault.lock();
  sync.forget();
  outbox.forget();
  document.getElementById("said").hidden = true;
  if (shell.newer) return location.reload();
  // An app that stays open for days never loads its page: here it asks whether there is a newer one.
  shell.registration?.update().catch(() => {});
  return route().then(takeOver);
}
app.lock = lock;

const shell = { registration: null, newer: false };
/** At the lock, with nothing typed in it. */
const idle = () => !vault.isOpen() && document.body.dataset.view === "lock" && !root.querySelector("#pin")?.value;
/** A newer shell takes over only where nothing is being typed. */
function takeOver() {
  if (idle()) shell.registration?.waiting?.postMessage("take-over");
}

/** Enter in a line of text ends the line; only a button files what was written, and the PIN opens. */
function ended(event) {
  const { target } = event;
  if (event.key !== "Enter" || event.isComposing || !target.matches("input:not([type=password], [type=file])")) return;
  event.preventDefault();
  target.blur();
}

/** An encrypted address, and a store of its own that opens: without them nothing can be kept. */
async function fit() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return false;
  return store.database().then(() => true, (error) => { console.error(error); return false; });
}

async function start() {
  if (!(await fit())) {
    show(root, fill("unfit"));
    return;
  }
  await time.learn();
  await sync.learnPlace();
  addEventListener("hashchange", route);
  addEventListener("vedette-field", async (event) => {
    if (event.detail === "stale") return location.reload();
    await chrome();
    if (await store.get("meta", "wiped")) return route();
    return views[document.body.dataset.view]?.refresh?.(root, app);
  });
  document.addEventListener("visibilitychange", pocket);
  root.addEventListener("keydown", ended);
  await route();
  others();
  sync.start();
  sync.sync(true);
  setInterval(chrome, 15_000);
  await worker();
}

async function worker() {
  if (!navigator.serviceWorker) return;
  const had = Boolean(navigator.serviceWorker.controller);
  // Another tab's lock may have let it in while something is typed here: then this one follows at its own.
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    shell.newer = had;
    if (had && idle()) location.reload();
  });
  shell.registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field", type: "module" });
  shell.registration.addEventListener("updatefound", () => shell.registration.installing?.addEventListener("statechange", takeOver));
  takeOver();
}

start();
