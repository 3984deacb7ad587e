// The live stream: every event once, in the order it came; a lost connection shows within 20 s and heals itself.
import { fill, hand, homeZone, shortSpan, shownNow } from "./clock.js";
import { renew, renewOnce } from "./renew.js";

const SILENT_AFTER = 18000; // The server pings every 15 s; shown lost before 20 s are over.
const BACK_OFF = [500, 1000, 2000, 5000, 5000, 10000];
const REMEMBERED = 4000;

const meta = document.querySelector('meta[name="live"]');
const state = { last: meta?.dataset.since ?? "", source: null, heard: Date.now(), shownAt: 0, tries: 0, timer: 0, lost: false, missed: 0 };
const seen = new Set();

const part = (name) => document.querySelector(`[data-${name}]`);

function show(lost) {
  document.documentElement.toggleAttribute("data-offline", lost);
  const sign = part("live");
  if (!sign) return;
  sign.classList.remove("waiting");
  sign.classList.toggle("lost", lost);
  sign.textContent = lost ? sign.dataset.lostWord : sign.dataset.liveWord;
}

function sayHowLong() {
  const words = part("lost-words");
  if (words) words.textContent = fill(words.dataset.text, { age: shortSpan((Date.now() - state.heard) / 1000), time: hand(state.shownAt || shownNow(), homeZone, true) });
}

function lose() {
  if (!state.lost) {
    state.lost = true;
    state.missed = 0;
    show(true);
    part("lost")?.removeAttribute("hidden");
    part("back")?.setAttribute("hidden", "");
    document.dispatchEvent(new CustomEvent("vedette:lost"));
  }
  sayHowLong();
}

function heal() {
  state.tries = 0;
  if (!state.lost) return show(false);
  state.lost = false;
  show(false);
  part("lost")?.setAttribute("hidden", "");
  document.dispatchEvent(new CustomEvent("vedette:back"));
  // What was missed follows at once; a moment later its number is known.
  setTimeout(() => {
    const words = part("back-words");
    if (words) words.textContent = fill(state.missed ? words.dataset.some : words.dataset.none, { n: state.missed });
    part("back")?.removeAttribute("hidden");
    setTimeout(() => part("back")?.setAttribute("hidden", ""), 12000);
  }, 1200);
}

function hear() {
  state.heard = Date.now();
  state.shownAt = shownNow();
}

function take(event) {
  hear();
  heal();
  if (event.lastEventId) {
    // The stream reads a little again after a break, so an event may come twice; it happens once.
    if (seen.has(event.lastEventId)) return;
    seen.add(event.lastEventId);
    if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
    state.last = event.lastEventId;
  }
  let detail;
  try {
    detail = JSON.parse(event.data);
  } catch {
    return;
  }
  if (event.type !== "message") detail.kind ??= event.type;
  state.missed += 1;
  if (detail.kind === "sheet.gone") leave(detail.id, event.lastEventId);
  document.dispatchEvent(new CustomEvent("vedette:event", { detail: { id: event.lastEventId, ...detail } }));
}

// What the reader may not see any more leaves his screen: its row alone where it stands in a list, else the whole page.
function leave(id, number) {
  document.getElementById(`row-${id}`)?.remove();
  if (location.href.includes(id) || document.querySelector(`[href*="${id}"], [value="${id}"]`)) renewOnce(number);
}

// A screen that can ask for its lists again does so and prevents the banner.
function stale() {
  if (document.dispatchEvent(new CustomEvent("vedette:stale", { cancelable: true }))) part("stale")?.removeAttribute("hidden");
}

// An event source does not tell a closed session from a lost line; one plain request does.
async function askWhy(address) {
  const stop = new AbortController();
  try {
    const answer = await fetch(address, { signal: stop.signal, credentials: "same-origin" });
    if (answer.status === 401 || answer.status === 403) stale();
  } catch {
    // The line is lost indeed.
  } finally {
    stop.abort();
  }
}

function connect() {
  clearTimeout(state.timer);
  state.source?.close();
  const address = new URL(meta.content, location.href);
  if (state.last) address.searchParams.set("since", state.last);
  const source = new EventSource(address);
  state.source = source;
  source.addEventListener("open", () => { hear(); heal(); });
  source.addEventListener("message", take);
  ["event", "clock"].forEach((name) => source.addEventListener(name, take));
  source.addEventListener("hello", (event) => {
    state.last = event.lastEventId || state.last;
    hear();
    heal();
  });
  // The seat is no longer what it was when the stream began: what stands on the page may no longer be for its reader.
  source.addEventListener("ended", () => { source.close(); renew(); });
  source.addEventListener("ping", () => { hear(); heal(); });
  source.addEventListener("reload", (event) => {
    state.last = event.lastEventId || state.last;
    hear();
    heal();
    stale();
  });
  source.addEventListener("error", () => {
    // The browser's own retry would not carry `since`, and stops for good after a 503: we come back ourselves.
    source.close();
    const wait = BACK_OFF[Math.min(state.tries, BACK_OFF.length - 1)];
    state.tries += 1;
    if (state.tries > 2) {
      lose();
      askWhy(address);
    }
    clearTimeout(state.timer);
    state.timer = setTimeout(connect, wait * (0.8 + Math.random() * 0.4));
  });
}

function watch() {
  const silent = Date.now() - state.heard;
  if (state.lost) sayHowLong();
  if (silent < SILENT_AFTER) return;
  lose();
  // A dead connection that never said so: begin anew, at most every few seconds.
  if (state.source?.readyState === EventSource.OPEN) connect();
}

export function startLive() {
  if (!meta) return;
  connect();
  setInterval(watch, 1000);
  addEventListener("online", connect);
  addEventListener("offline", lose);
  addEventListener("pageshow", (event) => event.persisted && connect());
  addEventListener("pagehide", () => state.source?.close());
  part("try")?.addEventListener("click", connect);
  part("reload")?.addEventListener("click", () => location.reload());
}
