// Points on the map as real links and buttons: they take focus, have names, and keep the page's type and colours.
const SIDES = ["end", "start", "above", "below"];
const RANK = { home: 4, incident: 3, post: 2, site: 1 };

/** Whether a point burns now: an incident that nobody closed. */
export const burns = (point) => point.kind === "incident" && !["closed", "unsure"].includes(point.state);

/** The points a table of points holds; the table is the one source, for the map as for the reader without one. */
export function readRows(table) {
  const rows = [...table.querySelectorAll("tr[data-lat]")];
  return rows.map((row) => ({
    ...row.dataset, lat: Number(row.dataset.lat), lon: Number(row.dataset.lon), label: row.querySelector("th")?.textContent.trim() ?? "",
    href: row.querySelector("a")?.getAttribute("href"), row,
    spoken: [...row.querySelectorAll("[data-spoken]")].map((cell) => cell.textContent.trim()).filter(Boolean).join(", "),
  })).filter((point) => Number.isFinite(point.lat) && Number.isFinite(point.lon));
}

/** Rows for points that came as JSON: the same dicts that the template takes. */
export function writeRows(table, points, word) {
  const cell = (name, text, spoken = true) => {
    const made = document.createElement(name);
    made.textContent = text ?? "";
    if (spoken) made.dataset.spoken = "";
    return made;
  };
  table.tBodies[0].replaceChildren(...points.map((point) => {
    const row = document.createElement("tr");
    for (const key of ["id", "kind", "lat", "lon", "state", "mark"]) if (point[key] != null) row.dataset[key] = point[key];
    const name = cell("th", "");
    name.scope = "row";
    const label = point.href ? Object.assign(document.createElement("a"), { href: point.href }) : document.createElement("span");
    label.textContent = point.label;
    name.append(label);
    row.append(name, cell("td", word(point.kind)), cell("td", point.state ? word(point.state) : ""), cell("td", point.note));
    row.append(cell("td", `${point.lat.toFixed(3)}, ${point.lon.toFixed(3)}`, false));
    return row;
  }));
}

/** The element of one point: a link where it leads somewhere, else a button. */
export function pin(point) {
  const element = document.createElement(point.href ? "a" : "button");
  if (point.href) element.href = point.href;
  else element.type = "button";
  element.className = `mappin ${point.kind} ${point.state ?? ""} ${burns(point) ? "burns" : ""} ${point.mark ? "numbered" : ""}`.trim();
  element.dataset.point = point.id ?? "";
  element.setAttribute("aria-label", point.spoken || point.label);
  const sign = document.createElement("i");
  sign.textContent = point.mark ?? "";
  const label = document.createElement("b");
  label.textContent = point.label;
  element.append(sign, label);
  element.addEventListener("click", (event) => {
    const told = new CustomEvent("vedette:point", { bubbles: true, cancelable: true, detail: { id: point.id, kind: point.kind, href: point.href } });
    if (!element.dispatchEvent(told)) event.preventDefault();
  });
  return element;
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function box(at, size, side) {
  const gap = size.gap;
  if (side === "end") return { left: at.x + gap, right: at.x + gap + size.w, top: at.y - size.h / 2, bottom: at.y + size.h / 2 };
  if (side === "start") return { left: at.x - gap - size.w, right: at.x - gap, top: at.y - size.h / 2, bottom: at.y + size.h / 2 };
  const top = side === "above" ? at.y - gap - size.h : at.y + gap;
  return { left: at.x - size.w / 2, right: at.x + size.w / 2, top, bottom: top + size.h };
}

/** Give each name the first side where it covers no other point or name; a name without room shows on focus and hover only. */
export function layLabels(pins, project, frame) {
  const shown = pins.map(({ point, element }) => ({ point, element, at: project([point.lon, point.lat]) }));
  const taken = shown.map(({ at, point }) => {
    const r = burns(point) ? 10 : 6;
    return { left: at.x - r, right: at.x + r, top: at.y - r, bottom: at.y + r };
  });
  const dots = taken.slice();
  const order = shown.map((one, index) => ({ ...one, index })).sort((a, b) => (RANK[b.point.kind] ?? 0) - (RANK[a.point.kind] ?? 0) || Number(burns(b.point)) - Number(burns(a.point)));
  for (const { element, at, point, index } of order) {
    const text = element.lastElementChild;
    const size = { w: text.offsetWidth, h: text.offsetHeight, gap: burns(point) ? 11 : point.mark ? 9 : 5 };
    const free = SIDES.find((side) => {
      const wanted = box(at, size, side);
      const inside = wanted.left > 2 && wanted.right < frame.w - 2 && wanted.top > 2 && wanted.bottom < frame.h - 2;
      return inside && !taken.some((other) => other !== dots[index] && overlap(wanted, other));
    });
    element.dataset.side = free ?? "end";
    element.classList.toggle("crowded", !free);
    if (free) taken.push(box(at, size, free));
  }
}
