"""Quotation marks to quoted spans, damaged ones included.

A mark is read by its sign where the sign is one-sided, else by the white space around it. What cannot be paired is
repaired where the text says how (a cue follows, the paragraph is reopened) and the repair is recorded as a flaw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.recognise.tokens import MARKS, Token

Side = Literal["open", "close", "either"]

NO_OPENING = "no opening quotation mark"
NO_CLOSING = "no closing quotation mark"
MISPLACED = "opening quotation mark set against the word before it"

_LOW = frozenset("„‟‚") | {",,"}
_POINTED = {"«": "»", "»": "«"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span inside marks. ``start..end`` is without the marks, ``outer_start..outer_end`` with them.

    ``continues`` is True when the paragraph ends inside the quotation and the next one reopens it.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    flaws: tuple[str, ...] = ()
    continues: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    index: int
    start: int
    end: int
    side: Side
    single: bool


def quoted(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Quoted]:
    """Return the outermost quoted spans of the block ``text[start:end]``, in order. Linear in the number of marks."""
    marks = [m for i, t in enumerate(tokens) if t.kind == "mark" and (m := _mark(text, start, end, i, t))]
    double = [m for m in marks if not m.single]
    spans = _pair(double, text, start, end)
    singles = [
        m for m in marks if m.single and not any(s.outer_start <= m.start < s.outer_end for s in _near(spans, m.start))
    ]
    if singles:
        paired = _pair_single(_without_plurals(singles, text), text, start, end)
        spans = sorted([*spans, *paired], key=lambda s: s.start)
        spans = [s for s in spans[:-1] if not (s.single and s.continues)] + spans[-1:]
    return [
        Quoted(a, b, s.outer_start, s.outer_end, s.flaws, s.continues, s.single)
        for s in spans
        if (a := _skip(text, s.start, s.end)) < (b := trimmed(text, a, s.end))
    ]


def _mark(text: str, start: int, end: int, index: int, token: Token) -> _Mark | None:
    """Classify a mark token; None for an apostrophe."""
    left = text[token.start - 1] if token.start > start else " "
    right = text[token.end] if token.end < end else " "
    single = token.text in ("'", "‘", "’", "‚", "‹", "›")
    if token.text in ("'", "’") and left.isalnum() and right.isalnum():
        return None
    free_left, free_right = _free(left, before=True), _free(right, before=False)
    if token.text in ("'", "’") and not free_left and not free_right:
        return None
    if token.text == "'" and left.isdigit() and not right.isalnum():
        return None
    if token.text == "’" and free_left and right.isalnum():
        return None  # it begins a word that lost its first letters: the ’90s, rock ’n’ roll
    side: Side
    if token.text in _LOW or token.text == "``" or (free_left and not free_right):
        side = "open"
    elif free_right and not free_left:
        side = "close"
    elif token.text in ("“", "‘"):
        side = "close" if not free_left and right in MARKS else "open"
    elif token.text in ("”", "’"):
        side = "close"
    else:
        side = "either"
    return _Mark(index, token.start, token.end, side, single)


def _free(char: str, *, before: bool) -> bool:
    """Whether a mark beside ``char`` stands free on that side."""
    return char.isspace() or char in ("([{—–-/\"'“‘„«»:" if before else ")]}—–/,.;:!?…")


def _pair(marks: list[_Mark], text: str, start: int, end: int) -> list[Quoted]:
    """Pair double marks left to right; a state machine with one open span, inner pairs swallowed by depth."""
    spans: list[Quoted] = []
    opened: _Mark | None = None
    flaws: tuple[str, ...] = ()
    depth = 0
    last = {text[m.start : m.end]: m.start for m in marks}
    for n, mark in enumerate(marks):
        if opened is None:
            if mark.side != "close":
                opened, flaws, depth = mark, (), 0
            elif _opens_misplaced(marks, n, text):
                opened, flaws, depth = mark, (MISPLACED,), 0
            elif _ends_speech(text, mark):
                begin = spans[-1].outer_end if spans else start
                first = _sentence_start(text, begin, mark.start)
                spans.append(Quoted(first, mark.start, first, mark.end, (NO_OPENING,)))
        elif mark.side == "open" and _nests(text, opened, mark, last):
            depth += 1
        elif mark.side == "open" and not _closes_low(text, opened, mark):
            # a new opening mark while one is open: the earlier one was never closed
            spans.append(_unclosed(text, opened, mark.start, flaws))
            opened, flaws, depth = mark, (), 0
        elif depth:
            depth -= 1
        else:
            spans.append(Quoted(opened.end, mark.start, opened.start, mark.end, flaws))
            opened = None
    if opened is not None:
        spans.append(Quoted(opened.end, end, opened.start, end, flaws, continues=True))
    return spans


def _pair_single(marks: list[_Mark], text: str, start: int, end: int) -> list[Quoted]:
    """Pair single marks; one that opens a sentence and is never closed may go on in the next paragraph, if any does."""
    spans: list[Quoted] = []
    opened: _Mark | None = None
    for mark in marks:
        if opened is None:
            if mark.side == "open":
                opened = mark
        elif mark.side == "close" or _closes_low(text, opened, mark):
            spans.append(Quoted(opened.end, mark.start, opened.start, mark.end, single=True))
            opened = None
    if opened is not None and _begins_sentence(text, start, opened):
        spans.append(Quoted(opened.end, end, opened.start, end, continues=True, single=True))
    return spans


def _begins_sentence(text: str, start: int, mark: _Mark) -> bool:
    before = text[max(start, mark.start - 2) : mark.start].rstrip()
    return text[mark.end : mark.end + 1].isupper() and (not before or before[-1] in ".!?…:")


def _without_plurals(marks: list[_Mark], text: str) -> list[_Mark]:
    """Leave out what closes nothing though it looks so: an apostrophe behind a plural, before the mark that closes.

    ‘The divers’ lamps went out,’ said Emil: behind "divers" the sentence goes on, and a mark with punctuation follows.
    """
    kept, closed_later = [], False
    for mark in reversed(marks):
        if closed_later and mark.side == "close" and _may_be_plural(text, mark):
            continue
        closed_later = mark.side == "close" and text[mark.start - 1] in ",.!?…"
        kept.append(mark)
    return kept[::-1]


def _may_be_plural(text: str, mark: _Mark) -> bool:
    after = text[mark.end : mark.end + 2]
    return text[mark.start - 1] == "s" and after.startswith(" ") and after[1:].islower()


def _nests(text: str, opened: _Mark, mark: _Mark, last: Mapping[str, int]) -> bool:
    """Whether an opening mark inside an open span opens an inner one: only signs of another shape do.

    ``last`` tells where each sign stands for the last time: inside pointed marks others nest if the outer ones close.
    """
    outer, inner = text[opened.start : opened.end], text[mark.start : mark.end]
    if outer in _POINTED and inner not in _POINTED:
        return last.get(_POINTED[outer], 0) > mark.start
    return outer != inner and inner in _LOW | {"«", "»", "‹", "›"}


def _closes_low(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Whether a mark that may open closes a low one: „Küstenbote“-Reporter; it stands against the word before it."""
    low, sign = text[opened.start : opened.end] in _LOW, text[mark.start : mark.end]
    return low and sign in ("“", "‘") and not text[mark.start - 1].isspace()


