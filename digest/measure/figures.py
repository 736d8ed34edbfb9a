"""Figures over cases: precision, recall and F1 of what was found, and how often its speaker is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.measure.agree import Label
from digest.measure.judge import Case

LABELS: tuple[Label, ...] = ("named", "nominal", "pronoun")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    all: int

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; ``None`` of nothing."""
        return self.right / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Found:
    """How much of ``gold`` units was ``right``ly found, with how many ``found`` in all."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float | None:
        """The share of the found ones that are right; ``None`` where nothing was found."""
        return Share(self.right, self.found).share

    @property
    def recall(self) -> float | None:
        """The share of the marked ones that were found; ``None`` where nothing is marked."""
        return Share(self.right, self.gold).share

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; ``None`` where nothing is marked and nothing found."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else None


@dataclass(frozen=True, slots=True)
class Speakers:
    """How often the speaker is right where a marked quotation was found and somebody is marked as its speaker."""

    lenient: Share
    strict: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one way of counting.

    ``spans``: the words. ``lenient`` and ``strict``: the words with their speaker, end to end; where nobody is marked
    as the speaker, nobody must be found. ``speakers`` and ``by_label``: the speaker alone. ``published``: whether the
    name that is shown is the marked one, ``by_label`` again for the two kinds of source that have a name.
    """

    spans: Found
    lenient: Found
    strict: Found
    speakers: Speakers
    by_label: dict[Label, Speakers]
    published: Share
    published_by_label: dict[Label, Share]


def figures(cases: Iterable[Case]) -> Figures:
    """Return the figures over ``cases``."""
    every = list(cases)
    gold = sum(case.gold is not None for case in every)
    found = sum(case.found is not None for case in every)
    both = [case for case in every if case.gold and case.found]
    labels = {name: [case for case in both if case.label == name] for name in LABELS}
    return Figures(
        spans=Found(len(both), found, gold),
        lenient=Found(sum(case.lenient for case in both), found, gold),
        strict=Found(sum(case.strict for case in both), found, gold),
        speakers=_speakers([case for case in both if case.label]),
        by_label={name: _speakers(some) for name, some in labels.items()},
        published=_published(both),
        published_by_label={name: _published(some) for name, some in labels.items() if name != "nominal"},
    )


def _speakers(cases: list[Case]) -> Speakers:
    return Speakers(
        lenient=Share(sum(case.lenient for case in cases), len(cases)),
        strict=Share(sum(case.strict for case in cases), len(cases)),
    )


def _published(cases: list[Case]) -> Share:
    judged = [case.published for case in cases if case.published is not None]
    return Share(sum(judged), len(judged))
