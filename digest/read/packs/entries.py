"""The entries of a feed, stripped to what is asked of them, before feedparser sees them.

It takes time with the square of an entry's categories and keywords, and more with the dots of an author; and where a
feed breaks in the middle, nothing of it is well-formed. So a feed is parsed here, as XML of anybody's, and built anew
of the elements that are listed below, with few of each and short ones where they are short by nature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.read import limits
from digest.read.errors import ReadError
from digest.read.packs import xml
from digest.read.packs.xml import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENTRIES = frozenset({"item", "entry"})
_WORDS = frozenset({"content", "encoded", "description", "summary", "body", "title", "tagline"})
_OF_ENTRY = _WORDS | {
    "link", "guid", "id", "author", "contributor", "creator", "origlink", "source", "language", "pubdate", "date",
    "issued", "published", "updated", "modified", "created",
}  # fmt: skip
_OF_FEED = frozenset({"title", "link", "language"})
_OF_AUTHOR = frozenset({"name"})
_OF_SOURCE = frozenset({"title"})
_ATTRIBUTES = frozenset({
    "type", "mode", "href", "rel", "ispermalink", "about", "version", "encoding",
    "{http://www.w3.org/xml/1998/namespace}base", "{http://www.w3.org/xml/1998/namespace}lang",
})  # fmt: skip
# Media RSS and podcasts say of a film what RSS says of an entry, in elements of the same names.
_OTHERS = ("{http://search.yahoo.com/mrss", "{http://www.itunes.com/")
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MOST, _SHORT, _NEAR = 20, 2_000, 20_000
_ENTRY = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s>])", re.IGNORECASE)
_OPEN_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>")

Found = tuple[str, "Element | ReadError"]
"""An entry, or why it is none, with what tells it from others if nothing else does."""


def stripped(text: str) -> tuple[str, list[Found]]:
    """Return a feed with what counts of it, and its entries in order: an element stands in the feed, an error does not.

    Raises ReadError when nothing of it can be read.
    """
    try:
        root = xml.parse(text)
    except ReadError as error:
        if error.code != "broken":
            raise
        root, found = _one_by_one(text, error)
    else:
        found = [("", entry) for entry in xml.apart(root, _ENTRIES)]
    many = len(found) - limits.MAX_ENTRIES
    if many > 0:
        why = f"a feed may have {limits.MAX_ENTRIES:,} entries, {many:,} more are not read; split it"
        found = [*found[: limits.MAX_ENTRIES], ("rest", ReadError("too many", why))]
    return _built(root, [each for _, each in found if not isinstance(each, ReadError)]), found


def _built(root: Element, found: list[Element]) -> str:
    from xml.etree.ElementTree import Element, tostring

    channel = next((child for child in root if local(child).lower() == "channel"), None)
    made = Element(root.tag, _attributes(root))
    head = made if channel is None else _kept(channel, _OF_FEED)
    if channel is None:
        made.extend(_kept(root, _OF_FEED))
    else:
        made.append(head)
    # RSS 1.0 has its entries beside the channel, RSS 2.0 inside
    (made if local(root).lower() == "rdf" else head).extend(_kept(entry, _OF_ENTRY) for entry in found)
    written: str = tostring(made, encoding="unicode")
    return written


def _kept(element: Element, parts: frozenset[str]) -> Element:
    """Return an element with those of its children that are listed in ``parts``, the first of each name."""
    from xml.etree.ElementTree import Element

    made = Element(element.tag, _attributes(element))
    counted: dict[str, int] = {}
    for child in element:
        name = local(child).lower()
        counted[name] = counted.get(name, 0) + 1
        if name in parts and counted[name] <= _MOST and not child.tag.startswith(_OTHERS):
            made.append(_child(child, name))
    return made


def _child(child: Element, name: str) -> Element:
    from xml.etree.ElementTree import Element

    if name in ("author", "contributor") and len(child):
        return _kept(child, _OF_AUTHOR)
    if name == "source" and len(child):
        return _kept(child, _OF_SOURCE)
    # RSS may have an article as XHTML too, in a body of its own; what feedparser makes of that is plain text
    made = Element(_ENCODED if name == "body" else child.tag, _attributes(child))
    made.text = child.text
    if name in _WORDS and len(child):
        # mark-up as elements becomes mark-up as words, as RSS has it anyway
        made.text = "".join(xml.html_of(child))
        if "type" in made.attrib:
            made.set("type", "html")
    if name not in _WORDS and made.text:
        made.text = made.text[:_SHORT]
    return made


def _attributes(element: Element) -> dict[str, str]:
    return {key: value for key, value in element.attrib.items() if _is_kept(key) and len(value) <= _SHORT}


def _is_kept(key: str) -> bool:
    low = key.lower()
    return low in _ATTRIBUTES or low.rpartition("}")[2] == "about"


def _one_by_one(text: str, error: ReadError) -> tuple[Element, list[Found]]:
    """Return a feed that is not well-formed, as far as its first entry, and its entries parsed one by one."""
    first = _ENTRY.search(text)
    if first is None or first.start() > _NEAR:
        raise error
    head, kind = text[: first.start()], first.group(1)
    opened = _opened_in(head)
    foot = "".join(f"</{name}>" for name, _ in reversed(opened))
    tags = "".join(tag for _, tag in opened)
    try:
        root = xml.parse(head + foot)
    except ReadError:
        root = xml.parse(tags + foot)
    return root, [found for piece in _pieces(text, first.start(), kind) for found in _parsed(piece, tags, foot)]


def _pieces(text: str, at: int, kind: str) -> Iterator[str]:
    """Yield the entries in ``text`` from ``at`` on, each to its closing tag; the last may have none."""
    for _ in range(limits.MAX_ENTRIES + 1):
        end = text.find(f"</{kind}", at)
        stop = text.find(">", end) + 1 if end >= 0 else 0
        yield text[at : stop or len(text)]
        following = _ENTRY.search(text, stop) if stop else None
        if following is None:
            return
        at = following.start()


def _parsed(entry: str, tags: str, foot: str) -> list[Found]:
    try:
        return [("", each) for each in xml.apart(xml.parse(tags + entry + foot), _ENTRIES)]
    except ReadError as mistake:
        return [(entry, mistake)]


def _opened_in(head: str) -> list[tuple[str, str]]:
    """Return the elements that are open at the end of ``head``, outermost first, each as its name and its tag."""
    opened: list[tuple[str, str]] = []
    for tag in _OPEN_TAG.finditer(head):
        if tag.group(1):
            while any(name == tag.group(2) for name, _ in opened) and opened.pop()[0] != tag.group(2):
                pass
        elif not tag.group().endswith("/>"):
            opened.append((tag.group(2), tag.group()))
    return opened
