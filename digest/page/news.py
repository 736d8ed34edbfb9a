"""What is new since the edition before: how much, and, on the front page, of whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.dossiers import Digest
from digest.model import Place
from digest.page.english import counted, listed
from digest.since import Changes

NAMED = 3
"""Of what is new so many outlets and speakers are named, those that it has most of."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of what changed: how many there are, in words, the part of the page of changes that has it, and the sign
    of its number, empty where nothing came or went. ``kind`` is what it is called in code.
    """

    kind: str
    count: int
    one: str
    many: str
    anchor: str = ""
    sign: str = ""

    @property
    def words(self) -> str:
        """Return the count in words: "2 new quotations"."""
        return counted(self.count, self.one, self.many)


@dataclass(frozen=True, slots=True)
class New:
    """One line of what is new: how much of what, the part of the page of changes that has it, of whom it is, and the
    number with its sign, empty where nothing came or went.
    """

    what: str
    anchor: str
    note: str = ""
    sign: str = ""


def news(digest: Digest) -> list[New]:
    """Return what is new since the edition before, most telling first; nothing where none is known, or nothing is."""
    found = digest.changes
    if not found:
        return []
    outlets = {d.article.id: d.outlet.name for d in digest.articles}
    changed: dict[str, list[str]] = defaultdict(list)
    for change in found.quotations:
        changed[change.kind] += change.before if change.kind == "removed" else change.after
    of: dict[str, Sequence[str | None]] = {
        **changed,
        "articles": [outlets.get(id_) for id_ in found.articles],
        "edited": [outlets.get(id_) for id_ in found.edited],
        "merged": [one.name for one in found.merged],
        "renamed": [one.to for one in found.renamed],
        "topics": [one.topic for one in found.topics],
    }
    return [_line(piece, of.get(piece.kind, ())) for piece in pieces(found)]


def pieces(found: Changes) -> list[Piece]:
    """Return what changed, most telling first, and nothing of which there is none."""
    kinds = Counter(change.kind for change in found.quotations)
    every = (
        Piece("articles", len(found.articles), "new article", "new articles", "articles", "+"),
        Piece("added", kinds["added"], "new quotation", "new quotations", "quotations", "+"),
        Piece(
            "re-attributed",
            kinds["re-attributed"],
            "quotation given to somebody else",
            "quotations given to somebody else",
            "quotations",
        ),
        Piece("removed", kinds["removed"], "quotation removed", "quotations removed", "quotations", "−"),
        Piece("edited", len(found.edited), "edited article", "edited articles", "edited"),
        Piece("gone", found.gone, "article removed", "articles removed", sign="−"),
        Piece("withheld articles", found.withheld_articles, "article withheld", "articles withheld", sign="−"),
        Piece("withheld", found.withheld, "quotation withheld", "quotations withheld", sign="−"),
        Piece("merged", len(found.merged), "actor merged", "actors merged", "merged"),
        Piece("renamed", len(found.renamed), "actor renamed", "actors renamed", "renamed"),
        Piece("topics", len(found.topics), "topic with other articles", "topics with other articles", "topics"),
    )
    return [piece for piece in every if piece.count]


def fresh(digest: Digest) -> frozenset[Place]:
    """Return the quotations that are new since the edition before; none where all are, for that marks nothing."""
    changes = digest.changes.quotations if digest.changes else ()
    new = frozenset((change.article, change.quotation) for change in changes if change.kind == "added")
    return new if len(new) < len(digest.lines) else frozenset()


def _line(piece: Piece, of: Iterable[str | None]) -> New:
    held = Counter(name for name in of if name)
    named = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
    note = [f"{name} {times}" if times > 1 else name for name, times in named[:NAMED]]
    if len(named) > NAMED:
        note.append(f"{len(named) - NAMED:,} more")
    return New(piece.words, piece.anchor, listed(note), f"{piece.sign}{piece.count:,}" if piece.sign else "")
