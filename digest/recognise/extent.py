"""The whole source of an attribution: the noun phrase that speaks with what is said about it beside it.

Annotators of attribution take the full phrase for the source (Pareti 2015, PolNeAR): apposition, age, relative clause
and place included ("Anna Vask, a spokeswoman for the port", "Vask, who chairs the council"). The name in it is kept
apart, for a name inside an apposition does not speak.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import SourceLabel, Span
from digest.recognise.cues import Attribution, cue_at
from digest.recognise.passage import Passage
from digest.recognise.phrases import Phrase, phrase_from, speakable
from digest.recognise.together import joined, together

_LONGEST = 60  # units of an apposition; the longest of 4,500 annotated sources has 52


@dataclass(frozen=True, slots=True)
class Whole:
    """A source in full: units ``begin..end``; ``name`` are the offsets of the name that speaks, None without one.

    ``others`` are the offsets of those who speak together with it.
    """

    begin: int
    end: int
    label: SourceLabel
    name: Span | None
    others: tuple[Span, ...] = ()


def whole(p: Passage, by: Attribution) -> Whole | None:
    """Return the source of an attribution with its apposition, None when it has no source."""
    source = by.source
    if source is None:
        return None
    if source.label == "pronoun":
        return Whole(source.begin, source.end, "pronoun", _meant(source))
    several = together(p, source, by.cue)
    first, source = several[0], several[-1]
    limit = _limit(p, by, source)
    end = _up_to_cue(p, source.end, by.cue[0]) if by.cue is not None and by.cue[0] > source.end else -1
    if end < 0:
        start = _attached(p, source.end, limit) if source.label == "nominal" else source.end
        end = _behind(p, start, limit)
    begin, label, name = first.begin, first.label, _name(p, first)
    if first is source and name is None and (after := _named_behind(p, source, end)) is not None:
        end = max(end, after.end)
        several = tuple(each for each in joined(p, after) if each.end <= end)
        label, name = "name", _name(p, after)
    others = tuple(place for each in several[1:] if (place := _name(p, each)) is not None)
    return Whole(begin, max(end, source.end), label, name, others)


def _meant(source: Phrase) -> Span | None:
    """Return the name that a relative pronoun means: Vask, who said …"""
    return Span(source.mention.start, source.mention.end) if source.mention is not None else None


def _name(p: Passage, source: Phrase) -> Span | None:
    if source.label != "name":
        return None
    if source.mention is not None:
        return Span(source.mention.start, source.mention.end)
    return Span(p.units[source.begin].start, p.units[source.head - 1].end)


def _named_behind(p: Passage, source: Phrase, end: int) -> Phrase | None:
    """Return the name in apposition to a nominal, or behind a document: a letter signed by Mara Vask."""
    if f"{p.low(source.end)} {p.low(source.end + 1)}" in p.language.sets["signed_by"]:
        signer = phrase_from(p, source.end + 2)
        return signer if signer is not None and signer.label == "name" and signer.mention is not None else None
    if p.kind(source.end) != "comma" or source.end + 1 >= end or not speakable(p, source):
        return None
    name = phrase_from(p, source.end + 1, end)
    if name is None or name.label != "name" or name.mention is None or name.mention.type != "person":
        return None
    return name


def _limit(p: Passage, by: Attribution, source: Phrase) -> int:
    """Return the unit at which the sentence of the source ends, or the words that it says begin."""
    end = p.sentence(source.begin)[1]
    if by.begin is not None and by.begin >= source.end:
        end = min(end, by.begin)
    behind = by.cue is not None and by.cue[0] < source.begin and by.begin is None
    for i in range(source.end, end):
        title = p.kind(i) == "quote" and behind and p.kind(i - 1) == "word"  # the author of "The Long Tide"
        if (p.kind(i) in ("quote", "colon") and not title) or p.low(i) == ";":
            end = i
            break
    return end - (p.kind(end - 1) == "stop")


def _up_to_cue(p: Passage, begin: int, cue: int) -> int:
    """Return the end of the aside that fills the place between a source and its cue, -1 when something else does."""
    if cue - begin > _LONGEST:
        return -1
    end = cue
    while end > begin and (p.adverb(end - 1) or p.auxiliary(end - 1)):
        end -= 1
    if end == begin:
        return begin
    if not (p.kind(begin) in ("comma", "dash") or p.low(begin) == "(" or _relative(p, begin)):
        return -1
    return end - 1 if p.kind(end - 1) in ("comma", "dash") else end if p.low(end - 1) == ")" else -1


def _behind(p: Passage, begin: int, limit: int) -> int:
    """Return the end of the apposition that follows a source."""
    end = i = begin
    limit = min(limit, begin + _LONGEST)
    if (_relative(p, i) and not _speaks_again(p, i)) or _comes_from(p, i):
        end = i = _chunk(p, i + 1, limit)
    elif p.low(i) == "(":
        close = next((j for j in range(i, limit) if p.low(j) == ")"), -1)
        if close > 0:
            end = i = close + 1
    while i < limit and p.kind(i) == "comma":
        aged = p.low(i - 1).isdigit() and _comes_from(p, i + 1)  # Lena Vask, 34, of Kestrel
        if not aged and not _apposes(p, i + 1, limit):
            break
        end = i = _chunk(p, i + 1, limit)
    return end


def _attached(p: Passage, i: int, limit: int) -> int:
    """Return the end of what is attached to a noun: "a report for the port", "one member familiar with the talks"."""
    while i < limit and p.kind(i) == "word" and not _tells_where(p, i):
        j = i
        if _describes_after(p, j):
            j += 1
        if not p.is_in(j, "prepositions") or (j == i and not p.is_in(j, "role_links")):
            break
        phrase = phrase_from(p, j + 1, limit)
        if phrase is None or _tells_where(p, j):
            break
        i = phrase.end
    return i


def _describes_after(p: Passage, i: int) -> bool:
    """Whether an adjective or a participle stands behind its noun, before a preposition: familiar with, based in."""
    if p.kind(i) != "word" or p.units[i].capital or p.grammar(i) or p.adverb(i) or not p.is_in(i + 1, "prepositions"):
        return False
    return cue_at(p, i) is None


def _relative(p: Passage, i: int) -> bool:
    """Whether a relative clause begins at ``i`` that belongs to the source.

    German annotators leave it out, and where it begins most words are articles as well: warfen die Fischer den …
    """
    return p.is_in(i, "relatives") and not p.language.raw.comma_before_clause


def _comes_from(p: Passage, i: int) -> bool:
    """Whether a place or an institution follows a name: Ilse Brandow of Kestrel."""
    return p.is_in(i, "origin_prepositions") and p.units[i + 1 : i + 2] != () and p.units[i + 1].capital


def _apposes(p: Passage, i: int, limit: int) -> bool:
    """Whether an apposition begins at ``i``: an age, a relative clause, a phrase that nothing makes a clause."""
    if i >= limit or p.kind(i) != "word":
        return False
    if p.low(i).isdigit():
        return True
    if _relative(p, i):
        return not _speaks_again(p, i)
    k = i
    while p.adverb(k):
        k += 1
    phrase = phrase_from(p, k, limit)
    if phrase is None or phrase.label == "pronoun" or not _tells(p, i):
        return False
    if p.language.raw.comma_before_clause:
        named = phrase.label == "name" or all(p.units[k].capital for k in range(i, min(i + 2, limit)))
        return _role(p, phrase) or (named and p.kind(phrase.end) != "word")
    return cue_at(p, phrase.end) is None and (p.is_in(phrase.end, "prepositions") or not p.auxiliary(phrase.end))


def _role(p: Passage, phrase: Phrase) -> bool:
    """Whether a phrase behind a comma says what somebody is, and no clause begins with it: sagte er, der Wirt habe …"""
    roles = (p.language.roles.get(p.low(k)) for k in range(phrase.begin, phrase.head))
    goes_on = p.kind(phrase.end) == "word" and not p.is_in(phrase.end, "prepositions")
    return "person" in roles and not goes_on


def _speaks_again(p: Passage, i: int) -> bool:
    """Whether a relative clause reports more words instead of saying who somebody is: Vask, who added that …"""
    k = i + 1
    while p.adverb(k) or p.auxiliary(k):
        k += 1
    cue = cue_at(p, k)
    return cue is not None and bool(cue.verb.frames & {"that", "clause"})


def _tells(p: Passage, i: int) -> bool:
    """Whether a phrase can say who somebody is: it has an article or an owner, a role, or begins with a name."""
    if any(p.is_in(i, key) for key in ("determiners", "possessives")) or p.units[i].capital:
        return True
    ahead = range(i, min(i + 8, len(p.units)))
    end = next((k for k in ahead if p.kind(k) != "word" or p.is_in(k, "prepositions")), ahead.stop)
    return any(p.person_noun(k) for k in range(i, end))  # research and policy director of the port


def _chunk(p: Passage, i: int, limit: int) -> int:
    """Return the next unit that ends a piece of the apposition: at a comma, or where it tells when or through whom."""
    while i < limit and p.kind(i) not in ("comma", "dash") and not _tells_where(p, i):
        i += 1
    return i


def _tells_where(p: Passage, i: int) -> bool:
    """Whether words begin at ``i`` that belong to the saying: on Radio Coast, in an interview, on Monday."""
    if not p.is_in(i, "prepositions"):
        return False
    k = i + 1
    while p.is_in(k, "determiners"):
        k += 1
    name = p.names.get(p.units[k].start) if k < len(p.units) else None
    outlet = name is not None and name.type == "media" and p.is_in(i, "via_prepositions")
    return outlet or p.is_in(k, "calendar") or p.is_in(k, "occasion_words")
