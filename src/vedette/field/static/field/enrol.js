// Telling the server of this phone: it makes the key to which everything filed here is sealed.
import { put } from "./store.js";

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

/** Set this phone up at the server; an error has its status, its reason and the way out. */
export async function enrol(label) {
  const csrf = cookie("vedette_csrf");
  // Who never saw the sign-in page has no token, and is nobody here.
  if (!csrf) throw Object.assign(new Error(""), { status: 401, way: "" });
  const answer = await fetch("/api/v1/handsets", {
    method: "POST", credentials: "same-origin", body: JSON.stringify({ label }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, Accept: "application/json" },
  });
  const facts = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(facts.reason ?? ""), { status: answer.status, way: facts.way_out ?? "" });
  const { sealing, id, token } = facts;
  const { kid, ...jwk } = sealing;
  await put("meta", csrf, "csrf");
  const handset = { id, token, label, seat: "", sealing: { kid: kid ?? id, jwk } };
  await put("meta", handset, "handset");
  return handset;
}
