"""What a container hands on: which articles it holds, and each of them in a form that the readers know."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from digest.decisions import ArticleMeta
from digest.read.errors import ReadError
from digest.text import digest_of

Key = tuple[int, ...]
"""Where a member lies in its container, and in the one inside that: offsets, sizes, numbers. It can be pickled."""

FRAGMENT = ".fragment"
"""The ending of a piece of HTML that is an article and nothing else; no file has it."""

WITHDRAWN = frozenset({"canceled", "withheld"})
"""What IPTC calls the state of an item that must not be published (newscodes, ``stat``)."""

TAIL = 12
"""How many hex digits tell two members of one name apart."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article inside a file that holds several.

    ``name`` is what it is called there, the same as long as it is there; ``stem`` is what its id is made of.
    """

    key: Key
    name: str
    stem: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is no article or may not be read, with a reason code and one sentence."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One article in a form that the readers know, and what its container says of it.

    ``ending`` names the reader. ``facts`` were written for this article, ``lang`` for all of the container.
    """

    ending: str
    data: bytes
    facts: ArticleMeta = field(default_factory=ArticleMeta)
    lang: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A container that is read whole: ``members`` in order, and the ``pieces`` that the number in a key means.

    ``single``: the file is one article itself, and called by its own name.
    """

    members: tuple[Member | Refused, ...]
    pieces: tuple[Piece, ...]
    single: bool = False


def document(found: Iterable[tuple[str, str, Piece | ReadError]], *, single: bool = False) -> Document:
    """Return the document of what was ``found``: each with its name, what tells it from others, and what it is.

    Where two have one name, the later one gets letters of what tells it apart; one that is there already is refused.
    """
    members: list[Member | Refused] = []
    pieces: list[Piece] = []
    names: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for name, identity, piece in found:
        twice = (name, identity) in seen
        seen.add((name, identity))
        told = name if name not in names else f"{name}-{digest_of(identity)[:TAIL]}"
        names.add(told)
        if isinstance(piece, ReadError):
            members.append(Refused(told, piece.code, str(piece)))
        elif twice:
            members.append(Refused(told, "twice", "this stands twice in its file; the first one was read"))
        else:
            members.append(Member((len(pieces),), told, told))
            pieces.append(piece)
    return Document(tuple(members), tuple(pieces), single)


def once(members: Iterable[Member | Refused]) -> Iterator[Member | Refused]:
    """Yield ``members``; of those that have one name, whatever its case, the first is read and the others refused."""
    seen: set[str] = set()
    for each in members:
        if isinstance(each, Member) and each.name.casefold() in seen:
            yield Refused(each.name, "twice", "this name stands twice in its file; the first one was read")
            continue
        if isinstance(each, Member):
            seen.add(each.name.casefold())
        yield each


def markup(title: str | None, body: str) -> bytes:
    """Return a headline and the HTML below it as what the reader of fragments takes."""
    head = f"<h1>{html.escape(title)}</h1>\n" if title else ""
    return (head + body).encode("utf-8", "replace")


def plain(title: str | None, body: str) -> bytes:
    """Return a headline and the text below it as what the reader of plain text takes."""
    return (f"{title}\n\n{body}" if title else body).encode("utf-8", "replace")
