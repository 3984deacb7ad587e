// A page loads itself anew: never across a step that its reader has taken, and once for what it was told.
const STAYS = 10_000; // A download looks like leaving as well: who is still here after so many milliseconds has stayed.
const TOLD = "renewed";
const REMEMBERED = 200;

let left = -Infinity;
addEventListener("beforeunload", () => { left = performance.now(); });

/** Load the page anew; a click on a link or a form that is on its way goes first. */
export function renew() {
  const wait = left + STAYS - performance.now();
  if (wait > 0) setTimeout(renew, wait);
  else location.reload();
}

/** The stream tells a fresh page of the last half minute again: the event with this number renews no page of this tab twice. */
export function renewOnce(number) {
  const told = JSON.parse(sessionStorage.getItem(TOLD) ?? "[]");
  if (told.includes(number)) return;
  sessionStorage.setItem(TOLD, JSON.stringify([...told, number].slice(-REMEMBERED)));
  renew();
}
