// Every screen by the name its address has.
import * as expense from "./views/expense.js";
import * as home from "./views/home.js";
import * as item from "./views/item.js";
import * as lock from "./views/lock.js";
import * as outbox from "./views/outbox.js";
import * as phone from "./views/phone.js";
import * as post from "./views/post.js";
import * as question from "./views/question.js";
import * as renew from "./views/renew.js";
import * as report from "./views/report.js";
import * as safety from "./views/safety.js";
import * as setup from "./views/setup.js";
import * as toMe from "./views/to-me.js";
import * as wiped from "./views/wiped.js";

export const VIEWS = {
  expense, home, item, lock, outbox, phone, post, question, renew, report, safety, setup, "to-me": toMe, wiped,
};
