"""Actors across articles: one entry for each, whatever an article calls it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from digest.decisions import Apart, Curation, KnownAs, Merge, Rename, Split
from digest.identity import moved
from digest.knowledge import Knowledge, variants
from digest.model import Actor, ActorType, Analysis, Gender, Reason, Role, Speaker, Via
from digest.resolve.inflected import inflected
from digest.resolve.names import shown_name
from digest.resolve.offices import office_name
from digest.resolve.people import spelled_as_known
from digest.resolve.shortened import shortened
from digest.text import slug

# Every name is compared with those of the same surname; of a surname that more people bear, only the best known are.
_MOST_ALIKE = 200
# A name of one word is a town's where so many articles print it as one.
_TOWN_ARTICLES = 2


def across(
    analyses: Sequence[Analysis], knowledge: Knowledge, decided: Curation | None = None
) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    """Return the analyses with every actor under one id and name, and those actors by id, sorted.

    Spellings of one name become one actor, and so do the short and the full name of a body, and a name and its
    genitive; a surname alone is nobody else. What people ``decided`` goes before: actors that are one, and how they are
    called. The order of ``analyses`` changes nothing but the order of the result.
    """
    curation = decided or Curation()
    spellings = _variants(analyses, knowledge)
    short = shortened(analyses, spellings, knowledge)
    ids = _ids(inflected(analyses, spellings, knowledge) | short | spellings, curation)
    put = [moved(a, ids) for a in analyses]
    actors = _told_apart(_merge(put, knowledge, curation, ids), curation, ids)
    return tuple(_renamed(a, actors) for a in put), actors


def _ids(found: Mapping[str, str], curation: Curation) -> dict[str, str]:
    """Return id -> id of the actor that it is, by what was found and by what people decided, in as few steps as one.

    An actor that people split off stays apart from whatever it was found to be; of those that are two by their word,
    the one named later in their line leaves.
    """
    off = {split.into for split in curation.of(Split)}
    ids = {one: other for one, other in found.items() if one not in off and other not in off}
    for one, other in _pairs(curation):
        if (root := _last(one, ids)) == _last(other, ids):
            del ids[other if other != root else one]
    ids |= {other: merge.kept for merge in curation.of(Merge) for other in merge.others}
    for merge in curation.of(Merge):
        # what a person keeps stays, whatever it was found to be a part of
        into = ids.pop(merge.kept, None)
        if into is not None and into not in merge.others:
            ids[into] = merge.kept
    return {one: last for one in ids if (last := _last(one, ids)) != one}


def _pairs(curation: Curation) -> Iterator[tuple[str, str]]:
    return (pair for each in curation.of(Apart) for pair in combinations(each.actors, 2))


def _told_apart(actors: dict[str, Actor], curation: Curation, ids: Mapping[str, str]) -> dict[str, Actor]:
    """Return the actors, each with those that are somebody else: by what articles say of them, and by people's word."""
    others: dict[str, dict[str, tuple[Reason, ...]]] = defaultdict(dict)
    by_people: tuple[Reason, ...] = ("people",)
    found = ((actor.id, other, why) for actor in actors.values() for other, why in actor.apart.items())
    for one, other, why in (*found, *((one, other, by_people) for one, other in _pairs(curation))):
        both = ids.get(one, one), ids.get(other, other)
        if both[0] != both[1]:
            others[both[0]][both[1]] = others[both[1]][both[0]] = why
    return {id_: replace(actor, apart=dict(sorted(others[id_].items()))) for id_, actor in actors.items()}


def _last(one: str, ids: Mapping[str, str]) -> str:
    seen = {one}
    while one in ids and ids[one] not in seen:
        one = ids[one]
        seen.add(one)
    return one


def _variants(analyses: Sequence[Analysis], knowledge: Knowledge) -> dict[str, str]:
    """Return id -> id of the actor whose name is another spelling of the same, the one named most in Latin letters.

    Names agree where each of their parts does (``knowledge.variants``); a surname alone never does. Nothing may speak
    against it: two that one article names, that are known to be two, or a man and a woman stay apart.
    """
    seen: dict[str, _Seen] = {}
    for analysis in analyses:
        for actor in analysis.actors:
            one = seen.setdefault(actor.id, _Seen(actor.id, spelled_as_known(actor.name, knowledge), actor.type))
            one.times += sum(actor.aliases.values())
            one.articles.add(analysis.article.id)
            one.genders |= {actor.gender} - {None}
            one.apart |= set(actor.apart)
            one.generations |= {variants.generation(name) for name in (actor.name, *actor.aliases)} - {""}
    alike: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for one in seen.values():
        if one.type == "person":
            alike["person", variants.surname_key(one.name)].append(one)
        elif one.type not in ("state", "place"):
            alike["body", variants.body_key(one.id)].append(one)
    into: dict[str, str] = {}
    for (kind, _), group in alike.items():
        group.sort(key=lambda s: (s.id not in knowledge.actors, not variants.in_latin(s.name), -s.times, s.id))
        shared = _shared_names(group)
        kept: list[_Seen] = []
        for one in group[:_MOST_ALIKE]:
            # a father and a son are named elsewhere: neither of them is meant for sure
            either = not one.generations and variants.parts(one.name) in shared
            same = kind == "body" or (len(variants.parts(one.name)) > 1 and not either)
            other = next((k for k in kept if same and _are_one(one, k, kind, knowledge)), None)
            if other is None:
                kept.append(one)
            else:
                into[one.id] = other.id
                other.articles |= one.articles
                other.genders |= one.genders
                other.apart |= one.apart
                other.generations |= one.generations
    return into


