// The service worker: it keeps the shell, whole and of one version, and sends what waits when the network is back.
import { alone, contact, sendWaiting, wipe, HELD } from "/static/field/send.js";

const SHELL = `vedette-field-${VERSION}`;
const PAGE = "/field";

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    // Past the browser's own cache: a shell is of one version or it is not taken.
    await cache.addAll([...FILES, PAGE, "/field/manifest.webmanifest"].map((address) => new Request(address, { cache: "reload" })));
  })());
});

// A page that shows its lock, with nothing typed in it, hands over to a newer shell; else that waits until the app is closed.
self.addEventListener("message", (event) => event.data === "take-over" && self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("vedette-field-") && name !== SHELL).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const page = request.mode === "navigate" && address.pathname === PAGE;
  if (!page && !address.pathname.startsWith("/static/") && address.pathname !== "/field/manifest.webmanifest") return;
  event.respondWith((async () => {
    const kept = await caches.match(page ? PAGE : request, { cacheName: SHELL, ignoreVary: true });
    return kept ?? fetch(request);
  })());
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  event.waitUntil((async () => {
    const held = await alone(async () => {
      const why = await sendWaiting(true);
      // Taken out of use at home: it is emptied though nobody opens the app any more.
      if (why === HELD.WIPED && (await contact(VERSION)).state === "wipe") await wipe();
      return why;
    });
    // A failed sync is asked again by the browser, later and later; null: a page was sending, and may be closed before it is done.
    if (held === null || held === HELD.NETWORK || held === HELD.SERVER) throw new Error(held ?? "busy");
  })());
});
