"""What may stand between a verb and the subject behind it: reflexives, times, places, the one spoken to.

Where the verb stands second (German, Dutch), its subject follows it as soon as anything else opens the sentence, and
whatever is short or known goes before it: sagte ihm am Montag in Holmwick die Bürgermeisterin (Höhle 1986, the middle
field between the two parts of the predicate).
"""

from __future__ import annotations

from digest.recognise.passage import Passage
from digest.recognise.phrases import dependent, phrase_from

_PIECES = 5  # adverbs, a time, a place, an occasion and the one spoken to: more never stood before a subject


def over_time(p: Passage, i: int) -> int:
    """Return the unit behind a date or a day that begins at ``i``: on Tuesday, last week, am 3. März."""
    low = p.low(i)
    if not (p.is_in(i, "prepositions") or p.is_in(i, "calendar") or low.isdigit() or low == "." or p.adverb(i)):
        return i  # most places
    j, seen = i, False
    while j < min(i + 6, len(p.units)) and (
        p.is_in(j, "calendar")
        or p.low(j).isdigit()
        or p.adverb(j)
        or (not seen and p.is_in(j, "prepositions"))
        or (p.low(j) == "." and p.low(j - 1).isdigit())
    ):
        seen = seen or p.is_in(j, "calendar")
        j += 1
    return j if seen else i


def over_middle(p: Passage, i: int) -> int:
    """Return the unit behind what precedes the subject of a verb before ``i``, ``i`` itself where nothing does."""
    for _ in range(_PIECES):
        j = _over_piece(p, i)
        if j == i:
            break
        i = j
    return i


def _over_piece(p: Passage, i: int) -> int:
    """Return the unit behind one piece of the middle field: small words and a time, an object, or a place."""
    j = i
    while p.adverb(j) or (p.auxiliary(j) and not p.units[j].capital):
        j += 1
    j = over_time(p, j)
    if j > i:
        return j
    object_ = phrase_from(p, i) if dependent(p, i) else None
    place = phrase_from(p, i + 1) if p.is_in(i, "prepositions") else None
    found = object_ or place
    return found.end if found is not None else i
