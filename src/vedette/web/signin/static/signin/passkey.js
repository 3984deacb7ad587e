// The browser's half of a passkey ceremony: ask the house what to do, let the device do it, bring back its answer.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function readable(options) {
  const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: key };
}

function sendable(made) {
  const response = { clientDataJSON: toText(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = toText(made.response[part]);
  }
  return { id: made.id, rawId: toText(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

async function send(place, body) {
  const answer = await fetch(place.dataset.address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": place.dataset.token },
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (answer.ok) return told;
  if (told.way_out === "prove") {
    const here = encodeURIComponent(location.pathname + location.search);
    location.assign(`/prove/?next=${here}&again=1`);
  }
  throw new Error([told.reason, told.way_out === "prove" ? "" : told.way_out].filter(Boolean).join(" "), { cause: "house" });
}

async function go(place) {
  const step = place.dataset.passkey;
  const typed = Object.fromEntries(
    [...(place.closest("form")?.querySelectorAll("[name=password], [name=label]") ?? [])].map((one) => [one.name, one.value]),
  );
  const options = readable(await send(place, {}));
  const made = await navigator.credentials[step](options);
  const { go: where } = await send(place, { ...typed, next: place.dataset.next, answer: sendable(made) });
  location.assign(where);
}

function words(place, error) {
  if (error.cause === "house") return error.message;
  return error instanceof TypeError ? place.dataset.lost : place.dataset.gone;
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  const button = place.querySelector("button");
  const says = place.querySelector("[data-says]");
  const say = (text) => { says.textContent = text; says.hidden = !text; };
  button.addEventListener("click", async () => {
    if (!window.PublicKeyCredential) { say(place.dataset.unable); return; }
    say("");
    button.disabled = true;
    try {
      await go(place);
    } catch (error) {
      say(words(place, error));
      button.disabled = false;
      button.focus();
    }
  });
}
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
// The tab came by the proof: the page it goes back to may take up what was typed there.
if (document.querySelector("[data-gives-back]")) sessionStorage.setItem("vedette-give-back", "1");
