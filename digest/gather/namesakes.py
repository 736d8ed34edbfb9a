"""People of one name: those who were told apart, and those of whom a person should say whether they are two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from digest.dossiers import ArticleDossier, Parted, Perhaps
from digest.model import Actor, Doubt

SHOWN = 200


def apart(actor: Actor, actors: Mapping[str, Actor]) -> tuple[Parted, ...]:
    """Return the others who bear the name of ``actor`` or nearly do and are somebody else, with why, by their names."""
    others = ((actors[id_], why) for id_, why in actor.apart.items() if id_ in actors)
    found = (Parted(actor, other, why) for other, why in others)
    return tuple(sorted(found, key=lambda pair: (pair.other.name, pair.other.id)))


def parted(actors: Mapping[str, Actor]) -> tuple[Parted, ...]:
    """Return the pairs that the program told apart, each once, by name: people have to be able to say that it erred."""
    pairs = (pair for actor in actors.values() for pair in apart(actor, actors))
    own = (pair for pair in pairs if "people" not in pair.why and pair.one.id < pair.other.id)
    return tuple(sorted(own, key=lambda pair: (pair.one.name, pair.one.id, pair.other.id)))


def perhaps(
    doubts: Iterable[Doubt], articles: Sequence[ArticleDossier], actors: Mapping[str, Actor]
) -> tuple[Perhaps, ...]:
    """Return those who may be two, those of the most articles first, with the articles of each side, newest first."""
    asked = {doubt.actor: doubt for doubt in doubts if doubt.actor in actors}
    naming: dict[str, list[ArticleDossier]] = {id_: [] for id_ in asked}
    for article in articles:
        for actor in article.analysis.actors:
            if actor.id in asked:
                naming[actor.id].append(article)
    found = []
    for id_, doubt in asked.items():
        asked_about = frozenset(doubt.articles)
        some = tuple(a for a in naming[id_] if a.article.id in asked_about)
        others = tuple(a for a in naming[id_] if a.article.id not in asked_about)
        found.append(Perhaps(actors[id_], _free(id_, actors), some, others, doubt.why))
    found.sort(key=lambda each: (-len(each.some) - len(each.others), each.actor.id))
    return tuple(found[:SHOWN])


def _free(id_: str, actors: Mapping[str, Actor]) -> str:
    return next(free for n in count(2) if (free := f"{id_}-{n}") not in actors)
