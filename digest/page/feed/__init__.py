"""Feeds: the latest quotations of the site, an actor, a topic, an outlet, or an actor on a topic, as they come in.

Each is written twice, as Atom (RFC 4287) and as JSON Feed 1.1, beside the page that it belongs to.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from digest.addresses import actor_at
from digest.dossiers import ActorDossier, Digest, TopicDossier
from digest.lines import Line
from digest.model import DigestError
from digest.output import Alternate, File, SiteInfo
from digest.page.feed import atom, jsonfeed
from digest.page.feed.items import Frame, item
from digest.text import fold

__all__ = ["Feed", "by_page", "feeds", "misfits", "written"]

_Dossier = TypeVar("_Dossier", ActorDossier, TopicDossier)

LATEST = 50
"""A feed holds so many quotations: what a reader may miss between two looks, and few enough to be asked for often."""
UNKNOWN = "articles of an outlet that is not known"
FORMATS = (("application/atom+xml", ".xml"), ("application/feed+json", ".json"))
"""The media types of both formats (RFC 4287, 7; JSON Feed 1.1, "Discovery") and how their addresses end."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The latest ``lines`` of the page at ``page``; ``url`` is the feed's address without its ending.

    ``also`` are addresses of before, under which it stays for those who follow it there.
    """

    title: str
    page: str
    url: str
    lines: tuple[Line, ...]
    also: tuple[str, ...] = ()

    @property
    def alternates(self) -> tuple[Alternate, ...]:
        """What the head of its page says of it."""
        return tuple(Alternate(type_, self.title, f"{self.url}{ending}") for type_, ending in FORMATS)


def feeds(digest: Digest, site: SiteInfo) -> tuple[Feed, ...]:
    """Return every feed of a site: of all, of whoever is quoted, of each topic with those below it, of each outlet,
    and of the pairs that were asked for.

    Raises DigestError where a pair names nobody or nothing, or what several are called.
    """
    on = _by_topic(digest)
    here = {d.actor.id for d in digest.actors}
    found = [
        _feed("All quotations", "", digest.lines),
        *(
            _feed(
                f"Quotations by {d.actor.name}",
                d.url,
                d.by,
                also=[f"{actor_at(old)}feed" for old in d.actor.formerly if old not in here],
            )
            for d in digest.actors
            if d.by
        ),
        *(_feed(f"Quotations on {d.topic.name}", d.topic.url, on[d.topic.id]) for d in digest.topics),
        *(_feed(f"Quotations in {d.outlet.name or UNKNOWN}", d.outlet.url, d.lines) for d in digest.outlets),
    ]
    return (*found, *_pairs(site.pairs, digest))


def by_page(found: Iterable[Feed]) -> Mapping[str, tuple[Feed, ...]]:
    """Return the feeds that each page links to, by its address."""
    on: dict[str, list[Feed]] = defaultdict(list)
    for feed in found:
        on[feed.page].append(feed)
    return {page: tuple(held) for page, held in on.items()}


def written(found: Iterable[Feed], site: SiteInfo) -> Iterator[File]:
    """Yield the files of each feed. The same feeds give the same bytes: what is dated is dated by its article."""
    for feed in found:
        frame = Frame(feed.title, feed.page, feed.url, site)
        items = [item(line, frame) for line in feed.lines]
        for ending, content in ((".xml", atom.feed(frame, items)), (".json", jsonfeed.feed(frame, items))):
            for url in (feed.url, *feed.also):
                yield File(f"{url}{ending}", content)


def _feed(title: str, page: str, lines: Sequence[Line], *, name: str = "feed", also: Sequence[str] = ()) -> Feed:
    return Feed(title, page, f"{page}{name}", _latest(lines), tuple(also))


def _latest(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the latest of ``lines``, which are newest first, each text's words once.

    Of copies, the earliest counts: a later copy is no news, and must not put itself in the place of what was read.
    """
    first: dict[int, Line] = {}
    for line in reversed(lines):
        held = first.get(line.original)
        if held is None or (line.article.published and not held.article.published):
            first[line.original] = line
    return tuple(line for line in lines if first[line.original] is line)[:LATEST]


