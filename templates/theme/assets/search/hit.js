/* Showing one hit: a quotation as the tables show it, or an article. */
import { KINDS, date, el } from "./html.js";
import { home } from "./shards.js";

const QUOTES = {
  de: "„“", pl: "„”", fr: "«»", es: "«»", it: "«»", ru: "«»", uk: "«»", fa: "«»", ar: "”“", he: "””"
};
const PRINTED = "\"“”„‟«»‹›‘’‚‛'`";

export const item = (hit) => el("li", {}, hit.type === "quotation" ? quotation(hit) : article(hit));

function quotation(hit) {
  const { meta: { kind, words, actor, speaker, cue, unsure, ...meta }, language } = hit, direct = kind === "direct";
  const flaws = lines(meta.flaws), signs = QUOTES[language] || "“”";
  const end = (which) => flaws.some((flaw) => flaw.startsWith(`no ${which ? "closing" : "opening"}`)) ? el("span", { class: "l-flaw" }) : mark(signs[which]);
  const quote = el("blockquote", { lang: language, dir: "auto", class: direct ? null : "rep" });
  if (direct) quote.append(end(0));
  quote.append(...pieces(words, sought(hit), direct ? [] : parts(words, meta.parts), signs));
  if (direct) quote.append(end(1));
  const who = actor ? el("a", { class: "who", href: new URL(`actors/${actor}/`, home).href }, speaker)
    : speaker ? el("q", { lang: language }, speaker) : el("span", { class: "soft" }, "not named");
  const flags = flaws.map((flaw) => el("span", { class: "flag" }, flaw));
  if (unsure) flags.push(el("span", { class: "flag unsure" }, unsure === "unresolved" ? "no speaker found" : `unsure, ${unsure}`));
  const about = [el("span", { class: KINDS.get(kind) || "kind" }, kind), cue && el("bdi", { lang: language }, cue)];
  return el("figure", { class: "q" }, quote,
    el("figcaption", {}, who, line(meta.date, about, flags), chain(hit, link(hit))));
}

function article(hit) {
  // Pagefind marks the words in its excerpt, and escapes nothing but these two signs.
  const text = hit.excerpt.split(/(<mark>.*?<\/mark>)/).map((piece) => {
    const plain = piece.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
    return piece.startsWith("<mark>") ? el("mark", {}, plain) : plain;
  });
  return el("article", { class: "q hit" }, el("h2", {}, link(hit)), el("p", { lang: hit.language, dir: "auto" }, ...text),
    line(hit.meta.date, ["article"]), chain(hit));
}

const lines = (text) => (text || "").split("\n").filter(Boolean);

const mark = (sign) => el("span", { class: "m" }, sign);

const link = (hit) => el("a", { href: hit.place, class: "place" }, hit.meta.title);

function line(on, about, flags = []) {
  const when = on ? el("time", { datetime: on }, date(on, "day")) : "date unknown";
  const rest = [...about.filter(Boolean).map((piece) => [" · ", piece]), ...flags.map((flag) => [" ", flag])];
  return el("p", { class: "meta" }, when, ...rest.flat());
}

function chain({ meta: { via, outlet, at } }, last) {
  return el("ol", { class: "chain", "aria-label": "Provenance" },
    ...lines(via).map((name) => el("li", {}, el("span", { class: "vh" }, "via "), name)),
    el("li", {}, outlet || "outlet unknown"), last && el("li", {}, last), at && el("li", {}, el("span", { class: "mono" }, at)));
}

/* The stretches [start, end) of a quotation's words, in UTF-16 units, that hold a word that was searched for. Pagefind
   counts the words of the content, which begins with the speaker. */
function sought({ content, meta: { words }, locations }) {
  const wanted = new Set(locations), all = [...words.matchAll(/\S+/g)];
  const before = content.split(/\s+/).filter(Boolean).length - all.length;
  return all.filter((token, n) => wanted.has(before + n)).map(({ 0: text, index }) => {
    const [lead] = /^[^\p{L}\p{N}]*/u.exec(text), [tail] = /[^\p{L}\p{N}]*$/u.exec(text);
    return [index + lead.length, index + text.length - tail.length];
  }).filter(([start, end]) => start < end);
}

/* The stretches of a quotation that are verbatim where only part of it is; they are given in code points. */
function parts(words, given) {
  const points = Array.from(words), unit = (n) => points.slice(0, n).join("").length;
  return (given || "").split(" ").filter(Boolean).map((pair) => pair.split("-").map((n) => unit(+n)));
}

/* The words as nodes: what is `marked` in marks, what is `verbatim` in the page's own quotation marks, to which those
   that were printed around it give way. */
function pieces(words, marked, verbatim, signs) {
  const printed = verbatim.flatMap(([start, end]) => [start - 1, end])
    .filter((n) => words[n] && PRINTED.includes(words[n])).map((n) => [n, n + 1]);
  const at = [...new Set([0, words.length, ...[...marked, ...verbatim, ...printed].flat()])].sort((a, b) => a - b);
  const inside = (stretches, n) => stretches.find(([start, end]) => start <= n && n < end);
  const into = new DocumentFragment();
  let target = into;
  at.slice(0, -1).forEach((start, n) => {
    const text = words.slice(start, at[n + 1]), part = inside(verbatim, start);
    if (inside(printed, start)) return;
    if (part && part[0] === start) into.append(target = el("b", {}, mark(signs[0])));
    (part ? target : into).append(inside(marked, start) ? el("mark", {}, text) : text);
    if (part && part[1] === at[n + 1]) target.append(mark(signs[1]));
  });
  return into.childNodes;
}
