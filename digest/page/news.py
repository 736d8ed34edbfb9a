"""What the front page says is new since the edition before: how much, and of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from digest.dossiers import Digest
from digest.model import Place
from digest.page.english import counted, listed

NAMED = 3
"""Of what is new so many outlets and speakers are named, those that it has most of."""


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
    added = [change.after for change in found.quotations if change.kind == "added"]
    moved = [change.after for change in found.quotations if change.kind == "re-attributed"]
    removed = [change.before for change in found.quotations if change.kind == "removed"]
    in_outlets, edited = ([outlets.get(id_) for id_ in ids] for ids in (found.articles, found.edited))
    lines = [
        _line(len(found.articles), ("new article", ""), "articles", in_outlets, "+"),
        _line(len(added), ("new quotation", ""), "quotations", _each(added), "+"),
        _line(
            len(moved),
            ("quotation given to somebody else", "quotations given to somebody else"),
            "quotations",
            _each(moved),
        ),
        _line(len(removed), ("quotation gone", "quotations gone"), "quotations", _each(removed), "−"),
        _line(len(found.edited), ("edited article", ""), "edited", edited),
        _line(found.gone, ("article gone", "articles gone"), "", (), "−"),
        _line(found.withheld_articles, ("article withheld", "articles withheld"), "", (), "−"),
        _line(found.withheld, ("quotation withheld", "quotations withheld"), "", (), "−"),
        _line(len(found.merged), ("actor merged", "actors merged"), "merged", [one.name for one in found.merged]),
        _line(len(found.renamed), ("actor renamed", "actors renamed"), "renamed", [one.to for one in found.renamed]),
        _line(
            len(found.topics),
            ("topic with other articles", "topics with other articles"),
            "topics",
            [one.topic for one in found.topics],
        ),
    ]
    return [line for line in lines if line]


def fresh(digest: Digest) -> frozenset[Place]:
    """Return the quotations that are new since the edition before; none where all are, for that marks nothing."""
    changes = digest.changes.quotations if digest.changes else ()
    new = frozenset((change.article, change.quotation) for change in changes if change.kind == "added")
    return new if len(new) < len(digest.lines) else frozenset()


def _line(n: int, what: tuple[str, str], anchor: str, of: Iterable[str | None], sign: str = "") -> New | None:
    if not n:
        return None
    held = Counter(name for name in of if name)
    named = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
    note = [f"{name} {times}" if times > 1 else name for name, times in named[:NAMED]]
    if len(named) > NAMED:
        note.append(f"{len(named) - NAMED:,} more")
    return New(counted(n, *what), anchor, listed(note), f"{sign}{n:,}" if sign else "")


def _each(speakers: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (name for names in speakers for name in names)
