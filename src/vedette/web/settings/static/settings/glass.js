// An originator hears at once that his record was seen under broken glass.
document.addEventListener("vedette:event", ({ detail }) => {
  const place = document.getElementById("glass-notices");
  if (place && detail.kind === "glass.opened") globalThis.htmx?.trigger(place, "load");
});
