"""What the rows of a table are made of: a quotation where it stands, who printed it, on what, and how often.

``dossiers`` are made of these. Every tuple is in the order in which it is shown. ``url`` is site-relative and ends in a
slash; an empty one means that there is no such page.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from digest.addresses import outlet_at, quotation_at, topic_at
from digest.model import Actor, Analysis, Article, Quotation, Role, Span, Via

SURE = 0.75
"""A reading below this confidence is shown as unsure. A flag says "look here": it has to be right often enough to be
worth a look, so it stands where more than one reading in four is wrong. What is surer carries no flag; the words that
name the speaker are printed beside it, and the number stands in the article's note.
"""


def unresolved(quotation: Quotation) -> bool:
    """Whether nothing tells who speaks. "The baker", whom the article does not name, is an answer; "he" is none.

    That nobody is named is an answer too, where a person gave it.
    """
    return quotation.speaker is None and not unnamed(quotation)


def unnamed(quotation: Quotation) -> bool:
    """Whether it is known that the one who speaks is not named: the article describes them, or a person said so."""
    described = quotation.source is not None and quotation.source.label == "nominal"
    return quotation.speaker is None and (quotation.decided or described)


def unsure(quotation: Quotation) -> bool:
    """Whether a person should look: nothing tells who speaks, or the reading is not certain enough."""
    return unresolved(quotation) or quotation.confidence < SURE


def described(quotation: Quotation) -> str:
    """Return the article's own words for who speaks, where they say more than a pronoun does, else nothing."""
    source = quotation.source
    return source.text if source and source.label != "pronoun" else ""


def topics_of(quotation: Quotation, analysis: Analysis) -> tuple[str, ...]:
    """Return the ids of the topics that a quotation stands under: its own, those of its article where it has none."""
    return quotation.topics or tuple(match.id for match in analysis.topics)


def roles_in_articles(actors: Iterable[Actor]) -> dict[tuple[str, str], Role]:
    """Return the role that stands beside an actor in an article, the first that it prints, by the ids of both."""
    printed = sorted(((actor.id, role) for actor in actors for role in actor.roles), key=lambda x: x[1].start)
    return {(id_, role.article): role for id_, role in reversed(printed)}


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published an article; ``name`` is ``None`` for the articles whose outlet is unknown.

    ``key`` is what its spellings have in common (``text.outlet_key``).
    """

    name: str | None
    key: str

    @property
    def url(self) -> str:
        """Its page."""
        return outlet_at(self.key)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; ``slug`` is its own among all of an edition."""

    id: str
    name: str
    slug: str

    @property
    def url(self) -> str:
        """Its page."""
        return topic_at(self.slug)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something is printed: in so many ``reports``, and where what copies of a text repeat counts once.

    For articles, ``texts`` counts the texts that they are reports of. For quotations, ``reports`` counts the places,
    and ``texts`` each place in a text once: the same words, in another report of the text, are the same place.
    """

    reports: int = 0
    texts: int = 0

    @classmethod
    def of(cls, keys: Iterable[Hashable]) -> Tally:
        """Return the tally of reports that are given as one key each, the same for those that are counted once."""
        held = list(keys)
        return cls(len(held), len(set(held)))

    @property
    def copied(self) -> bool:
        """Whether some of it is printed more than once."""
        return self.reports != self.texts

    @property
    def rank(self) -> tuple[int, int]:
        """The key by which the most printed goes first: copies make nobody a louder voice."""
        return -self.texts, -self.reports


@dataclass(frozen=True, slots=True)
class Line:
    """One quotation where it stands: a row of every table it belongs to.

    ``number`` counts the quotations of its article from 1, in text order. ``speaker`` and ``about`` are actors of the
    edition. ``role`` is the speaker's role as printed, in this article where it prints one. ``others`` are those who
    speak together with the speaker. ``utterance`` is the id of what is said, which so many ``other_articles`` print as
    well, and so many ``other_outlets`` whose names are known. ``text`` is the text that the article is a report of;
    lines that print the same words at the same place of one text have the same ``original``.
    """

    quotation: Quotation
    article: Article
    outlet: Outlet
    number: int
    speaker: Actor | None = None
    others: tuple[Actor, ...] = ()
    role: str = ""
    about: tuple[Actor, ...] = ()
    topics: tuple[Topic, ...] = ()
    utterance: str = ""
    other_articles: int = 0
    other_outlets: int = 0
    text: str = ""
    original: int = 0

    @property
    def speakers(self) -> tuple[Actor, ...]:
        """All who speak, the first one first."""
        return (self.speaker, *self.others) if self.speaker else ()

    @property
    def unsure(self) -> bool:
        """Whether a person should look at who speaks."""
        return unsure(self.quotation)

    @property
    def clear(self) -> bool:
        """Whether it is verbatim, sure and undamaged: what a page may show without a word of caution."""
        return self.quotation.kind == "direct" and not (self.unsure or self.quotation.flaws)

    @property
    def via(self) -> tuple[Via, ...]:
        """Through whom the words came, without the outlet itself: "told the Echo", the Echo writes."""
        own = (self.outlet.name or "").casefold()
        return tuple(via for via in self.quotation.via if via.name.casefold() != own)

    @property
    def url(self) -> str:
        """Where it stands on the page of its article."""
        return quotation_at(self.article.id, self.quotation.id)

    @property
    def words(self) -> str:
        """The content, exactly as it stands in the article."""
        return self.article.text[self.quotation.start : self.quotation.end]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an utterance and the lines that print it, the earliest first.

    ``own`` are the pieces of the first line's article whose words stand in no other wording of the utterance.
    """

    lines: tuple[Line, ...]
    own: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """How an utterance is attributed, as printed: who speaks, the verb, through whom; and the lines that do so."""

    source: str
    cue: str
    via: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said once and is printed by several articles: by which, in which words, and as whose.

    ``lines`` are in the order of time, as are the wordings and attributions by their first lines.
    """

    id: str
    lines: tuple[Line, ...]
    wordings: tuple[Wording, ...]
    attributions: tuple[Attribution, ...]

    @property
    def outlets(self) -> int:
        """How many outlets whose names are known print it."""
        return len({line.outlet for line in self.lines if line.outlet.name})

    @property
    def articles(self) -> int:
        """How many articles print it."""
        return len({line.article.id for line in self.lines})


def quoted(lines: Iterable[Line]) -> Tally:
    """Return how many quotations ``lines`` are."""
    return Tally.of(line.original for line in lines)
