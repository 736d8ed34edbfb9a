"""Analyses with actors under other ids: what bringing actors together and taking them apart have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from digest.model import Actor, Analysis, Quotation


def moved(analysis: Analysis, ids: Mapping[str, str]) -> Analysis:
    """Return the analysis with each actor of ``ids`` under its new id; those that become one are put together.

    Where nothing changes, the analysis itself is returned. A name keeps the type of the actor that had the id before.
    """
    if not any(actor.id in ids for actor in analysis.actors):
        return analysis
    held: dict[str, Actor] = {actor.id: actor for actor in analysis.actors if actor.id not in ids}
    order = dict.fromkeys(ids.get(actor.id, actor.id) for actor in analysis.actors)
    for actor in analysis.actors:
        if actor.id in ids:
            held[ids[actor.id]] = _together(held.get(ids[actor.id]), actor, ids[actor.id])
    return replace(
        analysis,
        mentions=tuple(replace(m, actor=ids[m.actor]) if m.actor and m.actor in ids else m for m in analysis.mentions),
        quotations=tuple(_said(q, ids) for q in analysis.quotations),
        actors=tuple(held[id_] for id_ in order),
    )


def _together(one: Actor | None, other: Actor, id_: str) -> Actor:
    """Return ``one`` with what ``other`` brings, or ``other`` itself, under ``id_``."""
    if one is None:
        return replace(other, id=id_)
    aliases = dict(Counter(one.aliases) + Counter(other.aliases))
    return replace(
        one,
        aliases=aliases,
        roles=(*one.roles, *other.roles),
        gender=one.gender or other.gender,
        apart={**other.apart, **one.apart},
    )


def _said(q: Quotation, ids: Mapping[str, str]) -> Quotation:
    speakers = {ids.get(s.id, s.id): replace(s, id=ids.get(s.id, s.id)) for s in q.speakers}
    first, *others = speakers.values() or (None,)
    return replace(
        q,
        speaker=first,
        others=tuple(s for s in others if s is not None),
        about=tuple(id_ for id_ in dict.fromkeys(ids.get(a, a) for a in q.about) if id_ not in speakers),
        via=tuple(replace(v, id=ids.get(v.id, v.id)) if v.id else v for v in q.via),
    )
