"""Speakers and outlets side by side: which ones, on what, and what only one of them has."""

from __future__ import annotations

from editions import BOARD, IDA, TOM, Writer, digest, told, topic

from digest.dossiers import Digest
from digest.gather.pairing import LEAST, PAIRS, VOICES
from digest.lines import Tally
from digest.model import Actor, Speaker
from digest.relations import Pair


def article(name: str, day: int = 4, outlet: str | None = "Echo", on: tuple[str, ...] = ("x:1",)) -> Writer:
    writer = Writer(name, outlet=outlet, published=f"2025-03-{day:02}")
    writer.topics = tuple(topic(id_, f"topic {id_[2:]}") for id_ in on)
    return writer


def talk(writer: Writer, *speakers: Actor, times: int = LEAST) -> Writer:
    for speaker in speakers:
        for n in range(times):
            writer.says(speaker, f"{speaker.name} said number {n} in {writer.article.id}")
    return writer


def names(found: Digest) -> list[tuple[str, str]]:
    return [(pair.one.name, pair.other.name) for pair in found.comparison.pairs]


def only(found: Digest) -> Pair:
    (pair,) = found.comparison.pairs
    return pair


def test_who_is_quoted_often_enough_in_one_text_is_set_side_by_side() -> None:
    pair = only(digest(talk(article("a"), TOM, IDA)))
    assert (pair.one, pair.other, pair.url) == (IDA, TOM, "compare/ida-quill--tom-ferrow/")
    (both,) = pair.topics
    assert [line.words for line in both.one] == [f"Ida Quill said number {n} in a" for n in range(LEAST)]
    assert [line.speaker for line in both.other] == [TOM] * LEAST
    assert [(o.name, mine.texts, theirs.texts) for o, mine, theirs in pair.outlets] == [("Echo", LEAST, LEAST)]
    assert names(digest(talk(article("a"), TOM), talk(article("b"), IDA))) == []
    assert names(digest(talk(article("a"), TOM, IDA, times=LEAST - 1))) == []
    assert names(digest(talk(article("a", on=()), TOM, IDA))) == []


def test_who_speaks_about_the_other_is_set_beside_them_from_another_text_too() -> None:
    mine = talk(article("a"), TOM)
    mine.says(TOM, "She has the money", about=("ida-quill",))
    mine.cue("accused")
    pair = only(digest(mine, talk(article("b"), IDA)))
    assert [(e.speaker, e.stance, e.tally) for e in pair.answers] == [(TOM, "accuse", Tally(1, 1))]
    assert pair.says == ()


def test_who_speaks_with_one_voice_is_no_pair() -> None:
    writer = talk(article("a"), TOM, IDA)
    writer.says(IDA, "We agree about this", others=(Speaker(TOM.id, TOM.name, TOM.type),))
    assert names(digest(writer)) == []


def test_pairs_that_deny_go_before_pairs_that_only_speak() -> None:
    first, second, third = article("a"), article("b"), article("c")
    talk(first, IDA, TOM)
    talk(second, IDA, BOARD, times=LEAST + 2)
    second.says(IDA, "The board sleeps in the day", about=("bridge-board",))
    talk(third, TOM, BOARD)
    third.says(TOM, "I ever saw them asleep", about=("bridge-board",))
    third.cue("denied")
    assert names(digest(first, second, third)) == [
        ("Bridge Board", "Tom Ferrow"),
        ("Bridge Board", "Ida Quill"),
        ("Ida Quill", "Tom Ferrow"),
    ]


def test_quotations_stand_in_the_order_of_time_and_copies_once() -> None:
    late, early, copy = (talk(article(name, day), IDA, TOM) for name, day in (("c", 9), ("a", 2), ("b", 5)))
    for writer in (early, copy):
        writer.says(IDA, "The same words are printed twice")
    (both,) = only(digest(late, early, copy, texts={"b": "a"})).topics
    days = [line.article.published for line in both.one]
    assert days == sorted(days, key=str)
    assert sum(line.words == "The same words are printed twice" for line in both.one) == 1


