"""What differs between two versions of an article, or two reports of a text: types between ``gather`` and ``page``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.model import QuotationKind

RowKind = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text that changed: those that stayed, that were removed or that were inserted."""

    kind: Literal["same", "removed", "inserted"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a paragraph. One that changed has the pieces of both wordings, in order.

    Of the same, and of those too far down to be shown, no words are kept: there are ``count`` of them.
    """

    kind: RowKind
    pieces: tuple[Piece, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two texts, paragraph by paragraph. ``beyond``: they are too long and different to say."""

    rows: tuple[Row, ...] = ()
    beyond: bool = False

    def number(self, kind: RowKind) -> int:
        """Return how many paragraphs stayed, were added, were removed or changed."""
        return sum(row.count for row in self.rows if row.kind == kind)

    @property
    def nothing(self) -> bool:
        """Whether every paragraph stayed as it was."""
        return not self.beyond and all(row.kind == "same" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Who:
    """Who speaks; ``url`` is empty where the edition has no page for them."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation as one version of an article has it. ``source`` are the words for a speaker who is not named."""

    id: str
    kind: QuotationKind
    words: str
    speakers: tuple[Who, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Altered:
    """A quotation that an edit added (``before`` is None), removed (``after`` is None), or changed.

    ``pieces`` are both wordings where they differ. ``here`` tells that it still stands in the article.
    """

    before: Said | None
    after: Said | None
    pieces: tuple[Piece, ...] = ()
    here: bool = False

    @property
    def reattributed(self) -> bool:
        """Whether somebody else speaks now."""
        if self.before is None or self.after is None:
            return False
        return (self.before.speakers, self.before.source) != (self.after.speakers, self.after.source)

    @property
    def otherwise(self) -> bool:
        """Whether it is printed as another kind now: reported, where it stood in quotation marks."""
        return self.before is not None and self.after is not None and self.before.kind != self.after.kind


@dataclass(frozen=True, slots=True)
class Variation:
    """What a later report of a text prints otherwise than the earliest one, which is the one "before" it."""

    difference: Difference
    quotations: tuple[Altered, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether both print the same, and no one is quoted otherwise."""
        return self.difference.nothing and not self.quotations


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of an article, before an edit and after it; empty where nothing was."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of an article: its commit (the whole hash) and that commit's ISO date, None where not committed yet."""

    commit: str | None
    date: str | None
    difference: Difference
    quotations: tuple[Altered, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """All that is known of how an article was edited, newest first. The other fields are those of an edition's
    ``History``.
    """

    edits: tuple[Edit, ...] = ()
    older: int = 0
    unread: int = 0
    cut: bool = False
    withheld: bool = False

    @property
    def times(self) -> int:
        """How often the article was edited, as far as is known."""
        return len(self.edits) + self.older
