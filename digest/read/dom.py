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
_EMBEDDED = (
    "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map",
    "button", "input", "select", "textarea",
)  # fmt: skip
_NO_WORDS = frozenset({*_EMBEDDED, "script", "head", "title"})
_LONGEST_BYLINE = 120
_WORDS_OF_CLASS = re.compile(r"[\w-]+")
# Pages glued together from templates go on after these; browsers do not mind, libxml2 drops the rest.
_EARLY_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
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
        tree = html.document_fromstring(_EARLY_END.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    check_depth(_depth(tree))
    return tree


def strip(tree: Any) -> None:
    """Remove what holds no words for a reader from ``tree``; structured data in the head stays."""
    etree.strip_elements(tree, *_EMBEDDED, with_tail=False)
    for script in tree.xpath("//script[not(@type='application/ld+json')]"):
        script.drop_tree()


def parts(tree: Any) -> Iterator[Part]:
    """Yield the blocks of ``tree`` in reading order, each as its words with single spaces."""
    open_kinds: list[BlockKind] = ["paragraph"]
    buffer: list[str] = []
    skip = 0
    byline: Any = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in _NO_WORDS:
            skip += 1 if event == "start" else -1
        # "By", the name and the place are often boxes of their own; the line is one
        boundary = (tag in _BLOCKS or element is byline) and (byline is None or element is byline)
        if event == "start" and byline is None and _is_byline(element):
            byline = element
            boundary = True
        if boundary or (
            event == "start" and tag == "br" and byline is None and element.getparent().tag not in _ONE_LINE
        ):
            inside = element if event == "end" else element.getparent()
            if text := _words(buffer):
                yield Part(open_kinds[-1], text, inside)
            buffer.clear()
        elif tag in _SPACED or tag == "br" or tag in _BLOCKS:
            buffer.append(" ")
        if event == "start":
            if boundary:
                open_kinds.append("byline" if element is byline else _KINDS.get(tag, open_kinds[-1]))
            if element.text and not skip:
                buffer.append(element.text)
        else:
            if boundary:
                open_kinds.pop()
                byline = None
            if element.tail and not skip and element is not tree:
                buffer.append(element.tail)
    if text := _words(buffer):
        yield Part("paragraph", text, tree)


def classes(element: Any) -> set[str]:
    """Return the words of an element's class, id and itemprop, in lower case."""
    said = " ".join(element.get(name, "") for name in ("class", "id", "itemprop", "rel"))
    return set(_WORDS_OF_CLASS.findall(said.lower()))


def _is_byline(element: Any) -> bool:
    """Whether an element is marked as the byline. A box about the author is marked like one, but is no line."""
    if element.tag in ("html", "body") or not classes(element) & BYLINE:
        return False
    words = squeeze("".join(element.itertext()))
    return " " in words and len(words) <= _LONGEST_BYLINE


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
