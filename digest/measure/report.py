"""All that is measured on articles in which people marked who says what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from digest import language
from digest.edition import Skipped
from digest.measure.figures import Figures, figures
from digest.measure.gold import Gold
from digest.measure.judge import Case, Judged, judge
from digest.measure.match import CLOSE, EXACT, LOOSE, Counted, Unit
from digest.measure.quotes import Quote, Who, found
from digest.measure.reliability import Reliability, Shown, reliability, shown
from digest.model import SAYS, Analysis, QuotationKind

Mistake = Literal["missed", "not marked", "wrong speaker"]
MISTAKES: tuple[Mistake, ...] = ("missed", "not marked", "wrong speaker")


@dataclass(frozen=True, slots=True)
class Group:
    """The articles that have one value of a key of the gold file, with their figures; ``None``: they lack the key."""

    value: str | None
    articles: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Example:
    """A mistake: the words at ``start..end`` of the article, who is marked as their speaker and who was found.

    ``rule`` is the rule that found them, "" for what was missed.
    """

    mistake: Mistake
    article: str
    start: int
    end: int
    words: str
    marked: Who | None
    found: Who | None
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured.

    ``exact`` are the figures of the same words, ``near`` those of words that overlap in ``least`` of their union;
    ``left_out`` is how many found units stand in marked reported speech and so are neither right nor wrong. ``groups``
    and ``examples`` are of ``main``, the figures that count: of quotations the exact ones, of reported speech the near
    ones.
    """

    counted: Counted
    least: float
    articles: int
    exact: Figures
    near: Figures
    left_out: int
    reliability: Reliability
    by_kind: dict[QuotationKind, Reliability]
    groups: tuple[Group, ...]
    examples: tuple[Example, ...]

    @property
    def main(self) -> Figures:
        """The figures that count."""
        return self.near if self.counted == "reported" else self.exact


@dataclass(frozen=True, slots=True)
class _Measured:
    """One article with what was found in it, judged."""

    gold: Gold
    exact: Judged
    near: Judged
    shown: list[Shown]


def report(
    golds: Sequence[Gold], analyses: Iterable[Analysis | Skipped], counted: Counted, by: str | None, examples: int
) -> Report:
    """Return what is measured of ``analyses``, those of ``golds`` in order; in a skipped article nothing is found.

    ``by`` is the key of the gold file by whose values the articles are grouped, ``examples`` how many mistakes of each
    kind are wanted; they are taken from all over the articles.
    """
    least = LOOSE if counted == "reported" else CLOSE
    every = [_measured(gold, analysis, counted, least) for gold, analysis in zip(golds, analyses, strict=True)]
    main = [(each.gold, each.near if counted == "reported" else each.exact) for each in every]
    seen = [each for article in every for each in article.shown]
    return Report(
        counted=counted,
        least=least,
        articles=len(every),
        exact=figures(case for each in every for case in each.exact.cases),
        near=figures(case for each in every for case in each.near.cases),
        left_out=sum(judged.left_out for _, judged in main),
        reliability=reliability(seen),
        by_kind={kind: reliability([each for each in seen if each.kind == kind]) for kind in SAYS},
        groups=_groups(main, by) if by else (),
        examples=_examples(main, examples),
    )


def _measured(gold: Gold, analysis: Analysis | Skipped, counted: Counted, least: float) -> _Measured:
    words = language.load(gold.language)
    quotes: tuple[Quote, ...] = found(analysis) if isinstance(analysis, Analysis) else ()
    return _Measured(
        gold,
        judge(gold, quotes, counted, EXACT, words),
        judge(gold, quotes, counted, least, words),
        shown(gold, quotes, words),
    )


def _groups(main: Sequence[tuple[Gold, Judged]], by: str) -> tuple[Group, ...]:
    """Return a group for each value of the key ``by``, the worst first: by its lenient end-to-end F1."""
    sorted_out: dict[str | None, list[Judged]] = defaultdict(list)
    for gold, judged in main:
        sorted_out[gold.facts.get(by)].append(judged)
    groups = [
        Group(value, len(some), figures(case for each in some for case in each.cases))
        for value, some in sorted_out.items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.figures.lenient.f1 or 0.0, group.value or "")))


def _examples(main: Sequence[tuple[Gold, Judged]], wanted: int) -> tuple[Example, ...]:
    found: dict[Mistake, list[Example]] = {mistake: [] for mistake in MISTAKES}
    for gold, judged in main:
        for example in _mistakes(gold, judged.cases):
            found[example.mistake].append(example)
    return tuple(example for mistake in MISTAKES for example in _spread(found[mistake], wanted))


def _mistakes(gold: Gold, cases: Sequence[Case]) -> Iterator[Example]:
    for case in cases:
        if case.gold and not case.found:
            yield _example("missed", gold, case.gold, case)
        elif case.found and not case.gold:
            yield _example("not marked", gold, case.found, case)
        elif case.found and not case.lenient:
            yield _example("wrong speaker", gold, case.found, case)


def _example(mistake: Mistake, gold: Gold, unit: Unit, case: Case) -> Example:
    return Example(
        mistake=mistake,
        article=gold.id,
        start=unit.start,
        end=unit.end,
        words=gold.text[unit.start : unit.end],
        marked=case.gold.quote.who if case.gold else None,
        found=case.found.quote.who if case.found else None,
        rule=case.found.quote.rule if case.found else "",
    )


def _spread(examples: list[Example], wanted: int) -> list[Example]:
    """Return at most ``wanted`` of ``examples``, evenly from the first to the last."""
    if len(examples) <= wanted:
        return examples
    return [examples[n * len(examples) // wanted] for n in range(wanted)]
