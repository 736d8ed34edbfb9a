/* What the parts of the search page write with. Text reaches the page as text only, never as HTML. */
/* How each kind of quotation is badged. */
export const KINDS = new Map([["direct", "kind"], ["part direct", "kind mixed"], ["reported", "kind rep"]]);

export const lang = document.documentElement.lang || "en";

/* An element; an attribute of null or undefined and a child that is empty are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
  node.append(...children.filter(Boolean));
  return node;
}

/* A link within the search: a click shows what it leads to on this page, unless the reader wants a window of its own. */
export function inside(link, act) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act();
  });
  return link;
}

/* Numbers and dates as readers of the page's language write them. Making a formatter takes longer than a hundred uses. */
export const number = new Intl.NumberFormat(lang).format;

const dated = (how) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: "UTC", year: "numeric", month: "long", ...how });
const FORMATS = { day: dated({ day: "numeric" }), month: dated({}) };

export function date(iso, to) {
  const found = new Date(`${iso}T00:00:00Z`);
  return isNaN(found) ? iso : FORMATS[to].format(found);
}
