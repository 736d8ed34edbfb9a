"""Decisions against what there is: lines that match nothing, and lines that contradict each other."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from digest.decisions import (
    Apart,
    Correction,
    Curation,
    KnownAs,
    Merge,
    One,
    OnTopic,
    Reject,
    Rename,
    Split,
    SpokenBy,
    Withhold,
)
from digest.model import Analysis

_ACTOR = "its id is the last part of the address of its page"
_ID = "its id is the file's name without its ending"


@dataclass
class _There:
    """What the articles hold, found when it is asked for first."""

    analyses: Sequence[Analysis]
    curation: Curation
    skipped: Collection[str]
    shipped: Collection[str]

    @cached_property
    def articles(self) -> Mapping[str, Analysis]:
        return {a.article.id: a for a in self.analyses}

    @cached_property
    def named(self) -> frozenset[str]:
        """The ids of the actors that articles name."""
        return frozenset(actor.id for a in self.analyses for actor in a.actors)

    @cached_property
    def actors(self) -> frozenset[str]:
        """The ids that may stand where an actor is meant: those named, and those that people wrote down."""
        return self.named | self.curation.actors.keys() | {s.into for s in self.curation.of(Split)}

    @cached_property
    def quotations(self) -> frozenset[str]:
        return frozenset(q.id for a in self.analyses for q in a.quotations)

    @cached_property
    def topics(self) -> frozenset[str]:
        return frozenset((*self.shipped, *(t.rule.id for t in self.curation.topics)))


def problems(
    curation: Curation, analyses: Sequence[Analysis], skipped: Collection[str], shipped: Collection[str]
) -> list[str]:
    """Return a sentence, with file and line, for each decision that matches nothing or contradicts another.

    ``analyses`` are those of all articles before anything was corrected, ``skipped`` the ids of articles that could not
    be read, ``shipped`` those of the topics there are.
    """
    there = _There(analyses, curation, skipped, shipped)
    unknown = (
        f"{curation.places[id_]}: {why}"
        for id_ in curation.articles
        if id_ not in skipped
        for why in _article(id_, there)
    )
    lost = (f"{each.decided.at}: {why}" for each in curation.corrections for why in _LOST[type(each)](each, there))
    absent = (f"{each.decided.at}: {why}" for each in curation.actors.values() for why in _absent(each, there))
    return [
        *unknown,
        *absent,
        *_two_meanings(curation.actors.values()),
        *lost,
        *_contradictions(curation),
        *_one_and_two(curation),
    ]


# --- lines that match nothing -----------------------------------------------------------------------------------------


def _absent(one: KnownAs, there: _There) -> Iterator[str]:
    if one.id in there.named or one.id in _spoken_by(there.curation):
        return
    names = [*([one.name] if one.name else []), *one.aliases]
    if not any(name in a.article.text for name in names for a in there.analyses):
        yield f"no article names “{one.id}”; {_near(one.id, there.named, 'add an alias that articles print')}"


def _spoken_by(curation: Curation) -> frozenset[str]:
    """Return the actors that somebody wrote down as speakers: they need no article that names them."""
    return frozenset(id_ for each in curation.of(SpokenBy) for id_ in each.speakers)


def _actor(id_: str, there: _There) -> Iterator[str]:
    if id_ not in there.actors:
        hint = _near(id_, there.actors, f"{_ACTOR}; one whom no article names needs an entry in actors.yml")
        yield f"there is no actor “{id_}”; {hint}"


def _article(id_: str, there: _There) -> Iterator[str]:
    if id_ in there.skipped:
        yield f"the article “{id_}” is skipped; mend its file, or take this out"
    elif id_ not in there.articles:
        hint = _near(id_, {*there.articles, *there.skipped}, _ID)
        yield f"there is no article “{id_}”; {hint}{' Or' if hint.endswith('?') else '; or'} delete this entry"


def _quotation(id_: str, there: _There) -> Iterator[str]:
    if id_ not in there.quotations:
        yield f"there is no quotation “{id_}”; an edit of its words changes its id, which the article's page shows"


def _merge(one: Merge, there: _There) -> Iterator[str]:
    for id_ in (one.kept, *one.others):
        yield from _actor(id_, there)


def _apart(one: Apart, there: _There) -> Iterator[str]:
    for id_ in one.actors:
        yield from _actor(id_, there)


def _one(one: One, there: _There) -> Iterator[str]:
    yield from _actor(one.actor, there)


def _split(one: Split, there: _There) -> Iterator[str]:
    yield from _actor(one.actor, there)
    if one.into in there.named:
        yield f"there is an actor “{one.into}” already; choose another id for the one that is split off"
    for id_ in one.articles:
        if id_ not in there.articles:
            yield from _article(id_, there)
        elif one.actor in there.named and all(a.id != one.actor for a in there.articles[id_].actors):
            yield f"the article “{id_}” does not name “{one.actor}”; take it out of the list"


def _rename(one: Rename, there: _There) -> Iterator[str]:
    yield from _actor(one.actor, there)


def _speaker(one: SpokenBy, there: _There) -> Iterator[str]:
    yield from _quotation(one.quotation, there)
    for id_ in one.speakers:
        yield from _actor(id_, there)


def _reject(one: Reject, there: _There) -> Iterator[str]:
    yield from (_quotation if one.id.startswith("q-") and one.id not in there.actors else _actor)(one.id, there)


def _topic(one: OnTopic, there: _There) -> Iterator[str]:
    yield from _article(one.article, there)
    for id_ in (*one.add, *one.remove):
        if id_ not in there.topics:
            hint = _near(id_, there.topics, "its id is such as medtop:11000000")
            yield f"there is no topic “{id_}”; {hint}"
    held = {t.id for t in there.articles[one.article].topics} if one.article in there.articles else None
    if held is not None:
        for id_ in held.intersection(one.add):
            yield f"“{one.article}” has the topic “{id_}” already; take it out"
        for id_ in (i for i in one.remove if i in there.topics and i not in held):
            yield f"“{one.article}” has no topic “{id_}”; take it out"


def _withhold(one: Withhold, there: _There) -> Iterator[str]:
    if one.article is not None and one.article not in there.skipped:
        yield from _article(one.article, there)
    for lost in () if one.actor is None else _actor(one.actor, there):
        yield f"{lost}; where an article named them before an edit, withhold articles/ID/#edited"
    if one.quotation is not None:
        yield from _quotation(one.quotation, there)
    if one.versions is not None and one.versions not in there.skipped:
        yield from _article(one.versions, there)


_LOST: Mapping[type[Correction], Callable[..., Iterator[str]]] = {
    Merge: _merge,
    Apart: _apart,
    One: _one,
    Split: _split,
    Rename: _rename,
    SpokenBy: _speaker,
    Reject: _reject,
    OnTopic: _topic,
    Withhold: _withhold,
}


def _near(word: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, sorted(known), 1)
    return f"did you mean “{near[0]}”?" if near else otherwise


# --- lines that contradict --------------------------------------------------------------------------------------------


def _two_meanings(actors: Iterable[KnownAs]) -> Iterator[str]:
    """Say which name is an alias of two actors."""
    owners: dict[str, KnownAs] = {}
    for one in actors:
        for alias in one.aliases:
            other = owners.setdefault(alias, one)
            if other is not one:
                yield f"{one.decided.at}: “{alias}” means “{other.id}” by {other.decided.at}; leave it to one of them"


def _one_and_two(curation: Curation) -> Iterator[str]:
    """Say which actors are one by some lines and two by another."""
    merges = {id_: merge for merge in curation.of(Merge) for id_ in merge.others}
    whole = {each.actor: each for each in curation.of(One)}
    for split in curation.of(Split):
        if split.actor in whole:
            where = whole[split.actor].decided.at
            yield f"{split.decided.at}: “{split.actor}” is one in all articles by {where}; keep one of the two lines"
    for each in curation.of(Apart):
        for one, other in combinations(each.actors, 2):
            (first, by_first), (second, by_second) = _merged(one, merges), _merged(other, merges)
            if first == second:
                where = (by_first or by_second)[-1].decided.at
                yield f"{each.decided.at}: “{one}” and “{other}” are one by {where}; keep one of the two lines"


def _merged(id_: str, merges: Mapping[str, Merge]) -> tuple[str, list[Merge]]:
    """Return the actor that one is a part of at last, and the lines that say so."""
    found: list[Merge] = []
    while id_ in merges and merges[id_] not in found:
        found.append(merges[id_])
        id_ = merges[id_].kept
    return id_, found


def _contradictions(curation: Curation) -> Iterator[str]:
    """Say which decision contradicts an earlier one, or repeats it."""
    said: dict[tuple[str, str], tuple[object, str]] = {}
    for about, what, at in _claims(curation):
        earlier, where = said.setdefault(about, (what, at))
        if where != at:
            verb = "says the same" if earlier == what else "says something else"
            yield f"{at}: {where} {verb} about “{about[1]}”; keep one of them"
    merged = {id_: (m.kept, m.decided.at) for m in curation.of(Merge) for id_ in m.others}
    rejected = {r.id: ("", r.decided.at) for r in curation.of(Reject)}
    # who speaks may be named by an id that is merged: the words follow it
    spoken = ((id_, s.decided.at) for s in curation.of(SpokenBy) for id_ in s.speakers)
    wanted = [
        *((id_, at, merged | rejected) for id_, at in _wanted(curation)),
        *((i, at, rejected) for i, at in spoken),
    ]
    for id_, at, gone in wanted:
        if id_ in gone:
            into, where = gone[id_]
            away = f"is merged into “{into}” by {where}; say it of that one" if into else f"is rejected by {where}"
            yield f"{at}: “{id_}” {away}"


def _claims(curation: Curation) -> Iterator[tuple[tuple[str, str], object, str]]:
    """Yield what each decision settles, what it says about it, and where it stands; one thing is settled once."""
    for one in curation.actors.values():
        if one.name:
            yield ("name", one.id), one.name, one.decided.at
    for each in curation.corrections:
        at = each.decided.at
        if isinstance(each, Rename):
            yield ("name", each.actor), each.name, at
        elif isinstance(each, Merge):
            yield from ((("actor", id_), each.kept, at) for id_ in each.others)
        elif isinstance(each, Apart):
            pairs = (sorted(pair) for pair in combinations(each.actors, 2))
            yield from ((("apart", " and ".join(pair)), None, at) for pair in pairs)
        elif isinstance(each, One):
            yield ("one", each.actor), None, at
        elif isinstance(each, SpokenBy):
            yield ("quotation", each.quotation), each.speakers, at
        elif isinstance(each, Reject):
            yield ("quotation" if each.id.startswith("q-") else "actor", each.id), None, at
        elif isinstance(each, Split):
            yield from ((("actor", f"{each.actor} in {id_}"), each.into, at) for id_ in each.articles)
            if each.name:
                yield ("name", each.into), each.name, at
        elif isinstance(each, OnTopic):
            yield from (((f"topic {t}", each.article), True, at) for t in each.add)
            yield from (((f"topic {t}", each.article), False, at) for t in each.remove)
        else:
            yield ("withheld", each.article or each.actor or each.quotation or f"{each.versions}/#edited"), None, at


def _wanted(curation: Curation) -> Iterator[tuple[str, str]]:
    """Yield the actors that decisions speak of as if they were there, each with the place."""
    yield from ((one.id, one.decided.at) for one in curation.actors.values())
    for each in curation.corrections:
        at = each.decided.at
        if isinstance(each, Rename | Split | One):
            yield each.actor, at
        elif isinstance(each, Merge):
            yield each.kept, at
