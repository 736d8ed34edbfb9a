"""Markdown with front matter: the words of the text, without its marks, addresses and mark-up."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.model import BlockKind, DateBasis
from digest.read import dom, front
from digest.read.draft import Draft, Piece, laid_out, titled
from digest.read.encoding import decode
from digest.read.limits import check_marks
from digest.text import clean, squeeze

# Obsidian: an embedded note or picture, a link to a note, the mark of a block, the name of a callout.
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]{1,200}\]\]")
_LINKED = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_CALLOUT = re.compile(r"^((?:> ?)+)\[![A-Za-z-]{1,30}\][+-]? ?", re.MULTILINE)
# Hugo, Jekyll, Hexo, Zola: what a generator puts something in the place of. Its words are none of the article's.
_SHORTCODE = re.compile(r"\{\{[<%][^{}\n]{0,500}[%>]\}\}|\{%[^{}\n]{0,500}%\}")
_KINDS: dict[str, BlockKind] = {"heading_open": "heading", "list_item_open": "list", "blockquote_open": "quote"}
_MARKS = re.compile(r"[\[*_`<&\\|>]")
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_WORDLESS_TAG = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)


def read(data: bytes, languages: tuple[str, ...]) -> Draft:
    """Return the draft of a Markdown text. Raises ReadError when it is not text or its front matter is broken."""
    text, note = decode(data)
    notes = [note] if note else []
    known, front_notes, body = front.taken_off(text, languages)
    pieces, left_out = _pieces(_plain(body))
    pieces, title = titled(pieces, known.title)
    laid, blocks = laid_out(pieces)
    basis: DateBasis = "front matter" if known.published else "none"
    return Draft(laid, blocks, title, known, basis, notes=(*notes, *front_notes, *left_out))


def _plain(body: str) -> str:
    """Return Markdown without what only one generator of sites or one program for notes understands."""
    if "[[" in body:
        body = _LINKED.sub(r"\1", _EMBEDDED.sub("", body))
    if "{" in body:
        body = _SHORTCODE.sub("", body)
    return _CALLOUT.sub(r"\1", body) if "[!" in body else body


@functools.cache
def _parser() -> MarkdownIt:
    # An indented paragraph in a news text is a paragraph, not code.
    return MarkdownIt("commonmark").enable("table").disable("code")


def _pieces(body: str) -> tuple[list[Piece], list[str]]:
    """Return the blocks of Markdown and notes on what was left out."""
    pieces: list[Piece] = []
    left_out: list[str] = []
    kinds: list[BlockKind] = ["paragraph"]
    row: list[str] | None = None
    check_marks(len(_MARKS.findall(body)))
    for token in _parser().parse(body):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            pieces.append(Piece("paragraph", " ".join(row or ())))
            row = None
        elif token.nesting == 1:
            kinds.append(_KINDS.get(token.type, kinds[-1]))
        elif token.nesting == -1:
            kinds.pop()
        elif token.type == "fence":
            left_out.append(f"a block of code ({_counted(token.content)}) was left out of the text")
        elif token.type == "html_block":
            pieces += _from_html(token.content)
            left_out += ["a comment was left out of the text"] * token.content.count("<!--")
        elif token.type == "inline":
            lines = list(_lines(token.children or ()))
            if row is None:
                pieces += (Piece(kinds[-1], line) for line in lines)
            else:
                row += lines
    return [p for p in pieces if p.text], left_out


def _lines(children: Sequence[Token]) -> Iterator[str]:
    """Yield the words of inline tokens, cut at hard line breaks. An image's text is not the article's."""
    buffer: list[str] = []
    wordless = 0
    for token in children:
        if token.type == "hardbreak" or (token.type == "html_inline" and _LINE_BREAK.match(token.content)):
            yield squeeze(clean("".join(buffer)))
            buffer.clear()
        elif token.type == "html_inline":
            if match := _WORDLESS_TAG.match(token.content):
                wordless = max(0, wordless + (-1 if match.group(1) else 1))
        elif token.type == "softbreak":
            buffer.append(" ")
        elif token.type in ("text", "code_inline") and not wordless:
            buffer.append(token.content)
    yield squeeze(clean("".join(buffer)))


def _counted(code: str) -> str:
    lines = code.count("\n")
    return "1 line" if lines == 1 else f"{lines} lines"


def _from_html(markup: str) -> Iterator[Piece]:
    page = dom.parse(markup)
    if page is not None:
        yield from (Piece(part.kind, part.text) for part in dom.parts(page))
