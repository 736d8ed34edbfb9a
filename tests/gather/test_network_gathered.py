"""Who speaks about whom, and what the printed verb tells of it."""

from __future__ import annotations

import pytest
from editions import BOARD, IDA, TOM, Writer, digest, topic

from digest.gather.network import DRAWN, LEAST, TELLING, TOPICS
from digest.gather.stances import stance, verb
from digest.lines import Tally
from digest.model import Actor, Speaker
from digest.relations import Edge


def told(printed: str, language: str = "en") -> str | None:
    """Return the stance of a quotation with this cue."""
    writer = Writer("a", language=language)
    writer.says(IDA, "The bridge will stand")
    writer.cue(printed)
    return stance(digest(writer).lines[0])


def edges(*writers: Writer) -> list[tuple[str, str, str | None, int]]:
    found = digest(*writers).network
    return [(e.speaker.name, e.target.name, e.stance, e.tally.texts) for e in found.edges]


@pytest.mark.parametrize(
    ("printed", "language", "wanted"),
    [
        ("said", "en", None),
        ("According to", "en", None),
        ("accused", "en", "accuse"),
        ("has blamed", "en", "accuse"),
        ("denied", "en", "deny"),
        ("rejected", "en", "deny"),
        ("rejects the accusation", "en", "deny"),
        ("repeated the accusation", "en", "accuse"),
        ("warned", "en", "demand"),
        ("did not deny", "en", None),
        ("sagte", "de", None),
        ("kritisierte", "de", "accuse"),
        ("bestritt", "de", "deny"),
        ("warf", "de", None),
        ("warf … ihm vor, zu schweigen.", "de", "accuse"),
        ("wies … das zurück.", "de", "deny"),
        ("wies … darauf hin. Er tritt zurück.", "de", None),
        ("forderte", "de", "demand"),
    ],
)
def test_the_cue_tells_how_the_speaker_stands(printed: str, language: str, wanted: str | None) -> None:
    assert told(printed, language) == wanted


def test_a_quotation_without_a_verb_tells_nothing() -> None:
    writer = Writer("a")
    writer.says(IDA, "The bridge will stand", cue=None)
    (line,) = digest(writer).lines
    assert stance(line) is None
    assert verb(line) == ""


def test_an_edge_is_a_speaker_a_target_and_a_stance() -> None:
    one, two = Writer("one", published="2025-03-04"), Writer("two", published="2025-03-05")
    one.says(IDA, "The board sleeps", about=("bridge-board",))
    one.says(TOM, "She is right about that", about=("ida-quill",))
    two.says(IDA, "They have hidden the bill", about=("bridge-board",))
    two.cue("accused")
    two.says(IDA, "The board sleeps still", about=("bridge-board",))
    assert edges(one, two) == [
        ("Ida Quill", "Bridge Board", None, 2),
        ("Ida Quill", "Bridge Board", "accuse", 1),
        ("Tom Ferrow", "Ida Quill", None, 1),
    ]
    (speeches, _) = digest(one, two).speeches
    assert speeches.url == "actors/ida-quill/about-others/"
    assert [(target, [e.stance for e in own]) for target, own in speeches.targets] == [(BOARD, [None, "accuse"])]


def test_what_is_said_about_oneself_is_no_edge() -> None:
    writer = Writer("a")
    tom = Speaker(TOM.id, TOM.name, TOM.type)
    writer.says(IDA, "I was wrong", about=("ida-quill",))
    writer.says(IDA, "The two of us were wrong", about=("tom-ferrow", "ida-quill"), others=(tom,))
    writer.says(None, "They were both wrong", about=("tom-ferrow",))
    assert edges(writer) == []


def test_verbs_are_counted_once_a_text_in_each_language() -> None:
    one, two = Writer("one"), Writer("zwei", language="de", published="2025-03-01")
    one.says(IDA, "The board sleeps", about=("bridge-board",))
    one.says(IDA, "The board snores", about=("bridge-board",))
    two.says(IDA, "Der Rat schläft", about=("bridge-board",))
    two.cue("Sagte")
    (edge,) = digest(one, two).network.edges
    assert [(v.verb, v.language, v.times) for v in edge.verbs] == [("said", "en", 2), ("sagte", "de", 1)]
    assert edge.tally == Tally(3, 3)


