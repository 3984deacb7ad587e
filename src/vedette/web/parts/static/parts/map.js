// The map part: draws the points of the table inside it on the offline base map. Without WebGL or script the table stays.
import { shownNow } from "../shell/clock.js";
import { layLabels, burns, pin, readRows, writeRows } from "./mappins.js";
import { colours, style, taken } from "./mapstyle.js";
import { greatCircle, night } from "./sky.js";

const maps = new WeakMap();
const MINUTE = 60000;
const FAR = 11;
let engine;

/** MapLibre and the tile reader, fetched once, when the first map is seen. */
function load(vendor) {
  engine ??= (async () => {
    const [library] = await Promise.all([import(new URL(`${vendor}maplibre-gl.mjs`, location.href).href), script(`${vendor}pmtiles.js`)]);
    const reader = new globalThis.pmtiles.Protocol();
    library.addProtocol("pmtiles", reader.tile);
    return library;
  })();
  return engine;
}

function script(src) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: () => reject(new Error(src)) }));
  });
}

function canDraw() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

const rounded = (metres) => {
  const ten = 10 ** Math.floor(Math.log10(metres));
  return [1, 2, 5, 10].find((step) => step * ten >= metres) * ten;
};

class PointMap {
  constructor(element, library) {
    Object.assign(this, { element, library, data: element.dataset, pins: [], moment: 0 });
    this.table = element.querySelector("table");
    this.canvas = element.querySelector("[data-map-canvas]");
    this.points = readRows(this.table);
    this.map = new library.Map({
      container: this.canvas, style: this.style(), attributionControl: false, dragRotate: false, pitchWithRotate: false, maxPitch: 0, maxZoom: 16,
      fadeDuration: 0, cooperativeGestures: "mapCooperative" in this.data, locale: this.words(), ...this.camera(),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new library.NavigationControl({ showCompass: false }), "bottom-right");
    this.map.addControl(new library.ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.listen();
  }

  listen() {
    this.map.once("load", () => {
      this.element.dataset.view = "map";
      this.draw();
    });
    this.map.on("move", () => this.lay());
    this.map.on("resize", () => this.lay());
    this.map.on("moveend", () => this.keepRoom());
    new MutationObserver(() => this.refresh()).observe(this.table, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state", "data-lat"] });
    new MutationObserver(() => this.restyle()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => this.restyle());
    this.clock = setInterval(() => this.turn(), 5000);
    if (this.data.mapPick) this.pick();
    if (this.data.pointsUrl) this.follow();
  }

  words() {
    const word = (name) => this.data[`word${name}`] ?? "";
    return {
      "Map.Title": word("Keys"), "NavigationControl.ZoomIn": word("ZoomIn"), "NavigationControl.ZoomOut": word("ZoomOut"),
      "CooperativeGesturesHandler.MobileHelpText": word("TwoFingers"), "CooperativeGesturesHandler.WindowsHelpText": word("CtrlScroll"),
      "CooperativeGesturesHandler.MacHelpText": word("CtrlScroll"), "ScaleControl.Kilometers": "km", "ScaleControl.Meters": "m",
    };
  }

  word(name) {
    return this.data[`word${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? name;
  }

  /** Where to look: as told, else around all points (or all of one kind), never closer than a town. */
  camera() {
    const { mapCenter, mapZoom, mapFit } = this.data;
    if (mapCenter) {
      const [lat, lon] = mapCenter.split(",").map(Number);
      return { center: [lon, lat], zoom: Number(mapZoom ?? 9) };
    }
    const kinds = mapFit?.split(" ");
    const wanted = this.points.filter((point) => !kinds || kinds.includes(point.kind));
    if (!wanted.length) return { center: [10, 25], zoom: 0.9 };
    const bounds = new this.library.LngLatBounds();
    wanted.forEach((point) => bounds.extend([point.lon, point.lat]));
    const narrow = this.canvas.clientWidth < 500;
    const padding = narrow ? { top: 40, bottom: 32, left: 14, right: 14 } : { top: 56, bottom: 44, left: 64, right: 64 };
    return { bounds, fitBoundsOptions: { padding, maxZoom: wanted.length > 1 ? FAR + 2 : FAR - 2 } };
  }

  /** The moment shown: fixed by the page (as of), else the house's clock. */
  now() {
    return this.data.mapAt ? Date.parse(this.data.mapAt) : shownNow();
  }

  arcs() {
    const homes = this.points.filter((point) => point.kind === "home");
    const lines = homes.flatMap((home) => this.points.filter(burns).map((point) => greatCircle([home.lon, home.lat], [point.lon, point.lat])));
    return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } };
  }

  style() {
    this.moment = this.now();
    return style(colours(this.element), {
      tiles: new URL(this.data.tiles, location.href).href, night: night(this.moment), arcs: this.arcs(), room: taken(this.pins), named: !("mapPlain" in this.data),
    });
  }

  restyle() {
    this.map.setStyle(this.style(), { diff: true });
  }

  /** The shade of night follows the shown clock, which may run faster than ours. */
  turn() {
    if (!this.element.isConnected) return this.remove();
    if (Math.abs(this.now() - this.moment) < MINUTE) return;
    this.moment = this.now();
    this.map.getSource("night")?.setData(night(this.moment));
  }

  draw() {
    this.pins.forEach(({ marker }) => marker.remove());
    this.pins = this.points.map((point) => {
      const element = pin(point);
      const marker = new this.library.Marker({ element, anchor: "center", opacityWhenCovered: "1" }).setLngLat([point.lon, point.lat]).addTo(this.map);
      element.removeAttribute("role");
      return { point, element, marker };
    });
    this.lay();
    this.keepRoom();
  }

  keepRoom() {
    this.map.getSource("room")?.setData(taken(this.pins));
  }

  lay() {
    const { clientWidth: w, clientHeight: h } = this.canvas;
    layLabels(this.pins, (at) => this.map.project(at), { w, h });
  }

  refresh() {
    const focused = document.activeElement?.closest?.(".mappin")?.dataset.point;
    this.points = readRows(this.table);
    this.draw();
    this.map.getSource("arcs")?.setData(this.arcs());
    if (focused) this.pins.find(({ point }) => point.id === focused)?.element.focus();
  }

  /** Points that live at an address are asked for anew when the page hears of a change. */
  follow() {
    const ask = async () => {
      const answer = await fetch(this.data.pointsUrl, { headers: { Accept: "application/json" } });
      if (answer.ok) writeRows(this.table, (await answer.json()).points, (name) => this.word(name));
    };
    this.element.addEventListener("vedette:points", ask);
    if (!this.points.length) ask();
  }

  /** Choosing a place: a click, or Enter on the middle of the map, fills the named fields. */
  pick() {
    const [lat, lon, precision] = this.data.mapPick.split(",").map((name) => document.querySelector(name.trim()));
    const dot = Object.assign(document.createElement("div"), { className: "mappin picked" });
    const marker = new this.library.Marker({ element: dot, draggable: true });
    const put = (field, value) => {
      if (!field) return;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = () => {
      if (lat.value && lon.value) marker.setLngLat([Number(lon.value), Number(lat.value)]).addTo(this.map);
      dot.setAttribute("aria-hidden", "true");
    };
    const set = (point) => {
      const at = point.wrap();
      const metres = (40075016 * Math.cos((at.lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom());
      const digits = Math.min(6, Math.max(2, Math.ceil(5.05 - Math.log10(metres))));
      put(lat, at.lat.toFixed(digits));
      put(lon, at.lng.toFixed(digits));
      put(precision, rounded(metres * 6));
      show();
    };
    this.map.on("click", (event) => set(event.lngLat));
    marker.on("dragend", () => set(marker.getLngLat()));
    this.map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      set(this.map.getCenter());
    });
    this.element.classList.add("picking");
    [lat, lon].forEach((field) => field.addEventListener("change", show));
    show();
  }

  remove() {
    clearInterval(this.clock);
    this.map.remove();
  }
}

async function start(element) {
  if (maps.has(element)) return;
  maps.set(element, null);
  try {
    if (!canDraw()) throw new Error("no WebGL 2");
    maps.set(element, new PointMap(element, await load(element.dataset.vendor)));
  } catch (problem) {
    element.dataset.view = "table";
    element.dataset.mapAway = problem.message;
  }
}

// A map that is not looked at (a folded pane, a phone) costs nothing.
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    seen.unobserve(entry.target);
    start(entry.target);
  }
});
const scan = (root) => {
  if (root.matches?.("[data-map]")) seen.observe(root);
  root.querySelectorAll("[data-map]").forEach((element) => seen.observe(element));
};
document.addEventListener("htmx:load", (event) => scan(event.target));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-map-view]");
  const element = button?.closest("[data-map]");
  if (!element) return;
  element.dataset.view = element.dataset.view === "map" ? "table" : "map";
  button.setAttribute("aria-pressed", String(element.dataset.view === "table"));
});
scan(document);
