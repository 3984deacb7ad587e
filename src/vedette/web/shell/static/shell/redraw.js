// Parts of the page are asked for anew and put in their places; a whole reload would begin the stream anew, which tells
// the page of the last half minute again, which would reload it.
// Whoever begins to type while they are asked for is left alone: `busy` is asked once more before anything is replaced.
export async function redrawPart(selector, busy = () => false) {
  const parts = [...document.querySelectorAll(selector)];
  const answer = parts.length && (await fetch(location.href));
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(selector);
  if (fresh.length !== parts.length || busy()) return;
  parts.forEach((old, place) => replace(old, fresh[place]));
}

function replace(old, fresh) {
  if (fresh.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const [id, href] = [focused?.id, focused?.getAttribute("href")];
  old.replaceChildren(...fresh.childNodes);
  globalThis.htmx?.process(old);
  const again = (id && document.getElementById(id)) || (href && old.querySelector(`[href="${CSS.escape(href)}"]`));
  if (again) again.focus({ preventScroll: true });
}
