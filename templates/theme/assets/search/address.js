/* What is asked. It stands in the address, so that a search can be sent, kept and gone back to. */
export const FACETS = {
  type: "What", speaker: "Speaker", topic: "Topic", outlet: "Outlet", kind: "Kind", language: "Language", month: "Date"
};

/* The words, the chosen values by facet, whether the newest go before the best, and the page from 1. */
export function asked() {
  const given = new URLSearchParams(location.search), filters = {};
  for (const name of Object.keys(FACETS)) {
    const values = given.getAll(name).filter(Boolean);
    if (values.length) filters[name] = values;
  }
  return {
    q: (given.get("q") || "").trim(), filters, newest: given.get("sort") === "date",
    page: Math.max(1, parseInt(given.get("page"), 10) || 1)
  };
}

export function address({ q, filters, newest, page }) {
  const given = new URLSearchParams();
  if (q) given.set("q", q);
  for (const name of Object.keys(FACETS)) for (const value of filters[name] || []) given.append(name, value);
  if (newest) given.set("sort", "date");
  if (page > 1) given.set("page", page);
  return location.pathname + (given.size ? `?${given}` : "");
}

/* The same with a value of a facet chosen, or no longer so. */
export function toggled(ask, name, value) {
  const had = ask.filters[name] || [], filters = { ...ask.filters };
  filters[name] = had.includes(value) ? had.filter((other) => other !== value) : [...had, value];
  if (!filters[name].length) delete filters[name];
  return { ...ask, filters, page: 1 };
}

export const filtered = (ask) => Object.keys(ask.filters).length > 0;

/* Without words there is no best entry: the newest come first. */
export const dated = (ask) => ask.newest || !ask.q;
