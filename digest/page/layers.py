"""The layers of an article's text: who speaks, the cue, what was said, marked in place.

Layers may nest (a source inside a content) or cross; HTML elements may only nest. ``layered`` cuts them so that they
do, with every character of the text in place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from digest.model import LEFT_OUT

Kind = Literal["con", "part", "src", "cue", "flaw", "gap", "cut"]
_RANK: Mapping[Kind, int] = {"con": 0, "part": 1, "src": 2, "cue": 3, "flaw": 4, "gap": 5, "cut": 5}


GAP = Markup('<span class="left-out"><span class="vh">words left out</span>{}</span>').format(LEFT_OUT)
"""The sign for words that are not published."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of the article, half-open, in code points of its text. ``id`` becomes the anchor of its first piece.

    What is not published is a ``gap`` where a sign stands for it, and otherwise ``cut``.
    """

    kind: Kind
    start: int
    end: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a layer and what it holds; ``first`` on its first piece, which carries the anchor."""

    layer: Layer
    first: bool
    inside: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note's number, standing at a place in the text without being part of it."""

    number: int


Piece = str | Marked | Note


def layered(
    text: str, start: int, end: int, layers: Iterable[Layer], notes: Mapping[int, Sequence[int]] | None = None
) -> list[Piece]:
    """Return ``text[start:end]`` as nested pieces under ``layers``.

    ``notes`` maps an offset to the numbers that stand there; they come after the layers that end at it. A layer
    counts where it overlaps the stretch; at the same start the longer one is outside, then content, part, source, cue,
    flaw. Of two that cross, the one that began first is outside and the other is cut. The strings, joined in order,
    are exactly ``text[start:end]``.
    """
    notes = notes or {}
    opening: dict[int, list[Layer]] = defaultdict(list)
    cuts = {start, end, *(n for n in notes if start <= n <= end)}
    for layer in layers:
        a, b = max(layer.start, start), min(layer.end, end)
        if a < b:
            opening[a].append(layer)
            cuts |= {a, b}
    stack = _Stack()
    places = sorted(cuts)
    for place, following in zip(places, [*places[1:], end], strict=True):
        stack.close(place)
        for number in notes.get(place, ()):
            stack.add(Note(number))
        for layer in sorted(opening[place], key=lambda x: (-x.end, _RANK[x.kind], x.start)):
            stack.open(layer)
        if place < following:
            stack.add(text[place:following])
    stack.close(None)
    return stack.whole


class _Stack:
    """The open elements, outermost first."""

    def __init__(self) -> None:
        self.whole: list[Piece] = []
        self._open: list[tuple[Layer, bool, list[Piece]]] = []

    def add(self, piece: Piece) -> None:
        (self._open[-1][2] if self._open else self.whole).append(piece)

    def open(self, layer: Layer, first: bool = True) -> None:
        self._open.append((layer, first, []))

    def close(self, place: int | None) -> None:
        """Close what ends at ``place`` (everything at ``None``); what goes on beyond it is opened again."""
        ending = [i for i, (layer, _, _) in enumerate(self._open) if place is None or layer.end <= place]
        if not ending:
            return
        again = []
        while len(self._open) > ending[0]:
            layer, first, inside = self._open.pop()
            if inside:
                self.add(Marked(layer, first, tuple(inside)))
            if place is not None and layer.end > place:
                again.append((layer, first and not inside))
        for layer, first in reversed(again):
            self.open(layer, first)


def markup(pieces: Iterable[Piece]) -> Markup:
    """Return the pieces as HTML; a note's number is a link to its note."""
    return Markup("".join(_html(pieces)))  # noqa: S704 - every string in it is escaped or a constant


def _html(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            # A line of the file stays a line on the page, and its line end stays in the text.
            yield str(escape(piece)).replace("\n", "<br>\n")
        elif isinstance(piece, Note):
            n = piece.number
            yield f'<a class="ref" href="#n{n}" aria-label="Note {n}">{n}</a>'
        elif piece.layer.kind == "gap":
            yield str(GAP)
        elif piece.layer.kind != "cut":
            anchor = f' id="{escape(piece.layer.id)}"' if piece.layer.id and piece.first else ""
            yield f'<span class="l-{piece.layer.kind}"{anchor}>'
            yield from _html(piece.inside)
            yield "</span>"
