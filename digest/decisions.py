"""What people decided about articles, actors, topics and quotations: the types of the lines in ``curation/``.

The stages that act on them never read YAML; ``curate`` reads it and hands these over. Every decision says why, by whom
and when it was made, and at which line it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from digest.model import ActorType, DatedRole, TopicRule

T = TypeVar("T")

NOBODY = "nobody"
"""Written in place of an actor where a quotation has no speaker."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Why, by whom and when (an ISO date) something was decided, and where it stands: ``file:line``."""

    at: str
    why: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class ArticleMeta:
    """What a person wrote about one article in ``curation/articles.yml``; it goes before what the file says.

    ``published`` and ``on`` are ISO dates; ``why``, ``by`` and ``on`` say why, by whom and when it was decided.
    """

    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    title: str | None = None
    byline: str | None = None
    why: str | None = None
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What is known of one actor: a name to show, other names that mean it, and some that never do."""

    id: str
    decided: Decided
    name: str | None = None
    type: ActorType | None = None
    aliases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    roles: tuple[DatedRole, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Several actors that are one: all of ``others`` become ``kept``."""

    kept: str
    others: tuple[str, ...]
    decided: Decided


@dataclass(frozen=True, slots=True)
class Apart:
    """Several actors of which each is somebody else, however alike their names are."""

    actors: tuple[str, ...]
    decided: Decided


@dataclass(frozen=True, slots=True)
class One:
    """An actor that is one in all articles that name it, however little connects them."""

    actor: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class Split:
    """An actor that is somebody else in ``articles``: there it becomes ``into``, shown as ``name``."""

    actor: str
    into: str
    articles: tuple[str, ...]
    decided: Decided
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """An actor that is shown under another name."""

    actor: str
    name: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """Who speaks in a quotation: actors, the first one first; nobody where ``speakers`` is empty."""

    quotation: str
    speakers: tuple[str, ...]
    decided: Decided


@dataclass(frozen=True, slots=True)
class Reject:
    """A quotation that is none, or an actor that is none."""

    id: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class OnTopic:
    """Topics that an article has or has not, by their ids."""

    article: str
    add: tuple[str, ...]
    remove: tuple[str, ...]
    decided: Decided


@dataclass(frozen=True, slots=True)
class Withhold:
    """What no page, feed, index or export may show: exactly one of an article, an actor, a quotation and ``versions``.

    ``versions`` is the id of an article of which only the earlier versions are withheld.
    """

    decided: Decided
    article: str | None = None
    actor: str | None = None
    quotation: str | None = None
    versions: str | None = None


Correction = Merge | Apart | One | Split | Rename | SpokenBy | Reject | OnTopic | Withhold


@dataclass(frozen=True, slots=True)
class OwnTopic:
    """A topic of the people's own, in the grammar of the topics that are shipped."""

    rule: TopicRule
    decided: Decided


@dataclass(frozen=True, slots=True)
class Curation:
    """Everything that people decided. ``articles`` and ``actors`` are by id; the others in the order of their lines.

    ``places`` are the places, ``file:line``, of the entries of ``articles``.
    """

    articles: Mapping[str, ArticleMeta] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, KnownAs] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    topics: tuple[OwnTopic, ...] = ()

    def unnamed(self) -> frozenset[str]:
        """Return the ids and names of the people that are withheld, as far as decisions tell them.

        A name of one word is left out unless it is the id: it may be anybody's.
        """
        ids = {each.actor for each in self.of(Withhold) if each.actor}
        for each in self.of(Merge):
            if ids.intersection((each.kept, *each.others)):
                ids.update((each.kept, *each.others))
        said = [name for id_ in ids & self.actors.keys() for name in (self.actors[id_].name, *self.actors[id_].aliases)]
        said += [each.name for each in self.of(Rename) if each.actor in ids]
        return frozenset((*ids, *(name for name in said if name and len(name.split()) > 1)))

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """Return the corrections of one kind, in the order of their lines."""
        return tuple(each for each in self.corrections if isinstance(each, kind))
