"""NewsML-G2 and NITF, as news agencies send them.

https://iptc.org/standards/newsml-g2/ and https://iptc.org/standards/nitf/

A ``newsMessage`` holds several items; a ``newsItem`` or an ``nitf`` alone in its file is an article of its own. The
text stands in the content set as XHTML, as NITF, or as HTML or plain text inside XML. What is withdrawn, or is no text,
is refused with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.decisions import ArticleMeta
from digest.read import dates
from digest.read.errors import ReadError
from digest.read.packs.pieces import FRAGMENT, WITHDRAWN, Document, Piece, document, markup, plain
from digest.read.packs.xml import apart, html_of, local, outermost
from digest.text import address, clean, language_code, slug, squeeze

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"newsmessage", "newsitem", "packageitem", "nitf", "itemset"})
"""The names of root elements, in lower case, that this module reads."""

_ITEMS = frozenset({"newsitem", "packageitem"})
# Elements of NITF 3.6 with their like in HTML, and those whose words are none of the text.
_AS_HTML = MappingProxyType({
    "hl2": "h2", "block": "div", "bq": "blockquote", "media-caption": "figcaption", "nitf-table": "table",
    **dict.fromkeys(("media-metadata", "media-object", "media-producer", "media-reference", "meta")),
})  # fmt: skip


def read(root: Element) -> Document:
    """Return the articles in a NewsML-G2 or NITF document. Raises ReadError when it is none and holds none."""
    items = [root] if local(root) == "nitf" else apart(root, _ITEMS)
    if items == [root] and local(root) in ("newsItem", "nitf"):
        ((_, _, piece),) = found = [_item(root)]
        if isinstance(piece, ReadError):
            raise piece
        return document(found, single=True)
    return document(map(_item, items))


def _item(item: Element) -> tuple[str, str, Piece | ReadError]:
    """Return an item's name, what tells it from others, and the item as a piece."""
    if local(item) == "nitf":
        return "nitf", "", _from_nitf(item, ArticleMeta())
    guid = item.get("guid", "")
    headline = _first(item, "contentMeta", "headline") or _first(item, "itemMeta", "title")
    name = slug(guid or headline or "item")
    return name, guid or headline, _from_item(item, headline)


def _from_item(item: Element, headline: str) -> Piece | ReadError:
    status = _code(item, "itemMeta", "pubStatus")
    if status in WITHDRAWN:
        return ReadError("withdrawn", f"its publisher says that this item is {status}")
    kind = _code(item, "itemMeta", "itemClass")
    if local(item) == "packageItem" or (kind and kind != "text"):
        what = "a package of links to other items" if local(item) == "packageItem" else f"of the class “{kind}”"
        return ReadError("format", f"this item is {what}, not a text")
    facts = ArticleMeta(
        title=headline or None,
        outlet=_outlet(item),
        published=_date(item),
        byline=_first(item, "contentMeta", "by") or _names(item, "contentMeta", "creator"),
        language=_language(item),
        url=_address(item),
    )
    notes = _embargo(item)
    for content in _sets(item):
        if (piece := _content(content, facts, notes)) is not None:
            return piece
    return ReadError("empty", "the item has no text of its own; save the one it refers to")


def _content(content: Element, facts: ArticleMeta, notes: tuple[str, ...]) -> Piece | ReadError | None:
    """Return one rendition of an item's text as a piece, None where it holds none."""
    kind = content.get("contenttype", "").partition(";")[0].strip().lower()
    if local(content) == "inlineData":
        words = "".join(content.itertext())
        if not words.strip():
            return None
        marked = "html" in kind
        data = (markup if marked else plain)(facts.title, words)
        return Piece(FRAGMENT if marked else ".txt", data, facts, notes=notes)
    if local(content) != "inlineXML":
        return None
    nitf = next((e for e in content.iter() if local(e) == "nitf"), None)
    if nitf is not None:
        return _from_nitf(nitf, facts, notes)
    body = next((e for e in content.iter() if local(e) == "body"), content)
    marks = "".join(html_of(body, _AS_HTML))
    return Piece(FRAGMENT, markup(facts.title, marks), facts, notes=notes) if _words(body) else None


