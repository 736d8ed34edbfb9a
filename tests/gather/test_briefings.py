"""A briefing a week: which quotations stand for it, who is new in it, and what it is held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from editions import BOARD, IDA, TOM, WIRE, Writer, digest, edition, told, topic
from hypothesis import given
from hypothesis import strategies as st

from digest.dossiers import Briefing, Digest
from digest.gather import chosen, gather
from digest.gather.briefings import of_week, unusual
from digest.lines import Tally
from digest.model import Actor
from digest.output import SiteInfo
from digest.since import Changes

SITE = SiteInfo("The Test Reader", None, None, "seeds", "0.1.0", "en")
MONDAY = date(2025, 3, 3)
PIA = Actor("pia-holt", "Pia Holt", "person")


def on(day: int, *, week: int = 0) -> str:
    return (MONDAY + timedelta(weeks=week, days=day)).isoformat()


def article(id_: str, week: int, *, outlet: str | None = "Osterfeld Echo", topics: tuple[str, ...] = ()) -> Writer:
    writer = Writer(id_, outlet=outlet, published=on(1, week=week))
    writer.topics = tuple(topic(name) for name in topics)
    return writer


def quiet(weeks: int) -> list[Writer]:
    """Return an article for each of so many weeks, in which Tom speaks about the ferry."""
    found = []
    for week in range(weeks):
        writer = article(f"quiet-{week}", week, topics=("ferry",))
        writer.says(TOM, f"The ferry of week {week} ran as it should have run")
        found.append(writer)
    return found


def of(found: Digest, id_: str) -> Briefing:
    return next(each for each in found.briefings if each.week.id == id_)


def words(briefing: Briefing) -> list[tuple[str | None, list[str]]]:
    return [
        (group.topic.id if group.topic else None, [line.words for line in group.lines]) for group in briefing.groups
    ]


# --- weeks ------------------------------------------------------------------------------------------------------------


def test_weeks_are_those_of_iso_and_the_latest_comes_first() -> None:
    written = [Writer("a", published="2024-12-30"), Writer("b", published="2025-01-05"), Writer("c", published=None)]
    written.append(Writer("d", published="2021-01-03"))
    found = digest(*written).briefings
    assert [(b.week.id, b.week.first, b.week.last) for b in found] == [
        ("2025-w01", "2024-12-30", "2025-01-05"),
        ("2020-w53", "2020-12-28", "2021-01-03"),
    ]
    assert [len(b.articles) for b in found] == [2, 1]
    assert found[0].earlier == found[1].week
    assert found[1].later == found[0].week
    assert found[0].later is None


def test_without_a_date_there_is_none() -> None:
    assert digest(Writer("a", published=None)).briefings == ()


@given(st.dates())
def test_a_week_holds_its_day_and_names_it_as_iso_does(day: date) -> None:
    week = of_week(date.fromordinal(day.toordinal() - day.weekday()).isoformat())
    assert week.first <= day.isoformat() <= week.last
    assert date.fromisocalendar(week.year, week.number, 1).isoformat() == week.first


# --- the quotations that stand for it ---------------------------------------------------------------------------------


def test_what_several_outlets_print_comes_first_and_once() -> None:
    echo, post = article("echo", 0, topics=("bridge",)), article("post", 0, outlet="Lower Post", topics=("bridge",))
    echo.says(TOM, "I have heard all of that before, and more than once")
    echo.says(IDA, "The bridge will stand in May, whatever the river does")
    post.says(IDA, "The bridge will stand in May, whatever the river does")
    assert words(of(digest(echo, post), "2025-w10")) == [
        (None, ["The bridge will stand in May, whatever the river does"]),
        ("bridge", ["I have heard all of that before, and more than once"]),
    ]


def test_topics_share_the_week_out() -> None:
    bridge, both = article("bridge", 0, topics=("bridge", "river")), article("both", 0, topics=("river",))
    harbour = article("harbour", 0, topics=("harbour",))
    bridge.says(IDA, "The bridge is older than the town that pays for it")
    both.says(TOM, "The river will not wait for any of our committees")
    harbour.says(PIA, "The harbour has been closed to coal for twelve years")
    found = words(of(digest(bridge, both, harbour, actors=(IDA, TOM, PIA)), "2025-w10"))
    assert [(id_, len(said)) for id_, said in found] == [("river", 2), ("harbour", 1)]


def test_verbatim_and_sure_words_go_before_others() -> None:
    one, other = article("one", 0, topics=("bridge",)), article("other", 0, topics=("bridge",))
    one.reports(IDA, "the bridge would have to wait for another winter")
    one.says(TOM, "The money was gone before the first pile stood", confidence=0.6)
    one.says(PIA, "No")
    other.says(BOARD, "We have asked the ministry for the whole sum again")
    (group,) = of(digest(one, other, actors=(IDA, TOM, PIA, BOARD)), "2025-w10").groups
    assert [line.speaker and line.speaker.id for line in group.lines] == ["bridge-board", "ida-quill", "pia-holt"]


def test_unsure_words_stand_where_there_are_no_others() -> None:
    one, other = article("one", 0), article("other", 0)
    one.says(None, "Nobody asked the people who live at the water")
    other.block("Nothing was said.")
    assert words(of(digest(one, other), "2025-w10")) == [(None, ["Nobody asked the people who live at the water"])]


def test_each_speaker_has_the_word_before_anybody_has_it_twice() -> None:
    one, other = article("one", 0, topics=("bridge",)), article("other", 0, topics=("bridge",))
    for n in range(5):
        one.says(IDA, f"This is the sentence number {n} that I have to say")
    other.says(TOM, "And this is the only sentence that anybody left me")
    (group,) = of(digest(one, other), "2025-w10").groups
    assert [line.speaker.id for line in group.lines if line.speaker] == ["ida-quill", "tom-ferrow", "ida-quill"]


def test_an_only_article_is_shown_in_its_order() -> None:
    one = article("one", 0, topics=("bridge",))
    one.says(None, "Who would want to live there, I ask you")
    one.says(IDA, "I would")
    briefing = of(digest(one), "2025-w10")
    assert briefing.sparse
    assert words(briefing) == [(None, ["Who would want to live there, I ask you", "I would"])]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 900), st.integers(0, 3)), min_size=2, max_size=40))
def test_a_page_is_never_fuller_than_it_is(said: list[tuple[int, int, int]]) -> None:
    """Whatever is said: the page holds it, each utterance once, nobody too often, and a topic its few."""
    written = [article(f"a{n}", 0, topics=(f"t{n % 3}",)) for n in range(6)]
    people = tuple(Actor(f"p{n}", f"Person {n}", "person") for n in range(6))
    for n, (at, length, who) in enumerate(said):
        written[at].says(people[who], f"{n} " + "word " * (length // 5) + "end")
    briefing = of(digest(*written, actors=people), "2025-w10")
    lines = [line for group in briefing.groups for line in group.lines]
    assert lines
    room = sum(len(line.words) // chosen.WIDTH + 1 + chosen.AROUND for line in lines)
    assert room + chosen.HEAD * len(briefing.groups) <= chosen.ROOM or len(lines) == 1
    assert len({line.utterance for line in lines}) == len(lines)
    speakers = [line.speaker.id for line in lines if line.speaker]
    assert all(speakers.count(id_) <= chosen.A_SPEAKER for id_ in speakers)
    assert all(len(group.lines) <= chosen.A_GROUP + chosen.MORE for group in briefing.groups if group.topic)


# --- voices -----------------------------------------------------------------------------------------------------------


def test_who_was_never_quoted_is_new_once_there_were_weeks_before() -> None:
    *_, last = written = [*quiet(4), article("late", 4)]
    last.says(IDA, "I come new to this, and I will be brief")
    last.says(TOM, "I do not, as everybody here knows by now")
    found = digest(*written)
    assert [voice.actor.id for voice in of(found, "2025-w14").new] == ["ida-quill"]
    assert all(b.new == () for b in found.briefings[1:])
    early = [written[0], written[1], last]
    assert digest(*early).briefings[0].new == ()


def test_who_is_quoted_in_an_undated_article_is_not_called_new() -> None:
    last, undated = article("late", 4), Writer("undated", published=None)
    for writer in (last, undated):
        writer.says(IDA, "I may have said it before, nobody knows when")
    assert of(digest(*quiet(4), last, undated), "2025-w14").new == ()


def test_who_was_quoted_long_ago_is_back_with_the_day() -> None:
    first, last = article("first", 0), article("last", 9)
    for writer in (first, last):
        writer.says(IDA, f"I speak in the article that is called {writer.article.id}")
    found = of(digest(*quiet(9), first, last), "2025-w19")
    assert [(voice.actor.id, voice.before) for voice in found.back] == [("ida-quill", "2025-03-04")]
    soon = article("soon", 8)
    soon.says(IDA, "I speak eight weeks later, and no day more")
    assert of(digest(*quiet(9), first, soon), "2025-w18").back == ()


def test_voices_have_their_outlets_and_carriers() -> None:
    echo, post = article("echo", 0), article("post", 0, outlet="Lower Post")
    echo.says(IDA, "The bridge will stand in May, whatever comes", via=(WIRE,))
    echo.says(IDA, "It will carry everybody who wants to cross")
    post.says(IDA, "Nobody asked me about the price of it")
    (voice,) = of(digest(echo, post), "2025-w10").voices
    assert voice.tally == Tally(3, 3)
    assert [outlet.name for outlet in voice.outlets] == ["Osterfeld Echo", "Lower Post"]
    assert voice.via == (("Gull Wire", 1),)


# --- topics -----------------------------------------------------------------------------------------------------------


def test_a_topic_is_held_against_the_weeks_before() -> None:
    late = [article(f"late-{n}", 5, topics=("flood",)) for n in range(6)]
    found = of(digest(*quiet(5), *late), "2025-w15")
    assert [(t.topic.id, t.tally.texts, t.before, t.course) for t in found.topics] == [
        ("flood", 6, 0.0, "more"),
        ("ferry", 0, 1.0, "fewer"),
    ]


def test_a_topic_is_held_against_nothing_too_early() -> None:
    (trend,) = of(digest(*quiet(3)), "2025-w12").topics
    assert (trend.before, trend.course) == (None, "as before")


def test_copies_make_no_topic_louder() -> None:
    late = [article(f"late-{n}", 5, topics=("flood",)) for n in range(6)]
    copies = {writer.article.id: "late-0" for writer in late}
    found = of(digest(*quiet(5), *late, texts=copies), "2025-w15")
    assert found.topics[0].tally == Tally(6, 1)
    assert found.topics[0].course == "as before"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 400), st.integers(0, 400))
def test_what_is_unusual_has_a_side(now: int, rest: int, before: int, rest_before: int) -> None:
    ratio = unusual(now, now + rest, before, before + rest_before)
    if now + rest and before + rest_before:
        more = now * (before + rest_before) - before * (now + rest)
        assert abs(ratio) < 1e-9 if more == 0 else (ratio > 0) == (more > 0)
    else:
        assert ratio == 0


def test_the_measure_is_dunnings() -> None:
    # 20 of 50 now, 40 of 400 before: 2 × (20 ln(20/6.667) + 40 ln(40/53.333) + 30 ln(30/43.333) + 360 ln(360/346.667))
    assert round(unusual(20, 50, 40, 400), 2) == 26.04


# --- who about whom, who leaves out whom, what is new -----------------------------------------------------------------


def test_who_speaks_about_whom_has_the_verbs() -> None:
    one = article("one", 0)
    one.says(IDA, "The board has never once been on time", about=("bridge-board",))
    one.says(IDA, "The board has lost the plans, twice", about=("bridge-board", "ida-quill"))
    (pair,) = of(digest(one), "2025-w10").about
    assert (pair.speaker.id, pair.target.id, pair.tally) == ("ida-quill", "bridge-board", Tally(2, 2))
    assert [(each.verb, each.times) for each in pair.verbs] == [("said", 2)]


def test_an_outlet_leaves_out_whom_two_others_quote_on_its_story() -> None:
    outlets = ("Osterfeld Echo", "Lower Post", "Unterer Bote", "Bay Wire")
    echo, post, bote, wire = (article(f"a{n}", 0, outlet=o, topics=("bridge",)) for n, o in enumerate(outlets))
    echo.says(IDA, "The bridge will stand in May, whatever comes")
    post.says(IDA, "I have never promised anybody a bridge in May")
    bote.says(TOM, "She has promised it to me on three occasions")
    wire.topics = (topic("cheese"),)
    wire.says(BOARD, "The cheese is good this year, and there is much of it")
    one = told([echo, post, bote], [wire])
    found = of(digest(echo, post, bote, wire, stories=one), "2025-w10")
    assert [(p.outlet.name, [a.id for a in p.speakers]) for p in found.passed] == [("Unterer Bote", ["ida-quill"])]


def test_an_outlet_that_printed_its_article_on_a_story_in_another_week_leaves_out_nobody_this_week() -> None:
    echo, post = article("echo", 0, outlet="Osterfeld Echo"), article("post", 7, outlet="Lower Post")
    also = article("also", 0, outlet="Lower Post")
    for writer, speaker in ((echo, IDA), (post, TOM), (also, BOARD)):
        writer.says(speaker, f"{speaker.name} says that the bridge will stand in May")
    found = of(digest(echo, post, also, stories=told([echo, post], [also])), "2025-w10")
    assert found.matrix
    assert {row.speaker.id: row.cells for row in found.matrix.rows}["ida-quill"] == ("no story", Tally(1, 1))


def test_what_is_new_since_the_last_edition_is_named_where_not_all_is() -> None:
    one, other = article("one", 0), article("other", 0)
    whole = edition(one, other)
    found = gather(whole, SITE, Changes(None, "0.1.0", articles=("other",)))
    assert [a.article.id for a in found.briefings[0].fresh] == ["other"]
    every = gather(whole, SITE, Changes(None, "0.1.0", articles=("one", "other")))
    assert every.briefings[0].fresh == ()


def test_dates_that_people_set_are_among_what_was_mended() -> None:
    one, other = article("one", 0), article("other", 0)
    one.article = replace(one.article, date_basis="curation")
    assert [a.article.id for a in of(digest(one, other), "2025-w10").mended] == ["one"]
