"""A page of HTML as BeautifulSoup's tree, and from there to blocks of plain text: a block is its words."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from lxml import etree, html

from digest.model import BlockKind
from digest.read.limits import MAX_ATTRIBUTES, check_attributes, check_depth, check_elements
from digest.text import clean, squeeze

BYLINE = frozenset({
    "byline", "author", "authors", "autor", "autorin", "verfasser", "by-line", "article-author", "article-byline",
})  # fmt: skip
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list",
    "figcaption": "caption",
    "blockquote": "quote",
}
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    "ul",
})  # fmt: skip
_SPACED = frozenset({"td", "th"})
# A line break inside these is layout; elsewhere it ends a line, and a line is a block, as in a text file.
_ONE_LINE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "li"})
_EMBEDDED = frozenset({
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
    "map", "button", "input", "select", "textarea",
})  # fmt: skip
_NO_WORDS = _EMBEDDED | {"head", "title"}
_LONGEST_BYLINE = 120
_FAR_TOO_LONG = 2_000
_LARGEST_BYLINE = 50
_NAMING = frozenset({"class", "id", "itemprop", "rel"})
_WORDS_OF_CLASS = re.compile(r"[\w-]+")
# Pages glued together from templates go on after these; browsers do not mind, libxml2 drops the rest.
_EARLY_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# BeautifulSoup keeps comments as well.
_NODE = re.compile(r"<[A-Za-z!?]")
_OPENING_TAG = re.compile(r"<[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the element it stands in."""

    kind: BlockKind
    text: str
    element: Tag


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: ``first`` and ``last`` number it and its last descendant among the page's elements,
    ``start`` and ``end`` are half-open offsets into the page's words.
    """

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. ``elements`` are all of them in document order, ``words`` all that a reader could see.

    Elements are told apart by ``id``: BeautifulSoup compares and hashes an element by its whole content. ``tree`` is
    the same page as lxml has it, for the libraries that want it so.
    """

    soup: BeautifulSoup
    elements: tuple[Tag, ...]
    words: str
    places: Mapping[int, Place]
    tree: Any

    def words_of(self, element: Tag) -> str:
        """Return the words in ``element``, spaces as they stand."""
        place = self.places[id(element)]
        return self.words[place.start : place.end]

    def named(self, name: str) -> Iterator[Tag]:
        """Yield the elements of a name in document order."""
        return (element for element in self.elements if element.name == name)


def parse(text: str) -> Page | None:
    """Return an HTML page or fragment, or None when there is nothing in it.

    Raises ReadError when it has too many tags or nests them too deeply; so nothing that walks the tree later can run
    out of stack or time.
    """
    check_elements(len(_NODE.findall(text)))
    check_attributes(max(map(_attributes, text.split(">"))))
    text = _EARLY_END.sub("", text)
    # no comments, no processing instructions, no fetching, no unlimited trees
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    # in C, before BeautifulSoup builds its own tree
    check_depth(_depth(tree))
    return _page(_soup(text), tree)


