"""What a page's head and structured data say about the article: schema.org JSON-LD, Open Graph and meta elements.

Only what is stated counts. An outlet is never taken from an address, a date never guessed from the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from htmldate import find_date

from digest.model import ArticleMeta
from digest.read import dates, dom
from digest.text import address, clean, language_code, squeeze

# schema.org/Article and its kinds; Google's "Article structured data" names the properties news sites fill.
_ARTICLE = ("article", "posting", "report")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "date", "pubdate", "publishdate",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title", "headline")
_MAX_NODES = 2_000


def facts_of(tree: Any) -> ArticleMeta:
    """Return what the page states. ``title`` is None when it has none; ``language`` is left to the reader."""
    metas = _metas(tree)
    nodes = [n for n in _nodes(tree) if any(str(t).lower().endswith(_ARTICLE) for t in _listed(n.get("@type")))]
    said = nodes[0] if nodes else {}
    return ArticleMeta(
        title=_text(said.get("headline")) or _first(metas, _TITLE),
        outlet=_name(said.get("publisher")) or _first(metas, ("og:site_name", "application-name")),
        published=_published(tree, said, metas),
        byline=_byline(tree, said, metas),
        url=_address(tree, metas),
    )


def title_element(tree: Any) -> str | None:
    """Return the words of ``<title>``."""
    return _text(tree.findtext(".//title"))


def language_of(tree: Any) -> str | None:
    """Return the language that the page's root element names."""
    return language_code(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")


def _published(tree: Any, said: dict[str, Any], metas: dict[str, str]) -> str | None:
    stated = [_text(said.get("datePublished")), *(metas.get(name) for name in _PUBLISHED)]
    times = tree.xpath("//time[@pubdate or contains(@itemprop, 'datePublished')]/@datetime")
    for raw in (*stated, *times):
        if raw and (found := dates.iso(raw)):
            return found
    # Its extensive search would take any date of the text. The ends are fixed, so that no build depends on its day.
    earliest, latest = dates.EARLIEST.isoformat(), dates.LATEST.isoformat()
    try:
        guess = find_date(tree, extensive_search=False, original_date=True, min_date=earliest, max_date=latest)
    except Exception:  # noqa: BLE001 - htmldate meets hostile pages here and raises what it likes; no date is an answer
        return None
    return dates.iso(guess) if guess else None


def _byline(tree: Any, said: dict[str, Any], metas: dict[str, str]) -> str | None:
    names = [_name(author) for author in _listed(said.get("author"))]
    if kept := list(dict.fromkeys(n for n in names if n)):
        return ", ".join(kept)
    for name in _AUTHOR:
        value = metas.get(name)
        # Open Graph wants the author's profile there, an address
        if value and "://" not in value:
            return value
    return _text(tree.xpath("string(//*[@rel='author' and string-length(normalize-space()) < 80])"))


def _address(tree: Any, metas: dict[str, str]) -> str | None:
    canonical = tree.xpath("string(//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href)")
    return address(canonical) or address(metas.get("og:url", ""))


def _metas(tree: Any) -> dict[str, str]:
    """Return the page's meta elements by name, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _text(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in the page's JSON-LD, outer ones first. What is not JSON says nothing."""
    left = _MAX_NODES
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            queue = [msgspec.json.decode((script.text or "").strip().encode("utf-8", "replace"))]
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
    return next((metas[name] for name in names if name in metas), None)


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
        tree = dom.parse(f"<p>{value[:2_000]}")
        value = " ".join(part.text for part in dom.parts(tree)) if tree is not None else ""
    words = squeeze(clean(value))[:500]
    return words if any(c.isalnum() for c in words) else None
