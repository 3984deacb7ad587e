// The shell's one entry: each part starts itself; screens speak to it through events (vedette:event, vedette:toast, vedette:put).
import { startCsrf } from "./csrf.js";
import { startKeepPlace } from "./keepplace.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startPalette } from "./palette.js";
import { startTicker } from "./ticker.js";
import { startToasts } from "./toast.js";

[startCsrf, startTicker, startKeys, startPalette, startToasts, startKeepPlace, startLive].forEach((start) => start());

// On a phone the rail and the tabs are wider than the screen: the current one is brought into it.
document.querySelectorAll(':is(.rail, .tabs) [aria-current="page"]').forEach((one) => one.scrollIntoView({ block: "nearest", inline: "nearest" }));
// A form that was not taken says so first to those who cannot see it.
document.querySelector("[data-problems]")?.focus();
