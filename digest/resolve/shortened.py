"""Bodies over all articles: a short name is the body that other articles call so after they named it in full.

"Merrow" of one article is "Merrow Ferries Ltd" of others where several of these go on so, and hardly one does
so behind another body's name. Persons are never joined like this: a surname alone is nobody else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digest.knowledge import Knowledge, variants
from digest.model import Actor, ActorType, Analysis
from digest.text import slug

_LEAST = 2  # articles that tell whose short name it is
_MOSTLY = 0.9  # of these, and of the articles that print it alone, so many at least must agree


@dataclass(slots=True)
class _Short:
    """A short name while it is looked at: the bodies that articles call so, and who bears it alone, in which ones."""

    owners: Counter[str] = field(default_factory=Counter)
    types: set[ActorType] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    held: bool = False


def shortened(analyses: Sequence[Analysis], into: Mapping[str, str], knowledge: Knowledge) -> dict[str, str]:
    """Return id -> id of the body that is mostly called so elsewhere.

    ``into`` maps the ids of spellings to the actor that they are. Who is known, holds a role or is a state stays.
    """
    short: dict[str, _Short] = defaultdict(_Short)
    where: dict[str, set[str]] = defaultdict(set)
    for analysis in analyses:
        for actor in analysis.actors:
            id_ = into.get(actor.id, actor.id)
            where[id_].add(analysis.article.id)
            for name in _short_names(actor):
                key = into.get(slug(name), slug(name))
                if key != id_:
                    short[key].owners[id_] += 1
    for analysis in analyses:
        for actor in analysis.actors:
            found = short.get(into.get(actor.id, actor.id))
            if found is not None:
                found.types.add(actor.type)
                found.articles.add(analysis.article.id)
                found.held = found.held or bool(actor.roles)
    return {
        key: owner
        for key, one in short.items()
        if key not in knowledge.actors and (owner := _owner(one, where)) is not None
    }


def _short_names(actor: Actor) -> list[str]:
    """Return the names of a body that are the beginning, the end or the initials of its longest one in this article."""
    if actor.type in ("person", "state", "place") or len(actor.aliases) < 2:
        return []
    whole = variants.core(max(actor.aliases, key=lambda name: (len(name), name)))
    names = ((name, variants.core(name)) for name in actor.aliases if not variants.shared(name))
    return [name for name, core in names if core != whole and (_part(core, whole) or name.isupper())]


def _part(core: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return core == whole[: len(core)] or core == whole[-1:]


def _owner(one: _Short, where: Mapping[str, set[str]]) -> str | None:
    """Return whom a short name means, None where too few articles tell, or some tell otherwise."""
    if one.held or not one.articles or one.types & {"state", "place"}:
        return None
    (owner, times), total = one.owners.most_common(1)[0], one.owners.total()
    if times < _LEAST or times < _MOSTLY * total:
        return None
    return owner if len(one.articles & where[owner]) <= (1 - _MOSTLY) * len(one.articles) else None
