"""The article while its speakers are being found: who is named where, and in which sentence and paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.language import Language
from digest.model import Actor, Analysis, Mention, Span
from digest.resolve.names import Linked
from digest.text import unbroken

# It begins with one set of signs, so that the rest of a text is skipped at once.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[\"'”’“»«)]*\s+(?=[\"'“„«»‘(]?[^\W\d_a-z]))")

# More organisations of one kind make a register and no article.
_MOST = 64


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker and how it was found; ``key`` names the way in ``confidence.toml``."""

    actor: str | None
    key: str
    how: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The article while its speakers are being found; everything is in text order.

    ``ends`` are the offsets at which sentences end, those inside quotation marks left out; ``paragraphs`` where blocks
    begin; ``names`` the mentions that are names and ``starts`` where they begin. ``marked`` are the pieces in marks.
    ``texts`` maps a name as printed to its actor, ``bodies`` each organisation to the end of its first name; ``counts``
    and ``first`` say how often and where first an actor is named outside marks; ``heard`` are where the names of
    sources begin. ``people`` are the ``actors`` and the doubtful ones, which only a pronoun can mean; ``titles``
    are those before an actor's names. ``kinds`` are the organisations by the words of their names and ``sorts`` by
    their types, the first of each, for a nominal is compared with all of them.
    """

    text: str
    ends: tuple[int, ...]
    paragraphs: tuple[int, ...]
    names: tuple[Mention, ...]
    starts: tuple[int, ...]
    marked: tuple[Span, ...]
    texts: Mapping[str, str]
    bodies: Mapping[str, int]
    counts: Mapping[str, int]
    first: Mapping[str, int]
    heard: frozenset[int]
    titles: Mapping[str, Collection[str]]
    actors: Mapping[str, Actor]
    people: Mapping[str, Actor]
    kinds: Mapping[str, Sequence[str]]
    sorts: Mapping[str, Sequence[str]]
    language: Language

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the names that begin in ``start..end``, in text order."""
        return self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that ``offset`` stands in."""
        return bisect_right(self.ends, offset)

    def sentence_end(self, offset: int) -> int:
        """Return where the sentence that ``offset`` stands in ends."""
        n = bisect_right(self.ends, offset)
        return self.ends[n] if n < len(self.ends) else len(self.text)

    def paragraph(self, offset: int) -> int:
        """Return the number of the block that ``offset`` stands in."""
        return bisect_right(self.paragraphs, offset)

    def in_marks(self, offset: int) -> bool:
        """Whether ``offset`` stands inside quotation marks."""
        n = bisect_right(self.marked, offset, key=lambda s: s.start) - 1
        return n >= 0 and offset < self.marked[n].end


def scene_of(analysis: Analysis, linked: Linked, language: Language) -> Scene:
    """Return the scene of an article whose names are linked to actors."""
    article = analysis.article
    text = unbroken(article.text, ((b.start, b.end) for b in article.blocks))
    names = tuple(m for m in linked.mentions if m.label == "name")
    acting = [(m, m.actor) for m in names if m.actor is not None]
    sure = [(m, a) for m, a in acting if a not in linked.doubtful]
    starts = tuple(m.start for m in names)
    marked = _marked(analysis)
    ends = (m.end() for m in _SENTENCE_END.finditer(text))
    # reversed, so that the first of equal keys is the one that stays
    bodies = {a: m.end for m, a in reversed(sure) if m.type not in ("person", "place", "state")}
    actors = {a: actor for a, actor in linked.actors.items() if a not in linked.doubtful}
    return Scene(
        text=text,
        ends=tuple(_outside(ends, marked)),
        paragraphs=tuple(b.start for b in article.blocks),
        names=names,
        starts=starts,
        marked=marked,
        texts={m.text: actor for m, actor in reversed(sure)},
        bodies=bodies,
        counts=Counter(a for m, a in acting if not m.quoted),
        first={a: m.start for m, a in reversed(acting) if not m.quoted},
        heard=frozenset(
            m.start
            for q in analysis.quotations
            if q.source is not None and q.source.label == "name"
            for m in names[bisect_left(starts, q.source.start) : bisect_left(starts, q.source.end)][:1]
        ),
        actors=actors,
        people=linked.actors,
        kinds=_first(bodies, actors, lambda actor: set(actor.name.casefold().split())),
        sorts=_first(bodies, actors, lambda actor: [actor.type]),
        titles=linked.titles,
        language=language,
    )


def _first(
    bodies: Mapping[str, int], actors: Mapping[str, Actor], keys: Callable[[Actor], Iterable[str]]
) -> dict[str, list[str]]:
    """Return each key of an organisation -> the first organisations with that key."""
    found: dict[str, list[str]] = defaultdict(list)
    for actor in sorted((a for a in bodies if a in actors), key=bodies.__getitem__):
        for key in keys(actors[actor]):
            if len(found[key]) < _MOST:
                found[key].append(actor)
    return dict(found)


def _marked(analysis: Analysis) -> tuple[Span, ...]:
    """Return the pieces in quotation marks, in order, without those inside others."""
    pieces = sorted({(p.start, p.end) for q in analysis.quotations for p in q.parts}, key=lambda p: (p[0], -p[1]))
    out: list[Span] = []
    for start, end in pieces:
        if not out or start >= out[-1].end:
            out.append(Span(start, end))
    return tuple(out)


def _outside(offsets: Iterable[int], spans: Sequence[Span]) -> Iterable[int]:
    """Yield those of the ascending ``offsets`` that stand in none of the ``spans``."""
    n = 0
    for at in offsets:
        while n < len(spans) and spans[n].end < at:
            n += 1
        if n == len(spans) or at <= spans[n].start:
            yield at