@dataclass(slots=True)
class _Seen:
    """An actor over all articles, while spellings are compared."""

    id: str
    name: str
    type: ActorType
    times: int = 0
    articles: set[str] = field(default_factory=set)
    genders: set[Gender | None] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    generations: set[str] = field(default_factory=set)


def _shared_names(group: Sequence[_Seen]) -> frozenset[tuple[str, ...]]:
    """Return the names, in parts, that people of several generations bear."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in group:
        found[variants.parts(one.name)] |= one.generations
    return frozenset(name for name, generations in found.items() if len(generations) > 1)


def _are_one(one: _Seen, other: _Seen, kind: str, knowledge: Knowledge) -> bool:
    told_apart = len(one.genders | other.genders) > 1 or len(one.generations | other.generations) > 1
    if told_apart or one.articles & other.articles or one.id in other.apart or other.id in one.apart:
        return False
    if one.id in knowledge.actors and other.id in knowledge.actors:
        return False
    return kind == "body" or variants.same_name(one.name, other.name)


def _merge(
    analyses: Sequence[Analysis], knowledge: Knowledge, curation: Curation, ids: Mapping[str, str]
) -> dict[str, Actor]:
    formerly: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(ids.items()):
        formerly[other].append(one)
    names = {ids.get(each.actor, each.actor): each.name for each in curation.of(Rename)}
    names |= {each.into: each.name for each in curation.of(Split) if each.name}
    known = {ids.get(id_, id_): each for id_, each in curation.actors.items()}
    same: dict[str, list[Actor]] = defaultdict(list)
    for analysis in sorted(analyses, key=lambda a: (a.article.published or "", a.article.id)):
        for actor in analysis.actors:
            same[actor.id].append(actor)
    towns = _towns(analyses)
    whole = {key: _one(key, actors, knowledge, formerly[key]) for key, actors in same.items()}
    return {
        key: _as_decided(_as_town(actor, towns, knowledge), known.get(key), names.get(key))
        for key, actor in sorted(whole.items())
    }


def _towns(analyses: Sequence[Analysis]) -> frozenset[str]:
    """Return the names that are places in several articles, as far as nobody knows them otherwise."""
    articles = Counter(
        name
        for a in analyses
        for name in {m.text for m in a.mentions if m.type == "place" and m.label == "name" and m.actor is None}
    )
    return frozenset(name for name, n in articles.items() if n >= _TOWN_ARTICLES)


def _as_town(actor: Actor, towns: Collection[str], knowledge: Knowledge) -> Actor:
    """Return somebody by one name, without a role, as a place where that is the name of a town elsewhere."""
    unknown = actor.type == "person" and actor.id not in knowledge.actors
    if not unknown or actor.roles or actor.gender or any(" " in name for name in actor.aliases):
        return actor
    own = [name for name in actor.aliases if slug(name) not in actor.formerly]
    return replace(actor, type="place") if own and all(name in towns for name in own) else actor


def _as_decided(actor: Actor, known: KnownAs | None, name: str | None) -> Actor:
    """Return an actor as people know it."""
    if known is None:
        return replace(actor, name=name) if name else actor
    others = {printed: n for printed, n in actor.aliases.items() if printed not in known.aliases}
    # another name that people give somebody is not how he is shown, as long as articles print one of his own
    own = shown_name(others, actor.type) if actor.name in known.aliases and others else actor.name
    return replace(
        actor,
        name=name or known.name or own,
        type=known.type or actor.type,
        wikidata=known.wikidata or actor.wikidata,
        held=known.roles,
    )


def _one(key: str, actors: Sequence[Actor], knowledge: Knowledge, formerly: Sequence[str]) -> Actor:
    aliases: Counter[str] = Counter()
    roles: list[Role] = []
    for actor in actors:
        aliases.update(actor.aliases)
        roles.extend(actor.roles)
    known = knowledge.actors.get(key)
    types = Counter(a.type for a in actors)
    if any(" " in name and variants.legal(name.split()[-1].strip(".,").casefold()) for name in aliases):
        types = Counter({kind: n for kind, n in types.items() if kind != "person"}) or types
    kind = known.type if known else min(types, key=lambda t: (-types[t], t))
    known_genders: list[Gender] = [a.gender for a in actors if a.gender is not None]
    genders = sorted(set(known_genders), key=lambda g: (-known_genders.count(g), g))
    return Actor(
        id=key,
        name=known.name
        if known
        else office_name(key, shown_name(aliases, kind), knowledge)
        if aliases
        else actors[0].name,
        type=kind,
        aliases=dict(sorted(aliases.items(), key=lambda item: (-item[1], item[0]))),
        roles=tuple(roles),
        wikidata=known.wikidata if known else None,
        gender=genders[0] if genders else None,
        formerly=tuple(formerly),
        apart={other: why for actor in actors for other, why in actor.apart.items()},
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
