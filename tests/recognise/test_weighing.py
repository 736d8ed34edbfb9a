"""The best split of a run is the best of all splits, whatever the weights are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from digest.recognise.sightings import Features, Segment
from digest.recognise.weighing import Row, Scale, class_of, totals

SIZE = 6  # tokens of the runs below


def weighs(value: str) -> Features:
    """Stand for what is seen of a segment: one feature of a known weight."""
    return [("n", value)]


ROWS = st.tuples(*[st.integers(-300, 300)] * 3)
SPANS = st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)).filter(lambda span: span[0] < span[1])


def splits(segments: Sequence[Segment], at: int = 0) -> Iterator[list[Segment]]:
    """Yield every choice of segments that do not overlap, in order."""
    yield []
    for segment in segments:
        if segment.begin >= at:
            for rest in splits(segments, segment.end):
                yield [segment, *rest]


@given(st.dictionaries(SPANS, ROWS, max_size=10))
def test_no_split_of_a_run_scores_more_than_the_best(weights: dict[tuple[int, int], Row]) -> None:
    segments = [Segment(a, b, True, ((weighs, f"{a}-{b}"),)) for a, b in weights]
    scale = Scale({"n": {f"{a}-{b}": row for (a, b), row in weights.items()}})
    best = scale.best((0, SIZE), segments)
    chosen = [(s.begin, s.end) for s, _ in best]
    assert all(row == weights[span] for span, (_, row) in zip(chosen, best, strict=True))
    assert all(before[1] <= behind[0] for before, behind in pairwise(chosen))
    most = max(sum(max(weights[s.begin, s.end]) for s in split) for split in splits(segments))
    assert sum(max(weights[span]) for span in chosen) == most


@given(st.lists(ROWS, min_size=1, max_size=30))
def test_the_packed_sum_of_the_parts_is_the_sum_of_their_weights(rows: list[Row]) -> None:
    segment = Segment(0, 1, False, tuple((weighs, str(n)) for n in range(len(rows))))
    scale = Scale({"n": {str(n): row for n, row in enumerate(rows)}})
    assert scale.weigh(segment) == tuple(map(sum, zip(*rows, strict=True)))


def test_what_speaks_for_a_name_is_the_kind_of_feature_that_weighs_most_for_its_class() -> None:
    def seen() -> Features:
        return [("always", "1"), ("1shape", "Xx"), ("1case", "50"), ("1sign", "R")]

    weights = {"always": {"1": (900, 0, 0)}, "1shape": {"Xx": (40, 0, 9)}, "1case": {"50": (30, 0, 0)}}
    scale = Scale({**weights, "1sign": {"R": (60, 10, 0)}})
    segment = Segment(0, 1, False, ((seen,),))
    assert scale.why(segment, 0) == "weighed: its spelling"
    assert scale.why(segment, 1) == "weighed: a word in it"


def test_a_name_has_one_class_in_one_article_and_a_tie_makes_nobody_a_person() -> None:
    sums = totals([("Vennor", (30, 10, 0)), ("Ostra", (0, 0, 7)), ("Vennor", (-25, 0, 0))])
    assert sums == {"Vennor": (5, 10, 0), "Ostra": (0, 0, 7)}
    assert [class_of(sums["Vennor"]), class_of(sums["Ostra"]), class_of((4, 4, 1))] == [1, 2, 1]
