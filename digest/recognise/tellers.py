"""The words that tell what somebody says, thinks or wants, verbs, nouns and adjectives, and who it is that tells."""

from __future__ import annotations

import functools

from msgspec import structs

from digest.language import Teller, Verb
from digest.recognise.cues import RELATIVE, Cue, cue_at, subject_of
from digest.recognise.passage import POSSESSIVE, Passage, once_at
from digest.recognise.phrases import Phrase, first_subject, oblique, phrase_before, phrase_from, speakable

BEFORE = "speaker and cue before it"
OWNER = "owner of a noun of saying"
OF_NOUN = "clause after a noun of saying"
_NONE: frozenset[str] = frozenset()
SHARED = "subject of the cue before it"
FIRST = "subject of the sentence"


def as_cue(p: Passage, cue: Cue | None, first: int, at: int) -> Cue:
    """Return the teller at unit ``at`` with its auxiliaries from ``first`` as a cue; ``cue`` is what it is already."""
    if cue is not None:
        return Cue(first, at, cue.end, cue.verb)
    return Cue(first, at, at + 1, _bare(p.low(at)))


@functools.cache
def _bare(word: str) -> Verb:
    """Return a word that tells, of which the language file lists a closed number, as a verb that governs nothing."""
    return Verb(word, frozenset())


# --- the word that tells ---------------------------------------------------------------------------------------------


@once_at
def teller_at(p: Passage, i: int) -> Teller | None:
    """Return the word at unit ``i`` as one that tells, in the reading that its neighbours leave; None for any other."""
    readings = p.language.tellers.get(p.lows[i])
    if readings is None or p.kinds[i] != "word" or p.units[i].start in p.names:
        return None
    if p.units[i].capital and i != p.sentence(i)[0] and p.block.kind != "title":
        return None
    noun = verb = adjective = None
    for reading in readings:
        if reading.form == "noun":
            noun = reading
        elif reading.form == "adjective":
            adjective = reading
        else:
            verb = reading
    if adjective is not None and (p.auxiliary(i - 1) or p.adverb(i - 1) or verb is None):
        return adjective
    if noun is not None and p.is_in(i - 1, "noun_verbs"):
        return noun
    determined = p.is_in(i - 1, "determiners") or p.is_in(i - 1, "possessives") or p.low(i - 1) in POSSESSIVE
    if determined or (p.is_in(i - 1, "prepositions") and not p.is_in(i - 1, "infinitive_markers")):
        return noun or (None if determined else verb)
    return verb or noun


def with_auxiliaries(p: Passage, i: int, begin: int) -> tuple[int, frozenset[str]]:
    """Return where the auxiliaries and adverbs before the word at ``i`` begin, and the auxiliaries."""
    first, found, auxiliaries = i, _NONE, p.sets["auxiliaries"]
    while first > begin:
        low = p.lows[first - 1]
        if low in auxiliaries:
            found |= {low}
        elif not p.adverb(first - 1):
            break
        first -= 1
    return first, found


def is_finite(p: Passage, teller: Teller, auxiliaries: frozenset[str]) -> bool:
    """Whether the word has a subject of its own: no noun, no "to say", no bare "saying"."""
    if teller.form == "noun" or auxiliaries & p.language.sets["infinitive_markers"]:
        return False
    return teller.form not in ("participle", "adjective") or bool(auxiliaries)


# --- who tells -------------------------------------------------------------------------------------------------------


def source_of(
    p: Passage, teller: Teller, i: int, first: int, begin: int, last: Phrase | None, *, finite: bool
) -> tuple[Phrase | None, str]:
    """Return who would be the source, and the name of the rule. ``last`` is the source of the cue before."""
    if teller.form == "noun":
        verb = noun_verb(p, i, begin)
        if verb is not None and (by := phrase_before(p, verb - 1, begin) or first_subject(p, begin, verb)) is not None:
            return by, OF_NOUN
        owner = _owner(p, i, begin)
        if owner is not None:
            return owner, OWNER
    elif finite:
        return _subject(p, i, first, begin, last)
    elif teller.form == "participle":
        cue = cue_at(p, i)
        if cue is not None and cue.begin < first:  # was quoted as saying
            return subject_of(p, cue, begin)
        near = phrase_before(p, i - 1, begin) if first == i and p.kind(i - 1) == "word" else None
        if near is not None and not oblique(p, near) and speakable(p, near):
            return near, BEFORE
    return (last, SHARED) if last is not None else (first_subject(p, begin, first), FIRST)


def _subject(p: Passage, i: int, first: int, begin: int, last: Phrase | None) -> tuple[Phrase | None, str]:
    """Return the subject of a finite teller; after a conjunction it is that of the cue before."""
    if last is not None and p.is_in(first - 1, "conjunctions"):
        return last, SHARED
    near = first - 1
    if near >= begin and (p.low(near) in p.language.pronouns or p.is_in(near, "first_person")):
        return Phrase(near, first, first, "pronoun"), BEFORE
    if near >= begin and p.is_in(near, "determiners") and not p.is_in(near, "relatives"):
        return Phrase(near, first, first, "nominal"), BEFORE  # some say, many fear
    found, rule = subject_of(p, as_cue(p, cue_at(p, i), first, i), begin)
    if rule == RELATIVE and found is not None and found.mention is not None:
        # annotators name the pronoun; whom it means is the name before it
        return Phrase(near, first, first, "pronoun", found.mention), rule
    if rule == FIRST and (own := _clause_subject(p, first, begin)) is not None:
        return own, BEFORE
    return found, rule


def _clause_subject(p: Passage, first: int, begin: int) -> Phrase | None:
    """Return the first phrase of the clause that a teller at ``first`` stands in: people briefed on the talks say."""
    start = first
    while start > begin and p.kind(start - 1) == "word" and not _opens_clause(p, start - 1):
        start -= 1
    while start < first:
        if p.is_in(start, "prepositions"):
            behind = phrase_from(p, start + 1, first)
            start = behind.end if behind is not None else start + 1
            continue
        inner = start + 2 if p.is_in(start, "determiners") and p.is_in(start + 1, "prepositions") else start
        phrase = phrase_from(p, inner, first)
        if phrase is not None:
            return phrase if inner == start else structs.replace(phrase, begin=start)
        start += 1
    return None


def _opens_clause(p: Passage, i: int) -> bool:
    return (p.is_in(i, "subordinators") and not p.is_in(i, "prepositions")) or p.is_in(i, "relatives")


def noun_verb(p: Passage, i: int, begin: int) -> int | None:
    """Return the verb whose object the noun at ``i`` is: repeated her claims that …"""
    return next((j for j in range(i - 1, max(begin, i - 5) - 1, -1) if p.is_in(j, "noun_verbs")), None)


def _owner(p: Passage, i: int, begin: int) -> Phrase | None:
    """Return whose noun stands at ``i``: the mayor's plan, his repeated promise."""
    j = i - 1
    while j > max(begin, i - 4) and p.kind(j) == "word" and not p.grammar(j) and p.low(j) not in POSSESSIVE:
        j -= 1
    if p.low(j) in POSSESSIVE:
        return phrase_before(p, j - 1, begin)
    return Phrase(j, j + 1, j + 1, "pronoun") if j >= begin and p.is_in(j, "possessives") else None
