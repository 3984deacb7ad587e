// The app: which screen stands, who may see it, and what every screen has around it.
import * as outbox from "./outbox.js";
import * as store from "./store.js";
import * as sync from "./sync.js";
import * as time from "./time.js";
import * as vault from "./vault.js";
import { fill, put, show, word } from "./dom.js";
import { VIEWS } from "./views.js";

// A phone that lies in a pocket for so long is locked when it comes out.
const POCKET = 5 * 60_000;
const root = document.getElementById("main");
const tabs = document.getElementById("tabs");

export const app = {
  outbox, time, vault, sync, store, word,
  get bundle() { return sync.bundle(); },
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

let leave = null;
async function route() {
  const [name = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const view = await allowed(name || "home");
  leave?.();
  leave = null;
  document.body.dataset.view = view;
  const screen = VIEWS[view] ?? VIEWS.home;
  leave = (await screen.show(root, rest, app)) ?? null;
  document.title = `${root.querySelector("h1")?.textContent ?? ""} · Vedette`;
  for (const tab of tabs.querySelectorAll("a")) tab.toggleAttribute("aria-current", tab.dataset.view === view);
  tabs.hidden = !vault.isOpen();
  await chrome();
}

/** Nothing but its own screen stands while the app is not set up, locked, emptied or destroyed. */
async function allowed(wanted) {
  if (await store.get("meta", "wiped")) return "wiped";
  if (!(await vault.isSetUp()) || !(await store.get("meta", "handset"))) return "setup";
  return vault.isOpen() ? wanted : "lock";
}

/** The head: whose phone, what time; the banner: why nothing goes, since when, and how many wait. */
async function chrome() {
  const handset = await store.get("meta", "handset");
  const place = sync.place();
  put(document.getElementById("head"), {
    seat: vault.isOpen() ? (handset?.seat ?? "") : "",
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
  const made = fill("held", { what: word("held", kind === "clock" ? (time.offset() > 0 ? "ahead" : "behind") : kind, facts), waits, signin: why === "sign-in" && !quiet, renew: why === "unknown" && !quiet });
  place.replaceChildren(made);
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
  route();
}
app.lock = lock;

/** A newer shell takes over only where nothing is being typed: at the lock. */
async function takeOver(registration) {
  const waiting = registration?.waiting;
  if (waiting && !vault.isOpen()) waiting.postMessage("take-over");
}

async function start() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) {
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
    return VIEWS[document.body.dataset.view]?.refresh?.(root, app);
  });
  document.addEventListener("visibilitychange", pocket);
  await route();
  sync.start();
  sync.sync(true);
  setInterval(chrome, 15_000);
  await worker();
}

async function worker() {
  if (!navigator.serviceWorker) return;
  const had = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => had && !vault.isOpen() && location.reload());
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field", type: "module" });
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => takeOver(registration)));
  takeOver(registration);
}

start();
