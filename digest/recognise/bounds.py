"""Where told words may end, and what can be seen there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from digest.recognise.cues import cue_and_subject, subject_and_cue, verbless_at
from digest.recognise.passage import Passage, once_at
from digest.recognise.shapes import clausal, shape, step
from digest.weights import Part

_MOST = 15  # ends that are looked at behind one beginning; words are seldom told over more commas and conjunctions
_CLOSERS = "\"'”’“»«‘‹› "


class Reach(msgspec.Struct, frozen=True, gc=False):
    """Words that begin at unit ``begin``, of shape ``opens``, of a sentence that ends before ``end``; who tells them.

    ``form`` is the construction; ``lemma`` and ``group`` are those of the teller.
    """

    begin: int
    opens: str
    end: int
    form: str
    lemma: str
    group: str


def ends_from(p: Passage, start: int, end: int) -> tuple[int, ...]:
    """Return the units before which words that begin at ``start`` may end; the end of the sentence is the last."""
    found = _all_ends(p, end)
    first = bisect_right(found, start)
    return (*found[first : first + _MOST - 1], end)


@once_at
def _all_ends(p: Passage, end: int) -> tuple[int, ...]:
    """Return the units before which words may end in the sentence that ends at ``end``."""
    begin = p.sentence(end - 1)[0] + 1
    sets, units = p.language.sets, p.units
    joins, opens, links = sets["conjunctions"], sets["subordinators"], sets["prepositions"]
    found = []
    for k in range(begin, end):
        unit = units[k]
        if unit.kind == "word":
            before = units[k - 1].kind
            if before == "quote":
                found.append(k)
            elif before not in ("comma", "dash"):
                low = unit.low
                if low in joins or low in opens or low in links:
                    found.append(k)
        elif unit.kind in ("comma", "dash", "colon") or unit.low in ("(", ")"):
            found.append(k)
    return tuple(found)


def parts(p: Passage, reach: Reach, at: int, nth: int, *, more: bool) -> list[Part]:
    """Return what can be seen where the words would end before unit ``at``.

    ``nth`` is the number of the end among those possible; ``more`` tells that commas follow.
    """
    start, form = reach.begin, reach.form
    sign, behind = _sign(p, at, reach.end)
    out: list[Part] = [
        (_of_sign, sign, form, reach.lemma, reach.group),
        (_then, sign, behind),
        (_of_length, step(at - start), form, sign, min(nth, 4)),
        (_of_words, reach.opens, clausal(p, start, at), form, sign),
    ]
    if at < reach.end:
        out.append((_after, shape(p, at - 1), sign))
    if sign in ("comma", "dash", "and", "but"):
        out.append(_joint(p, at, reach.end, sign, more=more))
    if sign == "comma":
        out.append((_comma, behind, shape(p, at + 2), _soon(p, at, reach.end)))
    return out


def _of_sign(sign: str, form: str, lemma: str, group: str) -> Iterator[str]:
    yield sign
    yield f"{sign}, {form}"
    yield f"{lemma}, {sign}"
    yield f"{lemma}, {form}, {sign}"
    yield f"{group}, {sign}"


def _then(sign: str, behind: str) -> Iterator[str]:
    yield f"{sign}, then {behind}"


def _of_length(words: int, form: str, sign: str, nth: int) -> Iterator[str]:
    yield f"{words} words"
    yield f"{words} words, {form}"
    yield f"{words} words, {sign}"
    yield f"no. {nth}, {form}"


def _of_words(opens: str, clause: str, form: str, sign: str) -> Iterator[str]:
    yield f"begins {opens}, {form}, {sign}"
    yield f"{clause}, {form}, {sign}"


def _after(before: str, sign: str) -> Iterator[str]:
    yield f"after {before}"
    yield f"after {before}, {sign}"


def _sign(p: Passage, at: int, end: int) -> tuple[str, str]:
    """Return what stands at a possible end, and what behind it."""
    if at >= end:
        return "end", ""
    kind, low = p.kinds[at], p.lows[at]
    if kind != "word":
        return (low if low in (";", "(", ")") else kind), shape(p, at + 1)
    if p.kind(at - 1) == "quote":
        span = p.quotes[p.units[at - 1].quote]
        closed = p.text[span.start : span.outer_end].rstrip(_CLOSERS).endswith(",")
        return ("comma in the marks" if closed else "closing marks"), shape(p, at)
    return low, shape(p, at + 1)


def _joint(p: Passage, at: int, end: int, sign: str, *, more: bool) -> Part:
    """Return what follows a comma, a dash or a conjunction: another attribution, a list that goes on, a clause."""
    j = at + 1 + p.is_in(at + 1, "conjunctions")
    attributed = subject_and_cue(p, j) or cue_and_subject(p, j) or verbless_at(p, j, behind=True)
    teller = p.language.tellers.get(p.low(j))
    told = teller[0].form if teller else "-"
    return (_of_joint, sign, bool(attributed), told, more, min(end - at, 12) // 3, clausal(p, at, end))


def _of_joint(sign: str, attributed: bool, told: str, more: bool, left: int, clause: str) -> Iterator[str]:
    yield f"{sign}, {'attribution' if attributed else 'none'} behind"
    yield f"{sign}, teller {told}"
    yield f"{sign}, {'more' if more else 'last'}"
    yield f"{sign}, {left} left"
    yield f"{sign}, {clause} behind"


def _soon(p: Passage, at: int, end: int) -> str:
    """Return what stands a few units behind a comma, as far as a list goes: another comma or a conjunction."""
    conjunctions = p.language.sets["conjunctions"]
    for k in range(at + 1, min(at + 7, end)):
        unit = p.units[k]
        if unit.kind == "comma":
            return "another soon"
        if unit.low in conjunctions:
            return f"conjunction after {min(k - at, 4)}"
    return ""


def _comma(behind: str, then: str, soon: str) -> Iterator[str]:
    yield f"comma, {behind} {then}"
    if soon:
        yield f"comma, {soon}"
