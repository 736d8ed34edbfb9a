"""What a unit is, as far as it and the language file tell: names of features that hold no article's word."""

from __future__ import annotations

from bisect import bisect_right

from digest.recognise.passage import POSSESSIVE, Passage, once_at

_REACH = 14  # units behind the first word of a clause in which its auxiliary stands
_NEAR = 4
_STEPS = (0, 1, 2, 3, 4, 6, 9, 14, 22)


@once_at
def shape(p: Passage, i: int) -> str:
    """Return a word of grammar as it is, and of any other unit its kind: name, capital, word, adverb, number, comma."""
    kind = p.kind(i)
    if kind != "word":
        return kind
    low = p.low(i)
    if p.grammar(i) or p.is_in(i, "prepositions"):
        return low
    if p.units[i].start in p.names or p.units[i].end in p.name_ends:
        return "(name)"
    if low[0].isdigit():
        return "(number)"
    if p.adverb(i):
        return "(adverb)"
    readings = p.language.tellers.get(low)
    if readings is not None:
        return f"({readings[0].form})"
    if low.endswith(p.language.raw.gerund_endings):
        return "(gerund)"
    return "(capital)" if p.units[i].capital else "(word)"


def clausal(p: Passage, start: int, end: int) -> str:
    """Return whether an auxiliary says that a clause begins at ``start``: "near", "far" or, without one, "plain"."""
    at = _auxiliary_behind(p, start)
    return "plain" if at >= end else "near" if at - start < _NEAR else "far"


@once_at
def _auxiliary_behind(p: Passage, start: int) -> int:
    """Return the auxiliary behind ``start``, before any comma or full stop; where there is none, a unit far behind."""
    words, links, units = p.language.sets["auxiliaries"], p.language.sets["infinitive_markers"], p.units
    for j in range(start + 1, min(len(units), start + _REACH)):
        unit = units[j]
        if unit.kind in ("comma", "stop"):
            break
        # the IS, in May, the mayor's
        if unit.low in words and not unit.capital and unit.low not in POSSESSIVE and unit.low not in links:
            return j
    return len(units) + _REACH


def step(n: int) -> int:
    """Return ``n`` on a scale of few steps."""
    return _STEPS[bisect_right(_STEPS, n) - 1] if n > 0 else 0
