"""What was measured as a plain object that JSON can hold; ``docs/commands.md`` explains its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from digest.measure.figures import Figures, Found, Share, Speakers
from digest.measure.quotes import Who
from digest.measure.reliability import Reliability
from digest.measure.report import Report

Record = dict[str, object]
_K = TypeVar("_K", bound=str)
_V = TypeVar("_V")


def record(report: Report) -> Record:
    """Return a report as an object: shares from 0 to 1, ``None`` where there is nothing to share."""
    return {
        "articles": report.articles,
        "counted": report.counted,
        "exact": _figures(report.exact),
        "overlap": {"least": report.least, **_figures(report.near)},
        "left_out": report.left_out,
        "reliability": _all(_reliability(report.reliability), report.by_kind, _reliability),
        "groups": [
            {"value": group.value, "articles": group.articles, **_figures(group.figures)} for group in report.groups
        ],
        "examples": [
            {
                "mistake": example.mistake,
                "article": example.article,
                "start": example.start,
                "end": example.end,
                "text": example.words,
                "marked": _who(example.marked),
                "found": _who(example.found),
                "rule": example.rule or None,
            }
            for example in report.examples
        ],
    }


def _figures(figures: Figures) -> Record:
    return {
        "spans": _found(figures.spans),
        "lenient": _found(figures.lenient),
        "strict": _found(figures.strict),
        "speakers": _all(_speakers(figures.speakers), figures.by_label, _speakers),
        "published": _all(_share(figures.published), figures.published_by_label, _share),
    }


def _all(every: Record, by_name: Mapping[_K, _V], record_of: Callable[[_V], Record]) -> Record:
    return {"all": every, **{name: record_of(value) for name, value in by_name.items()}}


def _found(found: Found) -> Record:
    counts = {"right": found.right, "found": found.found, "gold": found.gold}
    return {**counts, "precision": found.precision, "recall": found.recall, "f1": found.f1}


def _speakers(speakers: Speakers) -> Record:
    return {"lenient": _share(speakers.lenient), "strict": _share(speakers.strict)}


def _share(share: Share) -> Record:
    return {"right": share.right, "all": share.all, "share": share.share}


def _reliability(reliability: Reliability) -> Record:
    return {
        "sure": _share(reliability.sure),
        "error": reliability.error,
        "rows": [{"from": row.low, "mean": row.mean, **_share(row.right)} for row in reliability.rows],
    }


def _who(who: Who | None) -> Record | None:
    return {"words": who.words, "name": who.name} if who else None
