"""Promise 1: what is not evidence is not published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from editions import IDA, Writer, digest, edition

from digest.gather import evidence
from digest.model import DigestError, Source, Words


def written() -> Writer:
    writer = Writer("bridge")
    writer.says(IDA, "The bridge will stand in May")
    writer.mixes(IDA, "the old one was", "tired", " of us")
    writer.reports(IDA, "nobody would drown")
    return writer


def test_quotations_that_stand_where_they_say_are_published() -> None:
    assert len(digest(written()).lines) == 3


@pytest.mark.parametrize(
    ("which", "changes", "says"),
    [
        (0, {"end": 100_000}, "does not stand inside"),
        (0, {"start": 200, "end": 100}, "does not stand inside"),
        (0, {"parts": ()}, "direct, but the number of its quoted parts is 0"),
        (2, {"parts": (Words(0, 5, "Mayor"),)}, "indirect, but the number of its quoted parts is 1"),
        (0, {"parts": (Words(0, 5, "Mayor"),)}, "lies outside it"),
        (0, {"cue": Words(0, 5, "Mayer")}, "“Mayer” is not what the article says at 0–5"),
        (0, {"source": Source(3, 1, "", "name")}, "is not what the article says"),
    ],
)
def test_a_quotation_that_is_not_evidence_stops_the_build(which: int, changes: dict[str, object], says: str) -> None:
    writer = written()
    writer.quotations[which] = wrong = replace(writer.quotations[which], **changes)  # type: ignore[arg-type]
    with pytest.raises(DigestError, match=r"bridge\.txt: quotation") as error:
        digest(writer)
    assert says in str(error.value)
    assert wrong.id in str(error.value)


def test_paraphrased_words_stop_the_build() -> None:
    writer = written()
    first = writer.quotations[0]
    part = replace(first.parts[0], text="The bridge will stand in June")
    writer.quotations[0] = replace(first, parts=(part,))
    with pytest.raises(DigestError, match="in June” is not what the article says"):
        digest(writer)


def test_parts_out_of_order_stop_the_build() -> None:
    writer = written()
    first = writer.quotations[0]
    a, text = first.start, writer.text
    parts = (Words(a + 4, a + 10, text[a + 4 : a + 10]), Words(a, a + 5, text[a : a + 5]))
    writer.quotations[0] = replace(first, parts=parts)
    with pytest.raises(DigestError, match="overlap or are out of order"):
        digest(writer)


def test_two_quotations_with_one_id_stop_the_build() -> None:
    writer = written()
    writer.quotations[1] = replace(writer.quotations[1], id=writer.quotations[0].id)
    with pytest.raises(DigestError, match="the same id"):
        digest(writer)


def test_a_quotation_without_a_place_on_the_page_stops_the_build() -> None:
    writer = written()
    writer.blocks.pop()
    with pytest.raises(DigestError, match="outside every block"):
        digest(writer)


def test_only_the_first_failure_is_named() -> None:
    good, bad = written(), Writer("zebra")
    bad.says(IDA, "No")
    bad.quotations[0] = replace(bad.quotations[0], end=9_999)
    with pytest.raises(DigestError, match=r"^zebra\.txt"):
        evidence.demand(edition(good, bad).articles)
