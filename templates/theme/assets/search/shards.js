/* The index as it lies on the server: shards, each a folder named by what it was made from. The page lists them; what
   they hold is read once. An entry of a shard is known by its number. */
const EXCERPT = 30; // words

export const home = new URL("../../", import.meta.url);

export const shards = JSON.parse(document.querySelector("[data-shards]").dataset.shards)
  .map((shard, n) => ({ ...shard, n, base: new URL(`pagefind/${shard.folder}/`, home) }));

/* What was made once is kept, but for what failed. */
export function once(kept, name, make) {
  if (!kept.has(name)) {
    kept.set(name, make());
    kept.get(name).catch(() => kept.delete(name));
  }
  return kept.get(name);
}

export async function file(shard, name) {
  const answer = await fetch(new URL(name, shard.base));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer;
}

/* How Pagefind knows an entry: by its shard's key, a letter for what it is, and its number to base 36. */
export function named(shard, n, type) { return shard.key + type[0] + n.toString(36).padStart(3, "0"); }

export function unnamed(id) { return { key: id.slice(0, 4), type: id[4] === "a" ? "article" : "quotation", n: parseInt(id.slice(5), 36) }; }

/* An entry as it is shown. It comes with its place and, behind a line end, with what is shown beside it. */
export async function read({ shard, n, type, result }) {
  const held = result ? await result.data() : await fragment(shard, named(shard, n, type));
  const [place, meta] = (held.raw_url || held.url).split("\n");
  return {
    type, language: shard.language, place: new URL(place, home).href, meta: JSON.parse(meta), content: held.content,
    excerpt: held.excerpt || held.content.split(/\s+/).slice(0, EXCERPT).join(" "), locations: held.locations || []
  };
}

/* What Pagefind keeps of an entry, read without Pagefind. */
async function fragment(shard, id) {
  const packed = (await file(shard, `fragment/${id}.pf_fragment`)).body.pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse((await new Response(packed).text()).replace(/^pagefind_dcd/, ""));
}