def _opens_misplaced(marks: list[_Mark], n: int, text: str) -> bool:
    """Whether a mark that looks like a closing one opens: it follows a stop or a colon, and a closing one comes."""
    mark = marks[n]
    if n + 1 >= len(marks) or marks[n + 1].side == "open":
        return False
    before, after = text[max(0, mark.start - 1) : mark.start], text[mark.end : mark.end + 2]
    stops = before == ":" or (n > 0 and before in (".", "!", "?", ","))  # nothing that was said ends in a colon
    return stops and after[:1] == " " and after[1:2].isupper()


def _ends_speech(text: str, mark: _Mark) -> bool:
    """Whether an unpaired closing mark ends a quotation that lost its opening mark: punctuation, then words go on."""
    before, after = text[max(0, mark.start - 1) : mark.start], text[mark.end : mark.end + 1]
    if before in (",", ".", "!", "?", "…"):
        return after in ("", " ", "\n", ",", "\u00a0")
    return before.isalnum() and after == ","  # where the comma stands behind the mark


def _sentence_start(text: str, begin: int, end: int) -> int:
    """Return where the quotation without its opening mark begins: at the first sentence after ``begin``."""
    cut = begin
    if begin and text[begin - 1 : begin] not in ("\n", ""):
        stop = min((p for p in (text.find(s, begin, end) for s in (". ", "! ", "? ")) if p >= 0), default=-1)
        cut = stop + 2 if stop >= 0 else begin
    return cut


def _unclosed(text: str, opened: _Mark, limit: int, flaws: tuple[str, ...]) -> Quoted:
    """Close a span that a second opening mark interrupts: at the last sentence end before it."""
    stop = max(text.rfind(s, opened.end, limit) for s in (". ", "! ", "? ", ", "))
    cut = stop + 1 if stop > opened.end else limit
    return Quoted(opened.end, cut, opened.start, cut, (*flaws, NO_CLOSING))


def _near(spans: list[Quoted], start: int) -> list[Quoted]:
    """Return the spans that could hold ``start`` (spans are in order, so a bisection finds them)."""
    low, high = 0, len(spans)
    while low < high:
        mid = (low + high) // 2
        if spans[mid].outer_end <= start:
            low = mid + 1
        else:
            high = mid
    return spans[low : low + 1]


def _skip(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace()):
        start += 1
    return start


def trimmed(text: str, start: int, end: int) -> int:
    """Trim white space and the closing comma or full stop that typesetting puts inside the marks."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;"):
        end -= 1
    return end
