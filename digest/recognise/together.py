"""Several who speak at once: "Brask and Vennor said", "sagten Brask, Pell und Vennor".

A phrase of ``phrases`` ends at "and"; here it is followed over "and" and over the commas of a list, for as long as
names or people come. A comma before "and" ends a clause as often as a list, and a verb behind the last name says that
a new clause began ("said Brask and Vennor nodded"): then the one phrase stands.
"""

from __future__ import annotations

from digest.recognise.passage import Passage
from digest.recognise.phrases import Phrase, oblique, phrase_before, phrase_from, speakable

_MOST = 8  # who signs a letter by name in a sentence; beyond, it is a list of something else


def together(p: Passage, source: Phrase, cue: tuple[int, int] | None) -> tuple[Phrase, ...]:
    """Return the phrases that speak together with ``source``, itself among them, in the order of the text."""
    after = joined(p, source)
    ahead = _joined_before(p, source, p.sentence(source.begin)[0])
    verbless = cue is not None and p.low(cue[0]) in p.language.openers  # "laut Brask und Vennor ist …"
    behind = cue if cue is not None and cue[0] >= source.end else None
    if len(after) > 1 and not verbless and not _closes(p, after[-1].end, behind):
        after = (source,)
    return (*ahead[:-1], *after)


def joined(p: Passage, first: Phrase) -> tuple[Phrase, ...]:
    """Return ``first`` with the phrases that are joined to it behind, whatever follows these."""
    found = [first]
    commas = 0
    while _conjunct(p, found[-1]) and len(found) < _MOST:
        i = found[-1].end
        comma = p.kind(i) == "comma"
        last = p.is_in(i + comma, "joins")
        nth = phrase_from(p, i + comma + last) if comma or last else None
        if nth is None or not _conjunct(p, nth) or (comma and last and not commas):
            return (first,)
        if not _alike(p, found[-1], nth, comma=comma or commas > 0):
            return (first,)
        commas += comma
        found.append(nth)
        if last:
            return tuple(found)
    return (first,)


def _joined_before(p: Passage, last: Phrase, begin: int) -> tuple[Phrase, ...]:
    """Return ``last`` with the phrases that are joined to it before, down to unit ``begin``."""
    i = last.begin - 1
    if not p.is_in(i, "joins") or not _conjunct(p, last):
        return (last,)
    comma = p.kind(i - 1) == "comma"
    i -= 1 + comma
    found = [last]
    while i >= begin and len(found) < _MOST:
        nth = phrase_before(p, i, begin)
        if nth is None or nth.end != i + 1 or not _conjunct(p, nth):
            break
        if not _alike(p, nth, found[-1], comma=comma or len(found) > 1):
            break
        found.append(nth)
        i = nth.begin - 1
        if p.kind(i) != "comma":
            break
        i -= 1
    first = found[-1]
    return tuple(reversed(found)) if len(found) > 1 + comma and _opens(p, first, begin) else (last,)


def _conjunct(p: Passage, phrase: Phrase) -> bool:
    """Whether a phrase can be one of several speakers: a name with a role at most, or a short phrase for people."""
    if phrase.label == "pronoun" or not speakable(p, phrase):
        return False
    if phrase.mention is not None:
        ahead = range(phrase.begin, p.after(phrase.mention.start))
        return all(
            p.units[i].capital or p.person_noun(i) or p.is_in(i, "determiners") or p.is_in(i, "possessives")
            for i in ahead
        )
    return phrase.head - phrase.begin <= 4 and p.is_in(phrase.begin, "determiners")


def _alike(p: Passage, one: Phrase, other: Phrase, *, comma: bool) -> bool:
    """Whether two phrases can be members of one list.

    Behind a comma only names can, for anything else says who the name before it is ("Vask, the mayor and a pilot"); and
    what shares the article of a single word is one name with it ("the Science and Technology Directorate").
    """
    if comma and not one.label == other.label == "name":
        return False
    word = one.mention is not None and one.head - one.begin == 2 and p.is_in(one.begin, "determiners")
    return not (word and other.mention is not None and not p.is_in(other.begin, "determiners"))


def _opens(p: Passage, first: Phrase, begin: int) -> bool:
    """Whether the first of several begins its clause: no verb has them for its objects, no preposition."""
    i = first.begin - 1
    if oblique(p, first) or (p.kind(i) == "comma" and _lists(p, first, i - 1)):
        return False
    if i < begin or p.kind(i) in ("comma", "colon", "dash", "quote", "stop"):
        return True
    return p.is_in(i, "complementizers") or p.is_in(i, "conjunctions") or p.adverb(i)


def _lists(p: Passage, first: Phrase, i: int) -> bool:
    """Whether the name at unit ``i`` before a comma goes on in those behind it: voters in Alba, Corve and Dunmark."""
    if i < 0 or first.mention is None or first.mention.type == "person":
        return False
    return p.units[i].capital and not p.is_in(i, "calendar")


def _closes(p: Passage, i: int, cue: tuple[int, int] | None) -> bool:
    """Whether the last of several ends at ``i``: their cue follows, or where it stood before, no verb of its own."""
    while p.adverb(i) or (cue is not None and p.auxiliary(i)):
        i += 1
    if cue is not None:
        return p.kind(i) == "comma" or i >= cue[0]
    return p.kind(i) != "word" or p.is_in(i, "prepositions") or p.is_in(i, "calendar") or p.is_in(i, "relatives")
