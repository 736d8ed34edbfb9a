"""Which quotations are of one utterance, and which are not. Everyone and everything here is invented."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest
from editions import BOARD, IDA, TOM, Writer
from hypothesis import given
from hypothesis import strategies as st

from digest.cluster import utterances
from digest.cluster.sayings import sayings
from digest.model import Analysis, Quotation, Source, Speaker

DAY = "2025-03-04"
WORDS = "The bridge will stand in May, whatever the river thinks of it"


def groups(found: Iterable[Analysis], texts: dict[str, str] | None = None) -> list[list[str]]:
    """Return the articles of each utterance that has several quotations, in order."""
    held: dict[str, list[str]] = defaultdict(list)
    for (article, _), utterance in utterances(found, texts).of.items():
        held[utterance].append(article)
    return sorted(sorted(own) for own in held.values() if len(own) > 1)


def at(id_: str, published: str | None = DAY, language: str = "en") -> Writer:
    return Writer(id_, title=f"Report {id_}", outlet=id_, published=published, language=language)


def one(*writers: Writer, texts: dict[str, str] | None = None) -> bool:
    """Whether all quotations of the articles are of one utterance."""
    return len(set(utterances([w.analysis() for w in writers], texts).of.values())) == 1


def said(writer: Writer, words: str = WORDS, who: object = IDA, **more: object) -> Writer:
    writer.says(who, words, **more)  # type: ignore[arg-type] - an actor or nobody
    return writer


@pytest.mark.parametrize(
    "other",
    [
        "The bridge will stand in May, whatever the river thinks of it",
        "THE BRIDGE WILL STAND IN MAY – whatever the river thinks of it",
        "The bridge will stand in May ... whatever the river thinks",
        "The bridge [of Osterfeld] will stand in May, whatever the river thinks of it",
        "The bridge will stand in may, whatever the river thinks of it. Nobody asked the river",
        "whatever the river thinks of it",
    ],
)
def test_marks_capitals_cuts_and_insertions_are_not_what_was_said(other: str) -> None:
    assert one(said(at("a")), said(at("b"), other))


def test_two_cuts_of_one_speech_are_one() -> None:
    first = "We built it once, and the bridge will stand in May whatever the river says"
    assert one(
        said(at("a"), first), said(at("b"), "The bridge will stand in May whatever the river says, and it talks")
    )


def test_a_part_in_marks_is_one_with_the_whole() -> None:
    part = at("b")
    part.mixes(IDA, "the bridge would stand", "whatever the river thinks of it")
    assert one(said(at("a")), part)


def test_reports_of_one_speaker_agree_by_what_they_tell() -> None:
    report, other = at("b"), at("c")
    report.reports(IDA, "the bridge would be standing in May whatever the river was thinking")
    other.reports(IDA, "in May the bridge would stand, whatever the river thought")
    assert one(said(at("a")), report, other)


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("the bridge would open on 7 May with two lanes", "the bridge would open on 9 May with two lanes"),
        ("the bridge would open in May with seven lanes", "the bridge would open in May with 9 lanes"),
        ("the board would pay for the bridge over the Mole", "the board would not pay for the bridge over the Mole"),
        ("the old bridge was closed because of rust", "the new ferry was late because of fog"),
    ],
)
def test_a_number_or_a_denial_tells_two_reports_apart(words: str, others: str) -> None:
    first, second = at("a"), at("b")
    first.reports(IDA, words)
    second.reports(IDA, others)
    assert not one(first, second)


def test_a_number_written_out_is_the_number() -> None:
    first, second = at("a"), at("b")
    first.reports(IDA, "the bridge would open in May with seven lanes")
    second.reports(IDA, "the bridge would open in May with 7 lanes")
    assert one(first, second)


def test_the_same_few_words_of_one_speaker_and_day_are_one() -> None:
    found = [at("a"), at("b"), at("c", "2025-03-05")]
    for writer in found:
        writer.reports(IDA, "nobody asked her")
    assert groups(w.analysis() for w in found) == [["a", "b"]]


def test_a_speaker_whom_nobody_names_may_be_the_one_who_is_named() -> None:
    assert one(said(at("a")), said(at("b"), who=None))
    assert not one(said(at("a"), "We will win"), said(at("b"), "We will win", who=None))


def test_two_named_speakers_never_are_one_but_those_who_speak_together_are() -> None:
    assert not one(said(at("a")), said(at("b"), who=TOM))
    tom = Speaker(TOM.id, TOM.name, TOM.type)
    assert one(said(at("a")), said(at("b"), who=IDA, others=(tom,)))
    # Ida alone and Tom alone do not become one because a third article names both.
    assert not one(said(at("a")), said(at("b"), who=IDA, others=(tom,)), said(at("c"), who=TOM))


def test_words_that_two_speakers_claim_belong_to_neither_where_nobody_is_named() -> None:
    found = [said(at("a")), said(at("b"), who=TOM), said(at("c"), who=None)]
    assert groups(w.analysis() for w in found) == []


def test_the_same_words_of_two_speakers_are_a_question() -> None:
    found = [said(at("a")).analysis(), said(at("b"), who=TOM).analysis(), said(at("c"), who=TOM).analysis()]
    (pair,) = utterances(found).contested
    assert [article for article, _ in pair] == ["a", "b"]
    decided = [replace(a, quotations=tuple(replace(q, decided=True) for q in a.quotations)) for a in found]
    assert utterances(decided).contested == ()
    assert utterances([said(at("a"), "So it is").analysis(), said(at("b"), "So it is", TOM).analysis()]).contested == ()


@pytest.mark.parametrize(
    ("words", "day", "same"),
    [
        ("We will win", "2025-03-05", True),
        ("We will win", "2025-03-06", False),
        ("The bridge will stand in May", "2025-03-07", True),
        ("The bridge will stand in May", "2025-03-08", False),
        (WORDS, "2025-03-11", True),
        (WORDS, "2025-03-12", False),
        (WORDS, "2026-03-04", False),
    ],
)
def test_what_is_said_again_later_is_another_utterance(words: str, day: str, same: bool) -> None:
    assert one(said(at("a"), words), said(at("b", day), words)) is same


def test_a_slogan_of_every_day_makes_no_chain() -> None:
    days = [said(at(f"a{n:02}", f"2025-03-{n:02}"), "We will win") for n in range(1, 11)]
    assert all(len(own) == 2 for own in groups(w.analysis() for w in days))


def test_undated_articles_agree_on_long_words_only_or_as_copies() -> None:
    short = [said(at("a", None), "We will win"), said(at("b", None), "We will win")]
    assert not one(*short)
    assert one(*short, texts={"a": "a", "b": "a"})
    assert one(said(at("a", None)), said(at("b")))


def test_copies_agree_whatever_their_dates() -> None:
    found = [said(at("a")), said(at("b", "2025-06-01"))]
    assert not one(*found)
    assert one(*found, texts={"b": "a"})


def test_languages_do_not_meet() -> None:
    assert not one(
        said(at("a"), "Berlin, Paris, London, Prag, Rom"), said(at("b", DAY, "de"), "Berlin, Paris, London, Prag, Rom")
    )


def test_an_article_repeats_itself_in_its_headline_alone() -> None:
    writer = at("a")
    writer.block("“The bridge will stand”", "heading")
    start = len(writer.text) - len("“The bridge will stand”\n\n") + 1
    writer.quotations.append(Quotation("q-head", "direct", start, start + 21))
    writer.says(IDA, WORDS)
    assert one(writer)
    two = said(said(at("a"), "The bridge will stand in May"), "The bridge will stand in June")
    assert not one(two)
    assert one(said(said(at("a")), WORDS))


def test_two_pieces_of_one_speech_stand_with_the_whole() -> None:
    pieces = said(said(at("b"), "The bridge will stand in May"), "whatever the river thinks of it")
    assert not one(pieces)
    assert one(said(at("a")), pieces)


def test_reports_of_sources_without_a_name_are_one_where_all_words_are_the_same() -> None:
    words = "the ferry would go twice a day until the bridge over the Mole was mended"
    first, second, other = at("a"), at("b"), at("c", "2025-03-05")
    for writer in (first, second, other):
        writer.reports(BOARD, words)
        q = writer.quotations[0]
        source = Source(q.start, q.start + 3, "officials", "nominal")
        writer.quotations[0] = replace(q, speaker=None, source=source)
    assert groups(w.analysis() for w in (first, second, other)) == [["a", "b"]]


def test_the_id_is_that_of_the_earliest_and_stays_when_others_follow() -> None:
    first, later, before = said(at("m")), said(at("a", "2025-03-06")), said(at("z", "2025-03-03"))
    alone = utterances([first.analysis()]).of
    (name,) = alone.values()
    assert name == "u-" + first.quotations[0].id.removeprefix("q-")
    assert set(utterances([later.analysis(), first.analysis()]).of.values()) == {name}
    assert set(utterances([before.analysis(), first.analysis()]).of.values()) != {name}


def test_what_is_no_speech_has_no_utterance() -> None:
    writer = said(at("a"), "so-called bridge")
    writer.quotations[0] = replace(writer.quotations[0], kind="fragment")
    assert utterances([writer.analysis()]).of == {}


VOCABULARY = ["bridge", "river", "ferry", "tower", "winter", "council", "promise", "harbour", "stone", "money", "night"]
LINES = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=16).map(" ".join)
DAYS = st.sampled_from([None, DAY, "2025-03-05", "2025-03-09", "2025-09-01"])


@st.composite
def edition(draw: st.DrawFn, least: int = 0) -> list[Analysis]:
    """Draw some articles in which few people say much the same."""
    found = []
    for n in range(draw(st.integers(least, 5))):
        writer = at(f"a{n}", draw(DAYS))
        for words in draw(st.lists(LINES, max_size=4)):
            who = draw(st.sampled_from([IDA, TOM, None]))
            if who and draw(st.booleans()):
                writer.reports(who, words)
            else:
                writer.says(who, words)
        quotations = [replace(q, id=f"q-{n}{k}") for k, q in enumerate(writer.quotations)]
        found.append(replace(writer.analysis(), quotations=tuple(quotations)))
    return found


@given(edition(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_never_matters(found: list[Analysis], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert utterances(mixed) == utterances(found)


@given(edition(), LINES, DAYS)
def test_an_article_that_shares_no_word_changes_nothing(found: list[Analysis], words: str, day: str | None) -> None:
    stranger = at("stranger", day)
    stranger.says(IDA, " ".join(f"x{word}" for word in words.split()))
    alone, beside = utterances(found), utterances([*found, stranger.analysis()])
    assert {place: u for place, u in beside.of.items() if place[0] != "stranger"} == alone.of
    assert beside.contested == alone.contested


@given(edition(), LINES.filter(lambda words: len(words.split()) >= 6))
def test_a_verbatim_copy_of_the_same_day_and_speaker_always_is_one(found: list[Analysis], words: str) -> None:
    first, copy = said(at("first"), words), said(at("second"), words)
    of = utterances([*found, first.analysis(), copy.analysis()]).of
    assert of["first", first.quotations[0].id] == of["second", copy.quotations[0].id]


@given(edition(least=2))
def test_no_utterance_contradicts_itself(found: list[Analysis]) -> None:
    whole = utterances(found)
    held = defaultdict(list)
    for saying in sayings(found, {}):
        held[whole.of[saying.place]].append(saying)
    for own in held.values():
        named = [saying.speakers for saying in own if saying.speakers]
        assert not named or frozenset.intersection(*named)
        days = [saying.day for saying in own if saying.day is not None]
        assert not days or max(days) - min(days) <= 7


def test_many_copies_and_many_slogans_are_compared_in_linear_time() -> None:
    """A quotation is compared with few others, however many say the same: the pairs looked at are counted."""
    from digest.cluster.utterances import RECENT, _likely

    copies = [said(at(f"a{n}")).analysis() for n in range(300)]
    slogans = [said(at(f"b{n}"), "We will win", TOM if n % 2 else IDA).analysis() for n in range(300)]
    found = sayings([*copies, *slogans], {})
    looked = [len(before) for before in _likely(found)]
    runs = max(len(saying.words) for saying in found)
    assert max(looked) <= 4 * RECENT * runs
    assert sum(looked) <= 4 * RECENT * len(found)
    assert sorted(len(own) for own in groups([*copies, *slogans])) == [150, 150, 300]
