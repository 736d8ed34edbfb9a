"""Which found quotation is which marked one: units of text, paired by their overlap."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from digest.measure.quotes import Quote
from digest.model import Span

Counted = Literal["direct", "quoted", "reported"]
"""What is counted: ``direct`` quotations; all that is ``quoted``, so those and the quoted parts of mixed ones; or what
is ``reported``, mixed and indirect, as whole spans."""

EXACT, CLOSE, LOOSE = 1.0, 0.8, 0.5
"""How much two spans must overlap to be the same: intersection over union. Reported speech has no marks that would say
where it ends, and its annotators differ over conjunctions and tails; hence LOOSE."""

# A quotation that goes on in the next paragraph is reopened there, and one may follow another without a word between:
# annotators and programs cut there as they like, so both are cut everywhere.
_JOINT = re.compile(r"[\r\n]+|[\"”“»«]\s+[\"“„«»]|''\s+''")
# How far a found unit may reach beyond reported words that are left out: its marks may belong to them.
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that is compared as a whole, without marks and white space at its ends, and its quotation."""

    start: int
    end: int
    quote: Quote


def units(text: str, quotes: Iterable[Quote], counted: Counted) -> list[Unit]:
    """Return the units of ``quotes`` that are counted, in text order, each span once.

    What is quoted is cut at line ends and where one quotation closes and the next one opens.
    """
    made: dict[tuple[int, int], Unit] = {}
    for quote in quotes:
        for piece in _counted(quote, counted):
            for start, end in _cut(text, piece) if counted != "reported" else [tight(text, piece.start, piece.end)]:
                if start < end:
                    made.setdefault((start, end), Unit(start, end, quote))
    return [made[span] for span in sorted(made)]


def alike(text: str, quotes: Iterable[Quote], unit: Unit, counted: Counted) -> list[Quote]:
    """Return all of ``quotes`` that have ``unit`` among their own units: people may mark the same words twice."""
    near = (q for q in quotes if q.start < unit.end and unit.start < q.end)
    return [q for q in near if any((u.start, u.end) == (unit.start, unit.end) for u in units(text, [q], counted))]


def found_units(text: str, quotes: Iterable[Quote], counted: Counted) -> list[Unit]:
    """Return the units of what was found; quoted parts of mixed quotations are shown in marks and so are counted."""
    return units(text, quotes, "reported" if counted == "reported" else "quoted")


def left_out(quotes: Iterable[Quote], counted: Counted) -> list[Span]:
    """Return the marked content in which a found unit is neither right nor wrong, in text order.

    It is reported speech while quotations are counted: people marked it as a whole, whatever stands in marks there.
    """
    kinds = {"direct": ("mixed", "indirect"), "quoted": ("indirect",), "reported": ()}[counted]
    return sorted((q.whole for q in quotes if q.kind in kinds), key=lambda span: (span.start, span.end))


def inside(found: Sequence[Unit], spans: Sequence[Span]) -> list[bool]:
    """Return for each of ``found`` whether it lies in one of ``spans``; both are in text order."""
    starts = [span.start for span in spans]
    reach = list(accumulate((span.end for span in spans), max))
    before = [bisect_left(starts, unit.start + _MARGIN + 1) for unit in found]
    return [n > 0 and unit.end <= reach[n - 1] + _MARGIN for unit, n in zip(found, before, strict=True)]


def pairs(gold: Sequence[Unit], found: Sequence[Unit], least: float) -> list[tuple[int, int]]:
    """Return which units are the same, as positions in ``gold`` and ``found``, each at most once, in text order.

    Both are in text order. Two units can be the same when their intersection is at least ``least`` of their union; the
    best pairs are taken first.
    """
    ranked = sorted((-overlap(gold[i], found[j]), i, j) for i, j in _touching(gold, found))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for share, i, j in ranked:
        if -share >= least and i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return sorted(taken.items())


def overlap(a: Unit | Span, b: Unit | Span) -> float:
    """Return the intersection of two spans over their union, 0 to 1."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return common / (max(a.end, b.end) - min(a.start, b.start)) if common > 0 else 0.0


def tight(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without quotation marks, other punctuation and white space at its ends."""
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return start, end


def _is_edge(sign: str) -> bool:
    # punctuation, separators and controls; of the symbols only accents, which stand for quotation marks
    category = unicodedata.category(sign)
    return category[0] in "PZC" or category == "Sk"


def _counted(quote: Quote, counted: Counted) -> Sequence[Span]:
    if counted == "reported":
        return [quote.whole] if quote.kind in ("mixed", "indirect") else []
    if quote.kind == "direct":
        return quote.parts or [quote.whole]
    return quote.parts if quote.kind == "mixed" and counted == "quoted" else []


def _cut(text: str, span: Span) -> Iterator[tuple[int, int]]:
    at = span.start
    for joint in _JOINT.finditer(text, span.start, span.end):
        yield tight(text, at, joint.start())
        at = joint.end()
    yield tight(text, at, span.end)


def _touching(gold: Sequence[Unit], found: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of units that share text; found ones that end before a gold one are not looked at again."""
    reach = list(accumulate((unit.end for unit in found), max))
    first = 0
    for i, unit in enumerate(gold):
        while first < len(found) and reach[first] <= unit.start:
            first += 1
        for j in range(first, len(found)):
            if found[j].start >= unit.end:
                break
            if found[j].end > unit.start:
                yield i, j
