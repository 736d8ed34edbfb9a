"""Stories as the pages show them: who is quoted in them, and whom an outlet leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from editions import BOARD, IDA, SITE, TOM, Writer, edition, topic

from digest.dossiers import Digest
from digest.gather import gather
from digest.model import Actor

SAME = {"echo": "echo", "post": "echo", "wire": "echo", "other": "other"}


def written() -> list[Writer]:
    echo = Writer("echo", outlet="Osterfeld Echo", published="2025-03-04")
    echo.says(IDA, "The bridge will stand in May")
    echo.says(IDA, "It will be paid for in June")
    echo.says(TOM, "I have heard that before")
    post = Writer("post", outlet="Lower Post", published="2025-03-05")
    post.says(TOM, "I have heard all that before")
    wire = Writer("wire", outlet=None, published="2025-03-05")
    wire.says(BOARD, "No date has been set by anybody")
    other = Writer("other", outlet="Lower Post", published="2025-03-06")
    other.says(BOARD, "The lamps are to be mended")
    for writer in (echo, post, wire, other):
        writer.topics = (topic("bridges"),)
    return [echo, post, wire, other]


def found(of: Mapping[str, str] = SAME, *more: Writer) -> Digest:
    actors = (IDA, TOM, BOARD, Actor("ida-kuill", "Ida Kuill", "person"))
    return gather(replace(edition(*written(), *more, actors=actors), stories=of), SITE)


def test_a_topic_has_its_stories_newest_first_with_who_is_quoted_most_first() -> None:
    (shown,) = found().topics
    assert [(s.id, [r.article.id for r in s.reports], s.several) for s in shown.stories] == [
        ("other", ["other"], False),
        ("echo", ["post", "wire", "echo"], True),
    ]
    assert [actor.name for actor in shown.stories[1].voices] == ["Ida Quill", "Tom Ferrow", "Bridge Board"]
    assert [outlet.name for outlet in shown.stories[1].outlets] == ["Lower Post", "Osterfeld Echo"]


def test_the_front_page_has_those_that_several_articles_tell() -> None:
    assert [story.id for story in found().front.stories] == ["echo"]
    assert found({}).front.stories == ()


def test_copies_of_one_text_are_no_second_article_of_a_story() -> None:
    one, two = Writer("one"), Writer("two")
    whole = replace(edition(one, two, texts={"two": "one"}), stories={"one": "one", "two": "one"})
    (story,) = set(gather(whole, SITE).stories.values())
    assert (len(story.reports), story.several) == (2, False)


def test_an_outlet_leaves_out_whom_another_quotes_on_the_same_story() -> None:
    outlets = {d.outlet.name: d for d in found().outlets}
    (missed,) = outlets["Lower Post"].missed
    assert (missed.speaker, missed.elsewhere.texts, missed.report.article.id) == (IDA, 2, "post")
    assert [outlet.name for outlet in missed.quoting] == ["Osterfeld Echo"]
    # whom only an outlet quotes that is not known is left out by nobody
    assert outlets["Osterfeld Echo"].missed == ()
    assert outlets[None].missed == ()


def test_nobody_is_left_out_of_another_story() -> None:
    assert not any(d.missed for d in found({}).outlets)


def test_who_may_be_quoted_under_another_spelling_is_not_left_out() -> None:
    more = Writer("more", outlet="Lower Post", published="2025-03-07")
    more.says(Actor("ida-kuill", "Ida Kuill", "person"), "So it was said on the quay")
    assert not any(d.missed for d in found({**SAME, "more": "more"}, more).outlets)
