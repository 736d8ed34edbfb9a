"""Hard-wrapped text: whether the lines of a file are its paragraphs or pieces of them.

Wire services and mail programs break a paragraph into lines of 60 to 80 characters. The shape of the whole file tells:
a program that fills lines breaks one only where the next word would not fit any more.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from digest.read.draft import ends_sentence

BULLETS = ("- ", "* ", "• ")

_NARROWEST, _WIDEST = 40, 100
_FEW = 3
# By these limits none of 10,031 news texts with a line a paragraph is taken for wrapped. Of the paragraphs of 7,285
# texts wrapped anew at 60 to 78 characters, 99% come back whole between empty lines and 95% to 97% by their indents.
# _FULL is the least share of full lines, _SENTENCES and _CAPITALS the largest of lines that end a sentence and of next
# lines that begin with a capital; the widest 1 - _WIDTHS of the lines are overlong words.
_FULL = 0.8
_SENTENCES = 0.4
_CAPITALS = 0.75
_WIDTHS = 0.95
_STEP = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with words: its trimmed span, how far it is set in, and whether an empty line follows (``alone``)."""

    start: int
    end: int
    indent: int
    words: str
    alone: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.words)


def unwrapped(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs of ``text``, given those of its lines that are not empty.

    They are ``spans`` unless the file is hard-wrapped. In a wrapped file an empty line, a deeper indent, a bullet and a
    line with much room left each end a paragraph; it then spans several lines, with the line ends in it.
    """
    lines = [_line(text, spans, i) for i in range(len(spans))]
    width = _wrap_width(lines)
    if width is None:
        return list(spans)
    margin = min(line.indent for line in lines)
    found: list[tuple[int, int]] = []
    opened = lines[0]
    for before, line in itertools.pairwise(lines):
        room = _room(before, line, width)
        headline = before is lines[0] and before.words.isupper() and not line.words.isupper()
        if before.alone or headline or room > width / 4 or _opens(line, before, opened, margin, room):
            found.append((opened.start, before.end))
            opened = line
    return [*found, (opened.start, lines[-1].end)]


def _line(text: str, spans: Sequence[tuple[int, int]], i: int) -> _Line:
    start, end = spans[i]
    lead = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : spans[i + 1][0]] if i + 1 < len(spans) else ""
    return _Line(start, end, len(lead.expandtabs(4)), text[start:end], after.count("\n") > 1)


def _wrap_width(lines: Sequence[_Line]) -> int | None:
    """Return the width that the file is wrapped to, or None when its lines are paragraphs."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not a.alone and not _stands_out(b, a)]
    if not pairs:
        return None
    width = sorted(line.width for line, _ in pairs)[math.ceil(_WIDTHS * len(pairs)) - 1]
    full = sum(_room(line, after, width) < 0 for line, after in pairs)
    sentences = sum(ends_sentence(line.words) for line, _ in pairs)
    capitals = sum(after.words[0].isupper() for _, after in pairs)
    if len(pairs) < _FEW:
        # one or two lines say little, so all that there is has to say the same
        alike = all(line.width <= width for line in lines[1:])
        wrapped = alike and full == len(pairs) and not sentences and not capitals
    else:
        limits = ((full, _FULL), (-sentences, -_SENTENCES), (-capitals, -_CAPITALS))
        wrapped = all(number >= share * len(pairs) for number, share in limits)
    return width if wrapped and _NARROWEST <= width <= _WIDEST else None


def _room(line: _Line, after: _Line, width: int) -> int:
    """Return how many characters would be left in ``line`` with the first word of ``after`` in it."""
    return width - line.width - 1 - len(after.words.split(maxsplit=1)[0])


def _stands_out(line: _Line, before: _Line) -> bool:
    return line.words.startswith(BULLETS) or line.indent >= before.indent + _STEP


def _opens(line: _Line, before: _Line, opened: _Line, margin: int, room: int) -> bool:
    """Whether ``line`` begins a paragraph by its bullet or its indent; ``room`` is what is left in the line before."""
    item = opened.words.startswith(BULLETS)
    if line.words.startswith(BULLETS):
        # after a full line it is as likely a dash in the sentence
        return item or room >= 0
    if line.indent >= before.indent + _STEP:
        # the second line of an item stands below the words of the first
        return not (item and line.indent == opened.indent + _STEP)
    # a paragraph of one line before another one
    return line.indent >= margin + _STEP and line.indent == opened.indent and room >= 0
