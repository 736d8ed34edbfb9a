"""One dossier an actor: what it says, what is said about it, how it is named and with whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.addresses import actor_at
from digest.dossiers import ActorDossier, Alias, ArticleDossier, Count, TopicDossier, published
from digest.gather import counts
from digest.gather.frame import Frame
from digest.gather.highlights import Wording, highlights
from digest.gather.namesakes import apart
from digest.gather.time import presence, timeline, week
from digest.gather.utterances import most_reported
from digest.lines import Line, Tally, Utterance, quoted
from digest.model import Actor
from digest.relations import Edge, LeftOut, Report
from digest.text import fold, squeeze

TOGETHER = 8
"""So many people are listed as named together with someone, and so many namesakes."""
SILENCES = 3
"""A page says of so many topics who left its actor out."""


def dossiers(
    articles: Sequence[ArticleDossier],
    topics: Iterable[TopicDossier],
    known: Frame,
    said: Mapping[str, Utterance],
    worded: Wording,
    pairs: Iterable[Edge],
) -> tuple[ActorDossier, ...]:
    """Return a dossier for every actor, the most quoted first, then the most spoken about, then by name.

    ``pairs`` are who speaks about whom, one edge for each two.
    """
    by, about = _spoken(articles)
    says: dict[str, list[Edge]] = defaultdict(list)
    heard: dict[str, list[Edge]] = defaultdict(list)
    for edge in pairs:
        says[edge.speaker.id].append(edge)
        heard[edge.target.id].append(edge)
    named = _named(articles)
    together = _together(zip(articles, named, strict=True), known)
    printed = _printed(articles)
    naming: dict[str, list[ArticleDossier]] = defaultdict(list)
    for article, ids in zip(articles, named, strict=True):
        for id_ in ids:
            naming[id_].append(article)
    found = [
        _dossier(actor, known, by[id_], about[id_], (says[id_], heard[id_]), naming[id_], together[id_], printed[id_])
        for id_, actor in known.actors.items()
    ]
    same, silences = _namesakes(found), _silences(topics)
    weeks = len({week(a.article.published) for a in articles if a.article.published})
    whole = (_completed(d, same[d.actor.id], silences[d.actor.id], said, worded, weeks) for d in found)
    return tuple(sorted(whole, key=_rank))


def _rank(dossier: ActorDossier) -> tuple[object, ...]:
    by, about = quoted(dossier.by), quoted(dossier.about)
    return by.rank, about.rank, dossier.articles.rank, dossier.actor.name, dossier.actor.id


def _completed(
    dossier: ActorDossier,
    namesakes: tuple[Count, ...],
    silences: tuple[LeftOut, ...],
    said: Mapping[str, Utterance],
    worded: Wording,
    weeks: int,
) -> ActorDossier:
    """Return a dossier with what takes all dossiers, topics, utterances and ``weeks`` with articles to know."""
    reported = most_reported(dossier.by, said)
    return replace(
        dossier,
        namesakes=namesakes,
        silences=silences,
        reported=reported,
        highlights=highlights(dossier.by, reported, worded),
        presence=presence(dossier.by, weeks),
    )


def _dossier(
    actor: Actor,
    known: Frame,
    by: Sequence[Line],
    about: Sequence[Line],
    others: tuple[Sequence[Edge], Sequence[Edge]],
    naming: Sequence[ArticleDossier],
    together: Mapping[str, Tally],
    printed: Mapping[str, _Prints],
) -> ActorDossier:
    quoting = {line.article.id for line in by}
    return ActorDossier(
        actor=actor,
        url=actor_at(actor.id),
        by=tuple(by),
        about=tuple(about),
        articles=published(naming),
        elsewhere=tuple(a for a in naming if a.article.id not in quoting),
        roles=known.printed.get(actor.id, ()),
        apart=apart(actor, known.actors),
        aliases=_aliases(actor, printed),
        speaks_about=counts.spoken_about(others[0], known),
        spoken_about_by=counts.speaking(others[1], known),
        together=counts.ranked(Count(known.actors[id_].name, actor_at(id_), tally) for id_, tally in together.items())[
            :TOGETHER
        ],
        outlets=counts.by_outlet(by),
        topics=counts.by_topic(by),
        timeline=timeline(by, about),
    )


def _spoken(articles: Iterable[ArticleDossier]) -> tuple[dict[str, list[Line]], dict[str, list[Line]]]:
    """Return the quotations by and about each actor; what someone says about itself is not about it."""
    by: dict[str, list[Line]] = defaultdict(list)
    about: dict[str, list[Line]] = defaultdict(list)
    for line in (line for article in articles for line in article.lines):
        for speaker in line.speakers:
            by[speaker.id].append(line)
        for actor in line.about:
            if actor not in line.speakers:
                about[actor.id].append(line)
    return by, about


def _named(articles: Iterable[ArticleDossier]) -> list[frozenset[str]]:
    """Return, for each article, the actors that it names, quotes or speaks about."""
    return [
        frozenset(
            [
                *(m.actor for m in article.analysis.mentions if m.actor),
                *(speaker.id for line in article.lines for speaker in line.speakers),
                *(actor.id for line in article.lines for actor in line.about),
            ]
        )
        for article in articles
    ]


def _together(named: Iterable[tuple[ArticleDossier, frozenset[str]]], known: Frame) -> dict[str, dict[str, Tally]]:
    """Return, for each actor, the people named in the same articles and in how many."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, ids in named:
        people = [id_ for id_ in ids if id_ in known.actors and known.actors[id_].type == "person"]
        for id_ in ids:
            for other in people:
                if other != id_:
                    found[id_][other].append(article.text)
    return defaultdict(dict, {id_: {o: Tally.of(t) for o, t in others.items()} for id_, others in found.items()})


