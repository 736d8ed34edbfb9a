"""What a page's head and structured data say about the article: schema.org JSON-LD, Open Graph and meta elements.

Only what is stated counts. An outlet is never taken from an address, a date never guessed from the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from htmldate import find_date

from digest.decisions import ArticleMeta
from digest.read import dates, dom
from digest.read.errors import ReadError
from digest.text import address, clean, language_code, squeeze

# schema.org/Article and its kinds; Google's "Article structured data" names the properties news sites fill.
_ARTICLE = ("article", "posting", "report")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "date", "pubdate", "publishdate",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title", "headline")
_OUTLET = ("og:site_name", "application-name")
_MAX_NODES = 2_000
_MAX_AUTHORS = 50
_LONGEST_NAME = 80


def facts_of(page: dom.Page) -> ArticleMeta:
    """Return what the page states. ``title`` is None when it has none; ``language`` is left to the reader."""
    metas = _metas(page)
    nodes = [n for n in _nodes(page) if any(str(t).lower().endswith(_ARTICLE) for t in _listed(n.get("@type")))]
    said = nodes[0] if nodes else {}
    return ArticleMeta(
        title=_text(said.get("headline")) or _first(metas, _TITLE),
        outlet=_name(said.get("publisher")) or _first(metas, _OUTLET),
        published=_published(page, said, metas),
        byline=_byline(page, said, metas),
        url=_address(page, metas),
    )


def title_element(page: dom.Page) -> str | None:
    """Return the words of ``<title>``."""
    return next((_text(page.words_of(title)) for title in page.named("title")), None)


def language_of(page: dom.Page) -> str | None:
    """Return the language that the page's root element names."""
    root = next(page.named("html"), None)
    return language_code(dom.attribute(root, "lang") or dom.attribute(root, "xml:lang")) if root else None


def _published(page: dom.Page, said: dict[str, Any], metas: dict[str, str]) -> str | None:
    stated = [_text(said.get("datePublished")), *(_text(metas.get(name)) for name in _PUBLISHED)]
    times = (
        dom.attribute(time, "datetime")
        for time in page.named("time")
        if "pubdate" in time.attrs or "datePublished" in dom.attribute(time, "itemprop")
    )
    for raw in (*stated, *times):
        if raw and (found := dates.iso(raw)):
            return found
    return None


def guessed_date(page: dom.Page) -> str | None:
    """Return the date that htmldate (Barbaresi 2020) finds in a page that states none, an ISO date."""
    # Its extensive search would take any date of the text. The ends are fixed, so that no build depends on its day.
    earliest, latest = dates.EARLIEST.isoformat(), dates.LATEST.isoformat()
    try:
        guess = find_date(page.tree, extensive_search=False, original_date=True, min_date=earliest, max_date=latest)
    except Exception:  # noqa: BLE001 - htmldate meets hostile pages here and raises what it likes; no date is an answer
        return None
    return dates.iso(guess) if guess else None


def _byline(page: dom.Page, said: dict[str, Any], metas: dict[str, str]) -> str | None:
    names = [_name(author) for author in _listed(said.get("author"))[:_MAX_AUTHORS]]
    if kept := list(dict.fromkeys(n for n in names if n)):
        return ", ".join(kept)
    for name in _AUTHOR:
        value = _text(metas.get(name))
        # Open Graph wants the author's profile there, an address
        if value and "://" not in value:
            return value
    linked = (page.words_of(e) for e in page.elements if dom.attribute(e, "rel") == "author")
    return next((_text(words) for words in linked if len(squeeze(words)) < _LONGEST_NAME), None)


def _address(page: dom.Page, metas: dict[str, str]) -> str | None:
    canonical = (link for link in page.named("link") if dom.attribute(link, "rel").strip().lower() == "canonical")
    stated = next((dom.attribute(link, "href") for link in canonical), "")
    return address(stated) or address(_text(metas.get("og:url")) or "")


def _metas(page: dom.Page) -> dict[str, str]:
    """Return what the page's meta elements say, by name, the first of each that says something."""
    found: dict[str, str] = {}
    for element in page.named("meta"):
        name = next(filter(None, (dom.attribute(element, key) for key in ("property", "name", "itemprop"))), "")
        content = dom.attribute(element, "content")
        if name and any(c.isalnum() for c in content):
            found.setdefault(name.strip().lower(), content)
    return found


def _nodes(page: dom.Page) -> Iterator[dict[str, Any]]:
    """Yield the objects in the page's JSON-LD, outer ones first. What is not JSON says nothing."""
    left = _MAX_NODES
    for script in page.named("script"):
        if dom.attribute(script, "type").strip().lower() != "application/ld+json":
            continue
        try:
            queue = [msgspec.json.decode("".join(map(str, script.contents)).strip().encode("utf-8", "replace"))]
        except (msgspec.MsgspecError, RecursionError):
            continue
        while queue and left:
            left -= 1
            node = queue.pop(0)
            if isinstance(node, dict):
                yield node
                queue += (v for v in node.values() if isinstance(v, dict | list))
            elif isinstance(node, list):
                queue += node


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next(filter(None, (_text(metas.get(name)) for name in names)), None)


def _name(value: object) -> str | None:
    """Return the name of a person or organisation as JSON-LD writes it: an object, a list of them or plain text."""
    for one in _listed(value):
        name = _text(one.get("name") if isinstance(one, dict) else one)
        if name and "://" not in name:
            return name
    return None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str | None:
    """Return foreign text as words: entities left in JSON-LD become letters, tags go."""
    if not isinstance(value, str) or not value.strip():
        return None
    if "<" in value or "&" in value:
        try:
            page = dom.parse(f"<p>{value[:2_000]}")
        except ReadError:
            return None  # a name of a thousand tags is none
        value = " ".join(part.text for part in dom.parts(page)) if page else ""
    words = squeeze(clean(value))[:500]
    return words if any(c.isalnum() for c in words) else None
