"""What the pages are made from: everything that is known about an actor, a topic, an outlet and an article.

The types between ``gather`` and ``page``. Every tuple is in the order in which it is shown. ``url`` is site-relative
and ends in a slash; an empty one means that there is no such page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.edition import Skipped
from digest.edits import Edited, Variation
from digest.lines import Line, Outlet, Tally, Topic, Utterance
from digest.model import Actor, Analysis, Article, Likeness, Quotation, Reason
from digest.relations import Answer, Compared, Comparison, Edge, LeftOut, Matrix, Missed, Network, Speeches, Story
from digest.since import Changes
from digest.weeks import Group, Passed, Trend, Voice, Week


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a ranked list. ``parts`` says what the count is made of ("said 2, added 1"), ``note`` who it is.

    The outlet that is not known has no ``name``. ``parts`` and ``spark`` count what copies repeat once.
    """

    name: str
    url: str
    tally: Tally
    note: str = ""
    parts: tuple[tuple[str, int], ...] = ()
    spark: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """One stretch of a timeline; ``start`` is its first day as an ISO date."""

    start: str
    by: Tally
    about: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Quotations over time in equal stretches without gaps. There is none below three dated articles."""

    unit: Literal["week", "month", "year"]
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A role as printed, with the latest article that prints it, how many do, and the earliest date of them.

    ``past``: the words tell that it is held no longer, or was held at another time. ``earlier`` is then the wording of
    older articles, which print the same role as one that is held.
    """

    text: str
    article: Article
    outlet: Outlet
    times: Tally
    first: str | None = None
    past: bool = False
    earlier: PrintedRole | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as printed, how often in all, which outlets print it, and by which ``rule`` it mostly means its actor.

    A part of the name that is shown needs none.
    """

    text: str
    count: int
    outlets: tuple[tuple[str, int], ...] = ()
    rule: str = ""


Choice = Literal["reported", "representative", "longest", "latest"]
"""Why a quotation stands for others: most outlets print it, most of its words are theirs too, it is the longest direct
one, or the latest."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A quotation that stands for a speaker or a topic, and why it was chosen: ``shared`` are printed words of it that
    others have as well, ``outlets`` how many print the most reported one, or ``articles`` where outlets are not known.
    """

    why: Choice
    line: Line
    shared: tuple[str, ...] = ()
    outlets: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Presence:
    """In how many ``weeks`` an actor is quoted, ``of`` those that have articles, and what voice that makes it."""

    voice: Literal["regular", "occasional", "peripheral"]
    weeks: int
    of: int


@dataclass(frozen=True, slots=True)
class ActorDossier:
    """What one actor says, what is said about it, and how it is named.

    ``elsewhere`` are the articles that name the actor without quoting it, newest first; ``namesakes`` other people of
    the same surname, ``apart`` those of nearly or wholly the same name who are known to be somebody else; ``silences``
    who had the story and did not quote it; ``reported`` what most outlets print of its words; ``answers`` whose verb
    denies or accuses; ``presence`` how regularly it is quoted, None where too few weeks tell.
    """

    actor: Actor
    url: str
    by: tuple[Line, ...] = ()
    about: tuple[Line, ...] = ()
    articles: Tally = field(default_factory=Tally)
    elsewhere: tuple[ArticleDossier, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    roles: tuple[PrintedRole, ...] = ()
    aliases: tuple[Alias, ...] = ()
    speaks_about: tuple[Count, ...] = ()
    spoken_about_by: tuple[Count, ...] = ()
    together: tuple[Count, ...] = ()
    outlets: tuple[Count, ...] = ()
    topics: tuple[Count, ...] = ()
    timeline: Timeline | None = None
    namesakes: tuple[Count, ...] = ()
    apart: tuple[Parted, ...] = ()
    silences: tuple[LeftOut, ...] = ()
    reported: tuple[Utterance, ...] = ()
    answers: tuple[Answer, ...] = ()
    presence: Presence | None = None

    @property
    def sparse(self) -> bool:
        """Whether all quotations stand in one article: then there is nothing to compare or to count."""
        return len({line.article.id for line in self.by}) < 2


@dataclass(frozen=True, slots=True)
class TopicDossier:
    """Who says what on one topic. ``above`` are the broader topics, top first; ``reported`` what most outlets print;
    ``denials`` are the quotations whose verb denies, rejects or disputes; ``stories`` are those of its articles.
    """

    topic: Topic
    above: tuple[Topic, ...] = ()
    below: tuple[Count, ...] = ()
    lines: tuple[Line, ...] = ()
    articles: tuple[ArticleDossier, ...] = ()
    voices: tuple[Count, ...] = ()
    related: tuple[Count, ...] = ()
    compared: tuple[Compared, ...] = ()
    matrix: Matrix | None = None
    timeline: Timeline | None = None
    reported: tuple[Utterance, ...] = ()
    denials: tuple[Line, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletDossier:
    """Whom one outlet quotes, on what, and through whom; whom it leaves out of its stories."""

    outlet: Outlet
    lines: tuple[Line, ...] = ()
    articles: tuple[ArticleDossier, ...] = ()
    voices: tuple[Count, ...] = ()
    topics: tuple[Count, ...] = ()
    via: tuple[Count, ...] = ()
    timeline: Timeline | None = None
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """Another article that prints the same words: ``share`` of 100 words of the article it is shown on.

    ``varied`` is what the later of two reports of a text prints otherwise than the earliest, where this is one of them.
    """

    article: Article
    outlet: Outlet
    share: int
    varied: Variation | None = None


@dataclass(frozen=True, slots=True)
class ArticleDossier:
    """One article with its quotations in text order; ``fragments`` are read as terms, not as speech.

    ``edited`` tells how it was edited, None where it was not, as far as is known. ``text`` is the id of the text that
    it is a report of, ``printed`` how many reports that has, and ``reports`` are the others of them, the earliest
    first. ``shared`` are other texts that print some of its words.
    """

    analysis: Analysis
    outlet: Outlet
    url: str
    lines: tuple[Line, ...] = ()
    fragments: tuple[Quotation, ...] = ()
    topics: tuple[Topic, ...] = ()
    voices: int = 0
    text: str = ""
    printed: int = 1
    reports: tuple[Shared, ...] = ()
    shared: tuple[Shared, ...] = ()
    edited: Edited | None = None

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.analysis.article


@dataclass(frozen=True, slots=True)
class Briefing:
    """What was said in a week. ``lines`` are all its quotations, in the edition's order.

    ``groups`` are the quotations that stand for it; ``voices`` all who are quoted, of whom ``new`` and ``back`` are
    quoted for the first time and again after long; ``topics`` the most printed ones and those that fell. ``fresh`` are
    articles that an earlier edition did not hold, ``mended`` those that were edited or dated by a person. ``long`` is
    after how many weeks somebody is quoted again, ``several`` how many others quote whom an outlet left out, at least.
    """

    week: Week
    articles: tuple[ArticleDossier, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...] = ()
    voices: tuple[Voice, ...] = ()
    new: tuple[Voice, ...] = ()
    back: tuple[Voice, ...] = ()
    topics: tuple[Trend, ...] = ()
    about: tuple[Edge, ...] = ()
    matrix: Matrix | None = None
    passed: tuple[Passed, ...] = ()
    fresh: tuple[ArticleDossier, ...] = ()
    mended: tuple[ArticleDossier, ...] = ()
    earlier: Week | None = None
    later: Week | None = None
    long: int = 0
    several: int = 0

    @property
    def sparse(self) -> bool:
        """Whether all is in one article: then there is nothing to compare or to count."""
        return len(self.articles) == 1

    @property
    def outlets(self) -> int:
        """How many outlets whose names are known printed something."""
        return len({article.outlet for article in self.articles if article.outlet.name})


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: one quotation large, the latest ones, and who speaks."""

    lead: Line | None
    latest: tuple[Line, ...]
    voices: tuple[Count, ...]
    topics: tuple[Count, ...]
    outlets: tuple[Count, ...]
    first: str | None
    last: str | None
    weeks: tuple[str, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """Two actors that may be one, and why; ``one`` is named more."""

    one: Actor
    other: Actor
    why: Likeness


@dataclass(frozen=True, slots=True)
class Parted:
    """Two actors of nearly or wholly one name who are known to be two, and why."""

    one: Actor
    other: Actor
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Perhaps:
    """An actor that may be two people of one name, and why: nothing connects ``some`` articles that name him with the
    ``others``. ``into`` is an id for the second of them that nobody has.
    """

    actor: Actor
    into: str
    some: tuple[ArticleDossier, ...]
    others: tuple[ArticleDossier, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What a person can settle: the quotations that are unsure and the articles that lack a date or an outlet.

    The speakers of ``anonymous`` are described in their articles ("the baker") and not named; a reader may know them.
    ``damaged`` have lost a mark; ``alike`` are actors that may be one, ``perhaps`` those that may be two, ``parted``
    pairs of one name that were told apart; ``contested`` the same words of two speakers.
    """

    unresolved: tuple[Line, ...] = ()
    anonymous: tuple[Line, ...] = ()
    unsure: tuple[Line, ...] = ()
    damaged: tuple[Line, ...] = ()
    alike: tuple[Alike, ...] = ()
    perhaps: tuple[Perhaps, ...] = ()
    parted: tuple[Parted, ...] = ()
    contested: tuple[tuple[Line, Line], ...] = ()
    undated: tuple[Article, ...] = ()
    unnamed: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything the pages show. ``lines`` are all quotations, newest first.

    ``utterances`` are those that several articles print, by id, ``stories`` those of the articles, by article.
    ``changes`` are those since the edition that was published before, None where none is known. ``briefings`` are those
    of the weeks with articles, the latest first. ``network`` is that of all, ``networks`` are those of topics, the most
    lines first; ``speeches`` has, for each speaker in the first, everything it says about others.
    """

    lines: tuple[Line, ...]
    actors: tuple[ActorDossier, ...]
    topics: tuple[TopicDossier, ...]
    outlets: tuple[OutletDossier, ...]
    articles: tuple[ArticleDossier, ...]
    front: Front
    open: Open = field(default_factory=Open)
    changes: Changes | None = None
    skipped: tuple[Skipped, ...] = ()
    utterances: Mapping[str, Utterance] = field(default_factory=dict)
    network: Network = field(default_factory=Network)
    networks: tuple[Network, ...] = ()
    speeches: tuple[Speeches, ...] = ()
    comparison: Comparison = field(default_factory=Comparison)
    stories: Mapping[str, Story] = field(default_factory=dict)
    briefings: tuple[Briefing, ...] = ()

    @property
    def sparse(self) -> bool:
        """Whether the edition is one article."""
        return len(self.articles) == 1


def published(articles: Iterable[ArticleDossier]) -> Tally:
    """Return how many ``articles`` there are."""
    return Tally.of(article.text for article in articles)
