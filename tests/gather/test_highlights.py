"""Which quotations stand for a speaker or a topic, and who is a regular voice."""

from __future__ import annotations

import pytest
from editions import IDA, TOM, Writer, digest, topic

from digest.dossiers import ActorDossier, Presence

TOLLS = [
    "The toll on the bridge keeps the harbour open in every winter that comes",
    "Without a toll the harbour would have no dredger and no light",
    "My grandfather kept bees behind the chapel and never sold any honey",
    "The dredger is paid out of the toll and out of nothing else",
]


def ida(*said: str, **more: object) -> ActorDossier:
    writer = Writer("bridge")
    for words in said:
        writer.says(IDA, words, **more)
    return next(d for d in digest(writer).actors if d.actor == IDA)


def shown(dossier: ActorDossier) -> list[tuple[str, str]]:
    return [(h.why, h.line.words) for h in dossier.highlights]


def test_the_most_representative_quotation_is_the_one_nearest_to_the_others() -> None:
    found = ida(*TOLLS).highlights[0]
    assert (found.why, found.line.words) == ("representative", TOLLS[1])
    assert found.shared == ("toll", "dredger", "harbour")


def test_words_of_grammar_make_no_quotation_representative() -> None:
    found = ida(
        "We have not been there and you will never be either",
        "There you have what they would not have had from us",
        "Geese came over the marsh at dawn while our kettles boiled",
    )
    assert shown(found)[0] == ("longest", "Geese came over the marsh at dawn while our kettles boiled")


@pytest.mark.parametrize("more", [{"confidence": 0.5}, {"flaws": ("no closing quotation mark",)}])
def test_what_needs_a_word_of_caution_stands_for_nobody(more: dict[str, object]) -> None:
    assert [why for why, _ in shown(ida(*TOLLS, **more))] == ["latest"]


def test_what_is_printed_twice_is_one_of_the_others() -> None:
    one, two = Writer("one", outlet="Osterfeld Echo"), Writer("two", outlet="Lower Post")
    for writer in (one, two):
        writer.says(IDA, "The lantern on the pier has burnt since the year of the flood")
    for words in TOLLS:
        one.says(IDA, words)
    found = next(d for d in digest(one, two).actors if d.actor == IDA)
    assert [why for why, _ in shown(found)][:2] == ["reported", "representative"]
    assert shown(found)[1][1] == TOLLS[1]
    assert len({words for _, words in shown(found)}) == len(found.highlights)


def test_where_no_outlet_and_no_date_is_known_articles_are_counted_and_the_longest_stands_for_the_latest() -> None:
    written = [Writer(f"w{n}", outlet=None, published=None) for n in range(3)]
    for writer in written:
        writer.says(IDA, "The lantern on the pier has burnt since the year of the flood")
    for words in TOLLS:
        written[0].says(IDA, words)
    found = next(d for d in digest(*written).actors if d.actor == IDA)
    assert [why for why, _ in shown(found)] == ["reported", "representative", "longest"]
    assert (found.highlights[0].outlets, found.highlights[0].articles) == (0, 3)
    assert found.highlights[2].line.words == max(TOLLS, key=len)


def test_the_most_recent_is_a_clear_one_of_the_last_day() -> None:
    writer = Writer("bridge")
    writer.reports(IDA, "the winter would be long")
    for words in TOLLS:
        writer.says(IDA, words)
    writer.topics = (topic("x"),)
    found = digest(writer)
    assert [h.why for h in found.topics[0].highlights] == ["representative", "latest"]
    assert found.topics[0].highlights[1].line.words == TOLLS[0]


def test_what_is_new_prefers_clear_quotations_of_each_article() -> None:
    writer = Writer("bridge")
    writer.reports(TOM, "the winter would be long and the ice thick")
    writer.says(IDA, "We close the lock at six and open it at nine")
    plain = Writer("plain", published="2025-03-03")
    plain.reports(TOM, "nothing had been seen of the boats")
    writer.says(IDA, "The lock has never been shut for so long in my time")
    front = digest(writer, plain).front
    assert [line.quotation.kind for line in (front.lead, *front.latest) if line] == ["direct", "direct", "indirect"]


def weekly(days: list[str], *, silent: list[str]) -> Presence | None:
    written = []
    for n, day in enumerate(days):
        written.append(Writer(f"a{n}", published=day))
        written[-1].says(IDA, f"Day {n} is not like any other day")
    for n, day in enumerate(silent):
        written.append(Writer(f"b{n}", published=day))
        written[-1].says(TOM, f"Night {n} is not like any other night")
    return next(d for d in digest(*written).actors if d.actor == IDA).presence


def test_a_regular_voice_is_quoted_in_three_weeks_and_in_one_of_three() -> None:
    march = ["2025-03-03", "2025-03-10", "2025-03-17"]
    assert weekly(march, silent=[]) == Presence("regular", 3, 3)
    assert weekly(march[:2], silent=march[2:]) is None
    summer = [f"2025-0{month}-{day}" for month in (5, 6, 7) for day in ("05", "12", "19", "26")]
    assert weekly(march, silent=summer) == Presence("occasional", 3, 15)
    assert weekly(march[:2], silent=summer) == Presence("peripheral", 2, 14)
    assert weekly(march[:1], silent=[*march[1:], *summer[:3]]) == Presence("peripheral", 1, 6)


def test_words_that_a_later_report_copies_are_no_second_week() -> None:
    first, copy = Writer("a"), Writer("b", published="2025-03-12")
    others = [Writer(f"c{day}", published=f"2025-04-{day:02}") for day in (2, 9, 16, 23)]
    for writer in (first, copy):
        writer.says(IDA, "The bridge will stand in May")
    for n, writer in enumerate(others):
        writer.says(TOM, f"I have heard that before, {n} times")
    found = digest(first, copy, *others, texts={"b": "a"})
    assert next(d for d in found.actors if d.actor == IDA).presence == Presence("peripheral", 1, 6)
