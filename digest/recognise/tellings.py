"""Where an article may tell in its own words what somebody says, thinks or wants. Nothing is decided here.

A sentence is read from left to right; each word under ``reporting`` and each cue verb may have words before it ("The
bridge will hold, she said"), behind it ("she said that …", "she wants to …", "she opposes …") or on both sides. For
each such place ``tellings`` proposes where the words begin, where they may end and who would be their source; ``told``
weighs it. The constructions are those of PARC and PolNeAR (Pareti 2015; Newell et al. 2018).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from digest.language import Teller
from digest.recognise.behind import constructions, is_thing
from digest.recognise.bounds import ends_from
from digest.recognise.cues import (
    Attribution,
    Cue,
    cue_at,
    over_aside,
    over_name,
    subject_behind,
    verbless_at,
)
from digest.recognise.middle import over_time
from digest.recognise.passage import Passage, once
from digest.recognise.phrases import Phrase, may_speak, phrase_before, speakable
from digest.recognise.shapes import clausal
from digest.recognise.tellers import (
    OF_NOUN,
    OWNER,
    as_cue,
    is_finite,
    noun_verb,
    source_of,
    teller_at,
    with_auxiliaries,
)

_VERBLESS = Teller("according to", "say", "base")
AFTER = "speaker and cue after it"
INVERTED = "cue and speaker after it"


class Telling(msgspec.Struct, frozen=True, gc=False):
    """Words that may be told: they begin at unit ``begin`` and end before one of ``ends``.

    ``shape`` is the construction, ``by`` who would be the source, ``teller`` the word that tells, at unit ``at``.
    ``auxiliaries`` stand before the teller, ``nth`` counts the tellers of the sentence, ``place`` is the sentence.
    """

    shape: str
    begin: int
    ends: tuple[int, ...]
    by: Attribution
    teller: Teller
    at: int
    auxiliaries: frozenset[str]
    nth: int
    place: tuple[int, int]


def tellings(p: Passage, begin: int, end: int) -> Iterator[Telling]:
    """Yield every place in the sentence ``begin..end`` where words may be told."""
    while end > begin and p.kind(end - 1) == "stop":
        end -= 1
    if p.low(end) == "?":
        return  # whoever asks whether somebody said it tells nobody's words
    last: Phrase | None = None
    nth = 0
    for i in _within(_tellers(p), begin, end):
        teller = teller_at(p, i)
        if teller is None:
            continue
        first, auxiliaries = with_auxiliaries(p, i, begin)
        if teller.form == "past" and any(word in p.language.sets["passive"] for word in auxiliaries):
            continue
        cue = cue_at(p, i)
        stop = max(i + 1, cue.end if cue is not None else 0)
        nth += 1
        finite = is_finite(p, teller, auxiliaries)
        forms = list(constructions(p, stop, end, teller))
        if not finite and not forms:
            continue
        own = as_cue(p, cue, first, i)
        source, rule = source_of(p, teller, i, first, begin, last, finite=finite)
        if finite and source is not None:
            last = source
        # a cue of its own: the words stand behind it
        if rule == OF_NOUN:
            first = noun_verb(p, i, begin) or first
        for form, start in forms:
            if source is None or (
                form == "object"
                and clausal(p, start, end) == "plain"
                and ((teller.clause and not speakable(p, source)) or (finite and _inverted(p, own)))
            ):
                continue
            if is_thing(form) and not _takes_stand(p, teller, rule, first, source):
                continue
            if _silent(p, teller, form, first, auxiliaries, source):
                continue
            by = Attribution(rule, source, (first, stop), start)
            yield Telling(form, start, ends_from(p, start, end), by, teller, i, auxiliaries, nth, (begin, end))
        if finite:
            yield from _around(p, own, teller, auxiliaries, nth, begin, end)
    yield from _verbless(p, begin, end)


@once
def _tellers(p: Passage) -> list[int]:
    """Return the units of the passage that are words that may tell."""
    return p.among(p.language.tellers, 0, len(p.units))


@once
def _openers(p: Passage) -> list[int]:
    """Return the units of the passage with which an attribution without a verb may begin."""
    return p.among(p.language.openers, 0, len(p.units))


def _within(places: Sequence[int], begin: int, end: int) -> Sequence[int]:
    """Return those of ``places``, which are in order, from ``begin`` to before ``end``."""
    return places[bisect_left(places, begin) : bisect_left(places, end)] if places else places


def _inverted(p: Passage, cue: Cue) -> bool:
    """Whether whoever speaks stands behind the cue, and the words before it: "…," said Vask."""
    if p.kind(cue.begin - 1) not in ("comma", "quote"):
        return False
    behind = subject_behind(p, cue)
    return behind is not None and may_speak(p, behind)


def _takes_stand(p: Passage, teller: Teller, rule: str, first: int, source: Phrase) -> bool:
    """Whether who is named before a bare noun speaks of it.

    A noun needs an owner (her criticism of the plan), and in "…," she said of the plan, the words stand before it.
    """
    if teller.form == "noun" and rule != OWNER:
        return False
    return "quote" not in (p.kind(first - 1), p.kind(source.begin - 1))


def _silent(p: Passage, teller: Teller, form: str, first: int, auxiliaries: frozenset[str], source: Phrase) -> bool:
    """Whether nobody tells it: nobody said a word, she would not say who, it is too early to say whether."""
    denied = p.language.sets["denials"]
    if p.low(source.begin) in denied:
        return True
    if is_thing(form) and teller.group == "say" and (auxiliaries & denied or p.low(first - 1) in denied):
        return True  # did not speak of it
    if "clause" not in form or form.rpartition(" ")[2] == p.language.raw.complementizers[0]:
        return False
    if p.language.pronouns.get(p.low(source.begin)) == "n" and auxiliaries & p.language.sets["infinitive_markers"]:
        return True
    return bool(auxiliaries & denied) or p.low(first - 1) in denied


# --- words before the teller, and on both sides ----------------------------------------------------------------------


def _around(
    p: Passage, cue: Cue, teller: Teller, auxiliaries: frozenset[str], nth: int, begin: int, end: int
) -> Iterator[Telling]:
    """Yield the words before an attribution, and those that go on behind it: The bridge, she said, would hold."""
    for rule, source, stop, behind in _attributions(p, cue, begin):
        start = clause_start(p, begin, stop)
        if start >= stop or p.kind(behind) == "colon" or _stands_alone(p, start, stop):
            continue
        by = Attribution(rule, source, (cue.begin, cue.end))
        form = "before it, inverted" if rule == INVERTED else "before it"
        yield Telling(form, start, (stop,), by, teller, cue.at, auxiliaries, nth, (begin, end))
        comma = _next_comma(p, over_time(p, behind), end)
        if comma is not None and not p.is_in(comma + 1, "conjunctions"):
            ends = ends_from(p, comma + 1, end)
            yield Telling("goes on behind it", comma + 1, ends, by, teller, cue.at, auxiliaries, nth, (begin, end))


def _stands_alone(p: Passage, start: int, stop: int) -> bool:
    """Whether what stands before an attribution is a quotation of its own, or no clause: Of the mayor, she said …"""
    if p.kind(stop - 1) == "quote":
        return stop - start == 1 or not p.text[p.quotes[p.units[stop - 1].quote].start].islower()
    asked = teller_at(p, start)  # "Asked about it, she said …"
    if asked is not None and asked.form in ("past", "participle"):
        return True
    return p.is_in(start, "object_links") and clausal(p, start, stop) == "plain"


def _attributions(p: Passage, cue: Cue, begin: int) -> Iterator[tuple[str, Phrase, int, int]]:
    """Yield rule, source, where the words before end, and the unit behind the attribution."""
    source = phrase_before(p, cue.begin - 1, begin)
    if source is not None and may_speak(p, source) and _parted(p, source.begin, begin):
        yield AFTER, source, source.begin - (p.kind(source.begin - 1) != "quote"), cue.end
    if _parted(p, cue.begin, begin):
        behind = subject_behind(p, cue)
        if behind is not None and may_speak(p, behind):
            yield INVERTED, behind, cue.begin - (p.kind(cue.begin - 1) != "quote"), behind.end


def _parted(p: Passage, i: int, begin: int) -> bool:
    """Whether a comma, a dash or a quotation parts what begins at ``i`` from words before it."""
    return i - 1 > begin and p.kind(i - 1) in ("comma", "quote", "dash")


def clause_start(p: Passage, begin: int, stop: int) -> int:
    """Return where the words begin that an attribution at ``stop`` ends: behind a semicolon and a conjunction."""
    start = next((j + 1 for j in range(stop - 1, begin - 1, -1) if p.low(j) in (";", "(")), begin)
    while start < stop and (p.is_in(start, "conjunctions") or p.kind(start) in ("comma", "dash", "stop")):
        start += 1
    return start


def _next_comma(p: Passage, i: int, end: int) -> int | None:
    """Return the comma that closes an attribution which goes on to ``i`` and a few units further."""
    for k in range(i, min(i + 14, end - 1)):
        if p.kind(k) == "comma":
            return k
        if p.kind(k) in ("stop", "quote", "colon"):
            return None
    return None


def _verbless(p: Passage, begin: int, end: int) -> Iterator[Telling]:
    """Yield the words before and behind an attribution without a verb: according to the union, …"""
    for i in _within(_openers(p), begin, end):
        found = verbless_at(p, i, behind=i > begin)
        if found is None or found.source is None or found.cue is None:
            continue
        if found.source.end - found.source.begin == 1 and not speakable(p, found.source):
            continue  # according to plan
        where = (begin, end)
        none: frozenset[str] = frozenset()
        stop = i - (p.kind(i - 1) in ("comma", "dash")) if i > begin else begin
        start = clause_start(p, begin, stop)
        if start < stop and not _stands_alone(p, start, stop):
            yield Telling("before it, verbless", start, (stop,), found, _VERBLESS, i, none, 1, where)
        comma = _next_comma(p, over_name(p, over_aside(p, found.source.end)), end)
        if comma is not None:
            form = "behind it, verbless" if i - begin < 2 else "goes on behind it, verbless"
            yield Telling(form, comma + 1, ends_from(p, comma + 1, end), found, _VERBLESS, i, none, 1, where)