def walk(top: Tag, without: Container[int] = frozenset()) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Yield what is in ``top`` in document order: an element twice, where it opens (True) and closes, a string once.

    Comments and declarations are passed over, and so are the elements whose ``id`` is in ``without``.
    """
    pending: list[tuple[Tag, Iterator[PageElement]]] = [(top, iter(top.contents))]
    while pending:
        element, children = pending[-1]
        child = next(children, None)
        if child is None:
            pending.pop()
            if pending:
                yield element, False
        elif isinstance(child, Tag):
            if id(child) not in without:
                yield child, True
                pending.append((child, iter(child.contents)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield child, True


def parts(page: Page, without: Container[int] = frozenset()) -> Iterator[Part]:
    """Yield the blocks of ``page`` in reading order, each as its words with single spaces.

    The elements whose ``id`` is in ``without`` are left out.
    """
    open_kinds: list[BlockKind] = ["paragraph"]
    buffer: list[str] = []
    skip = 0
    byline: Tag | None = None
    for node, opens in walk(page.soup, without):
        if isinstance(node, NavigableString):
            if not skip:
                buffer.append(node)
            continue
        name = node.name
        if name in _NO_WORDS:
            skip += 1 if opens else -1
        # "By", the name and the place are often boxes of their own; the line is one
        boundary = (name in _BLOCKS or node is byline) and (byline is None or node is byline)
        if opens and byline is None and _is_byline(page, node, without):
            byline = node
            boundary = True
        above = node.parent or page.soup
        if boundary or (opens and name == "br" and byline is None and above.name not in _ONE_LINE):
            if text := squeeze(clean("".join(buffer))):
                yield Part(open_kinds[-1], text, above if opens else node)
            buffer.clear()
        elif name in _SPACED or name == "br" or name in _BLOCKS:
            buffer.append(" ")
        if boundary and opens:
            open_kinds.append("byline" if node is byline else _KINDS.get(name, open_kinds[-1]))
        elif boundary:
            open_kinds.pop()
            byline = None
    if text := squeeze(clean("".join(buffer))):
        yield Part("paragraph", text, page.soup)


def attribute(element: Tag, name: str) -> str:
    """Return an attribute of ``element`` as it is written, or an empty text."""
    value = element.attrs.get(name)
    return value if isinstance(value, str) else ""


def classes(element: Tag) -> set[str]:
    """Return the words of an element's class, id, itemprop and rel, in lower case."""
    said = [value for name, value in element.attrs.items() if name in _NAMING and isinstance(value, str)]
    return set(_WORDS_OF_CLASS.findall(" ".join(said).lower())) if said else set()


def holds(page: Page, element: Tag, numbers: list[int]) -> bool:
    """Whether one of the elements that ``numbers`` (ascending, see ``Place.first``) name stands inside ``element``."""
    place = page.places[id(element)]
    at = bisect_left(numbers, place.first + 1)
    return at < len(numbers) and numbers[at] <= place.last


def _soup(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        # a page that calls itself XML, or that is one line like an address, is a page all the same
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(text, "lxml", multi_valued_attributes=None)


def _page(soup: BeautifulSoup, tree: Any) -> Page:
    elements: list[Tag] = []
    words: list[str] = []
    places: dict[int, Place] = {}
    opened: list[tuple[int, int]] = []
    at = skip = 0
    for node, opens in walk(soup):
        if isinstance(node, NavigableString):
            if not skip:
                words.append(node)
                at += len(node)
            continue
        if node.name in _EMBEDDED:
            skip += 1 if opens else -1
        if opens:
            opened.append((len(elements), at))
            elements.append(node)
        else:
            first, start = opened.pop()
            places[id(node)] = Place(first, len(elements) - 1, start, at)
    return Page(soup, tuple(elements), "".join(words), places, tree)


def _is_byline(page: Page, element: Tag, without: Container[int]) -> bool:
    """Whether an element is marked as the byline. A box about the author is marked like one, but is no line."""
    if element.name in ("html", "body") or classes(element).isdisjoint(BYLINE):
        return False
    place = page.places[id(element)]
    if place.last - place.first > _LARGEST_BYLINE or " " not in squeeze(page.words_of(element)[:_FAR_TOO_LONG]):
        return False
    strings = (node for node, _ in walk(element, without) if isinstance(node, NavigableString))
    words = squeeze(clean("".join(s for s in strings if s.parent is None or s.parent.name not in _NO_WORDS)))
    return " " in words and len(words) <= _LONGEST_BYLINE


def _attributes(piece: str) -> int:
    """Return about how many attributes the tag has that ends ``piece``."""
    start = _OPENING_TAG.search(piece) if len(piece) > MAX_ATTRIBUTES else None
    return len(piece[start.start() :].split()) if start else 0


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
