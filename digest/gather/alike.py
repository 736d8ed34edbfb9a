"""Which actors may be one: names that nearly agree, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from digest.dossiers import ActorDossier, Alike
from digest.knowledge import variants

MOST = 30
"""Of a surname that more people bear, only the most quoted are compared: beyond it, two are rather two."""
SHOWN = 200
_BODIES = frozenset({"organisation", "armed-group", "party", "company", "media"})


def alike(dossiers: Iterable[ActorDossier]) -> tuple[Alike, ...]:
    """Return pairs of actors that may be one, those of the most quoted first; ``dossiers`` are in that order.

    Pairs of which people say that they are two are none.
    """
    found = [each for each in (*_persons(dossiers), *_bodies(dossiers)) if each[1].other.id not in each[1].one.apart]
    found.sort(key=lambda pair: pair[0])
    return tuple(each for _, each in found[:SHOWN])


def _persons(dossiers: Iterable[ActorDossier]) -> Iterator[tuple[int, Alike]]:
    """Yield people of one surname whose given names nearly agree, with how far down the first of them stands."""
    families: dict[str, list[tuple[int, ActorDossier]]] = defaultdict(list)
    for place, dossier in enumerate(dossiers):
        if dossier.actor.type == "person" and (key := variants.surname_key(dossier.actor.name)):
            families[key].append((place, dossier))
    for family in families.values():
        for (place, one), (_, other) in combinations(family[:MOST], 2):
            why = variants.maybe_same(one.actor.name, other.actor.name)
            if why and {one.actor.gender, other.actor.gender} != {"m", "f"}:
                yield place, Alike(one.actor, other.actor, why)


def _bodies(dossiers: Iterable[ActorDossier]) -> Iterator[tuple[int, Alike]]:
    """Yield bodies of which one is called by the other's initials."""
    long: dict[str, list[tuple[int, ActorDossier]]] = defaultdict(list)
    short: dict[str, tuple[int, ActorDossier]] = {}
    for place, dossier in enumerate(dossiers):
        name = dossier.actor.name
        if dossier.actor.type not in _BODIES:
            continue
        if name.isupper() and name.isalpha():
            short[name] = (place, dossier)
        elif len(initials := "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())) > 1:
            long[initials].append((place, dossier))
    for name, (place, one) in short.items():
        # initials that several bodies share tell nothing
        if len(owners := long.get(name, [])) == 1:
            other_place, other = owners[0]
            yield min(place, other_place), Alike(other.actor, one.actor, "initials")
