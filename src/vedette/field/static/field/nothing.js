// What the other PIN opens: the app of an officer for whom nothing waits, with the hour of the post that the head shows as well.
import * as sync from "./sync.js";
import * as time from "./time.js";
import { keys, word } from "./dom.js";

/** Empty as the real one is before its first contact (null), and after it. */
export function nothing() {
  const heard = time.lastContact();
  if (!heard) return null;
  const { city, zone, home_zone, home_city } = sync.place() ?? {};
  const post = zone ? { city, zone, host: "", languages: [] } : null;
  const none = Object.fromEntries(["questions", "teams", "caveats", "topics", "duty", "reports", "orders", "recalled", "check_ins"].map((name) => [name, []]));
  const expense = { kinds: keys("costs").map((key) => ({ key, name: word("costs", key) })), currencies: ["EUR", "USD", "GBP"] };
  return { at: new Date(time.shown(heard)).toISOString(), me: { home_zone, home_city, post }, ...none, expense };
}
