/* What entries can be narrowed by: a column for each facet, with its values and for each entry the numbers of those it has. */
import { FACETS } from "./address.js";
import { file, once, shards } from "./shards.js";

const NAMES = Object.keys(FACETS), kept = new Map();

/* Every entry there is, the newest first. Before it is there, nothing can be sifted. */
export function every() {
  return once(kept, "every", async () => {
    await Promise.all(shards.map(async (shard) => { shard.columns = columns(await (await file(shard, "facets.json")).json(), shard.language); }));
    return newestFirst(shards.flatMap((shard) => {
      const { values, of } = shard.columns.type;
      return of.map(([type], n) => ({ shard, n, type: values[type] }));
    }));
  });
}

function columns(held, language) {
  const entries = held.date.of, dates = held.date.values, months = [...new Set(dates.map((date) => date.slice(0, 7)))];
  const month = dates.map((date) => months.indexOf(date.slice(0, 7)));
  const found = {
    ...held, language: { values: [language], of: entries.map(() => 0) },
    month: { values: months, of: entries.map((date) => typeof date === "number" ? month[date] : []) }
  };
  for (const name of [...NAMES, "date"]) {
    const { values, of } = found[name] || { values: [], of: entries.map(() => []) };
    const alone = values.map((value, n) => [n]);
    found[name] = { values, of: of.map((numbers) => typeof numbers === "number" ? alone[numbers] : numbers) };
  }
  return found;
}

/* Of one day, entries come as their articles are listed. Undated ones come last. */
export function newestFirst(entries) {
  const dateOf = ({ shard: { columns: { date } }, n }) => date.of[n].length ? date.values[date.of[n][0]] : "";
  return entries.map((entry) => ({ date: dateOf(entry), entry })).sort((a, b) => {
    if (a.date !== b.date) return a.date < b.date ? 1 : -1;
    return b.entry.shard.n - a.entry.shard.n || a.entry.n - b.entry.n;
  }).map(({ entry }) => entry);
}

/* Those of `entries` that the filters keep, and how many would be kept under each value of a facet were it chosen. */
export function sift(entries, filters) {
  const names = Object.keys(filters), found = [], wanted = new Map(), tallies = new Map();
  for (const shard of shards) {
    const each = (make) => Object.fromEntries(NAMES.map((name) => [name, shard.columns[name].values.map(make(name))]));
    wanted.set(shard, each((name) => (value) => (filters[name] || []).includes(value)));
    tallies.set(shard, each(() => () => 0));
  }
  for (const entry of entries) {
    const { shard, n } = entry, want = wanted.get(shard), tally = tallies.get(shard);
    const missed = names.filter((name) => !shard.columns[name].of[n].some((value) => want[name][value]));
    if (missed.length > 1) continue;
    if (!missed.length) found.push(entry);
    // A facet's own filter does not narrow its counts.
    for (const name of missed.length ? missed : NAMES) for (const value of shard.columns[name].of[n]) tally[name][value] += 1;
  }
  return { found, counts: Object.fromEntries(NAMES.map((name) => [name, summed(name, tallies)])) };
}

/* How many there are of each value of a facet over all shards. */
function summed(name, tallies) {
  const sum = new Map();
  for (const shard of shards) {
    shard.columns[name].values.forEach((value, n) => sum.set(value, (sum.get(value) || 0) + tallies.get(shard)[name][n]));
  }
  return sum;
}
