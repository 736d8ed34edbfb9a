"""What stands behind a word that tells: a clause, an infinitive, a noun of which it speaks. Nothing is decided here.

``tellings`` asks for the constructions that may begin there, each with the unit at which the words would begin.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.language import Teller
from digest.recognise.middle import over_time
from digest.recognise.passage import Passage
from digest.recognise.phrases import phrase_from
from digest.recognise.shapes import clausal
from digest.recognise.tellers import teller_at

_REACH = 16  # units between a cue and a "that" behind the one spoken to, a time, an occasion
_FAR_PREDICATE = 14  # units behind a teller in which something must be said of its object
# groups whose object is what the words are about, and those that say what somebody is
_ONLY_CLAUSES = ("say", "deal", "show", "noun", "adjective")
_COMPARES = ("name", "blame")


def is_thing(form: str) -> bool:
    """Whether the construction is that of a bare noun."""
    return form.startswith("thing")


def constructions(p: Passage, stop: int, end: int, teller: Teller) -> Iterator[tuple[str, int]]:
    """Yield the constructions behind the teller with the unit at which the words would begin."""
    j = stop
    while j < end and p.adverb(j) and not p.is_in(j, "determiners"):
        j += 1
    j = over_time(p, j)
    if j >= end:
        return
    far = _far(p, j, end) if teller.form != "adjective" and not p.is_in(j, "complementizers") else None
    if far is not None:
        yield f"far clause {p.low(far)}", far
    listens = not (p.is_in(j, "complementizers") or p.is_in(j, "infinitive_markers"))  # promised to pay: nobody is told
    if listens and p.is_in_lemma(teller.lemma, "tells"):
        direct = _to_listener(p, j, end) if far is None else None
    else:
        direct = _direct(p, j, end, teller)
    if direct is not None and direct[1] < end and not (far is not None and is_thing(direct[0])):
        yield direct


def _direct(p: Passage, j: int, end: int, teller: Teller) -> tuple[str, int] | None:
    """Return the construction that begins right behind the teller, at unit ``j``."""
    low = p.low(j)
    if p.is_in(j, "complementizers") or p.is_in(j, "relatives"):
        return (f"clause {low}", j) if j + 1 < end else None
    if p.is_in(j, "infinitive_markers") and not _is_noun(p, j + 1):
        inner = p.language.tellers.get(p.low(j + 1), ())
        # "declined to say" and "refused to answer" give nobody's words
        return None if any(r.group in ("say", "deal") for r in inner) else ("infinitive", j)
    if p.is_in(j, "prepositions"):
        if p.is_in(j + 1, "complementizers"):
            return f"preposition and clause {low}", j + 1
        if not teller.clause and _words_follow(p, teller, j + 1, end):
            return f"preposition {low}", j + 1
        return (f"thing {low}", j + 1) if _is_thing(p, teller, j + 1, end) else None
    if p.kind(j) == "colon":
        return "colon", j + 1
    if p.kind(j) in ("word", "quote", "mark") and _words_follow(p, teller, j, end):
        return "object", j
    return ("thing", j) if _is_thing(p, teller, j, end) else None


def _is_noun(p: Passage, i: int) -> bool:
    """Whether a noun follows a "to" and no verb: refers to the dam."""
    if i >= len(p.units):
        return True
    return p.is_in(i, "determiners") or p.is_in(i, "possessives") or p.units[i].start in p.names


def _to_listener(p: Passage, j: int, end: int) -> tuple[str, int] | None:
    """Return what follows a teller that is told to somebody: urged the crew to wait, told them it would hold."""
    listener = phrase_from(p, j, end)
    if listener is None or listener.end >= end:
        return None
    if p.is_in(listener.end, "infinitive_markers") or p.auxiliary(listener.end):
        return "object", j
    return ("object", listener.end) if clausal(p, listener.end, end) == "near" else None


def _words_follow(p: Passage, teller: Teller, start: int, end: int) -> bool:
    """Whether words can begin at ``start``, not only what they are about.

    "He praised the dam" only names it, see ``_is_thing``. A clause tells words, and so does a noun with what is said of
    it: "urged the crew to come", "denied selling it", "described him as a fool".
    """
    if teller.form == "noun" and p.auxiliary(start):
        return False  # "the plans had been lost": a subject
    for reading in _readings(p, start, end):
        if reading.form == "noun":
            return False  # "repeated claims that …": the noun tells
    if p.low(start).endswith(p.language.raw.gerund_endings) and teller_at(p, start) is None and p.noun(start):
        return not p.is_in(start, "calendar")
    if teller.group in _ONLY_CLAUSES and not teller.clause:
        return clausal(p, start, end) != "plain" or _is_subject(p, start)
    if teller.clause and not p.is_in(start, "indefinites") and not p.low(start).isdigit():
        return True
    return _is_subject(p, start) or _predicates(p, start, end, teller)


def _is_thing(p: Passage, teller: Teller, start: int, end: int) -> bool:
    """Whether a bare noun at ``start`` may be what somebody takes a stand on: criticised the plan, spoke of a ban.

    Who "announced a ceasefire" or "thanked the crew" does it by saying so, and who accuses somebody needs the reason;
    being "wary of the plan" is a state.
    """
    if start >= end or p.kind(start) not in ("word", "quote", "mark") or p.auxiliary(start) or _is_pronoun(p, start):
        return False
    if teller.group == "adjective" or p.is_in_lemma(teller.lemma, "performs") or _readings(p, start, end):
        return False
    verb = p.language.verbs.get(teller.lemma)
    return (verb is None or "of" not in verb.frames) and not p.is_in(start, "subordinators")


def _is_pronoun(p: Passage, start: int) -> bool:
    """Whether only a pronoun stands at ``start``, and no noun that it belongs to: opposed her, but not: her plan."""
    if p.low(start) not in p.language.pronouns:
        return False
    return p.kind(start + 1) != "word" or p.grammar(start + 1) or p.adverb(start + 1)


def _is_subject(p: Passage, start: int) -> bool:
    """Whether a clause begins with a pronoun: suggested they sell the yard."""
    return p.low(start) in p.language.pronouns and p.kind(start + 1) == "word" and not p.grammar(start + 1)


def _predicates(p: Passage, start: int, end: int, teller: Teller) -> bool:
    """Whether something is said of the noun at ``start``: an auxiliary, infinitive, gerund or "as" follows."""
    if clausal(p, start, end) != "plain":
        return True
    markers, comparisons = p.sets["infinitive_markers"], p.sets["comparisons"]
    gerunds, compares = p.language.raw.gerund_endings, teller.group in _COMPARES
    for j in range(start, min(end, start + _FAR_PREDICATE)):
        if p.kinds[j] in ("comma", "stop"):
            return False
        low = p.lows[j]
        if low in markers and j > start and not _is_noun(p, j + 1):
            return True
        if low.endswith(gerunds) and p.noun(j) and not p.is_in(j - 1, "determiners"):
            return True
        if compares and low in comparisons:
            return True
    return False


def _readings(p: Passage, start: int, end: int) -> tuple[Teller, ...]:
    """Return what the word before a complementizer near ``start`` may be."""
    complementizers = p.sets["complementizers"]
    for k in range(start, min(start + 4, end - 1)):
        if p.lows[k + 1] in complementizers:
            return p.language.tellers.get(p.lows[k], ())
    return ()


def _far(p: Passage, j: int, end: int) -> int | None:
    """Return the complementizer behind the one spoken to, a day or an occasion: told the council on Monday that …"""
    complementizers, verbs = p.sets["complementizers"], p.language.verbs
    for k in range(j + 1, min(end - 1, j + _REACH)):
        kind, low = p.kinds[k], p.lows[k]
        if kind in ("stop", "quote", "colon") or (kind == "comma" and k - j > 8):
            return None
        if low in complementizers and not p.is_in(k - 1, "prepositions"):
            return k
        if low in verbs and not p.is_in(k - 1, "determiners") and teller_at(p, k) is not None:
            return None
    return None
