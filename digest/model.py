"""The types that most stages share: an article, what is found in it, an actor.

All classes are frozen and slotted; this module imports the standard library only. One coordinate system holds
everywhere: ``start`` and ``end`` are half-open offsets in code points of ``Article.text``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "caption", "byline", "heading", "paragraph", "editor", "reference", "list", "quote"]
QuotationKind = Literal["direct", "mixed", "indirect", "fragment"]
SourceLabel = Literal["name", "nominal", "pronoun"]
MentionLabel = Literal["name", "nominal", "pronoun", "role"]
ActorType = Literal["person", "organisation", "media", "armed-group", "party", "company", "state", "place"]
ViaRole = Literal["agency", "outlet", "addressee", "occasion"]
DateBasis = Literal["none", "metadata", "front matter", "text", "file name", "curation"]
Gender = Literal["m", "f"]
Reason = Literal["gender", "age", "sport", "arts", "office", "subject", "people"]
"""What tells two people of one name apart: a man and a woman, ages, walks of life, which are those of the languages;
the subjects of the articles, which make it a question only; what people decided."""
Likeness = Literal["surname", "initial", "middle", "letter", "initials"]
"""Why two names may be those of one actor: one is the surname alone, has an initial for a given name, or a name more in
the middle; the given names differ by a letter; one is made of the initials of the other."""
Position = Literal["subject", "object", "oblique", "possessive"]

Place = tuple[str, str]
"""The ids of an article and of a quotation in it: together they mean one quotation of an edition."""

SAYS: tuple[QuotationKind, ...] = ("direct", "mixed", "indirect")
"""The kinds that are shown as speech; a ``fragment`` (scare quotes, a title, a term) never is."""


LEFT_OUT = " […] "
"""Stands where words of an article are left out. It is ours, and no word of the article."""


class DigestError(Exception):
    """An error a person can mend: one clear sentence with the file, the place and the way out."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of ``Article.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of ``Article.text`` with the text itself, so that output can be read without the article."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A structural piece of an article. Blocks are in text order and do not overlap."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read: its text, its structure and what is known about it. Unknown stays ``None``.

    ``id`` comes from the file name and is stable under edits; ``path`` is relative to the folder given;
    ``sha256`` is of the file's bytes; ``published`` is an ISO date (``2018-07-12``); ``notes`` say what the reader
    had to decide (an encoding guessed, a key ignored). ``gaps`` are the stretches of the text that are not published,
    in order; line ends stand there in place of the words.
    """

    id: str
    path: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: str = "en"
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    date_basis: DateBasis = "none"
    url: str | None = None
    sha256: str = ""
    notes: tuple[str, ...] = ()
    gaps: tuple[Span, ...] = ()

    def piece(self, start: int, end: int) -> str:
        """Return ``text[start:end]`` as it is shown, with a sign for each stretch of it that is left out."""
        found: list[str] = []
        for gap in self.gaps[bisect_right(self.gaps, start, key=lambda g: g.end) :]:
            if gap.start >= end:
                break
            found.append(self.text[start : max(start, gap.start)])
            start = min(gap.end, end)
        return LEFT_OUT.join([*found, self.text[start:end]]) if found else self.text[start:end]

    def shown_around(self, start: int, end: int) -> tuple[int, int]:
        """Return where the stretch of the text begins and ends that is shown around ``text[start:end]``."""
        before = bisect_right(self.gaps, start, key=lambda g: g.end)
        behind = bisect_left(self.gaps, end, key=lambda g: g.start)
        lower = self.gaps[before - 1].end if before else 0
        return lower, self.gaps[behind].start if behind < len(self.gaps) else len(self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name the speaker in the article, with what stands in apposition to them.

    ``name`` is where the name of the one who speaks stands inside them; None for nominals and pronouns. Where several
    speak together, ``others`` are the places of the other names.
    """

    start: int
    end: int
    text: str
    label: SourceLabel
    name: Span | None = None
    others: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """The actor that the source means."""

    id: str
    name: str
    type: ActorType


