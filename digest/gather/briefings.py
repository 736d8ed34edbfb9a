"""A briefing for every week that has articles: what was said, by whom, and what is new against the weeks before."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from digest.addresses import briefing_at
from digest.dossiers import ArticleDossier, Briefing, published
from digest.gather import counts
from digest.gather.chosen import chosen
from digest.gather.frame import Frame
from digest.gather.network import edges
from digest.gather.silence import matrix
from digest.gather.stories import Stories, printed
from digest.gather.time import DATED, week
from digest.lines import Line, Outlet, Tally, Topic, quoted
from digest.relations import Edge, Matrix
from digest.since import Changes
from digest.weeks import Course, Passed, Trend, Voice, Week

BEFORE = 8
"""A week is held against so many weeks before it, and who was not quoted for so many is back after long."""
TOPICS, FELL = 6, 2
"""A briefing names so many topics, the most printed first, and so many that fell."""
CHANCE = 6.63
"""From this log-likelihood ratio a topic is more or less printed than in the weeks before: chance alone reaches it once
in a hundred topics (the 99th percentile of chi squared with one degree of freedom)."""
LEAST = 3
"""So many texts on a topic are needed, now or before, for it to be more or fewer than usual."""
SPEAKERS = 8
"""The matrix of a week has so many speakers, so that it stays on the second page in print."""
SEVERAL = 2
"""That an outlet left someone out is said where so many others quote them: what one paper has, it may have alone."""


@dataclass(slots=True)
class _Before:
    """What is known of the weeks before the one that is looked at.

    ``weeks`` are the latest of them, each with its Monday and how many texts are on each topic; ``""`` counts all of
    its texts. ``quoted`` has the date on which each actor was last quoted; None for those of undated articles.
    """

    quoted: dict[str, str | None]
    seen: int = 0
    weeks: deque[tuple[str, Counter[str]]] = field(default_factory=deque)


def briefings(
    articles: Sequence[ArticleDossier], known: Frame, had: Stories, changes: Changes | None
) -> tuple[Briefing, ...]:
    """Return the briefings of the weeks that have ``articles``, the latest first. Undated articles are in none."""
    held: dict[str, list[ArticleDossier]] = defaultdict(list)
    undated: list[ArticleDossier] = []
    for article in articles:
        (held[week(article.article.published)] if article.article.published else undated).append(article)
    before = _Before({speaker.id: None for a in undated for line in a.lines for speaker in line.speakers})
    new = frozenset(changes.articles) if changes else frozenset()
    found = []
    for monday, own in sorted(held.items()):
        found.append(_briefing(of_week(monday), own, before, known, had, new))
        _remember(before, monday, own)
    return tuple(_linked(found))[::-1]


def of_week(monday: str) -> Week:
    """Return the week that begins on ``monday``, an ISO date."""
    year, number, _ = date.fromisoformat(monday).isocalendar()
    id_ = f"{year:04}-w{number:02}"
    return Week(id_, briefing_at(id_), year, number, monday, _day(monday, 6))


def _day(monday: str, days: int) -> str:
    """Return the date so many days after ``monday``, as far as there are dates: an article may bear any."""
    day = date.fromisoformat(monday).toordinal() + days
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).isoformat()


def _linked(found: Sequence[Briefing]) -> Iterator[Briefing]:
    """Yield the briefings with the week before and the week after that have one."""
    weeks = [None, *(each.week for each in found), None]
    for briefing, (earlier, _, later) in zip(found, zip(weeks, weeks[1:], weeks[2:], strict=False), strict=True):
        yield replace(briefing, earlier=earlier, later=later)


def _briefing(
    of: Week, articles: Sequence[ArticleDossier], before: _Before, known: Frame, had: Stories, new: frozenset[str]
) -> Briefing:
    lines = tuple(line for article in articles for line in article.lines)
    voices = _voices(lines, before, of, known)
    silence = matrix(lines, printed(articles, had.of), had, SPEAKERS)
    return Briefing(
        week=of,
        articles=tuple(articles),
        lines=lines,
        groups=chosen(articles, lines),
        voices=voices,
        new=tuple(voice for voice in voices if voice.new),
        back=tuple(voice for voice in voices if voice.before),
        topics=_trends(articles, before, of, known),
        about=_about(lines),
        matrix=silence,
        passed=_passed(silence) if silence else (),
        fresh=tuple(a for a in articles if a.article.id in new) if len(new) < len(known.texts) else (),
        mended=tuple(a for a in articles if a.edited or a.article.date_basis == "curation"),
        long=BEFORE,
        several=SEVERAL,
    )


def _voices(lines: Sequence[Line], before: _Before, of: Week, known: Frame) -> tuple[Voice, ...]:
    """Return who is quoted in a week, the most quoted first.

    Who is new is told only where there were some weeks before: in the first ones, nearly everybody is.
    """
    held: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers:
            held[speaker.id].append(line)
    long_ago = _day(of.first, -7 * BEFORE)
    found = []
    for id_, own in held.items():
        last = before.quoted.get(id_)
        found.append(
            Voice(
                actor=known.actors[id_],
                role=known.note(known.actors[id_]),
                tally=quoted(own),
                outlets=tuple(outlet for outlet, _ in _most_printing(own)),
                via=tuple((count.name, count.tally.texts) for count in counts.by_via(own, known)),
                new=before.seen >= DATED and id_ not in before.quoted,
                before=last if last and last < long_ago else None,
            )
        )
    return tuple(sorted(found, key=lambda v: (v.tally.rank, v.actor.name, v.actor.id)))


def _most_printing(lines: Iterable[Line]) -> list[tuple[Outlet, Tally]]:
    """Return the outlets of ``lines`` whose names are known, the most printing first."""
    held = counts.tallied((line.outlet, line.original) for line in lines if line.outlet.name)
    return sorted(held.items(), key=lambda pair: (pair[1].rank, pair[0].name or ""))


def _trends(articles: Sequence[ArticleDossier], before: _Before, of: Week, known: Frame) -> tuple[Trend, ...]:
    """Return the topics of a week, the most printed first, then those that fell, the deepest first.

    There is nothing to hold a week against where fewer than three of the weeks before it have articles.
    """
    now = counts.tallied((topic, article.text) for article in articles for topic in article.topics)
    ranked = sorted(now.items(), key=lambda pair: (pair[1].rank, pair[0].name, pair[0].id))
    past, weeks = _past(before, of)
    if weeks is None:
        return tuple(Trend(topic, tally) for topic, tally in ranked[:TOPICS])
    total = published(articles).texts

    def trend(topic: Topic, tally: Tally) -> Trend:
        ratio = unusual(tally.texts, total, past[topic.id], past[""])
        chance = abs(ratio) < CHANCE or max(tally.texts, past[topic.id]) < LEAST
        course: Course = "as before" if chance else "more" if ratio > 0 else "fewer"
        return Trend(topic, tally, past[topic.id] / weeks, course)

    found = [trend(topic, tally) for topic, tally in ranked[:TOPICS]]
    shown = {each.topic.id for each in found}
    others = [known.topics[id_] for id_ in past if id_ and id_ not in shown]
    fell = [each for topic in others if (each := trend(topic, now.get(topic, Tally()))).course == "fewer"]
    fell.sort(key=lambda t: (t.tally.texts - (t.before or 0), t.topic.name, t.topic.id))
    return (*found, *fell[:FELL])


def _past(before: _Before, of: Week) -> tuple[Counter[str], int | None]:
    """Return how many texts the weeks before have on each topic, and how many weeks that are; None where too few.

    Weeks without articles between them count as well.
    """
    earliest = _day(of.first, -7 * BEFORE)
    near = [(monday, texts) for monday, texts in before.weeks if monday >= earliest]
    if len(near) < DATED:
        return Counter(), None
    past: Counter[str] = Counter()
    for _, texts in near:
        past.update(texts)
    # A monitor that is younger than the stretch is held against the weeks that it has.
    first = earliest if before.seen > len(near) else near[0][0]
    return past, (date.fromisoformat(of.first) - date.fromisoformat(first)).days // 7


def unusual(now: int, of: int, before: int, of_before: int) -> float:
    """Return how unusual it is that ``now`` of the texts ``of`` a week are on a topic, against ``before`` of those
    before; above zero where it is more, below where it is less, than the share of before.

    The log-likelihood ratio G² of Dunning, Accurate methods for the statistics of surprise and coincidence (1993), of
    the table of texts on the topic and not, now and before; it holds for small counts too.
    """
    if not of or not of_before:
        return 0.0
    share = (now + before) / (of + of_before)
    on = ((now, of * share), (before, of_before * share))
    off = ((of - now, of * (1 - share)), (of_before - before, of_before * (1 - share)))
    ratio = 2 * sum(n * math.log(n / expected) for n, expected in (*on, *off) if n)
    return ratio if now / of > before / of_before else -ratio


def _about(lines: Iterable[Line]) -> tuple[Edge, ...]:
    """Return who speaks about whom, most first, then by name."""
    return tuple(
        sorted(edges(lines), key=lambda e: (e.tally.rank, e.speaker.name, e.target.name, e.speaker.id, e.target.id))
    )


def _passed(silence: Matrix) -> tuple[Passed, ...]:
    """Return which outlets left out whom several others quote, in the matrix' order."""
    found = []
    for column, outlet in enumerate(silence.outlets):
        several = [row for row in silence.rows if sum(isinstance(cell, Tally) for cell in row.cells) >= SEVERAL]
        missing = tuple(row.speaker for row in several if row.cells[column] == "left out")
        if missing:
            found.append(Passed(outlet, missing))
    return tuple(found)


def _remember(before: _Before, monday: str, articles: Sequence[ArticleDossier]) -> None:
    """Add a week to what is known of the weeks before."""
    on: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for id_ in ("", *(topic.id for topic in article.topics)):
            on[id_].add(article.text)
    before.weeks.append((monday, Counter({id_: len(texts) for id_, texts in on.items()})))
    if len(before.weeks) > BEFORE:
        before.weeks.popleft()
    before.seen += 1
    for article in articles:
        for line in article.lines:
            for speaker in line.speakers:
                last = before.quoted.get(speaker.id, "")
                if last is not None:
                    before.quoted[speaker.id] = max(last, article.article.published or "")
