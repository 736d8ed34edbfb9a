"""A story as a Markdown file with front matter that reads back to the same title, blocks and text.

Marks are escaped as CommonMark 0.31 says: any ASCII punctuation may have a backslash before it (2.4), and then means
nothing; so is what generators of sites put something in the place of, ``{% … %}``. What Markdown has no mark for,
captions and bylines, stands as a line of HTML, which ``read.md`` reads too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from html import escape

import yaml

from digest.model import Article, Block, BlockKind

FETCHED = "fetched"
_MARKS = re.compile(r"[\\`*_\[\]<>|#~]|&(?=[#A-Za-z])|!(?=\[)|(?<=\{)%")
# At the beginning of a line: a list (5.2), a heading's line (4.3), a break (4.1).
_OPENING = re.compile(r"[-+=](?=\s|$|[-+=])|\d{1,9}(?=[.)](?:\s|$))")
_ELEMENTS: dict[BlockKind, tuple[str, str]] = {
    "caption": ("<figcaption>", "</figcaption>"),
    "byline": ('<p class="byline">', "</p>"),
}
_NUMBERED = str.maketrans({"[": "&#91;", "{": "&#123;"})
_SIGNS: dict[BlockKind, str] = {"title": "# ", "heading": "## ", "list": "- ", "quote": "> "}


def written(article: Article, fetched: str, notes: Sequence[str] = ()) -> str:
    """Return the file of ``article``. ``fetched`` is when it was, ``notes`` are what its readers are to know."""
    facts = {
        "url": article.url,
        "outlet": article.outlet,
        "published": article.published,
        "byline": article.byline,
        "language": article.language,
        FETCHED: fetched,
        "hash": f"sha256:{hashlib.sha256(article.text.encode()).hexdigest()}",
        "note": list(notes),
    }
    stated = {name: value for name, value in facts.items() if value}
    front = yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=2**31, default_flow_style=False)
    return f"---\n{front}---\n\n{body(article)}"


def body(article: Article) -> str:
    """Return the words of ``article`` in Markdown, a block a paragraph."""
    return "\n".join(f"{_block(block, article.text[block.start : block.end])}\n" for block in article.blocks)


def without_moment(text: str) -> str:
    """Return a file without the line that says when it was fetched: two that differ in it alone are the same."""
    return re.sub(rf"^{FETCHED}: .*\n", "", text, count=1, flags=re.MULTILINE)


def _block(block: Block, words: str) -> str:
    if block.kind in _ELEMENTS:
        before, behind = _ELEMENTS[block.kind]
        return f"{before}{escape(words, quote=False).translate(_NUMBERED)}{behind}"
    return _SIGNS.get(block.kind, "") + _escaped(words)


def _escaped(words: str) -> str:
    """Return one line of text in which nothing is a mark."""
    marked = _MARKS.sub(lambda m: f"\\{m.group()}", words)
    opening = _OPENING.match(marked)
    if opening is None:
        return marked
    at = 0 if opening.end() == 1 and not marked[0].isdigit() else opening.end()
    return f"{marked[:at]}\\{marked[at:]}"
