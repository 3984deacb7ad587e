// Every screen by the name its address has.
import * as home from "./views/home.js";
import * as item from "./views/item.js";
import * as lock from "./views/lock.js";
import * as outbox from "./views/outbox.js";
import * as phone from "./views/phone.js";
import * as report from "./views/report.js";
import * as setup from "./views/setup.js";
import * as wiped from "./views/wiped.js";

export const VIEWS = { home, item, lock, outbox, phone, report, setup, wiped };
