// An originator hears at once that his record was seen under broken glass.
document.addEventListener("vedette:event", ({ detail }) => {
  const place = document.getElementById("glass-notices");
  // htmx asks on "load" once and does not listen for it again.
  if (place && detail.kind === "glass.opened") globalThis.htmx?.ajax("GET", place.getAttribute("hx-get"), { target: place, swap: "innerHTML" });
});