def test_the_picture_has_the_most_quoted_lines_then_the_latest() -> None:
    towns = [Actor(f"town-{n:02}", f"Town {n:02}", "place") for n in range(DRAWN + 5)]
    writers = []
    for n, town in enumerate(towns):
        writer = Writer(f"a{n:02}", published=f"2025-{1 + n // 28:02}-{1 + n % 28:02}")
        writer.says(IDA, f"Town number {n} lies in a valley", about=(town.id,))
        writers.append(writer)
    writers[0].says(IDA, "It lies there still and sleeps", about=("town-00",))
    found = digest(*writers, actors=(IDA, *towns)).network
    assert found.total == DRAWN + 5
    drawn: list[Edge] = list(found.edges)
    assert [e.target.name for e in drawn] == ["Town 00", *(f"Town {n:02}" for n in range(DRAWN + 4, 5, -1))]


def test_rare_verbs_that_accuse_have_room_in_the_picture() -> None:
    towns = [Actor(f"town-{n:02}", f"Town {n:02}", "place") for n in range(DRAWN + 5)]
    writers = []
    for n, town in enumerate(towns):
        writer = Writer(f"a{n:02}")
        for k in range(2):
            writer.says(IDA, f"Town number {n} lies in valley {k}", about=(town.id,))
        if n < TELLING + 3:
            writer.says(TOM, f"Town number {n} has eaten the money", about=(town.id,))
            writer.cue("accused")
        writers.append(writer)
    found = digest(*writers, actors=(IDA, TOM, *towns)).network
    assert len(found.edges) == DRAWN
    assert sum(e.stance == "accuse" for e in found.edges) == TELLING
    assert [e.tally.texts for e in found.edges] == [2] * (DRAWN - TELLING) + [1] * TELLING


def on_topics(towns: int, *on: str) -> list[tuple[str, int]]:
    """Return the networks of topics where one article on the topics ``on`` has a line to each of so many towns."""
    actors = tuple(Actor(f"town-{n}", f"Town {n}", "place") for n in range(towns))
    writer = Writer("a")
    writer.topics = tuple(topic(id_) for id_ in on)
    for n, town in enumerate(actors):
        writer.says(IDA, f"Town number {n} lies in a valley", about=(town.id,))
    return [
        (str(found.topic and found.topic.id), found.total) for found in digest(writer, actors=(IDA, *actors)).networks
    ]


def test_a_topic_has_a_network_where_it_has_lines_enough() -> None:
    assert on_topics(LEAST, "x:1") == [("x:1", LEAST)]
    assert on_topics(LEAST - 1, "x:1") == []


def test_a_broader_topic_takes_the_narrower_ones_in_and_has_none_where_it_adds_nothing() -> None:
    soccer, rugby, disciplines = "medtop:20001065", "medtop:20001176", "medtop:20000822"
    assert on_topics(LEAST, soccer) == [(soccer, LEAST)]
    one, two = Writer("one"), Writer("two")
    one.topics, two.topics = (topic(soccer),), (topic(rugby),)
    towns = tuple(Actor(f"town-{n}", f"Town {n}", "place") for n in range(LEAST + 1))
    for n, town in enumerate(towns):
        (one if n else two).says(IDA, f"Town number {n} lies in a valley", about=(town.id,))
    found = digest(one, two, actors=(IDA, *towns)).networks
    assert [(network.topic.id, network.total) for network in found if network.topic] == [
        (disciplines, LEAST + 1),
        (soccer, LEAST),
    ]


def test_only_so_many_topics_have_a_network() -> None:
    assert on_topics(LEAST, "x:1", "x:2") == [("x:2", LEAST)]
    writers = []
    towns = tuple(Actor(f"town-{n}", f"Town {n}", "place") for n in range(LEAST))
    for k in range(TOPICS + 2):
        writer = Writer(f"a{k}")
        writer.topics = (topic(f"x:{k}"),)
        for n, town in enumerate(towns):
            writer.says(IDA, f"Town number {n} lies in valley {k}", about=(town.id,))
        writers.append(writer)
    assert len(digest(*writers, actors=(IDA, *towns)).networks) == TOPICS