@dataclass(frozen=True, slots=True)
class Via:
    """Through whom the words came: the agency, the outlet, the addressee or the occasion."""

    name: str
    id: str | None = None
    role: ViaRole = "outlet"

    @property
    def carries(self) -> bool:
        """Whether it passes words on; an addressee hears them and an occasion is where they fall."""
        return self.role in ("agency", "outlet")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. ``start..end`` is the content; ``parts`` are its verbatim pieces without the marks.

    ``id`` is ``q-`` and ten hex digits of article id and words. ``rule`` names the rule that found it, ``how`` says in
    words how the speaker was found, ``flaws`` what is damaged in the text. A ``None`` speaker is unresolved. ``others``
    are those who speak together with the speaker ("Brask and Vennor said"). ``decided``: a person said who speaks.
    """

    id: str
    kind: QuotationKind
    start: int
    end: int
    parts: tuple[Words, ...] = ()
    cue: Words | None = None
    source: Source | None = None
    speaker: Speaker | None = None
    others: tuple[Speaker, ...] = ()
    via: tuple[Via, ...] = ()
    about: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    confidence: float = 0.0
    rule: str = ""
    how: str = ""
    flaws: tuple[str, ...] = ()
    decided: bool = False

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """All who speak, the first one first; nobody where it is unresolved."""
        return (self.speaker, *self.others) if self.speaker else ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an actor is named. ``actor`` is an actor's id once resolved.

    ``position`` is what the name is in its clause, as far as its neighbours tell: a pronoun is more likely to mean a
    subject than what stands behind a preposition. ``quoted`` tells that it stands inside quotation marks.
    """

    start: int
    end: int
    text: str
    label: MentionLabel
    type: ActorType
    actor: str | None = None
    rule: str = ""
    position: Position = "object"
    quoted: bool = False

    def of(self, actor: str | None, kind: ActorType | None = None) -> Mention:
        """Return it as a mention of ``actor``, and of another type where ``kind`` is given."""
        kind = kind or self.type
        if actor == self.actor and kind == self.type:
            return self
        return Mention(self.start, self.end, self.text, self.label, kind, actor, self.rule, self.position, self.quoted)

    def at(self, position: Position) -> Mention:
        """Return it at ``position`` in its clause; written out as in ``of``, for an article has a hundred of them."""
        return Mention(
            self.start, self.end, self.text, self.label, self.type, self.actor, self.rule, position, self.quoted
        )

    def inside_marks(self) -> Mention:
        """Return it as one that stands inside quotation marks."""
        return Mention(
            self.start, self.end, self.text, self.label, self.type, self.actor, self.rule, self.position, quoted=True
        )


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic assigned to an article, with the phrases that caused it."""

    id: str
    name: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """When a topic applies: any phrase of ``any``, or every phrase of one list of ``all``; and none of ``not_``.

    A phrase of ``weak`` says less, and needs others beside it. A phrase stands at word boundaries; a final ``*`` allows
    any ending, a ``*`` at its beginning any beginning; case counts only if it has a capital letter.
    """

    any: tuple[str, ...] = ()
    all: tuple[tuple[str, ...], ...] = ()
    weak: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRule:
    """An IPTC Media Topic. ``parents`` are the ids above it, top first; ``rules`` maps language -> phrases."""

    id: str
    name: str
    name_de: str
    parents: tuple[str, ...] = ()
    rules: Mapping[str, Phrases] = field(default_factory=dict)

    @property
    def top(self) -> str:
        """Return the id of the topmost topic above this one; its own where there is none."""
        return self.parents[0] if self.parents else self.id

    def label(self, language: str) -> str:
        """Return the topic's name in ``language``, in English where there is none."""
        return self.name_de if language == "de" else self.name


@dataclass(frozen=True, slots=True)
class Role:
    """A role as printed ("US NATO ambassador") and where; its date is the article's.

    ``past``: it is held no longer, or was held at another time ("former minister").
    """

    text: str
    article: str
    start: int
    end: int
    past: bool = False


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A role that somebody holds; ``since`` and ``until`` are ISO dates, both days included, None where unknown."""

    text: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, state … as the articles name it. ``aliases`` counts mentions by surface form.

    ``roles`` are those that articles print, ``held`` those that people wrote down. ``formerly`` are the ids of the
    actors that were found to be the same, ``apart`` those of others that are somebody else, with why.
    """

    id: str
    name: str
    type: ActorType
    aliases: Mapping[str, int] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    wikidata: str | None = None
    gender: Gender | None = None
    held: tuple[DatedRole, ...] = ()
    formerly: tuple[str, ...] = ()
    apart: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An actor that may be two people of one name: nothing connects ``articles``, ids, with the others that name it."""

    actor: str
    articles: tuple[str, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was recognised in one article; ``actors`` are those of this article."""

    article: Article
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    topics: tuple[TopicMatch, ...] = ()
    actors: tuple[Actor, ...] = ()
