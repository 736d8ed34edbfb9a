/* Showing what the results can be narrowed by, and what they are narrowed by. */
import { FACETS, address, asked, toggled } from "./address.js";
import { KINDS, date, el, inside, lang, number } from "./html.js";

const SHORT = 8;
const TYPES = new Map([["quotation", "Quotations"], ["article", "Articles"]]);
const UNKNOWN = new Map([["unnamed", "Speaker not named"], ["unresolved", "No speaker found"], ["unknown", "Outlet unknown"]]);
const panel = document.getElementById("facets"), chips = document.getElementById("chips"), unfolded = new Set();
const { compare } = new Intl.Collator(lang);

/* On a phone the facets are folded in, and what they show is fetched when they are opened. */
export const folded = () => !panel.open && panel.querySelector("summary").checkVisibility();

export function unfolding() {
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const look = () => {
      if (folded()) return;
      waiting.abort();
      resolve();
    };
    panel.addEventListener("toggle", look, { signal: waiting.signal });
    window.addEventListener("resize", look, { signal: waiting.signal });
  });
}

/* The chosen values, each a link that takes it away. */
export function showChips(ask, go) {
  chips.replaceChildren(...Object.entries(ask.filters).flatMap(([name, values]) => values.map((value) => {
    const without = toggled(ask, name, value);
    const chip = el("a", { href: address(without) }, label(name, value), el("span", { class: "vh" }, ", remove"));
    return inside(chip, async () => {
      await go(without);
      (chips.querySelector("a") || document.getElementById("count")).focus();
    });
  })));
  chips.hidden = !chips.childElementCount;
}

/* `counts` are of what was found, `totals` of all `entries`: for each facet, how many there are of each value. */
export function showFacets(ask, counts, totals, entries, go) {
  const held = panel.contains(document.activeElement) ? document.activeElement : {};
  panel.querySelectorAll("fieldset").forEach((shown) => shown.remove());
  for (const name of Object.keys(FACETS)) {
    const all = [...totals[name].values()];
    // What every entry has cannot narrow anything.
    if (all.length === 1 && all[0] === entries && !ask.filters[name]) continue;
    panel.append(...facet(name, ask, counts[name], go));
  }
  if (held.name) focus(held.name, held.value);
}

function focus(name, value) { panel.querySelector(`input[name=${name}][value=${CSS.escape(value)}]`)?.focus(); }

/* The fieldset of a facet, or nothing where it has no value to show. */
function facet(name, ask, counts, go) {
  const chosen = ask.filters[name] || [], values = ordered(name, counts, chosen);
  if (!values.length) return [];
  const open = unfolded.has(name) || values.length <= SHORT + 1;
  const shown = open ? values : values.filter((value, n) => n < SHORT || chosen.includes(value));
  const choices = shown.map((value) => choice(name, value, counts.get(value) || 0, chosen, go));
  const set = el("fieldset", { class: "facet" }, el("legend", {}, FACETS[name]), el("div", {}, ...choices));
  if (!open) {
    const more = el("button", { type: "button", class: "copy" }, `All ${number(values.length)}`);
    more.addEventListener("click", () => {
      unfolded.add(name);
      set.replaceWith(...facet(name, asked(), counts, go));
      focus(name, values.find((value) => !shown.includes(value)));
    });
    set.append(more);
  }
  return [set];
}

/* The values of a facet in the order they are shown in. In a short list a value without a hit keeps its place; in a long
   one it makes room. */
function ordered(name, counts, chosen) {
  const all = [...new Set([...counts.keys(), ...chosen])], count = (value) => counts.get(value) || 0;
  const values = all.length > SHORT + 1 ? all.filter((value) => count(value) || chosen.includes(value)) : all;
  return values.sort(name === "month" ? (a, b) => compare(b, a)
    : (a, b) => UNKNOWN.has(a) - UNKNOWN.has(b) || count(b) - count(a) || compare(a, b));
}

function choice(name, value, count, chosen, go) {
  const input = el("input", { type: "checkbox", name, value });
  input.checked = chosen.includes(value);
  input.addEventListener("change", () => go(toggled(asked(), name, value)));
  const text = name === "kind" ? el("span", { class: KINDS.get(value) }, label(name, value))
    : el("bdi", { lang: name === "language" ? value : null }, label(name, value));
  return el("label", { class: count ? null : "none" }, input, text, el("span", {}, number(count)));
}

function label(name, value) {
  if (name === "type") return TYPES.get(value) || value;
  if (name === "month" && /^\d{4}-\d\d$/.test(value)) return date(`${value}-01`, "month");
  if (name === "topic") return value.charAt(0).toUpperCase() + value.slice(1);
  if (name === "language") {
    try { return new Intl.DisplayNames([value], { type: "language" }).of(value); } catch { return value; }
  }
  return UNKNOWN.get(value) || value;
}
