/* The search page: one box over every language's index. */
import { address, asked, dated, filtered } from "./address.js";
import { item } from "./hit.js";
import { el, inside, number } from "./html.js";
import { folded, showChips, showFacets, unfolding } from "./narrow.js";
import { best, languages, turns, warm, worded } from "./engine.js";
import { read, shards } from "./shards.js";
import { every, newestFirst, sift } from "./sift.js";

const PER_PAGE = 20, FIRST = 6; // hits
const TYPING = 180; // milliseconds
const [box, count, nothing, results, order, pages] = ["q", "count", "nothing", "results", "order", "pages"].map((id) => document.getElementById(id));
let run = 0, typing, totals;

/* Ask, and show what is found. */
function go(ask, replace) {
  const same = address(ask) === location.pathname + location.search;
  history[replace || same ? "replaceState" : "pushState"](null, "", address(ask));
  return show();
}

/* Show what the address asks for. The best hits of words alone are there before what they can be narrowed by is. */
async function show() {
  const mine = ++run, late = () => mine !== run, ask = asked();
  if (document.activeElement !== box) box.value = ask.q;
  results.setAttribute("aria-busy", "true");
  try {
    const quick = !dated(ask) && ask.page === 1 && !filtered(ask);
    const entries = ask.q ? await answers(ask, quick, late) : await every();
    if (late()) return;
    if (quick && folded()) {
      finish(ask, entries.length);
      await unfolding();
    }
    const all = await every();
    if (late()) return;
    const { found, counts } = sift(entries, ask.filters);
    totals = totals || sift(all, {}).counts;
    if (!quick) await showHits(ask, ask.q && ask.newest ? newestFirst(found) : found, late);
    if (late()) return;
    showFacets(ask, counts, totals, all.length, go);
    finish(ask, found.length, entries.length);
  } catch (error) {
    if (late()) return;
    failed();
    throw error;
  }
}

/* The entries with the words that are asked for, the best first. Quick ones are shown as they come. */
async function answers(ask, quick, late) {
  const all = turns();
  let entries = [];
  for (const [n, some] of all.entries()) {
    const more = await worded(some, ask.q);
    if (late()) return entries;
    entries = best([...entries, ...more]);
    const last = n === all.length - 1;
    if (quick && (more.length || (last && !entries.length))) await showHits(ask, entries, late);
  }
  return entries;
}

async function showHits(ask, found, late) {
  const last = Math.max(1, Math.ceil(found.length / PER_PAGE)), page = Math.min(ask.page, last), start = (page - 1) * PER_PAGE;
  const wanted = found.slice(start, start + PER_PAGE), first = await Promise.all(wanted.slice(0, FIRST).map(read));
  if (late()) return;
  count.textContent = summary(ask, found);
  order.value = dated(ask) ? "date" : "best";
  order.disabled = !ask.q;
  order.parentNode.hidden = !found.length;
  results.replaceChildren(...first.map(item));
  results.start = start + 1;
  // The first ones fill a screen; it is read while the others are fetched.
  const rest = await Promise.all(wanted.slice(FIRST).map(read));
  if (late()) return;
  results.append(...rest.map(item));
  showPages({ ...ask, page }, last);
}

function summary(ask, found) {
  const articles = found.filter((entry) => entry.type === "article").length, quotations = found.length - articles;
  const counted = (n, thing) => n && `${number(n)} ${thing}${n === 1 ? "" : "s"}`;
  if (found.length) return [counted(quotations, "quotation"), counted(articles, "article")].filter(Boolean).join(" and ");
  return `Nothing found${ask.q && ` for “${ask.q}”`}${filtered(ask) ? " under these filters" : ""}.`;
}

/* The answer is there: how many entries were found, and how many there are without the filters. */
function finish(ask, found, wider) {
  results.removeAttribute("aria-busy");
  showChips(ask, go);
  nothing.hidden = found > 0;
  if (wider && filtered(ask)) {
    const link = el("a", { href: address({ q: ask.q, filters: {} }) }, "Without the filters");
    nothing.replaceChildren(link, ` there ${wider === 1 ? "is 1" : `are ${number(wider)}`}.`);
  } else {
    nothing.replaceChildren("Every word has to occur in one quotation or article, in any of its forms. Fewer words, or another spelling of a name, find more.");
  }
}

function failed() {
  results.removeAttribute("aria-busy");
  results.replaceChildren();
  nothing.hidden = order.parentNode.hidden = true;
  count.textContent = "The search index could not be read. Reload the page to try again.";
}

function showPages(ask, last) {
  const links = [["Previous", "prev", ask.page - 1], ["Next", "next", ask.page + 1]].filter(([, , page]) => page >= 1 && page <= last);
  pages.hidden = last < 2;
  pages.replaceChildren(...links.map(([text, rel, page]) => {
    const next = { ...ask, page };
    return inside(el("a", { href: address(next), rel }, text), async () => {
      await go(next);
      count.focus();
    });
  }), el("span", {}, `Page ${number(ask.page)} of ${number(last)}`));
}

/* From the box down through the results, and back up into the box. */
function step(event, by) {
  const all = [...results.querySelectorAll("a.place")], item = event.target.closest("#results > li");
  const at = (item ? all.indexOf(item.querySelector("a.place")) : -1) + by, to = at < 0 ? box : all[at];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function listen() {
  const typed = () => ({ ...asked(), q: box.value.trim(), page: 1 });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    go(typed());
  });
  box.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => go(typed(), true), TYPING);
  });
  // Who is about to type will want them all.
  box.addEventListener("focus", () => warm(languages));
  box.addEventListener("keydown", (event) => { if (event.key === "ArrowDown") step(event, 1); });
  results.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event, event.key === "ArrowDown" ? 1 : -1);
  });
  order.addEventListener("change", () => go({ ...asked(), newest: order.value === "date", page: 1 }));
  window.addEventListener("popstate", () => {
    box.value = asked().q;
    show();
  });
}

if (shards.length) {
  listen();
  count.textContent = "Reading the index …";
  show();
} else {
  count.textContent = "This site was built without its search.";
}
