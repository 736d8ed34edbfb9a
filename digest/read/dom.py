"""A tree of HTML to blocks of plain text. No mark-up survives: a block is its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
    "blockquote": "paragraph",
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
_NO_WORDS = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
    "button", "input", "select", "textarea", "head", "title", "map",
)  # fmt: skip
_LONGEST_BYLINE = 120
_WORDS_OF_CLASS = re.compile(r"[\w-]+")
_OPENING_TAG = re.compile(r"<[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the element it stands in."""

    kind: BlockKind
    text: str
    element: Any


def parse(text: str) -> Any:
    """Return the tree of an HTML page or fragment, or None when there is nothing in it.

    Raises ReadError when it has too many tags or nests them too deeply.
    """
    check_elements(len(_OPENING_TAG.findall(text)))
    check_attributes(max(map(_attributes, text.split(">"))))
    # no comments, no processing instructions, no fetching, no unlimited trees
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    check_depth(_depth(tree))
    return tree


def strip(tree: Any) -> None:
    """Remove what holds no words for a reader from ``tree``; structured data in the head stays."""
    etree.strip_elements(tree, *_NO_WORDS[1:-3], with_tail=False)
    for script in tree.xpath("//script[not(@type='application/ld+json')]"):
        script.drop_tree()


def parts(tree: Any) -> Iterator[Part]:
    """Yield the blocks of ``tree`` in reading order, each as its words with single spaces."""
    open_kinds: list[BlockKind] = ["paragraph"]
    buffer: list[str] = []
    skip = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in _NO_WORDS:
            skip += 1 if event == "start" else -1
        boundary = tag in _BLOCKS
        if boundary or (event == "start" and tag == "br" and element.getparent().tag not in _ONE_LINE):
            inside = element if event == "end" else element.getparent()
            if text := _words(buffer):
                yield Part(_checked(open_kinds[-1], text), text, inside)
            buffer.clear()
        elif tag in _SPACED or tag == "br":
            buffer.append(" ")
        if event == "start":
            if boundary:
                open_kinds.append(_kind(element, open_kinds[-1]))
            if element.text and not skip:
                buffer.append(element.text)
        else:
            if boundary:
                open_kinds.pop()
            if element.tail and not skip and element is not tree:
                buffer.append(element.tail)
    if text := _words(buffer):
        yield Part("paragraph", text, tree)


def classes(element: Any) -> set[str]:
    """Return the words of an element's class, id and itemprop, in lower case."""
    said = " ".join(element.get(name, "") for name in ("class", "id", "itemprop", "rel"))
    return set(_WORDS_OF_CLASS.findall(said.lower()))


def _kind(element: Any, outer: BlockKind) -> BlockKind:
    if classes(element) & BYLINE:
        return "byline"
    return _KINDS.get(element.tag, outer)


def _checked(kind: BlockKind, text: str) -> BlockKind:
    """A box about the author is marked like a byline, but is no line."""
    return "paragraph" if kind == "byline" and len(text) > _LONGEST_BYLINE else kind


def _words(buffer: list[str]) -> str:
    return squeeze(clean("".join(buffer)))


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
