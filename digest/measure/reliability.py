"""Whether confidence means what it says: the reliability table, and how far it is off on average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digest.language import Language
from digest.measure.agree import agreement
from digest.measure.figures import Share
from digest.measure.gold import Gold
from digest.measure.judge import Case, judge
from digest.measure.match import CLOSE, LOOSE, Counted, alike
from digest.measure.quotes import Quote
from digest.model import QuotationKind

EDGES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.0)
"""Where the rows of the table begin. A quotation of the first row is sure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation that was found: how sure the program is of it, and whether it is right."""

    kind: QuotationKind
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The quotations whose confidence is at least ``low`` and below that of the row before.

    ``mean`` is their mean confidence, ``None`` where there are none.
    """

    low: float
    right: Share
    mean: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """The table, the surest row first, and the expected calibration error.

    The error is the mean distance between confidence and share of right ones over the rows, each weighed by its
    quotations (Naeini, Cooper and Hauskrecht 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning");
    ``None`` where there is no quotation.
    """

    rows: tuple[Row, ...]
    error: float | None

    @property
    def sure(self) -> Share:
        """How many of the quotations that are shown as sure are right."""
        return self.rows[0].right


def shown(gold: Gold, found: Sequence[Quote], language: Language) -> list[Shown]:
    """Return the quotations found in an article that can be judged, with the verdict.

    In marks, every piece must be a marked direct quotation or quoted part (overlap ``CLOSE``); reported words must be
    marked as such (overlap ``LOOSE``); a mixed quotation may be either. The speaker must agree, leniently; where the
    same words are marked twice, with either. What stands in marks inside marked reported speech is left out: people
    took it for a part of that. So are marked words whose speaker nobody marked, for nothing says who is right.
    """
    quoted = _verdicts(gold, found, "quoted", CLOSE, language)
    reported = _verdicts(gold, found, "reported", LOOSE, language)
    judged = []
    for quote in found:
        pieces, whole = quoted.get(id(quote), []), reported.get(id(quote), [])
        if (pieces or whole) and None not in (*pieces, *whole):
            right = (bool(pieces) and all(pieces)) or any(whole)
            judged.append(Shown(quote.kind, quote.confidence, right))
    return judged


def reliability(found: Sequence[Shown]) -> Reliability:
    """Return the reliability table over ``found``."""
    rows = []
    above = float("inf")
    for low in EDGES:
        here = [each for each in found if low <= each.confidence < above]
        mean = sum(each.confidence for each in here) / len(here) if here else None
        rows.append(Row(low, Share(sum(each.right for each in here), len(here)), mean))
        above = low
    off = sum(abs(row.mean * row.right.all - row.right.right) for row in rows if row.mean is not None)
    return Reliability(tuple(rows), off / len(found) if found else None)


def _verdicts(
    gold: Gold, found: Sequence[Quote], counted: Counted, least: float, language: Language
) -> dict[int, list[bool | None]]:
    """Return for each found quotation, by its identity, whether its units are right; those left out are missing.

    A unit is ``None`` where people marked its words and no speaker.
    """
    verdicts: dict[int, list[bool | None]] = defaultdict(list)
    for case in judge(gold, found, counted, least, language).cases:
        if case.found:
            verdicts[id(case.found.quote)].append(_verdict(gold, case, counted, language))
    return verdicts


def _verdict(gold: Gold, case: Case, counted: Counted, language: Language) -> bool | None:
    if case.gold is None or case.found is None:
        return False
    stated = case.found.quote.who
    named = [q.who for q in alike(gold.text, gold.quotes, case.gold, counted) if q.who.named]
    return any(agreement(who, stated, language).lenient for who in named) if named else None