@dataclass(frozen=True, slots=True)
class _Called(Generic[_Dossier]):
    """The dossiers of a ``kind`` by what a pair may call them: an id, or, folded, a name and those who bear it."""

    kind: str
    by_id: Mapping[str, _Dossier]
    names: Mapping[str, str]
    ids: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, kind: str, found: Iterable[tuple[str, str, _Dossier]]) -> Self:
        """Return them for dossiers, each with its id and its name."""
        by_id: dict[str, _Dossier] = {}
        names: dict[str, str] = {}
        ids: dict[str, list[str]] = defaultdict(list)
        for id_, name, dossier in found:
            by_id[id_] = dossier
            names[fold(name)] = name
            ids[fold(name)].append(id_)
        return cls(kind, by_id, names, ids)

    def id_of(self, wanted: str) -> str:
        """Return the id of what is called ``wanted``. Raises DigestError where nothing is, or several are."""
        if wanted in self.by_id:
            return wanted
        names = f"mkdocs.yml: `feeds` names the {self.kind} “{wanted}”, which"
        called = self.ids.get(fold(wanted), ())
        if len(called) > 1:
            raise DigestError(f"{names} several are called; write the id of one of them: {', '.join(sorted(called))}")
        if called:
            return called[0]
        near = difflib.get_close_matches(wanted, self.by_id, 1)
        near = near or [self.names[name] for name in difflib.get_close_matches(fold(wanted), self.names, 1)]
        meant = f"do you mean “{near[0]}”?" if near else f"the page of each {self.kind} has its name"
        raise DigestError(f"{names} there is not; {meant}")


def misfits(asked: Iterable[tuple[str, str]], digest: Digest) -> list[str]:
    """Return a sentence for each actor or topic of the pairs that there is not, or that several are called."""
    found: list[str] = []
    actors, topics = _called(digest)
    for actor, topic in asked:
        for called, wanted in ((actors, actor), (topics, topic)):
            try:
                called.id_of(wanted)
            except DigestError as error:
                found.append(str(error))
    return list(dict.fromkeys(found))


def _called(digest: Digest) -> tuple[_Called[ActorDossier], _Called[TopicDossier]]:
    actors = _Called.of("actor", ((d.actor.id, d.actor.name, d) for d in digest.actors))
    topics = _Called.of("topic", ((d.topic.id, d.topic.name, d) for d in digest.topics))
    return actors, topics


def _pairs(asked: Iterable[tuple[str, str]], digest: Digest) -> list[Feed]:
    """Return the feeds of the pairs that are asked for, however they are called, each once."""
    actors, topics = _called(digest)
    meant = dict.fromkeys((actors.id_of(actor), topics.id_of(topic)) for actor, topic in asked)
    reached = _reached(digest)
    return [_pair(actors.by_id[actor], topics.by_id[topic], reached) for actor, topic in meant]


def _reached(digest: Digest) -> Mapping[str, tuple[str, ...]]:
    """Return which topics a quotation on each one is on: that one and all above it, by id."""
    return {d.topic.id: (d.topic.id, *(above.id for above in d.above)) for d in digest.topics}


def _by_topic(digest: Digest) -> Mapping[str, Sequence[Line]]:
    """Return the quotations on each topic or one below it, by its id, in the edition's order."""
    reached = _reached(digest)
    on: dict[str, list[Line]] = {id_: [] for id_ in reached}
    for line in digest.lines:
        for id_ in dict.fromkeys(id_ for topic in line.topics for id_ in reached[topic.id]):
            on[id_].append(line)
    return on


def _pair(who: ActorDossier, on: TopicDossier, reached: Mapping[str, tuple[str, ...]]) -> Feed:
    lines = [line for line in who.by if any(on.topic.id in reached[topic.id] for topic in line.topics)]
    return _feed(f"Quotations by {who.actor.name} on {on.topic.name}", who.url, lines, name=f"feed/{on.topic.slug}")
