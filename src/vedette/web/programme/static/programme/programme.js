// The time at each post, kept true: the hand, and +1 or −1 when the day there is another. And missions as they change.
import { dayNumber, hand, homeZone, shownNow } from "../shell/clock.js";
import { redrawPart } from "../shell/redraw.js";

function tick() {
  const now = shownNow();
  document.querySelectorAll("[data-there]").forEach((cell) => {
    const zone = cell.dataset.there;
    const apart = dayNumber(now, zone) - dayNumber(now, homeZone);
    cell.querySelector("time").textContent = hand(now, zone);
    const mark = cell.querySelector("[data-apart]");
    if (mark) mark.textContent = apart ? `${apart > 0 ? "+" : "−"}${Math.abs(apart)}` : "";
  });
}

// A link to a contact or clause opens what it is folded into.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.closest("details")?.setAttribute("open", "");
  target?.scrollIntoView({ block: "start" });
}

tick();
setInterval(() => document.hidden || tick(), 1000);
addEventListener("hashchange", unfold);
unfold();

// What happens to a mission shows at once, unless somebody has a form open.
const shown = () => document.querySelector("[data-mission], [data-missions]");
const busy = () => document.querySelector(".prog details.editor[open]") || document.activeElement?.closest?.(".prog form");
let later;
document.addEventListener("vedette:event", ({ detail }) => {
  const ours = shown();
  if (!ours || !detail.kind?.startsWith("mission.") || (ours.dataset.mission ?? detail.id) !== detail.id) return;
  clearTimeout(later);
  later = setTimeout(() => busy() || redrawPart(".prog", busy), 300);
});
