"""What a briefing says of its week in whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from digest.dossiers import Briefing, published
from digest.lines import quoted
from digest.page.english import (
    articles,
    counted,
    day,
    listed,
    number,
    often,
    period,
    quotations,
    spelled,
    times,
)
from digest.page.words import attributes
from digest.text import capital
from digest.weeks import Group, Trend, Voice, Week

QUOTED = 160
"""Words in the summary are at most so long; longer ones stand below it, whole."""
NAMED = 6
"""So many names stand in a sentence; beyond them it says how many more there are."""
IN_A_CELL = 4
HEADLINE, WIDE = 2, 48
"""So many topics are in the headline, and so many characters, that it stays in one line of paper."""
SEVERAL = 2
VOICES, PAIRS, PASSED, NEWS = 10, 7, 4, 3
"""The second page in print has room for so many voices, pairs of those who speak about each other, outlets that left
someone out, and articles."""


def title(briefing: Briefing) -> str:
    """Return the headline of a week: its number and what its quotations are about, "Week 28: elections and trade"."""
    topics = [group.topic.name for group in briefing.groups if group.topic][:HEADLINE]
    if not topics:
        topics = [trend.topic.name for trend in briefing.topics if trend.tally.texts][:HEADLINE]
    if len(listed(topics)) > WIDE:
        topics = topics[:1]
    return f"Week {briefing.week.number}: {listed(topics)}" if topics else f"Week {briefing.week.number}"


def heading(briefing: Briefing, group: Group) -> str:
    """Return what stands above a group of quotations."""
    if group.topic:
        return capital(group.topic.name)
    if briefing.sparse:
        return "What was said"
    return "Most reported" if len(briefing.groups) > 1 else "What was said"


def nothing(briefing: Briefing) -> str:
    """Return what is said where no quotation stands for a week."""
    if not briefing.lines:
        return "Nobody is quoted this week."
    where = "its article" if briefing.sparse else "its articles"
    return f"No quotation of this week has both a source that is named and room on this page; they stand in {where}."


def dates(week: Week) -> str:
    """Return the days of a week: "9 to 15 July 2018"."""
    return period(week.first, week.last)


def counts(briefing: Briefing) -> str:
    """Return a week in one sentence of counts: "42 articles by 6 outlets: 120 quotations by 31 speakers."."""
    found = quoted(briefing.lines)
    text = articles(published(briefing.articles))
    if briefing.outlets:
        text += f" by {counted(briefing.outlets, 'outlet')}"
    if not found.reports:
        return f"{text}: nobody is quoted."
    who = f"{',' if found.copied else ''} by {counted(len(briefing.voices), 'speaker')}" if briefing.voices else ""
    return f"{text}: {quotations(found)}{who}."


def summary(briefing: Briefing, language: str) -> Markup:
    """Return what is told of a week above its quotations; ``language`` is the site's."""
    sentences = [
        _most(briefing.voices),
        _reported(briefing, language),
        _first_time(briefing.new),
        _again(briefing.back, briefing.long),
    ]
    return Markup(" ").join(sentence for sentence in sentences if sentence)


def _most(voices: Sequence[Voice]) -> str:
    """Return who is quoted most, if one is."""
    if len(voices) < 2 or voices[0].tally.texts == voices[1].tally.texts:
        return ""
    most = voices[0]
    text = f"{most.actor.name} is quoted most, {often(most.tally)}"
    if len(most.outlets) > 1:
        text += f" by {spelled(len(most.outlets), 'outlet')}"
    if most.via:
        name, n = most.via[0]
        text += f", {times(n)} through {name}"
    return f"{text}."


def _reported(briefing: Briefing, language: str) -> Markup:
    """Return what most outlets print, in its words, where they are few and all in quotation marks."""
    most = next((group.lines[0] for group in briefing.groups if not group.topic), None)
    if briefing.sparse or most is None or most.quotation.kind != "direct" or len(most.quotation.parts) > 1:
        return Markup("")
    outlets = {line.outlet for line in briefing.lines if line.utterance == most.utterance and line.outlet.name}
    if len(outlets) < SEVERAL or len(most.words) > QUOTED or not most.speakers or most.unsure:
        return Markup("")
    return Markup("{} outlets print what {} {}: <q{}>{}</q>.").format(
        capital(number(len(outlets))),
        listed([speaker.name for speaker in most.speakers]),
        "say" if most.others else "says",
        attributes(most.article.language, language),
        most.quotation.parts[0].text,
    )


def _first_time(voices: Sequence[Voice]) -> str:
    if not voices:
        return ""
    if len(voices) == 1:
        return f"{voices[0].actor.name} is quoted for the first time."
    return f"Quoted for the first time: {_names(voices)}."


def _again(voices: Sequence[Voice], weeks: int) -> str:
    if not voices:
        return ""
    if len(voices) == 1:
        return f"{voices[0].actor.name} was last quoted on {day(voices[0].before or '')}."
    return f"Quoted again after {spelled(weeks, 'week')} or more: {_names(voices)}."


def _names(voices: Sequence[Voice]) -> str:
    return naming([voice.actor.name for voice in voices])


def naming(names: Sequence[str], most: int = NAMED) -> str:
    """Return names as a list in a sentence, the first few of many: "Ida Quill, Tom Ferrow and three more"."""
    shown = list(names[:most])
    return listed([*shown, f"{number(len(names) - most)} more"] if len(names) > most else shown)


def cell(names: Sequence[str]) -> str:
    """Return names for a cell of a table: "Osterfeld Echo, Lower Post, 3 more"."""
    shown = list(names[:IN_A_CELL])
    return ", ".join([*shown, f"{len(names) - IN_A_CELL:,} more"] if len(names) > IN_A_CELL else shown)


def course(trend: Trend) -> str:
    """Return how much a topic was printed before: "1.5 a week before", "none before"."""
    if trend.before is None:
        return ""
    return f"{trend.before:.1f} a week before" if trend.before else "none in the weeks before"


def dated(briefing: Briefing) -> str:
    """Return how many articles of a week a person dated; empty where none, or all, which is how the monitor is kept."""
    n = sum(each.article.date_basis == "curation" for each in briefing.mended)
    if n in (0, len(briefing.articles)):
        return ""
    return f"{capital(spelled(n, 'article'))} {'was' if n == 1 else 'were'} dated by a person."
