"""Cues: verbs of saying with their subjects, and the words that attribute without a verb ("according to").

The rules of ``attribution`` and ``reported`` are made of these.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from digest.language import Language, Verb
from digest.recognise.middle import over_middle, over_time
from digest.recognise.passage import POSSESSIVE, Passage, once, once_at
from digest.recognise.phrases import (
    Phrase,
    first_subject,
    may_speak,
    oblique,
    phrase_before,
    phrase_from,
    speakable,
)
from digest.recognise.together import joined

RELATIVE = "speaker before a relative clause"
_LONGEST_ASIDE = 40  # units between the commas of an apposition; the ranking weighs what a long one proposes


class Cue(msgspec.Struct, frozen=True, gc=False):
    """A verb of saying at unit ``at``, with its auxiliaries from ``begin``; ``end`` is behind verb and particle.

    A struct like ``Token``, for the rules make and compare a great many.
    """

    begin: int
    at: int
    end: int
    verb: Verb


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """Who is said to speak: ``cue`` are the units of the cue (None: no verb), ``begin`` where reported words begin.

    ``begin`` is a unit; it is set by the rules whose cue stands before the words, else None.
    """

    rule: str
    source: Phrase | None
    cue: tuple[int, int] | None = None
    begin: int | None = None


def cue_at(p: Passage, i: int) -> Cue | None:
    """Return the verb of saying at unit ``i``, or None: not where the word is a noun, a passive or an infinitive."""
    return _cue(p, i) if i in p.verbs else None


def cues(p: Passage, begin: int, end: int) -> Iterator[Cue]:
    """Yield the verbs of saying from unit ``begin`` to before unit ``end``, in order; most places hold none."""
    for i in range(begin, end):
        if i in p.verbs and (cue := _cue(p, i)) is not None:
            yield cue


@once_at
def _cue(p: Passage, i: int) -> Cue | None:
    verb = p.verbs[i]
    if p.units[i].capital and i != p.sentence(i)[0]:
        return None
    if p.is_in(i - 1, "determiners") or p.is_in(i - 1, "possessives") or p.low(i - 1) in POSSESSIVE:
        return None
    if p.names_a_thing(i):
        return None
    begin, passive = i, False
    if not verb.finite and p.is_in(i - 2, "quoted_as") and p.is_in(i - 1, "subordinators"):
        begin = i - 2  # was quoted as saying: a passive whose subject does speak
    while p.auxiliary(begin - 1) or (p.adverb(begin - 1) and p.auxiliary(begin - 2)):
        begin -= 1
        passive = passive or p.is_in(begin, "passive")
    if passive and verb.finite:
        return None
    for reading in verb.readings:
        end = _particle_end(p, i, reading)
        if end:
            return Cue(begin, i, end, reading)
    return None


def _particle_end(p: Passage, i: int, verb: Verb) -> int:
    """Return the unit behind verb and particle, 0 when the particle that the verb needs is missing.

    A separable verb has its particle at the end of the clause ("teilte das Ministerium mit"); the cue then ends behind
    the verb.
    """
    words = (verb.particle or "").split()
    if not words or [p.low(i + 1 + n) for n in range(len(words))] == words:
        return i + 1 + len(words)
    if not p.language.raw.comma_before_clause:
        return 0
    if _stands_before(p, i, words):
        return i + 1
    if not verb.finite:
        return 0
    for k in range(i + 1, min(i + 25, len(p.units))):
        if p.kind(k) == "stop" or (p.kind(k) == "comma" and p.is_in(k + 1, "complementizers")):
            return 0
        if (
            p.low(k) == words[0]
            and [p.low(k + n) for n in range(len(words))] == words
            and (p.kind(k + len(words)) != "word" or _governs_marks(p, k, len(words)))
        ):
            return i + 1
    return 0


def _governs_marks(p: Passage, i: int, width: int) -> bool:
    """Whether the particle at ``i`` is a preposition whose phrase stands in marks: warnte den Rat vor einem „…“."""
    if width > 1 or not p.is_in(i, "prepositions"):
        return False
    k = i + 1
    while p.is_in(k, "determiners") or p.is_in(k, "possessives") or (p.noun(k) and not p.heads(k)):
        k += 1
    return p.kind(k) == "quote"


def _stands_before(p: Passage, i: int, words: list[str]) -> bool:
    """Whether a particle stands before its verb in the clause: bekannt gegeben; wie er darauf hinwies."""
    for k in range(i - len(words), max(i - 12, -1), -1):
        if p.kind(k) in ("comma", "stop", "quote"):
            return False
        if [p.low(k + n) for n in range(len(words))] == words:
            return True
    return False


def infinitive(p: Passage, cue: Cue) -> bool:
    """Whether the cue is an infinitive ("to say"), which has no subject of its own."""
    return p.is_in(cue.begin, "infinitive_markers") or p.is_in(cue.at - 1, "infinitive_markers")


def speaks(cue: Cue) -> bool:
    """Whether the cue can introduce a verbatim quotation."""
    return bool(cue.verb.frames & {"quote", "clause"})


def told(p: Passage, cue: Cue) -> bool:
    """Whether the cue's object is the one spoken to."""
    return p.is_in_lemma(cue.verb.lemma, "tells") or p.is_in(cue.end, "addressee_prepositions")


