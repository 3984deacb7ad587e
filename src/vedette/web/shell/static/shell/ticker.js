// Keeps every time on the page true: the bar's clock, ages, clocks that run, the strip of posts.
import { age, clockWords, dayNumber, hand, homeZone, longDay, setClock, shownNow } from "./clock.js";

const signs = { left: "clock", due: "hourglass", late: "alert-triangle" };

// Writes only what changed: a page of a hundred rows costs nothing while nothing changes.
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function tickClock(element, now) {
  const [state, text] = clockWords(Date.parse(element.dataset.due), Number(element.dataset.soon), now);
  write(element.lastElementChild, text);
  if (element.classList.contains(state)) return;
  element.classList.remove("left", "due", "late");
  element.classList.add(state);
  const use = element.querySelector("use");
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*$/, `#i-${signs[state]}`));
  element.dispatchEvent(new CustomEvent("vedette:clock-state", { bubbles: true, detail: { state } }));
}

function tickPost(element, now) {
  const { zone } = element.dataset;
  const time = hand(now, zone);
  write(element.querySelector("time"), time);
  const apart = dayNumber(now, zone) - dayNumber(now, homeZone);
  if (!element.classList.contains("here")) write(element.querySelector("small > span"), apart ? `${apart > 0 ? "+" : "−"}${Math.abs(apart)}` : "");
  const hour = Number(time.slice(0, 2));
  element.querySelector("small .icon")?.toggleAttribute("hidden", hour < 22 && hour >= 6);
}

/** Brings every time on the page, or in one part of it, up to date. */
export function tick(root = document) {
  const now = shownNow();
  root.querySelectorAll("[data-age]").forEach((element) => write(element, age(Date.parse(element.dataset.age), now)));
  root.querySelectorAll("[data-due][data-soon]").forEach((element) => tickClock(element, now));
  root.querySelectorAll(".clocks [data-zone]").forEach((element) => tickPost(element, now));
  root.querySelectorAll("[data-now]").forEach((element) => write(element, hand(now, homeZone)));
  root.querySelectorAll("[data-today]").forEach((element) => write(element, longDay(now, homeZone)));
}

export function startTicker() {
  tick();
  setInterval(() => document.hidden || tick(), 1000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  // The bar of a replay says anew where the shown clock stands: whoever paused it or jumped, every open page follows.
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const told = target.querySelector?.("[data-shown-clock]")?.dataset.shownClock;
    if (told) {
      const [, shown, speed, paused] = told.split(";").map(Number);
      setClock({ shown, speed, paused });
    }
    tick(told ? undefined : target);
  });
}
