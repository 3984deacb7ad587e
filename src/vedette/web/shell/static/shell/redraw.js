// A part of the page is asked for anew and put in its place; a whole reload would begin the stream anew, which tells
// the page of the last half minute again, which would reload it.
// Whoever begins to type while it is asked for is left alone: `busy` is asked once more before anything is replaced.
export async function redrawPart(selector, busy = () => false) {
  const old = document.querySelector(selector);
  const answer = old && (await fetch(location.href));
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(selector);
  if (!fresh || fresh.innerHTML === old.innerHTML || busy()) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const [id, href] = [focused?.id, focused?.getAttribute("href")];
  old.replaceChildren(...fresh.childNodes);
  globalThis.htmx?.process(old);
  const again = (id && document.getElementById(id)) || (href && old.querySelector(`[href="${CSS.escape(href)}"]`));
  if (again) again.focus({ preventScroll: true });
}
