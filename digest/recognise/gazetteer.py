"""Known actors by their names: one Aho-Corasick automaton over every alias, word boundaries checked after.

Each reading names its rule: ``alias`` (safe anywhere), ``metonym`` (only when it acts, a place otherwise), ``gated``
(only when another name of the actor stands in the article; it goes before the others), ``surname`` (only when no other
bearer is named).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick_rs

from digest.knowledge import Knowledge, KnownActor
from digest.readings import ALIAS, BY_SURNAME, CAPITAL, GATED, METONYM


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a piece of text: which actor, by which rule, what the rule asks for, and what speaks against."""

    actor: str
    rule: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in the text with all its readings, likeliest first."""

    start: int
    end: int
    readings: tuple[Reading, ...]


class Gazetteer:
    """All names that ``knowledge`` has for one language."""

    def __init__(self, knowledge: Knowledge, code: str) -> None:
        """Build the automaton for the language ``code``; the order of readings is gated, alias, metonym, surname."""
        names: dict[str, list[Reading]] = {}
        for actor in knowledge.actors.values():
            for text, reading in _readings(actor, code):
                names.setdefault(text, []).append(reading)
        for place, state in knowledge.seats.items():
            for text in knowledge.capitals[state].called(code):
                names.setdefault(text, []).append(Reading(place, CAPITAL))
        # what is opened by other words of the article says more than what holds anywhere
        self._readings = [tuple(sorted(r, key=lambda x: x.rule != GATED)) for r in names.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the known names in ``text``, longest first from the left, whole words only."""
        size = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if start and (text[start - 1].isalnum() or text[start - 1] in "-@#"):
                continue
            if end < size and (text[end].isalnum() or (text[end] in "-‑" and text[end + 1 : end + 2].isalpha())):
                continue
            yield Hit(start, end, self._readings[index])


def _readings(actor: KnownActor, code: str) -> Iterator[tuple[str, Reading]]:
    for text in actor.names(code):
        yield text, Reading(actor.id, ALIAS)
    for gate in actor.gated:
        if not gate.languages or code in gate.languages:
            yield gate.text, Reading(actor.id, GATED, gate.needs, gate.unless)
    for text in actor.standing_for(code):
        yield text, Reading(actor.id, METONYM)
    for text in actor.surnames:
        yield text, Reading(actor.id, BY_SURNAME)


_KEPT: dict[str, tuple[Knowledge, Gazetteer]] = {}


def gazetteer(knowledge: Knowledge, code: str) -> Gazetteer:
    """Return the gazetteer of ``knowledge`` in the language ``code``, built once."""
    kept = _KEPT.get(code)
    if kept is None or kept[0] is not knowledge:
        kept = _KEPT[code] = (knowledge, Gazetteer(knowledge, code))
    return kept[1]