def _namesakes(found: Iterable[ActorDossier]) -> dict[str, tuple[Count, ...]]:
    """Return, for each person, the others of the same surname, most quoted first: whom a reader must not mistake."""
    families: dict[str, list[ActorDossier]] = defaultdict(list)
    for dossier in found:
        names = fold(dossier.actor.name).split()
        if dossier.actor.type == "person" and len(names) > 1:
            families[names[-1]].append(dossier)
    same: dict[str, tuple[Count, ...]] = defaultdict(tuple)
    for family in families.values():
        ordered = counts.ranked(Count(d.actor.name, d.url, quoted(d.by)) for d in family)[: TOGETHER + 1]
        for one in family:
            known = {one.url, *(actor_at(id_) for id_ in one.actor.apart)}
            same[one.actor.id] = tuple(count for count in ordered if count.url not in known)[:TOGETHER]
    return same


def _silences(topics: Iterable[TopicDossier]) -> dict[str, tuple[LeftOut, ...]]:
    """Return, for each actor, who left it out: on the topics on which most outlets did."""
    found: dict[str, list[tuple[tuple[int, int], LeftOut]]] = defaultdict(list)
    for topic, matrix in ((d.topic, d.matrix) for d in topics if d.matrix):
        for row in matrix.rows:
            cells = zip(matrix.outlets, row.cells, row.shown, strict=True)
            left = tuple(Report(shown[0], o) for o, cell, shown in cells if cell == "left out")
            if left:
                found[row.speaker.id].append((row.total.rank, LeftOut(topic, left)))
    ordered = {
        id_: sorted(own, key=lambda x: (-len(x[1].reports), x[0], x[1].topic.name)) for id_, own in found.items()
    }
    return defaultdict(tuple, {id_: tuple(x for _, x in own[:SILENCES]) for id_, own in ordered.items()})


@dataclass(frozen=True, slots=True)
class _Prints:
    """How often each outlet prints a name, and how often each rule read it."""

    outlets: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)


def _printed(articles: Iterable[ArticleDossier]) -> dict[str, dict[str, _Prints]]:
    """Return, for each actor and each name as printed, who prints it and by which rules it is read."""
    found: dict[str, dict[str, _Prints]] = defaultdict(lambda: defaultdict(_Prints))
    for article in articles:
        outlet = article.outlet.name or ""
        for mention in article.analysis.mentions:
            if mention.actor and mention.label in ("name", "nominal"):
                prints = found[mention.actor][squeeze(mention.text)]
                prints.outlets[outlet] += 1
                prints.rules[mention.rule] += 1
    return found


def _aliases(actor: Actor, printed: Mapping[str, _Prints]) -> tuple[Alias, ...]:
    """Return the names an actor goes by, its shown name left out."""
    totals = {name: n for name, n in actor.aliases.items() if name != actor.name}
    return tuple(_alias(name, n, actor, printed.get(name, _Prints())) for name, n in counts.most(totals))


def _alias(name: str, times: int, actor: Actor, prints: _Prints) -> Alias:
    outlets = tuple((outlet, n) for outlet, n in counts.most(prints.outlets) if outlet)
    rule = next((rule for rule, _ in counts.most(prints.rules)), "")
    return Alias(name, times, outlets, "" if name in actor.name else rule)
