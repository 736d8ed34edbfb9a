"""What the pages of comparison say in whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Actor
from digest.page.english import articles, counted, listed, number, period, times
from digest.page.sentences import their, them
from digest.relations import Answer, Edge, Gap, Missed, Pair, Rivals, Stance, Story
from digest.text import capital

NAMED = 3
"""A sentence names at most so many outlets; of more, all but two are counted."""
_STANCES: dict[Stance, str] = {"accuse": "accusing", "deny": "denying", "demand": "demanding or warning"}


def story(found: Story) -> str:
    """Return how many articles a story has and whom it quotes: "5 articles by 3 outlets, 12 to 20 March 2025"."""
    outlets, dates = len(found.outlets), sorted(r.article.published for r in found.reports if r.article.published)
    by = f" by {counted(outlets, 'outlet')}" if outlets > 1 else f", {found.outlets[0].name}" if outlets else ""
    when = f", {period(dates[0], dates[-1])}" if dates else ""
    names = [actor.name for actor in found.voices]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{number(len(names) - NAMED + 1)} more"]
    quotes = f"; quotes {listed(names)}" if names else ""
    return f"{articles(found.articles)}{by}{when}{quotes}"


def quoting(gap: Gap | Missed) -> str:
    """Return who quotes the speaker whom an outlet leaves out: "Lower Post and Gull Wire quote him"."""
    names = [outlet.name or "" for outlet in gap.quoting]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{number(len(names) - NAMED + 1)} more"]
    return f"{listed(names)} {'quotes' if len(gap.quoting) == 1 else 'quote'} {them(gap.speaker)}"


def pair(found: Pair) -> str:
    """Return the summary of two speakers side by side."""
    names = [both.topic.name for both in found.topics]
    first = found.topics[0]
    said = f"{found.one.name} is quoted {times(len(first.one))} and {found.other.name} {times(len(first.other))}"
    on = f"On {names[0]}" if len(names) > 1 else "There"
    text = f"Both are quoted on {listed(names)}. {on}, {said}."
    about = each_other(found)
    return f"{text} {about}." if about else text


def each_other(found: Pair) -> str:
    """Return how often two speakers speak about each other, empty where they do not: "Ida Quill about Tom Ferrow twice,
    once accusing".
    """
    sides = [(found.one, found.other, found.says), (found.other, found.one, found.answers)]
    return "; ".join(_about_other(speaker, target, edges) for speaker, target, edges in sides if edges)


def _about_other(speaker: Actor, target: Actor, edges: Sequence[Edge]) -> str:
    said = f"{speaker.name} speaks about {target.name} {times(sum(edge.tally.texts for edge in edges))}"
    how = [f"{times(edge.tally.texts)} {_STANCES[edge.stance]}" for edge in edges if edge.stance]
    return f"{said}, {listed(how)}" if how else said


def rivals(found: Rivals) -> str:
    """Return the summary of two outlets side by side."""
    had = "one story" if found.stories == 1 else f"{number(found.stories)} stories"
    text = f"Both printed articles on {had}."
    shared = _shared(found)
    return f"{text} {capital(shared)} in both." if shared else text


def in_common(found: Rivals) -> str:
    """Return what two outlets have in common: "5 stories, 8 utterances and 1 text in both"."""
    had = counted(found.stories, "story", "stories")
    return f"{had} in common; {shared} in both" if (shared := _shared(found)) else f"{had} in common"


def _shared(found: Rivals) -> str:
    printed = [(len(found.utterances), "utterance"), (len(found.texts), "text")]
    return listed([counted(n, one) for n, one in printed if n])


def answering(answer: Answer, whom: Actor) -> str:
    """Return what stands above an answer: "About him, on rivers" or "Beside his words, on rivers"."""
    on = listed([topic.name for topic in answer.line.topics[:NAMED]])
    where = f"About {them(whom)}" if answer.about else f"Beside {their(whom)} words"
    return f"{where}, on {on}" if on else where