def test_there_are_never_more_pairs_than_have_a_page() -> None:
    crowd = [Actor(f"a{n}", f"Actor {n}", "person") for n in range(VOICES)]
    writers = [talk(article(f"n{n:02}", on=(f"x:{n}",)), *crowd) for n in range(3)]
    found = digest(*writers, actors=tuple(crowd)).comparison.pairs
    assert len(found) == VOICES * (VOICES - 1) // 2 <= PAIRS
    assert len({pair.url for pair in found}) == len(found)


def test_two_outlets_are_compared_on_the_stories_that_both_printed() -> None:
    echo, post = article("e", 4, "Echo"), article("p", 7, "Post")
    later = article("l", 20, "Post", on=("x:1", "x:2"))
    talk(echo, IDA, BOARD, times=2)
    talk(post, TOM, times=3)
    post.says(BOARD, "Nobody asked the board")
    talk(later, IDA, times=1)
    (rivals,) = digest(echo, post, later, stories=told([echo, post], [later])).comparison.rivals
    assert (rivals.one.name, rivals.other.name, rivals.stories) == ("Post", "Echo", 1)
    assert rivals.url == "compare/outlets/post--echo/"
    # what Post printed a fortnight later is no part of it; yet it does quote Ida, so she is not Echo's alone
    assert [(both.topic.name, len(both.one), len(both.other)) for both in rivals.topics] == [("topic 1", 4, 4)]
    assert [(actor.name, n.texts) for actor, n in rivals.only_one] == [("Tom Ferrow", 3)]
    assert rivals.only_other == ()


def test_two_outlets_are_compared_on_a_topic_only_in_the_stories_that_both_had() -> None:
    echo, post = article("e", 4, "Echo", on=("x:1", "x:2")), article("p", 5, "Post")
    fish, later = article("f", 12, "Post", on=("x:2",)), article("l", 19, "Echo", on=("x:2",))
    for writer in (echo, post, fish, later):
        talk(writer, IDA)
    fish_in_both = talk(article("b", 20, "Post", on=("x:2",)), TOM)
    (apart,) = digest(echo, post, fish, stories=told([echo, post], [fish])).comparison.rivals
    assert [both.topic.name for both in apart.topics] == ["topic 1"]
    stories = told([echo, post], [fish], [later, fish_in_both])
    (rivals,) = digest(echo, post, fish, later, fish_in_both, stories=stories).comparison.rivals
    held = {both.topic.name: {x.article.id for x in (*both.one, *both.other)} for both in rivals.topics}
    assert held == {"topic 1": {"e", "p"}, "topic 2": {"e", "l", "b"}}


def test_of_the_reports_of_a_text_the_earliest_of_each_outlet_stand_side_by_side() -> None:
    written = [talk(article(f"{o}{day}", day, o), IDA) for o in ("Echo", "Post") for day in (3, 4, 5)]
    texts = {w.article.id: "Echo3" for w in written[1:]}
    (rivals,) = digest(*written, texts=texts, stories=told(written)).comparison.rivals
    assert [(a.id, b.id) for a, b in rivals.texts] == [("Echo3", "Post3")]


def test_two_outlets_have_texts_and_utterances_in_common() -> None:
    words = "We have waited eleven long years for this one bridge across the river"
    echo, post = article("e", 4, "Echo"), article("p", 4, "Post")
    for writer in (echo, post):
        writer.says(IDA, words)
    found = digest(echo, post, texts={"p": "e"}, stories=told([echo, post]))
    (rivals,) = found.comparison.rivals
    assert [(a.id, b.id) for a, b in rivals.texts] == [("e", "p")]
    assert [found.utterances[id_].lines[0].words for id_ in rivals.utterances] == [words]


def test_outlets_without_a_story_in_common_are_not_compared() -> None:
    echo, post, unknown = (talk(article(o or "", 4, o), IDA) for o in ("Echo", "Post", None))
    assert digest(echo, post, stories=told([echo], [post])).comparison.rivals == ()
    assert digest(echo, unknown, stories=told([echo, unknown])).comparison.rivals == ()
