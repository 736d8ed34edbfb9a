"""The quotations that stand for a week: the most reported ones, then some on each of the topics that share it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.dossiers import ArticleDossier
from digest.lines import Line, Topic, unresolved
from digest.weeks import Group

ROOM = 92
"""So many printed lines fit into the two columns of a sheet of paper: what stands for a week is one page."""
WIDTH = 54
"""So many characters are a line of a column."""
AROUND, HEAD = 5, 4
"""Beside its words a quotation takes so many lines: the gap, the speaker, what is told of it, where it stands; so many
does a heading."""
REPORTED, GROUPS, A_GROUP, MORE = 4, 6, 3, 3
"""So many most reported quotations, so many topics, so many quotations on each, and so many more where room is left."""
A_SPEAKER, AN_ARTICLE = 2, 2
"""So many of one speaker's and of one article's quotations stand for a week, so that nobody fills the page."""
FULL = 12
"""So many quotations make a page; where there are few articles, each may have its share of it."""
SHORTEST, LONGEST = 40, 320
"""A quotation of fewer characters is hardly a thought, one of more fills a column: others go before both."""
ONE_ARTICLE = 12
"""So many quotations of a week's only article are shown, in its order."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An utterance of a week: the line that shows it best, by how many outlets and texts it is printed.

    ``voice`` tells how many utterances the week has of its most quoted speaker.
    """

    line: Line
    outlets: int
    texts: int
    voice: int

    @property
    def reported(self) -> bool:
        """Whether several outlets print it, or several texts where no outlet is known."""
        return self.outlets > 1 or (self.outlets == 0 and self.texts > 1)

    @property
    def rank(self) -> tuple[object, ...]:
        """The key by which the best goes first: most reported, sure and verbatim, then by who speaks most."""
        line = self.line
        return -self.outlets, -self.texts, *_fitness(line), -self.voice, *_place(line)


def _room(line: Line) -> int:
    """Return how many printed lines a quotation takes."""
    who = sum(len(speaker.name) + 2 for speaker in line.speakers) + len(line.role)
    return -(-len(line.words) // WIDTH) + who // WIDTH + AROUND


def chosen(articles: Sequence[ArticleDossier], lines: Sequence[Line]) -> tuple[Group, ...]:
    """Return the quotations that stand for a week, in groups; ``lines`` are all its quotations.

    Of what several articles print as one utterance, one line is taken. A topic is taken for how many of the candidates
    it holds that no topic before it holds, so that the groups share the week out.
    """
    if len(articles) == 1:
        shown = _fitting(lines)
        return (Group(None, shown),) if shown else ()
    open_ = _candidates(lines)
    page = _Page(max(AN_ARTICLE, -(-FULL // len(articles))))
    found = [Group(None, page.take((each for each in open_ if each.reported), REPORTED))]
    open_ = [each for each in open_ if each.line not in found[0].lines]
    pools: list[tuple[Topic, list[_Candidate]]] = []
    for _ in range(GROUPS):
        topic = _widest(open_)
        if topic is None:
            break
        pools.append((topic, [each for each in open_ if topic in each.line.topics]))
        open_ = [each for each in open_ if topic not in each.line.topics]
        found.append(Group(topic, page.take(pools[-1][1], A_GROUP)))
    for n, (topic, pool) in enumerate(pools, 1):
        found[n] = Group(topic, (*found[n].lines, *page.take(pool, MORE, found[n].lines)))
    if not any(group.lines for group in found):
        found.append(Group(None, page.take(open_, A_GROUP)))
    return tuple(group for group in found if group.lines)


def _fitting(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the first quotations of an article in its order, without those that are too long for what room is left."""
    found: list[Line] = []
    room = ROOM - HEAD
    for line in lines:
        if len(found) < ONE_ARTICLE and _room(line) <= room:
            room -= _room(line)
            found.append(line)
    return tuple(found)


def _candidates(lines: Iterable[Line]) -> list[_Candidate]:
    """Return one candidate an utterance, the best first: those whose speaker is sure; where none is, those that are not
    sure, or whose speaker is not named.
    """
    every = [line for line in lines if not unresolved(line.quotation)]
    held: dict[str, list[Line]] = defaultdict(list)
    for line in [line for line in every if line.speaker and not line.unsure] or every:
        held[line.utterance].append(line)
    spoken = Counter(speaker.id for own in held.values() for speaker in own[0].speakers)
    found = []
    for own in held.values():
        outlets = {line.outlet for line in own if line.outlet.name}
        best = min(own, key=lambda line: (_fitness(line), _place(line)))
        voice = max((spoken[speaker.id] for speaker in best.speakers), default=0)
        found.append(_Candidate(best, len(outlets), len({line.text for line in own}), voice))
    return sorted(found, key=lambda each: each.rank)


def _fitness(line: Line) -> tuple[bool, bool, bool, int]:
    """Return the key by which the line that shows best what was said goes first."""
    quotation = line.quotation
    return (
        line.unsure or bool(quotation.flaws),
        line.speaker is None,
        not SHORTEST <= len(line.words) <= LONGEST,
        ("direct", "mixed", "indirect").index(quotation.kind),
    )


def _place(line: Line) -> tuple[str, str, int]:
    """Return the key by which the earliest line goes first."""
    return line.article.published or "", line.article.id, line.number


def _widest(candidates: Iterable[_Candidate]) -> Topic | None:
    """Return the topic of most ``candidates``, then the first by name; None where none has any."""
    held = Counter(topic for each in candidates for topic in each.line.topics)
    return min(held, key=lambda topic: (-held[topic], topic.name, topic.id), default=None)


class _Page:
    """The page that fills with quotations: how much room it has, and who stands on it."""

    def __init__(self, an_article: int) -> None:
        """Start with an empty page, which takes so many quotations of one article."""
        self._room = ROOM
        self._an_article = an_article
        self._speakers: Counter[str] = Counter()
        self._articles: Counter[str] = Counter()

    def take(self, candidates: Iterable[_Candidate], most: int, under: tuple[Line, ...] = ()) -> tuple[Line, ...]:
        """Return up to ``most`` lines of ``candidates``, which are ranked, to stand behind those ``under`` a heading.

        Of each speaker one is taken before a second one. What is too long for the room that is left makes way for what
        is not.
        """
        found: list[Line] = []
        later: list[Line] = []
        for line in (each.line for each in candidates if each.line not in under):
            if len(found) == most:
                break
            if any(speaker in shown.speakers for shown in (*under, *found) for speaker in line.speakers):
                later.append(line)
            elif self._fits(line, HEAD if not (under or found) else 0):
                found.append(line)
        for line in later:
            if len(found) < most and self._fits(line):
                found.append(line)
        return tuple(found)

    def _fits(self, line: Line, head: int = 0) -> bool:
        """Whether ``line`` may stand on the page, below a heading of so many lines; if so, it has its place there."""
        ids = [speaker.id for speaker in line.speakers] or [line.quotation.id]
        full = self._articles[line.article.id] >= self._an_article or self._room < head + _room(line)
        if full or any(self._speakers[id_] >= A_SPEAKER for id_ in ids):
            return False
        self._room -= head + _room(line)
        self._speakers.update(ids)
        self._articles[line.article.id] += 1
        return True
