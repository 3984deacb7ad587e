// The base map's style, made from the page's own colours, so that it follows the theme. No glyph files: the page's font draws the labels.
const TOKENS = ["sea", "land", "border", "grid", "night", "water", "road"];

/** The map's colours as the page computes them now; MapLibre knows neither var() nor light-dark(). */
export function colours(element) {
  const probe = document.createElement("i");
  probe.hidden = true;
  element.append(probe);
  const read = (token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(TOKENS.map((name) => [name, read(`--map-${name}`)]));
  Object.assign(found, { accent: read("--accent"), quiet: read("--text-3") });
  found.font = getComputedStyle(element).fontFamily.split(",")[0].replaceAll('"', "");
  probe.remove();
  return found;
}

const grow = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];

function ground(c) {
  return [
    { id: "sea", type: "background", paint: { "background-color": c.sea } },
    { id: "land", type: "fill", source: "world", "source-layer": "land", paint: { "fill-color": c.land, "fill-antialias": true } },
    { id: "grid", type: "line", source: "world", "source-layer": "grid", paint: { "line-color": c.grid, "line-width": 0.7 }, maxzoom: 6 },
    { id: "lakes", type: "fill", source: "world", "source-layer": "lakes", paint: { "fill-color": c.sea } },
    {
      // The rivers are drawn for a map of the world: nearer than this they would lie streets away from their beds.
      id: "rivers", maxzoom: 9, type: "line", source: "world", "source-layer": "rivers", layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": c.water, "line-width": grow(3, 0.5, 7, 1.8), "line-opacity": grow(3, 0.5, 5, 1) },
    },
    {
      id: "borders", type: "line", source: "world", "source-layer": "borders", layout: { "line-join": "round" },
      paint: { "line-color": c.border, "line-width": grow(0, 0.4, 3, 0.7, 8, 1.4) },
    },
  ];
}

function sky(c) {
  return [
    {
      id: "night", maxzoom: 9, type: "fill", source: "night",
      paint: { "fill-color": c.night, "fill-antialias": false, "fill-opacity": grow(6, 1, 8.5, 0) },
    },
    {
      id: "arcs", type: "line", source: "arcs", layout: { "line-cap": "butt" },
      paint: { "line-color": c.accent, "line-width": 1.2, "line-dasharray": [2, 2.6], "line-opacity": 0.9 },
    },
  ];
}

function labels(c) {
  return [
    {
      id: "places", type: "symbol", source: "world", "source-layer": "places", minzoom: 3.2,
      layout: {
        "text-field": ["get", "name"], "text-font": [c.font], "text-size": grow(3, 9.5, 8, 12), "text-padding": 6, "text-max-width": 8,
        "symbol-sort-key": ["-", 0, ["get", "people"]], "text-anchor": "center",
      },
      // The halo is wide enough to be the ground: the ink holds against land wherever the town lies.
      paint: { "text-color": c.quiet, "text-halo-color": c.land, "text-halo-width": 1.8 },
    },
  ];
}

// Our own points are elements, which the map does not see: their names, drawn with nothing, keep the towns' names from under them.
const room = (c) => ({
  id: "room", type: "symbol", source: "room",
  layout: {
    "text-field": ["get", "label"], "text-font": [c.font], "text-size": 12.5, "text-anchor": ["get", "anchor"], "text-max-width": 99,
    "text-padding": 8, "text-allow-overlap": true,
  },
  paint: { "text-opacity": 0 },
});

const ANCHORS = { end: "left", start: "right", above: "bottom", below: "top" };

/** Where the names of our own points stand, as GeoJSON for the layer that keeps their room. */
export function taken(pins) {
  const features = pins.map(({ point, element }) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [point.lon, point.lat] },
    properties: { anchor: ANCHORS[element.dataset.side] ?? "left", label: element.classList.contains("crowded") ? "●" : `● ${point.label}` },
  }));
  return { type: "FeatureCollection", features };
}

/** The whole style. `tiles` is the address of world.pmtiles; `night`, `arcs` and `room` are GeoJSON. */
export function style(c, { tiles, night, arcs, room: pins, named }) {
  return {
    version: 8,
    sources: {
      world: { type: "vector", url: `pmtiles://${tiles}` },
      night: { type: "geojson", data: night, buffer: 8, tolerance: 0.2 },
      arcs: { type: "geojson", data: arcs, buffer: 8, tolerance: 0.2 },
      room: { type: "geojson", data: pins },
    },
    layers: [...ground(c), ...sky(c), ...(named ? [...labels(c), room(c)] : [])],
  };
}
