// An alarm of duress is told on every page of the desk, at once.
document.addEventListener("vedette:event", ({ detail }) => {
  const place = document.getElementById("duress-alarms");
  // htmx asks on "load" once and does not listen for it again.
  if (place && detail.kind?.startsWith("duress.")) globalThis.htmx?.ajax("GET", place.getAttribute("hx-get"), { target: place, swap: "innerHTML" });
});
