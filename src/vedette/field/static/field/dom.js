// Screens come from templates that the server wrote in the reader's language; data goes in as text, never as markup.

/** A copy of a template by name. */
export function copy(name) {
  return document.getElementById(`v-${name}`).content.cloneNode(true);
}

/** A copy with its places filled: `data-fill="name"`, `data-if="name"`, `data-unless="name"`, `data-href="name"`. */
export function fill(name, data = {}) {
  const made = copy(name);
  put(made, data);
  return made;
}

/** Fill the places of something that stands. */
export function put(root, data) {
  for (const place of root.querySelectorAll("[data-fill]")) {
    if (place.dataset.fill in data) place.textContent = data[place.dataset.fill] ?? "";
  }
  for (const place of root.querySelectorAll("[data-if]")) place.hidden = !data[place.dataset.if];
  for (const place of root.querySelectorAll("[data-unless]")) place.hidden = Boolean(data[place.dataset.unless]);
  for (const place of root.querySelectorAll("[data-href]")) if (place.dataset.href in data) place.setAttribute("href", data[place.dataset.href]);
}

/** The words of a key in a list of words that a template holds: `<ul id="w-..."><li data-key="...">`. */
const lists = new Map();
export function word(list, key, values = {}) {
  if (!lists.has(list)) {
    const entries = [...document.getElementById(`w-${list}`).content.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, one.textContent.trim()]);
    lists.set(list, new Map(entries));
  }
  const found = lists.get(list).get(key) ?? key;
  return found.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
}

/** The keys of such a list, in their order. */
export function keys(list) {
  word(list, "");
  return [...lists.get(list).keys()];
}

const drawn = new WeakMap();
/** Draw the rows of a list; a row that shows what it showed stays as it stands, with its focus and a tap that is half made. */
export function redraw(list, rows) {
  if (!rows.length) list.replaceChildren();
  rows.map((row) => (row instanceof DocumentFragment ? row.firstElementChild : row)).forEach((row, place) => {
    const mark = row.outerHTML;
    const known = list.children[place];
    if (known && drawn.get(known) === mark) return;
    drawn.set(row, mark);
    if (!known) { list.append(row); return; }
    const focus = touched(known).indexOf(document.activeElement);
    known.replaceWith(row);
    if (focus >= 0) touched(row)[focus]?.focus({ preventScroll: true });
  });
  while (list.children.length > rows.length) list.lastElementChild.remove();
}
const touched = (row) => [...row.querySelectorAll("a, button")];

/** Put a screen in the place of another and lead the reader to it. */
export function show(root, screen) {
  root.replaceChildren(screen);
  root.scrollTop = 0;
}
