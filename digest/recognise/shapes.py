"""What a unit is, as far as it and the language file tell: names of features that hold no article's word."""

from __future__ import annotations

from bisect import bisect_right

from digest.recognise.passage import POSSESSIVE, Passage, once

_STEPS = (0, 1, 2, 3, 4, 6, 9, 14, 22)


@once
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


@once
def clausal(p: Passage, start: int, end: int) -> str:
    """Return whether an auxiliary says that a clause begins at ``start``: "near", "far" or, without one, "plain"."""
    for j in range(start + 1, min(end, start + 14)):
        if p.kind(j) in ("comma", "stop"):
            break
        named = p.units[j].capital or p.low(j) in POSSESSIVE  # the IS, in May, the mayor's
        if p.auxiliary(j) and not named and not p.is_in(j, "infinitive_markers"):
            return "near" if j - start < 4 else "far"
    return "plain"


def step(n: int) -> int:
    """Return ``n`` on a scale of few steps."""
    return _STEPS[bisect_right(_STEPS, n) - 1] if n > 0 else 0