def next_cue(p: Passage, i: int) -> Cue | None:
    """Return the cue at ``i`` or behind a few adverbs and auxiliaries."""
    for j in range(i, min(i + 5, len(p.units))):
        cue = cue_at(p, j)
        if cue is not None:
            return cue
        as_saying = p.is_in(j, "quoted_as") or (p.is_in(j, "subordinators") and p.is_in(j - 1, "quoted_as"))
        if not (p.adverb(j) or p.auxiliary(j) or as_saying):
            return None
    return None


def over_aside(p: Passage, i: int) -> int:
    """Return the unit behind an apposition in commas or brackets that begins at ``i``; ``i`` when there is none."""
    closer, end = p.kind(i), p.sentence(i)[1]
    if closer not in ("comma", "dash"):
        return i
    for j in range(i + 1, min(i + _LONGEST_ASIDE, end)):
        if p.kind(j) == "quote":
            return i
        if p.kind(j) == closer and next_cue(p, j + 1) is not None:
            return j + 1
    return i


def over_name(p: Passage, i: int) -> int:
    """Return the unit at the comma behind a name in apposition that begins at the comma ``i``; ``i`` without one."""
    name = phrase_from(p, i + 1) if p.kind(i) == "comma" else None
    return name.end if name is not None and name.label == "name" and p.kind(name.end) == "comma" else i


def subject_behind(p: Passage, cue: Cue) -> Phrase | None:
    """Return the speaker behind an inverted cue: said Lindqvist; sagte am Montag der Minister."""
    if p.is_in_lemma(cue.verb.lemma, "never_inverted"):
        return None
    if cue.verb.particle in p.language.pronouns:
        return _origin(p, cue, cue.begin)
    if p.language.raw.comma_before_clause:
        source = phrase_from(p, over_middle(p, cue.end))
        return _cited(p, cue, source) or source
    i = cue.end
    while p.adverb(i):
        i += 1
    source = phrase_from(p, over_time(p, i))
    return None if source is not None and source.label == "pronoun" and source.begin > cue.end else source


def _cited(p: Passage, cue: Cue, subject: Phrase | None) -> Phrase | None:
    """Return who is quoted by the subject behind a verb of quoting: zitiert die Küstenzeitung den Minister."""
    if subject is None or not p.is_in_lemma(cue.verb.lemma, "cites"):
        return None
    if p.is_in(cue.end, "oblique_determiners"):
        return phrase_from(p, cue.end)
    person = subject.mention is not None and subject.mention.type == "person"
    name = p.after(subject.mention.start) if subject.mention is not None and person else subject.begin
    outlet = name > subject.begin and (p.is_in(name - 1, "media_words") or p.is_in(name - 1, "organisation_words"))
    return phrase_from(p, name if outlet else subject.end)


def _quoted_as_saying(p: Passage, cue: Cue, begin: int) -> Phrase | None:
    """Return who speaks where another is the subject: the Courier quoted Lindqvist as saying."""
    if cue.verb.finite or cue.begin != cue.at or not p.is_in(cue.at - 1, "subordinators"):
        return None
    found = phrase_before(p, cue.at - 2, begin)
    if found is None or found.end != cue.at - 1:
        return None
    verbs = (k for k in range(found.begin, found.end) if k > begin and p.is_in(k, "quoted_as"))
    verb = next(verbs, found.begin - 1)
    return phrase_from(p, verb + 1, cue.at - 1) if p.is_in(verb, "quoted_as") else None


@once
def subject_of(p: Passage, cue: Cue, begin: int) -> tuple[Phrase | None, str]:
    """Return the subject of a cue that stands before its words, and the rule that found it."""
    if p.is_in(cue.begin - 1, "relatives"):
        found = phrase_before(p, cue.begin - 2 - (p.kind(cue.begin - 2) == "comma"), begin)
        return (found, RELATIVE) if found and found.label != "pronoun" else (None, "")
    if cue.verb.particle in p.language.pronouns:
        return _origin(p, cue, begin), "origin of an impersonal cue"
    if p.is_in_lemma(cue.verb.lemma, "cites") and (object_ := phrase_from(p, cue.end)) is not None:
        return object_, "object of a cue that cites"
    if (quoted := _quoted_as_saying(p, cue, begin)) is not None:
        return quoted, "object of a cue that cites"
    inverts = p.language.raw.comma_before_clause
    if inverts and (behind := _certain_subject(p, cue)) is not None:
        return behind, "cue and speaker before it"
    if inverts and p.is_in(cue.begin - 1, "conjunctions"):
        return first_subject(p, begin, cue.begin), "subject of the sentence"
    if inverts and (framed := _framed_subject(p, cue, begin)) is not None:
        return framed, "speaker and cue before it"
    found = phrase_before(p, cue.begin - 1, begin)
    good = found is not None and not oblique(p, found) and p.kind(cue.begin - 1) != "quote"
    if found is not None and good and not (inverts and not speakable(p, found)):
        return found, "speaker and cue before it"
    if inverts or cue.begin == begin:
        behind = subject_behind(p, cue)
        if behind is not None and (not inverts or not good or speakable(p, behind)):
            return behind, "cue and speaker before it"
    if found is not None and good:
        return found, "speaker and cue before it"
    return first_subject(p, begin, cue.begin), "subject of the sentence"


