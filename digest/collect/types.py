"""What collecting is told and what it tells: sources, items of feeds, what a run did with each source."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from digest.decisions import ArticleMeta
from digest.read.packs import Piece

Condition = Literal["read", "unchanged", "empty", "failed"]


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or a page that is to be collected.

    ``outlet`` is whose stories these are, as a person decided it; ``name`` is only what a list of feeds calls it.
    """

    address: str
    outlet: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: where its story stands, what the feed says of it, and the text that it gives itself."""

    address: str
    facts: ArticleMeta
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read. ``home`` is the page that it belongs to; ``lost`` counts the entries that lead nowhere."""

    title: str | None
    home: str | None
    items: tuple[Item, ...]
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """What a run did with one source: how it was, and how many of its stories were what.

    ``later`` stories are left to the next run, ``good`` is the day when the source was last read, and ``reasons`` are
    sentences on what went wrong.
    """

    source: Source
    condition: Condition
    new: int
    updated: int
    unchanged: int
    gone: int
    failed: int
    later: int
    good: str | None
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """The health of a source while the run goes on, which alone changes it."""

    source: Source
    condition: Condition = "read"
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    later: int = 0
    good: str | None = None
    reasons: list[str] = field(default_factory=list)

    def told(self) -> Health:
        """Return what there is to tell at the end of the run."""
        said: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        return Health(**said | {"reasons": tuple(self.reasons)})