def _from_nitf(nitf: Element, known: ArticleMeta, notes: tuple[str, ...] = ()) -> Piece | ReadError:
    """Return an NITF document as a piece; what surrounds it goes before what it says of itself."""
    title = known.title or _first(nitf, "hl1") or _first(nitf, "head", "title")
    body = next((e for e in nitf.iter() if local(e) == "body.content"), None)
    if body is None or not _words(body):
        return ReadError("empty", "the document has no text in its body.content")
    issued, printed = _attributes(nitf, "date.issue"), _attributes(nitf, "pubdata")
    facts = ArticleMeta(
        title=title or None,
        outlet=known.outlet or squeeze(clean(printed.get("name", ""))) or None,
        published=known.published
        or dates.iso(printed.get("date.publication", ""))
        or dates.iso(issued.get("norm", "")),
        byline=known.byline or _first(nitf, "byline") or None,
        language=known.language,
        url=known.url or address(printed.get("ex-ref", "")),
    )
    return Piece(FRAGMENT, markup(title, "".join(html_of(body, _AS_HTML))), facts, notes=notes)


def _sets(item: Element) -> list[Element]:
    """Return the renditions of an item's text, those with mark-up first."""
    found = [e for content in item if local(content) == "contentSet" for e in content]
    return sorted(found, key=lambda e: (local(e) != "inlineXML", "plain" in e.get("contenttype", "")))


def _attributes(top: Element, name: str) -> Mapping[str, str]:
    """Return the attributes of the first element of a name, none where there is no such element."""
    return next((element.attrib for element in top.iter() if local(element) == name), {})


def _inside(item: Element, *path: str) -> list[Element]:
    """Return the elements at ``path`` below ``item``, by their local names."""
    found = [item]
    for name in path:
        found = [child for each in found for child in each if local(child) == name]
    return found


def _first(item: Element, *path: str) -> str:
    """Return the words of the first element at the end of ``path``; a single name is looked for at any depth."""
    # what one without words holds has none either
    found = _inside(item, *path) if len(path) > 1 else outermost(item, path[0])
    return next(filter(None, map(_words, found)), "")


def _words(element: Element) -> str:
    return squeeze(clean(" ".join(element.itertext())))


def _code(item: Element, *path: str) -> str:
    """Return the code of a concept without its scheme: ``ninat:text`` -> ``text``."""
    for element in _inside(item, *path):
        said = element.get("qcode") or element.get("uri") or ""
        return squeeze(clean(said.rpartition("/")[2].rpartition(":")[2])).lower()
    return ""


def _names(item: Element, *path: str) -> str | None:
    found = [_first(element, "name") for element in _inside(item, *path)]
    return ", ".join(dict.fromkeys(filter(None, found))) or None


def _outlet(item: Element) -> str | None:
    for path in (("itemMeta", "provider"), ("contentMeta", "infoSource")):
        for element in _inside(item, *path):
            code = element.get("qcode", "").rpartition(":")[2]
            if name := _first(element, "name") or squeeze(clean(element.get("literal") or code)):
                return name
    return None


def _date(item: Element) -> str | None:
    for path in (("itemMeta", "firstCreated"), ("itemMeta", "versionCreated"), ("contentMeta", "contentCreated")):
        if found := dates.iso(_first(item, *path)):
            return found
    return None


def _language(item: Element) -> str | None:
    tagged = [element.get("tag", "") for element in _inside(item, "contentMeta", "language")]
    return next(filter(None, map(language_code, tagged)), None)


def _address(item: Element) -> str | None:
    return next(filter(None, (address(e.get("href", "")) for e in _inside(item, "itemMeta", "link"))), None)


def _embargo(item: Element) -> tuple[str, ...]:
    until = _first(item, "itemMeta", "embargoed")
    return (f"its publisher held this item back until {until[:40]}",) if until else ()
