/* Finding words: one Pagefind a language, with a stemmer of its own, over that language's shards. */
import { asked } from "./address.js";
import { file, named, once, shards, unnamed } from "./shards.js";

const KEPT = "kept"; // Pagefind puts it behind an address, where it would put the time
const engines = new Map();

/* The languages, the one with most entries first. */
export const languages = [...new Set(shards.map((shard) => shard.language))].sort((a, b) => size(b) - size(a));

function size(language) { return shards.reduce((sum, shard) => sum + (shard.language === language ? shard.records : 0), 0); }

/* The languages in the order they are asked in. Each has a program of its own to load: so the first time, the largest
   answers before the others are asked for. */
export function turns() {
  return languages.slice(1).some((language) => !engines.has(language)) ? [languages.slice(0, 1), languages.slice(1)] : [languages];
}

/* Have the engines of some languages made for who will want them. Whether they can be had, the search itself will say. */
export function warm(some) { some.forEach((language) => engine(language).catch(() => null)); }

/* The entries in some languages with the words of `q`, each with Pagefind's result. */
export async function worded(some, q) {
  const plain = q.replace(/[“”„«»]/g, '"');
  const found = await Promise.all(some.map(async (language) => {
    const own = await engine(language), known = await knowing(own, plain);
    if (!known.size) return [];
    return (await own.search(plain)).results.map((result) => ({ ...unnamed(result.id), result }))
      .filter(({ key }) => known.has(key)).map(({ key, ...entry }) => ({ ...entry, shard: own.shards.get(key) }));
  }));
  return found.flat();
}

export const best = (entries) => entries.sort((a, b) => b.result.score - a.result.score);

/* The engine of a language. Its shards are merged into one and share its program. */
function engine(language) {
  return once(engines, language, async () => {
    // The oldest shard changes least, so its copy of the program stays longest in the browser's cache.
    const own = shards.filter((shard) => shard.language === language), [first, ...others] = own;
    const program = `wasm.${first.program}.pagefind`;
    const [{ createInstance }, loaded] = await Promise.all([import(new URL("pagefind.js", first.base)), file(first, program), ...own.map(prepare)]);
    // The browser unpacks it beside the page, Pagefind would do so on it.
    hand(first, program, new Response(loaded.body.pipeThrough(new DecompressionStream("gzip"))));
    const made = createInstance({ basePath: first.base.href, noWorker: true, metaCacheTag: KEPT });
    await Promise.all(others.map((shard) => made.mergeIndex(shard.base.href, { language, metaCacheTag: KEPT })));
    return { search: made.search, has: new Map(), shards: new Map(own.map((shard) => [shard.key, shard])) };
  });
}

/* ---- Pagefind asks for its files one after the other: what there is, the list of all entries by name, its program.
   They are fetched at once instead, and handed over when it asks. The names are numbers, so the page writes the list. */
const handed = new Map(), fetched = window.fetch.bind(window);
window.fetch = async (what, how) => handed.get(new URL(what, location.href).pathname)?.clone() || fetched(what, how);

function hand(shard, name, answer) { handed.set(new URL(name, shard.base).pathname, answer); }

async function prepare(shard) {
  const { about, version, lengths, chunks, fields } = await (await file(shard, "entries.json")).json();
  const [{ hash }] = Object.values(about.languages);
  // An article's length is negative.
  const list = lengths.map((words, n) => [named(shard, n, words < 0 ? "article" : "quotation"), Math.abs(words)]);
  hand(shard, "pagefind-entry.json", new Response(JSON.stringify(about)));
  hand(shard, `pagefind.${hash}.pf_meta`, new Response(cbor([version, list, chunks, [], [], fields])));
}

/* A value of numbers, strings and lists as Pagefind reads it: CBOR (RFC 8949) behind its signature. */
function cbor(value) {
  const out = [...new TextEncoder().encode("pagefind_dcd")];
  function head(kind, n) {
    if (n < 24) out.push(kind << 5 | n);
    else if (n < 256) out.push(kind << 5 | 24, n);
    else if (n < 65536) out.push(kind << 5 | 25, n >> 8, n & 255);
    else out.push(kind << 5 | 26, n >>> 24, n >> 16 & 255, n >> 8 & 255, n & 255);
  }
  function put(held) {
    if (typeof held === "number") head(0, held);
    else if (typeof held === "string") {
      const bytes = new TextEncoder().encode(held);
      head(3, bytes.length);
      out.push(...bytes);
    } else {
      head(4, held.length);
      held.forEach(put);
    }
  }
  put(value);
  return new Uint8Array(out);
}

/* ---- Pagefind leaves out a word that an index lacks, or takes a shorter one for it: asked for “strike”, the German
   index answers with “St.”. So a shard is heard only when it has every word, in some form or as a beginning. A phrase in
   quotation marks is never bent. */
async function knowing(own, q) {
  const words = tokens(q.replace(/"[^"]*"?/g, " "));
  const having = await Promise.all(words.map((word) => once(own.has, word, () => shardsWith(own, word))));
  return new Set([...own.shards.keys()].filter((key) => having.every((found) => found.has(key))));
}

/* The keys of the shards that have a word. */
async function shardsWith(own, word) {
  const keyed = async (q) => (await own.search(q)).results.map((result) => ({ key: unnamed(result.id).key, result }));
  const found = new Set((await keyed(`"${word}"`)).map(({ key }) => key)), near = new Map();
  if (found.size === own.shards.size) return found;
  for (const { key, result } of await keyed(word)) if (!found.has(key) && !near.has(key)) near.set(key, result);
  await Promise.all([...near].map(async ([key, result]) => {
    const hit = await result.data(), held = hit.content.split(/\s+/).filter(Boolean);
    if (hit.locations.some((n) => tokens(held[n] || "").some((token) => token.startsWith(word)))) found.add(key);
  }));
  return found;
}

/* The words of a text, without case and accents. */
function tokens(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || []; }

// Who comes with words: the largest language's engine is on its way before the other parts of the page are here.
if (asked().q) warm(languages.slice(0, 1));
