"""What the pages are made from: everything that is known about an actor, a topic, an outlet and an article.

The types between ``gather`` and ``page``. Every tuple is in the order in which it is shown. ``url`` is site-relative
and ends in a slash; an empty one means that there is no such page.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.edits import Edited
from digest.model import Actor, Analysis, Article, Quotation, Skipped, Span, Via

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


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What the pages say of the site itself. ``seeds_dir`` is the name of the folder of articles."""

    name: str
    repo_url: str | None
    commit: str | None
    seeds_dir: str
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published an article; ``name`` is ``None`` for the articles whose outlet is unknown."""

    name: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and its page."""

    id: str
    name: str
    url: str


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
        """Whether a person should look: nothing tells who speaks, or the reading is not certain enough."""
        return unresolved(self.quotation) or self.quotation.confidence < SURE

    @property
    def via(self) -> tuple[Via, ...]:
        """Through whom the words came, without the outlet itself: "told the Echo", the Echo writes."""
        own = (self.outlet.name or "").casefold()
        return tuple(via for via in self.quotation.via if via.name.casefold() != own)

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


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a ranked list. ``parts`` says what the count is made of ("said 2, added 1"), ``note`` who it is.

    ``parts`` and ``spark`` count what copies repeat once.
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
    about: Tally = Tally()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Quotations over time in equal stretches without gaps. There is none below three dated articles."""

    unit: Literal["week", "month", "year"]
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A role as printed, with the article that prints it, and how many do."""

    text: str
    article: Article
    outlet: Outlet
    times: Tally = Tally(1, 1)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as printed, how often in all, which outlets print it, and by which rule it mostly means its actor.

    ``why`` is empty where the name is that of its actor anywhere.
    """

    text: str
    count: int
    outlets: tuple[tuple[str, int], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A quotation that stands for a speaker, and why it was chosen."""

    why: str
    line: Line


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The outlets that had the story on a topic and did not quote someone whom others quote on it."""

    topic: Topic
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class ActorDossier:
    """What one actor says, what is said about it, and how it is named.

    ``elsewhere`` are the articles that name the actor without quoting it, newest first; ``namesakes`` other people of
    the same surname; ``silences`` who had the story and did not quote it; ``reported`` what most outlets print of its
    words.
    """

    actor: Actor
    url: str
    by: tuple[Line, ...] = ()
    about: tuple[Line, ...] = ()
    articles: Tally = Tally()
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
    silences: tuple[LeftOut, ...] = ()
    reported: tuple[Utterance, ...] = ()

    @property
    def sparse(self) -> bool:
        """Whether all quotations stand in one article: then there is nothing to compare or to count."""
        return len({line.article.id for line in self.by}) < 2


Silence = Literal["left out", "like name", "no story"]
"""Why an outlet does not quote a speaker: it had the story and left them out; it had the story and quotes someone whose
name is nearly the same, who may be the same person; it had no story."""


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
    """How often each outlet quotes one speaker; where it does not, whether it had the story."""

    speaker: Actor
    total: Tally
    cells: tuple[Tally | Silence, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The silence matrix: speakers down, outlets across. There is none below two outlets."""

    outlets: tuple[Outlet, ...]
    rows: tuple[SilenceRow, ...]


@dataclass(frozen=True, slots=True)
class TopicDossier:
    """Who says what on one topic. ``above`` are the broader topics, top first; ``reported`` what most outlets print."""

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


@dataclass(frozen=True, slots=True)
class OutletDossier:
    """Whom one outlet quotes, on what, and through whom."""

    outlet: Outlet
    lines: tuple[Line, ...] = ()
    articles: tuple[ArticleDossier, ...] = ()
    voices: tuple[Count, ...] = ()
    topics: tuple[Count, ...] = ()
    via: tuple[Count, ...] = ()
    timeline: Timeline | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """Another article that prints the same words: ``share`` of 100 words of the article it is shown on."""

    article: Article
    outlet: Outlet
    share: int


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


@dataclass(frozen=True, slots=True)
class Alike:
    """Two actors that may be one, and why; ``one`` is named more."""

    one: Actor
    other: Actor
    why: str


@dataclass(frozen=True, slots=True)
class Open:
    """What a person can settle: the quotations that are unsure and the articles that lack a date or an outlet.

    The speakers of ``anonymous`` are described in their articles ("the baker") and not named; a reader may know them.
    ``damaged`` have lost a mark; ``alike`` are actors that may be one; ``contested`` the same words of two speakers.
    """

    unresolved: tuple[Line, ...] = ()
    anonymous: tuple[Line, ...] = ()
    unsure: tuple[Line, ...] = ()
    damaged: tuple[Line, ...] = ()
    alike: tuple[Alike, ...] = ()
    contested: tuple[tuple[Line, Line], ...] = ()
    undated: tuple[Article, ...] = ()
    unnamed: tuple[Article, ...] = ()


ChangeKind = Literal["added", "removed", "re-attributed"]
Cause = Literal[
    "new article", "edited article", "article removed", "curation", "new version of the program", "other articles"
]
"""Why a quotation is new, gone or somebody else's. Other articles may tell who a name means."""


@dataclass(frozen=True, slots=True)
class Change:
    """A quotation that was added, removed or given to somebody else; ``before`` and ``after`` are its speakers."""

    kind: ChangeKind
    cause: Cause
    article: str
    title: str
    quotation: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """An actor that is now part of another one, and the page of that one."""

    name: str
    into: str
    url: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """An actor that is shown under another name, and its page."""

    name: str
    to: str
    url: str


@dataclass(frozen=True, slots=True)
class TopicChange:
    """A topic that articles of both editions have gained, ``more``, or lost, ``fewer``: their ids."""

    topic: str
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since an earlier edition, the one of commit ``since`` and of the program's ``version``.

    ``articles`` and ``edited`` are ids of articles, ``gone`` counts those that are not there any more. What is withheld
    since is not named: ``withheld_articles`` and ``withheld`` count articles and quotations.
    """

    since: str | None
    version: str
    articles: tuple[str, ...] = ()
    gone: int = 0
    edited: tuple[str, ...] = ()
    quotations: tuple[Change, ...] = ()
    merged: tuple[Merged, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    topics: tuple[TopicChange, ...] = ()
    withheld_articles: int = 0
    withheld: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing changed that a reader sees."""
        told = (self.articles, self.gone, self.edited, self.quotations, self.merged, self.renamed, self.topics)
        return not any((*told, self.withheld_articles, self.withheld))


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything the pages show. ``lines`` are all quotations, newest first.

    ``utterances`` are those that several articles print, by id. ``changes`` are those since the edition that was
    published before, None where none is known.
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

    @property
    def sparse(self) -> bool:
        """Whether the edition is one article."""
        return len(self.articles) == 1


def quoted(lines: Iterable[Line]) -> Tally:
    """Return how many quotations ``lines`` are."""
    return Tally.of(line.original for line in lines)


def published(articles: Iterable[ArticleDossier]) -> Tally:
    """Return how many ``articles`` there are."""
    return Tally.of(article.text for article in articles)
