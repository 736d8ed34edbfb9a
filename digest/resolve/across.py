"""Actors across articles: one entry for each, whatever an article calls it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.knowledge import Knowledge
from digest.model import Actor, Analysis, Gender, Role, Speaker, Via
from digest.resolve.names import shown_name
from digest.text import fold


def across(analyses: Sequence[Analysis], knowledge: Knowledge) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    """Return the analyses with every actor under one id and name, and those actors by id, sorted.

    A person whom an article names by surname only is taken for the one person of the edition who bears that surname in
    full; with two bearers, both stay apart. The order of ``analyses`` changes nothing but the order of the result.
    """
    merged = _surnames(analyses, knowledge)
    moved = [_moved(a, merged) for a in analyses]
    actors = _merge(moved, knowledge)
    return tuple(_renamed(a, actors) for a in moved), actors


def _surnames(analyses: Sequence[Analysis], knowledge: Knowledge) -> Mapping[str, str]:
    """Return id of a bare surname -> id of its only full bearer."""
    bearers: dict[str, set[str]] = defaultdict(set)
    bare: dict[str, str] = {}
    for analysis in analyses:
        for actor in analysis.actors:
            if actor.type != "person":
                continue
            words = fold(actor.name).split()
            if len(words) > 1:
                bearers[words[-1]].add(actor.id)
            elif actor.id not in knowledge.actors:
                bare[actor.id] = words[0] if words else ""
    return {name: next(iter(bearers[word])) for name, word in bare.items() if len(bearers.get(word, ())) == 1}


def _moved(analysis: Analysis, ids: Mapping[str, str]) -> Analysis:
    if not any(a.id in ids for a in analysis.actors):
        return analysis
    return replace(
        analysis,
        mentions=tuple(replace(m, actor=ids.get(m.actor, m.actor)) if m.actor else m for m in analysis.mentions),
        quotations=tuple(
            replace(
                q,
                speaker=replace(q.speaker, id=ids.get(q.speaker.id, q.speaker.id)) if q.speaker else None,
                others=tuple(replace(s, id=ids.get(s.id, s.id)) for s in q.others),
                about=tuple(dict.fromkeys(ids.get(a, a) for a in q.about)),
                via=tuple(replace(v, id=ids.get(v.id, v.id)) if v.id else v for v in q.via),
            )
            for q in analysis.quotations
        ),
        actors=tuple(replace(a, id=ids.get(a.id, a.id)) for a in analysis.actors),
    )


def _merge(analyses: Sequence[Analysis], knowledge: Knowledge) -> dict[str, Actor]:
    same: dict[str, list[Actor]] = defaultdict(list)
    for analysis in sorted(analyses, key=lambda a: (a.article.published or "", a.article.id)):
        for actor in analysis.actors:
            same[actor.id].append(actor)
    return {key: _one(key, actors, knowledge) for key, actors in sorted(same.items())}


def _one(key: str, actors: Sequence[Actor], knowledge: Knowledge) -> Actor:
    aliases: Counter[str] = Counter()
    roles: list[Role] = []
    for actor in actors:
        aliases.update(actor.aliases)
        roles.extend(actor.roles)
    known = knowledge.actors.get(key)
    types = Counter(a.type for a in actors)
    kind = known.type if known else min(types, key=lambda t: (-types[t], t))
    known_genders: list[Gender] = [a.gender for a in actors if a.gender is not None]
    genders = sorted(set(known_genders), key=lambda g: (-known_genders.count(g), g))
    return Actor(
        id=key,
        name=known.name if known else shown_name(aliases, kind),
        type=kind,
        aliases=dict(sorted(aliases.items(), key=lambda item: (-item[1], item[0]))),
        roles=tuple(roles),
        wikidata=known.wikidata if known else None,
        gender=genders[0] if genders else None,
    )


def _renamed(analysis: Analysis, actors: Mapping[str, Actor]) -> Analysis:
    """Show every speaker and addressee under the one name and type of its actor."""
    return replace(
        analysis,
        quotations=tuple(
            replace(
                q,
                speaker=_speaker(q.speaker, actors) if q.speaker else None,
                others=tuple(_speaker(s, actors) for s in q.others),
                via=tuple(_via(v, actors) for v in q.via),
            )
            for q in analysis.quotations
        ),
        actors=tuple(actors[a] for a in dict.fromkeys(a.id for a in analysis.actors)),
    )


def _speaker(speaker: Speaker, actors: Mapping[str, Actor]) -> Speaker:
    actor = actors.get(speaker.id)
    return Speaker(actor.id, actor.name, actor.type) if actor else speaker


def _via(via: Via, actors: Mapping[str, Actor]) -> Via:
    actor = actors.get(via.id or "")
    return replace(via, name=actor.name) if actor else via
