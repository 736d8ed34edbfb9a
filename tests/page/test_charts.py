"""Charts say what the numbers say."""

from __future__ import annotations

import re

from digest.dossiers import Bucket, Timeline
from digest.lines import Tally
from digest.page import charts


def _bucket(start: str, by: int, about: int = 0) -> Bucket:
    """Three reports of every text: what copies repeat is drawn once."""
    return Bucket(start, Tally(3 * by, by), Tally(3 * about, about))


def test_a_bar_is_as_long_as_its_share() -> None:
    assert 'class="by" width="48"' in charts.bar(2, 4)
    assert 'class="by" width="96"' in charts.bar(4, 4)
    assert 'class="by" width="1"' in charts.bar(1, 4000)
    assert 'class="by" width="0"' in charts.bar(0, 4)


def test_a_timeline_draws_each_count_once() -> None:
    course = Timeline("week", (_bucket("2025-03-03", 4, 1), _bucket("2025-03-10", 0), _bucket("2025-03-17", 2)))
    svg = charts.timeline(course, 'By and about <"Ida">')
    assert re.findall(r'class="(by|ab)"[^>]* height="(\d+)"', svg) == [("by", "80"), ("ab", "20"), ("by", "40")]
    assert re.findall(r'text-anchor="middle">(\d+)<', svg) == ["4", "1", "2"]
    assert re.findall(r'y="119">([^<]+)<', svg) == ["3 Mar", "10 Mar", "17 Mar"]
    assert "&lt;&#34;Ida&#34;&gt;" in svg


def test_a_long_timeline_has_few_labels_and_no_numbers() -> None:
    course = Timeline("month", tuple(_bucket(f"2024-{n:02}-01", n) for n in range(1, 13)) * 2)
    svg = charts.timeline(course, "x")
    assert svg.count('y="119"') == 8
    assert "text-anchor" not in svg


def test_a_spark_has_a_bar_a_week() -> None:
    assert charts.spark((0, 3, 1)).count("<rect") == 3
