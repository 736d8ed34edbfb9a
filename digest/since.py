"""What is new since an earlier edition: the types that ``changes`` finds and a digest holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["added", "removed", "re-attributed"]
Cause = Literal[
    "new article", "edited article", "article removed", "curation", "new version of the program", "other articles"
]
"""Why a quotation is new, gone or somebody else's. Other articles may tell who a name means."""


@dataclass(frozen=True, slots=True)
class Change:
    """A quotation that was added, removed or given to somebody else; ``before`` and ``after`` are its speakers."""

    kind: ChangeKind
    cause: Cause
    article: str
    title: str
    quotation: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """An actor that is now part of another one, and the page of that one."""

    name: str
    into: str
    url: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """An actor that is shown under another name, and its page."""

    name: str
    to: str
    url: str


@dataclass(frozen=True, slots=True)
class TopicChange:
    """A topic that articles of both editions have gained, ``more``, or lost, ``fewer``: their ids."""

    topic: str
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since an earlier edition, the one of commit ``since`` and of the program's ``version``.

    ``articles`` and ``edited`` are ids of articles, ``gone`` counts those that are not there any more. What is withheld
    since is not named: ``withheld_articles`` and ``withheld`` count articles and quotations.
    """

    since: str | None
    version: str
    articles: tuple[str, ...] = ()
    gone: int = 0
    edited: tuple[str, ...] = ()
    quotations: tuple[Change, ...] = ()
    merged: tuple[Merged, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    topics: tuple[TopicChange, ...] = ()
    withheld_articles: int = 0
    withheld: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing changed that a reader sees."""
        told = (self.articles, self.gone, self.edited, self.quotations, self.merged, self.renamed, self.topics)
        return not any((*told, self.withheld_articles, self.withheld))
