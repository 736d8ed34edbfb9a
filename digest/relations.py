"""How those who are quoted stand to each other and to the outlets: who speaks about whom with which verbs, who is
quoted where and on what, who is left out, what is compared, and which articles are on one story.

The types that ``dossiers`` holds of it. Every tuple is in the order in which it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.addresses import anchor, behind, behind_at, network_at
from digest.lines import Line, Outlet, Tally, Topic
from digest.model import Actor, Article

Stance = Literal["accuse", "deny", "demand"]
"""What a printed cue tells of how the one who speaks stands to the one spoken about; the groups of ``stances`` in the
language files. Most cues tell nothing of the kind."""

Silence = Literal["left out", "like name", "no story"]
"""Why an outlet does not quote a speaker: it had the story and left them out; it had the story and quotes someone whose
name is nearly the same, who may be the same person; it had no story, or quotes them in it on something else."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A verb as articles of one language print it, and how often; what copies repeat counts once."""

    verb: str
    language: str
    times: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What one actor says about another, with cues of one stance; ``lines`` are newest first, ``verbs`` most first.

    There may be no verb: where somebody's words stand alone, nobody printed one.
    """

    speaker: Actor
    target: Actor
    stance: Stance | None
    verbs: tuple[Printed, ...]
    tally: Tally
    lines: tuple[Line, ...]

    @property
    def place(self) -> str:
        """Its anchor among the quotations behind a network; no other edge of one has it."""
        return behind(self.speaker.id, self.target.id, self.stance)


@dataclass(frozen=True, slots=True)
class Speeches:
    """What one actor says about others, at ``url``: each with the edges to it.

    First come those to whom a line is drawn, then those with the most quotations.
    """

    speaker: Actor
    url: str
    targets: tuple[tuple[Actor, tuple[Edge, ...]], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Who speaks about whom: the ``edges`` that are drawn, out of so many in ``total``, the most quotations first.

    Drawn are those with the most quotations, some of them for a verb that tells a stance before others with more.

    ``topic``: what is said on it and on narrower ones; None where all is taken.
    """

    edges: tuple[Edge, ...] = ()
    total: int = 0
    topic: Topic | None = None

    @property
    def url(self) -> str:
        """Its page."""
        return network_at(self.topic.slug if self.topic else None)

    @property
    def behind(self) -> str:
        """The page of the quotations behind its lines."""
        return behind_at(self.topic.slug if self.topic else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """A quotation whose printed verb denies or accuses: ``about`` the actor, or beside its words in one article."""

    line: Line
    about: bool


@dataclass(frozen=True, slots=True)
class InOutlet:
    """What one outlet prints of a speaker, newest first. Where that is nothing, ``silence`` says why; ``stories`` are
    its articles on the stories in which others quote the speaker, newest first.
    """

    outlet: Outlet
    lines: tuple[Line, ...] = ()
    silence: Silence | None = None
    stories: tuple[Article, ...] = ()

    @property
    def place(self) -> str:
        """Its anchor on the page of the speaker's comparison."""
        return anchor("in", self.outlet.key)


@dataclass(frozen=True, slots=True)
class OnTopic:
    """What a speaker says on one topic, newest first."""

    topic: Topic
    lines: tuple[Line, ...]

    @property
    def place(self) -> str:
        """Its anchor on the page of the speaker's comparison."""
        return anchor("on", self.topic.slug)


@dataclass(frozen=True, slots=True)
class Standing:
    """One speaker outlet by outlet and topic by topic, at ``url``."""

    speaker: Actor
    url: str
    outlets: tuple[InOutlet, ...]
    topics: tuple[OnTopic, ...]

    @property
    def places(self) -> tuple[InOutlet | OnTopic, ...]:
        """What the page tells of: every outlet that had a story, then every topic."""
        return (*(own for own in self.outlets if own.silence != "no story"), *self.topics)


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence: ``outlet`` printed ``article``, and perhaps more, on stories in which others quote ``speaker`` so
    often, and does not quote them. ``quoting`` are those others.
    """

    outlet: Outlet
    speaker: Actor
    elsewhere: Tally
    article: Article
    quoting: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An article where it stands in a list: who published it."""

    article: Article
    outlet: Outlet


@dataclass(frozen=True, slots=True)
class Story:
    """Articles near in time on the same names and words: the ``reports``, newest first, and who is quoted in them, most
    first. ``articles`` counts them; a story may be a single one.
    """

    id: str
    reports: tuple[Report, ...]
    articles: Tally
    voices: tuple[Actor, ...] = ()

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets whose names are known, in the order of their newest reports."""
        return tuple(dict.fromkeys(report.outlet for report in self.reports if report.outlet.name))

    @property
    def several(self) -> bool:
        """Whether it is more than one text."""
        return self.articles.texts > 1


@dataclass(frozen=True, slots=True)
class Missed:
    """A speaker whom an outlet leaves out of a ``story`` of which it printed ``report``, and who is quoted so often
    elsewhere in it, by ``quoting``.
    """

    speaker: Actor
    elsewhere: Tally
    quoting: tuple[Outlet, ...]
    story: Story
    report: Report


@dataclass(frozen=True, slots=True)
class Grid:
    """How often each speaker is quoted on each topic; each row has the speaker, the number in all and one a topic."""

    topics: tuple[Topic, ...]
    rows: tuple[tuple[Actor, Tally, tuple[Tally, ...]], ...]


@dataclass(frozen=True, slots=True)
class OnBoth:
    """What two speakers, or two outlets, have on one topic, in the order of time."""

    topic: Topic
    one: tuple[Line, ...]
    other: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two speakers side by side, at ``url``: on each of the topics that both are quoted on, the most quoted first.

    ``says`` is what ``one`` says about ``other``, ``answers`` the reverse; ``outlets`` how often each outlet quotes
    either.
    """

    one: Actor
    other: Actor
    url: str
    topics: tuple[OnBoth, ...]
    says: tuple[Edge, ...] = ()
    answers: tuple[Edge, ...] = ()
    outlets: tuple[tuple[Outlet, Tally, Tally], ...] = ()


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two outlets side by side, at ``url``, on the stories that both printed.

    ``texts`` are articles of one text, ``utterances`` the ids of what both print, most reported first; ``only_one`` are
    those whom ``one`` quotes there and ``other`` nowhere, ``only_other`` the reverse.
    """

    one: Outlet
    other: Outlet
    url: str
    stories: int
    topics: tuple[OnBoth, ...]
    texts: tuple[tuple[Article, Article], ...] = ()
    utterances: tuple[str, ...] = ()
    only_one: tuple[tuple[Actor, Tally], ...] = ()
    only_other: tuple[tuple[Actor, Tally], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """On a topic, the articles of outlets that leave someone out of a story in which others quote them: of each outlet
    the newest one.
    """

    topic: Topic
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One outlet on one topic. ``direct`` counts quotations that stand wholly in quotation marks."""

    outlet: Outlet
    quotations: Tally
    direct: int
    voices: int
    most: Actor | None
    left_out: Actor | None


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """How often each outlet quotes one speaker; where it does not, whether it had the story.

    ``shown`` has for each outlet its articles on the stories that it leaves the speaker out of, newest first.
    """

    speaker: Actor
    total: Tally
    cells: tuple[Tally | Silence, ...]
    shown: tuple[tuple[Article, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The silence matrix: speakers down, outlets across. There is none below two outlets."""

    outlets: tuple[Outlet, ...]
    rows: tuple[SilenceRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is compared over the whole edition: who is quoted by which outlet and on which topic.

    ``gaps`` are the longest silences. ``standings`` have a page for every speaker of the two tables, ``pairs`` one for
    two speakers, ``rivals`` one for two outlets.
    """

    matrix: Matrix | None = None
    grid: Grid | None = None
    gaps: tuple[Gap, ...] = ()
    standings: tuple[Standing, ...] = ()
    pairs: tuple[Pair, ...] = ()
    rivals: tuple[Rivals, ...] = ()
