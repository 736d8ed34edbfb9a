"""Charts as SVG: x in per cent and text in pixels, so that labels keep their size at any width."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from digest.dossiers import Timeline
from digest.page.english import month_of, week_of

HEIGHT = 126
_BASE, _TALLEST = 100, 80
_LABELS = 8
"""So many labels fit under a timeline on a phone."""
_NUMBERED = 13
"""Up to so many stretches, each bar carries its number."""


def bar(count: int, most: int, width: int = 96) -> Markup:
    """Return the bar of one line of a ranked list; its number stands beside it."""
    length = max(1, round(width * count / most)) if count else 0
    return Markup(
        '<svg class="bar" width="{0}" height="6" viewBox="0 0 {0} 6" aria-hidden="true">'
        '<rect class="bg" width="{0}" height="1" y="5"/><rect class="by" width="{1}" height="6"/></svg>'
    ).format(width, length)


def spark(counts: Sequence[int]) -> Markup:
    """Return one small bar a week; a week without quotations is a line."""
    most = max([*counts, 1])
    bars = Markup("").join(
        Markup('<rect class="by" x="{:.1f}" y="{:.1f}" width="8.9" height="{:.1f}"/>').format(
            10.5 * n, 22 - max(1, 20 * count / most), max(1, 20 * count / most)
        )
        for n, count in enumerate(counts)
    )
    return Markup('<svg class="spark" width="84" height="22" viewBox="0 0 84 22" aria-hidden="true">{}</svg>').format(
        bars
    )


def timeline(course: Timeline, label: str) -> Markup:
    """Return the timeline: filled bars for what was said, outlined ones for what was said about.

    What copies repeat within one stretch counts once.
    """
    step = 100 / len(course.buckets)
    two = any(b.about.reports for b in course.buckets)
    width = step * (0.28 if two else 0.4)
    most = max(max(b.by.texts, b.about.texts) for b in course.buckets)
    every = -(-len(course.buckets) // _LABELS)
    drawn = [Markup('<line class="ax" y1="{0}.5" y2="{0}.5" x2="100%"/>').format(_BASE)]
    for n, bucket in enumerate(course.buckets):
        x = n * step
        for kind, count, left in (("by", bucket.by.texts, x), ("ab", bucket.about.texts, x + width * 1.18)):
            if count:
                drawn.append(_bar(kind, count, most, left, width, numbered=len(course.buckets) <= _NUMBERED))
        if n % every == 0:
            drawn.append(Markup('<text x="{:.2f}%" y="119">{}</text>').format(x, _axis(course, bucket.start)))
    return Markup('<svg class="chart" height="{}" role="img" aria-label="{}">{}</svg>').format(
        HEIGHT, label, Markup("").join(drawn)
    )


def _bar(kind: str, count: int, most: int, left: float, width: float, *, numbered: bool) -> Markup:
    height = max(2, round(_TALLEST * count / most))
    rect = Markup('<rect class="{}" x="{:.2f}%" y="{}" width="{:.2f}%" height="{}"/>').format(
        kind, left, _BASE - height, width, height
    )
    if not numbered:
        return rect
    at = left + width / 2
    text = Markup('<text x="{:.2f}%" y="{}" text-anchor="middle">{}</text>').format(at, _BASE - height - 6, count)
    return rect + text


def _axis(course: Timeline, start: str) -> str:
    if course.unit == "year":
        return start[:4]
    return week_of(start) if course.unit == "week" else month_of(start)