def _certain_subject(p: Passage, cue: Cue) -> Phrase | None:
    """Return the pronoun right behind a cue that can only be its subject: lobte er, not: lobte ihn, nannte es."""
    if p.language.pronouns.get(p.low(cue.end)) != "m" or p.is_in(cue.end, "oblique_determiners"):
        return None
    return phrase_from(p, cue.end)


def _framed_subject(p: Passage, cue: Cue, begin: int) -> Phrase | None:
    """Return the subject beside the auxiliary whose participle the cue is: Tauber hatte den Plan betont; soll Tauber …

    The auxiliary is the first of the clause; its subject stands before it, or behind it where something else does.
    """
    if cue.begin < cue.at or p.kind(cue.end) == "word":
        return None
    at = -1
    for i in range(cue.begin - 1, begin - 1, -1):
        if p.kind(i) != "word" or p.is_in(i, "subordinators") or (p.is_in(i, "relatives") and p.kind(i - 1) == "comma"):
            break
        if p.auxiliary(i) and not p.is_in(i, "infinitive_markers"):
            at = i
    if at < 0 or at == cue.begin - 1:
        return None
    before = phrase_before(p, at - 1, begin)
    if before is not None and not oblique(p, before) and speakable(p, before):
        return before
    behind = phrase_from(p, over_middle(p, at + 1), cue.begin)
    return behind if behind is not None and may_speak(p, behind) else None


def _origin(p: Passage, cue: Cue, begin: int) -> Phrase | None:
    """Return where words come from that nobody in particular says: aus dem Rathaus hieß es; hieß es im Bericht."""
    comma = next((j for j in range(begin, cue.begin) if p.kind(j) == "comma"), 0)
    if p.is_in(begin, "prepositions") and begin < cue.begin and (not comma or p.is_in(comma + 1, "relatives")):
        return phrase_from(p, begin + 1)
    i = cue.end
    while p.adverb(i):
        i += 1
    if p.is_in(i, "prepositions"):
        return phrase_from(p, i + 1)
    i = cue.begin - 1
    while i > begin and (p.low(i) == cue.verb.particle or p.auxiliary(i)):
        i -= 1
    return phrase_before(p, i, begin)


@once_at
def subject_and_cue(p: Passage, i: int) -> tuple[Phrase, Cue, int] | None:
    """Return speaker, cue and the unit behind them where an attribution begins at ``i``."""
    source = phrase_from(p, i)
    if source is None or not may_speak(p, source):
        return None
    cue = next_cue(p, joined(p, source)[-1].end) or next_cue(p, over_aside(p, source.end))
    if cue is None or not cue.verb.finite or not cue.verb.frames & {"clause", "that"}:
        return None
    return source, cue, cue.end


@once_at
def cue_and_subject(p: Passage, i: int) -> tuple[Phrase, Cue, int] | None:
    """Return speaker, cue and the unit behind them where an inverted attribution begins at ``i``."""
    cue = cue_at(p, i)
    if (
        cue is None
        or p.is_in_lemma(cue.verb.lemma, "tells")
        or not cue.verb.finite
        or not cue.verb.frames & {"clause", "that"}
    ):
        return None
    source = subject_behind(p, cue)
    if source is None or not may_speak(p, source):
        return None
    return source, cue, source.end


def verbless_at(p: Passage, i: int, *, behind: bool) -> Attribution | None:
    """Return the attribution of a verbless cue at ``i``: according to X, laut X; ", so X" only behind the words."""
    if p.low(i) not in p.language.openers:
        return None
    for key in ("verbless", "verbless_after") if behind else ("verbless",):
        for words in _verbless(p.language, key).get(p.low(i), ()):
            end = i + len(words)
            if tuple(u.low for u in p.units[i:end]) == words:
                source = phrase_from(p, end)
                return Attribution("cue without a verb", source, (i, end)) if source else None
    return None


@functools.lru_cache(16)
def _verbless(language: Language, key: str) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the first word of every cue under ``key`` -> the words of those that begin with it, longer ones first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((tuple(cue.split()) for cue in language.sets[key]), key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return found


def postposed_at(p: Passage, i: int) -> Attribution | None:
    """Return the attribution of a source at ``i`` with its cue behind it: Medienberichten zufolge."""
    if not p.language.raw.postposed:
        return None
    source = phrase_from(p, i)
    if source is None or not p.is_in(source.end, "postposed"):
        return None
    return Attribution("cue without a verb", source, (source.end, source.end + 1))
