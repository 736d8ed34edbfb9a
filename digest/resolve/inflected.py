"""Names over all articles that stand in the genitive alone: "Karruns" of one article is "Karrun" of others.

German puts a bare "s" behind a name: *aus der Delegation Karruns*. Where an article prints a town or a state only so,
nothing in it tells the name from one that ends so. Other articles do: they print it without. Which endings a language
has, its ``name_genitives`` say.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from digest import language
from digest.knowledge import Knowledge
from digest.knowledge.words import lexicon
from digest.model import Actor, Analysis

_SHORTEST = 4  # letters of a name without its ending
_PEOPLE = frozenset("gsnv")  # the kinds of listed names that people have (``knowledge.words``)


@dataclass(slots=True)
class _Name:
    """A name of one word: the actors that bear it, how often it is printed, in which languages, whether it speaks."""

    actors: set[str] = field(default_factory=set)
    times: Counter[str] = field(default_factory=Counter)
    speaks: bool = False


def inflected(analyses: Sequence[Analysis], into: Mapping[str, str], knowledge: Knowledge) -> dict[str, str]:
    """Return id -> id of the actor whose name it is in the genitive; ``into`` maps spellings to the actor they are.

    The name itself is printed more often, and is that of one actor. Who has the ending in his name stays: he
    is known, has a role, has another name beside it, is a source under it alone ("Peters said"), or it is a listed
    name of people.
    """
    names = _names(analyses, into)
    found: dict[str, str] = {}
    for text, name in names.items():
        if len(name.actors) != 1 or name.speaks or (id_ := next(iter(name.actors))) in knowledge.actors:
            continue
        if base := names.get(_base(text, name.times)):
            others = base.actors - {id_}
            if len(others) == 1 and base.times.total() > name.times.total():
                found[id_] = others.pop()
    return found


def _names(analyses: Iterable[Analysis], into: Mapping[str, str]) -> dict[str, _Name]:
    """Return the names of one word of actors that have no other name; of bodies that have, each one."""
    bearers: dict[str, list[Actor]] = defaultdict(list)
    found: dict[str, _Name] = defaultdict(_Name)
    for analysis in analyses:
        alone = {q.source.text for q in analysis.quotations if q.source}
        for actor in analysis.actors:
            bearers[into.get(actor.id, actor.id)].append(actor)
            for text, times in actor.aliases.items():
                if " " not in text:
                    name = found[text]
                    name.actors.add(into.get(actor.id, actor.id))
                    name.times[analysis.article.language] += times
                    name.speaks = name.speaks or text in alone or bool(actor.roles)
    several = {id_ for id_, own in bearers.items() if any(" " in text for a in own for text in a.aliases)}
    people = {id_ for id_ in several if any(a.type == "person" for a in bearers[id_])}
    return {text: name for text, name in found.items() if not name.actors & people}


def _base(text: str, codes: Iterable[str]) -> str:
    """Return what a name is without an ending that it has in each of these languages, "" for a listed one."""
    found = {_without_ending(text, code) for code in codes}
    return found.pop() if len(found) == 1 else ""


def _without_ending(text: str, code: str) -> str:
    kinds = lexicon(code).kinds
    end = next((end for end in _endings(code) if text.endswith(end)), "")
    base = text.removesuffix(end)
    listed = any(_PEOPLE.intersection(kinds.get(word.lower(), "")) for word in (text, base))
    return base if end and len(base) >= _SHORTEST and not listed else ""


@functools.cache
def _endings(code: str) -> tuple[str, ...]:
    return language.load(code).raw.name_genitives if code in language.available() else ()
