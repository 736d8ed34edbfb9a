"""What a reader hands on: the text with its blocks, and what the file says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from digest.decisions import ArticleMeta
from digest.model import Block, BlockKind, DateBasis
from digest.text import clip, fold, squeeze

_HEADLINE = 120
_LONG_HEADLINE = 200
_FULL_STOP = re.compile(r"[.!?…。！？][\"'”’“»«)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’“»«)\]]*(?=\s)")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before its metadata is settled. ``facts`` are the file's own; ``basis`` is where its date stands.

    ``language`` of ``facts`` was written for this article; ``lang`` is what a page's template says, which is believed
    only as long as the text does not contradict it. ``guess`` is the date that a page most likely has and does not
    state; whatever states one goes before it.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str
    facts: ArticleMeta = field(default_factory=ArticleMeta)
    basis: DateBasis = "none"
    lang: str | None = None
    guess: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that is not yet in a text."""

    kind: BlockKind
    text: str


def is_headline(line: str) -> bool:
    """Whether the first line of a text is its headline rather than already its first paragraph.

    Up to 120 characters it is (of 720 measured American articles none has a longer one); up to 200 if no full stop
    ends it. Wire copy without a headline begins with a sentence longer than that.
    """
    return len(line) <= _HEADLINE or (len(line) <= _LONG_HEADLINE and not ends_sentence(line))


def ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop, a question or an exclamation mark, with or without closing marks."""
    return _FULL_STOP.search(line) is not None


def title_from(text: str) -> str:
    """Return a title for a text without a headline: its first sentence, clipped to 120 characters."""
    line = squeeze(text)
    for end in _SENTENCE_END.finditer(line[: _HEADLINE + 1]):
        # an abbreviation near the start ("Dr. Ilse Noor") is no sentence
        if end.end() >= _HEADLINE / 3:
            return line[: end.end()]
    return clip(line, _HEADLINE)


def titled(pieces: Iterable[Piece], title: str | None) -> tuple[list[Piece], str]:
    """Return the pieces with the headline first, as a "title" piece where there is one, and the title string.

    ``title`` is what the file's metadata says. A heading that says the same is the headline and stands once; without
    a title, the first heading or a first line that reads like a headline is it.
    """
    rest = [p for p in pieces if p.text]
    first = next((i for i, p in enumerate(rest) if p.kind == "title"), None)
    if first is None and title:
        first = next((i for i, p in enumerate(rest[:3]) if p.kind == "heading" and same(p.text, title)), None)
        if first is None and rest and rest[0].kind == "paragraph" and same(rest[0].text, title):
            first = 0
    elif first is None and rest and (rest[0].kind == "heading" or (len(rest) > 1 and is_headline(rest[0].text))):
        first = 0
    if first is not None:
        head = Piece("title", rest.pop(first).text)
        return [head, *rest], title or head.text
    if title:
        return [Piece("title", title), *rest], title
    return rest, title_from(rest[0].text) if rest else ""


def same(a: str, b: str) -> bool:
    """Whether two headlines are the same but for case, accents, marks and spaces."""
    return _letters(a) == _letters(b)


def laid_out(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Return the pieces as one text, an empty line between two of them, with their blocks."""
    blocks = []
    at = 0
    for piece in pieces:
        blocks.append(Block(piece.kind, at, at + len(piece.text)))
        at += len(piece.text) + 2
    return "\n\n".join(p.text for p in pieces), tuple(blocks)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
