"""What belongs together, and in which order."""

from __future__ import annotations

from dataclasses import replace

from editions import BOARD, IDA, SITE, TOM, WIRE, Writer, digest, edition, role, told, topic

from digest.dossiers import ActorDossier, Digest, OutletDossier, TopicDossier, published
from digest.gather import gather
from digest.gather.shared import REPORTS
from digest.knowledge import load_topics
from digest.lines import Tally, quoted
from digest.model import Actor, Mention, Speaker, Via

DEEP = next(rule for rule in load_topics() if len(rule.parents) == 2)


def actor(found: Digest, id_: str) -> ActorDossier:
    return next(d for d in found.actors if d.actor.id == id_)


def outlet(found: Digest, name: str | None) -> OutletDossier:
    return next(d for d in found.outlets if d.outlet.name == name)


def on(found: Digest, id_: str) -> TopicDossier:
    return next(d for d in found.topics if d.topic.id == id_)


def three() -> list[Writer]:
    """Three articles by three outlets in one week, one without a date."""
    echo = Writer("echo", outlet="Osterfeld Echo", published="2025-03-04")
    echo.says(IDA, "The bridge will stand in May", about=("bridge-board",), via=(WIRE,))
    echo.says(TOM, "I have heard that before", about=("ida-quill",))
    post = Writer("post", outlet="Lower Post", published="2025-03-06")
    post.says(IDA, "The bridge will stand in May")
    blank = Writer("blank", outlet=None, published=None)
    blank.reports(IDA, "nobody would drown")
    for writer in (echo, post, blank):
        writer.topics = (topic(DEEP.id, DEEP.name),)
    return [echo, post, blank]


def test_the_order_of_the_inputs_never_matters() -> None:
    whole = edition(*three())
    backwards = dict(reversed(whole.actors.items()))
    assert gather(replace(whole, actors=backwards), SITE) == gather(whole, SITE)


def test_lines_are_newest_first_and_undated_ones_last() -> None:
    assert [line.article.id for line in digest(*three()).lines] == ["post", "echo", "echo", "blank"]


def test_who_speaks_together_has_the_line_each() -> None:
    echo = Writer("echo")
    tom = Speaker(TOM.id, TOM.name, TOM.type)
    said = echo.says(IDA, "We will build it twice", about=("tom-ferrow",), others=(tom,))
    found = digest(echo)
    assert [line.quotation.id for id_ in ("ida-quill", "tom-ferrow") for line in actor(found, id_).by] == [said.id] * 2
    assert [count.name for count in found.front.voices] == ["Ida Quill", "Tom Ferrow"]
    assert actor(found, "tom-ferrow").about == ()
    assert [speaker.name for speaker in found.lines[0].speakers] == ["Ida Quill", "Tom Ferrow"]


def test_an_actor_has_what_it_says_and_what_is_said_about_it() -> None:
    ida = actor(digest(*three()), "ida-quill")
    assert len(ida.by) == 3
    assert [line.speaker and line.speaker.id for line in ida.about] == ["tom-ferrow"]
    assert [(c.name, c.parts) for c in ida.spoken_about_by] == [("Tom Ferrow", (("said", 1),))]
    assert [c.name for c in ida.speaks_about] == ["Bridge Board"]
    assert not ida.sparse
    assert ida.articles == Tally(3, 3)


def test_what_someone_says_of_oneself_is_not_about_one() -> None:
    writer = Writer("bridge")
    writer.says(IDA, "I am Ida", about=("ida-quill",))
    assert actor(digest(writer), "ida-quill").about == ()


def test_most_reported_words_come_first_and_once() -> None:
    ida = actor(digest(*three()), "ida-quill")
    assert [h.why for h in ida.highlights] == ["reported"]
    assert ida.highlights[0].line.article.id == "post"


def test_actors_are_ranked_by_quotations_then_by_name() -> None:
    assert [d.actor.id for d in digest(*three()).actors] == ["ida-quill", "tom-ferrow", "bridge-board"]


def test_a_speaker_that_the_edition_does_not_list_gets_a_page() -> None:
    writer = Writer("bridge")
    writer.says(Actor("ada-moor", "Ada Moor", "person"), "So it is")
    assert actor(digest(writer), "ada-moor").by


def test_roles_are_newest_first_and_the_same_wording_once() -> None:
    old, new = Writer("old", published="2025-01-01"), Writer("new", published="2025-02-01")
    for writer in (old, new):
        writer.says(IDA, "So it is")
        writer.block("She is the mayor of Osterfeld.")
    new.block("She was the ferryman once.")
    ida = replace(IDA, roles=(role("mayor of Osterfeld", old), role("mayor of Osterfeld", new), role("ferryman", new)))
    found = digest(old, new, actors=(ida,))
    assert [(r.text, r.times.reports, r.article.id) for r in actor(found, "ida-quill").roles] == [
        ("mayor of Osterfeld", 2, "new"),
        ("ferryman", 1, "new"),
    ]
    assert {line.role for line in found.lines} == {"mayor of Osterfeld"}


def test_a_role_is_shown_only_beside_words_of_its_own_article() -> None:
    old, new = Writer("old", published="2025-01-01"), Writer("new", published="2025-02-01")
    old.block("Ida Quill, mayor of Osterfeld, spoke.")
    for writer in (old, new):
        writer.says(IDA, "So it is")
    found = digest(old, new, actors=(replace(IDA, roles=(role("mayor of Osterfeld", old),)),))
    assert [line.role for line in found.lines] == ["", "mayor of Osterfeld"]


def test_names_as_printed_come_with_their_outlets() -> None:
    aliases = actor(digest(*three()), "ida-quill").aliases
    assert [(a.text, a.count) for a in aliases] == [("Quill", 2)]


def test_outlets_with_one_address_are_one_outlet_and_unknown_ones_come_last() -> None:
    articles = [Writer(f"a{n}", outlet=name) for n, name in enumerate(["Gull", "gull", "gull", None, "Unknown"])]
    for writer in articles:
        writer.says(IDA, "So it is")
    found = digest(*articles)
    assert [(d.outlet.name, d.outlet.url, len(d.lines)) for d in found.outlets] == [
        ("gull", "outlets/gull/", 3),
        ("Unknown", "outlets/outlet-unknown/", 1),
        (None, "outlets/unknown/", 1),
    ]


def test_via_counts_who_passed_words_on_and_not_who_heard_them() -> None:
    writer = Writer("bridge")
    writer.says(
        IDA, "So it is", via=(WIRE, Via("Tom Ferrow", "tom-ferrow", "addressee"), Via("rally", None, "occasion"))
    )
    assert [(c.name, c.url) for c in outlet(digest(writer), "Osterfeld Echo").via] == [("Gull Wire", "")]


def test_broader_topics_have_pages_and_count_what_is_below() -> None:
    found = digest(*three())
    top, middle = DEEP.parents
    assert [(c.name.lower(), c.tally.reports) for c in on(found, middle).below] == [(DEEP.name.lower(), 3)]
    assert [c.tally.reports for c in on(found, top).below] == [3]
    assert [t.id for t in on(found, DEEP.id).above] == [top, middle]
    assert len(on(found, DEEP.id).lines) == 4


def test_a_quotation_with_topics_of_its_own_belongs_to_those() -> None:
    writer = Writer("bridge")
    writer.topics = (topic("x:1", "Bridges"), topic("x:2", "Ferries"))
    writer.says(IDA, "So it is", topics=("x:2",))
    writer.says(IDA, "So it was")
    found = digest(writer)
    assert len(on(found, "x:1").lines) == 1
    assert len(on(found, "x:2").lines) == 2


def test_topics_that_share_a_name_have_two_addresses() -> None:
    writer = Writer("bridge")
    writer.topics = (topic("x:1", "Bridges"), topic("x:2", "bridges!"))
    urls = {d.topic.url for d in digest(writer).topics}
    assert len(urls) == 2
    assert all(url.startswith("topics/bridges-") for url in urls)


def test_silence_is_told_from_absence() -> None:
    echo, post, blank = three()
    late = Writer("late", outlet="Late Paper", published="2025-06-01")
    late.topics = echo.topics
    found = digest(echo, post, blank, late, stories=told([echo, post, blank], [late]))
    matrix = on(found, DEEP.id).matrix
    assert matrix is not None
    columns = {o.name: n for n, o in enumerate(matrix.outlets)}
    cells = {row.speaker.id: row.cells for row in matrix.rows}
    assert None not in columns
    assert cells["tom-ferrow"][columns["Osterfeld Echo"]] == Tally(1, 1)
    # The Post had the story in which Tom is quoted and left him out; the Late Paper came three months later.
    assert cells["tom-ferrow"][columns["Lower Post"]] == "left out"
    assert cells["tom-ferrow"][columns["Late Paper"]] == "no story"
    compared = {c.outlet.name: c for c in on(found, DEEP.id).compared}
    assert compared["Lower Post"].left_out == TOM
    assert compared["Late Paper"].left_out is None


def test_another_spelling_of_a_name_is_not_called_silence() -> None:
    other = replace(TOM, id="tom-ferrov", name="Tom Ferrov")
    echo, post = Writer("echo"), Writer("post", outlet="Lower Post")
    for writer, speaker in ((echo, TOM), (post, other), (post, IDA)):
        writer.topics = (topic("x:1", "Bridges"),)
        writer.says(speaker, f"{speaker.name} said it")
    found = digest(echo, post, actors=(IDA, TOM, other), stories=told([echo, post]))
    matrix = on(found, "x:1").matrix
    assert matrix is not None
    columns = {o.name: n for n, o in enumerate(matrix.outlets)}
    cells = {row.speaker.id: row.cells for row in matrix.rows}
    assert cells["tom-ferrow"][columns["Lower Post"]] == "like name"
    assert cells["ida-quill"][columns["Osterfeld Echo"]] == "left out"
    assert actor(found, "tom-ferrow").silences == ()
    assert [[r.outlet.name for r in s.reports] for s in actor(found, "ida-quill").silences] == [["Osterfeld Echo"]]


def test_an_actor_lists_the_articles_that_name_it_without_quoting_it_and_its_namesakes() -> None:
    sister = replace(IDA, id="wenna-quill", name="Wenna Quill")
    said, named = Writer("said", published="2025-03-05"), Writer("named", published="2025-03-06")
    said.says(IDA, "So it is")
    start = named.block("Ida Quill was seen with Wenna Quill.")
    named.mentions += [
        Mention(start, start + 9, "Ida Quill", "name", "person", "ida-quill"),
        Mention(start + 24, start + 35, "Wenna Quill", "name", "person", "wenna-quill"),
    ]
    found = digest(said, named, actors=(IDA, sister))
    assert [a.article.id for a in actor(found, "ida-quill").elsewhere] == ["named"]
    assert actor(found, "ida-quill").articles == Tally(2, 2)
    assert [a.article.id for a in actor(found, "wenna-quill").elsewhere] == ["named"]
    assert [(c.name, c.tally.reports) for c in actor(found, "wenna-quill").namesakes] == [("Ida Quill", 1)]


def test_the_role_in_lists_is_in_the_language_of_the_site_and_then_the_latest() -> None:
    old, new, foreign = (
        Writer("old", published="2025-01-01"),
        Writer("new", published="2025-02-01"),
        Writer("neu", published="2025-03-01", language="de"),
    )
    for writer, words in ((old, "mayor"), (new, "former mayor"), (foreign, "Bürgermeisterin")):
        writer.block(f"Ida Quill, {words}, spoke.")
        writer.says(IDA, "So it is")
    roles = (role("mayor", old), role("former mayor", new, past=True), role("Bürgermeisterin", foreign))
    found = digest(old, new, foreign, actors=(replace(IDA, roles=roles),))
    assert [c.note for c in found.front.voices] == ["former mayor"]


def test_an_outlet_is_no_way_through_itself() -> None:
    writer = Writer("bridge")
    writer.says(IDA, "So it is", via=(Via("Osterfeld Echo"), WIRE))
    assert [v.name for v in digest(writer).lines[0].via] == ["Gull Wire"]


def test_below_two_outlets_there_is_no_matrix() -> None:
    echo = three()[0]
    assert on(digest(echo), DEEP.id).matrix is None


def test_a_timeline_needs_three_dated_articles() -> None:
    echo, post, blank = three()
    assert actor(digest(echo, post, blank), "ida-quill").timeline is None
    more = Writer("more", published="2025-03-20")
    more.says(IDA, "So it is")
    course = actor(digest(echo, post, blank, more), "ida-quill").timeline
    assert course is not None
    assert [(b.start, b.by.texts, b.about.texts) for b in course.buckets] == [
        ("2025-03-03", 2, 1),
        ("2025-03-10", 0, 0),
        ("2025-03-17", 1, 0),
    ]


def test_bars_grow_from_weeks_to_years_and_end_at_a_century() -> None:
    def unit(*dates: str) -> tuple[str, int] | None:
        writers = [Writer(f"a{n}", published=date) for n, date in enumerate(dates)]
        for writer in writers:
            writer.says(IDA, "So it is")
        course = actor(digest(*writers), "ida-quill").timeline
        return course and (course.unit, len(course.buckets))

    assert unit("2025-01-01", "2025-02-01", "2025-06-20") == ("week", 25)
    assert unit("2024-01-31", "2025-02-01", "2025-06-20") == ("month", 18)
    assert unit("2001-01-01", "2025-02-01", "2025-06-20") == ("year", 25)
    assert unit("9999-12-31", "9999-12-30", "9999-12-20") == ("week", 2)
    assert unit("9999-12-31", "9999-12-30", "9999-12-29") is None
    assert unit("0001-01-01", "2025-02-01", "9999-12-31") is None


def test_copies_find_each_other_and_strangers_do_not() -> None:
    words = [f"word{n}" for n in range(200)]
    one, two, other = (Writer(x, outlet=x) for x in ("one", "two", "other"))
    one.block(" ".join(words))
    two.block(" ".join([*words[:100], *(f"new{n}" for n in range(100))]))
    other.block(" ".join(f"strange{n}" for n in range(200)))
    found = {d.article.id: d for d in digest(one, two, other).articles}
    assert [s.article.id for s in found["one"].shared] == ["two"]
    assert 35 <= found["one"].shared[0].share <= 65
    assert found["other"].shared == ()
    assert {(d.printed, d.reports) for d in found.values()} == {(1, ())}


COPIES = {"wire": "wire", "echo": "wire", "post": "wire"}


def copies() -> list[Writer]:
    """One text in three reports, the earliest by the wire, and an article that repeats a part of it."""
    written = []
    for id_, day in (("wire", "2025-03-03"), ("echo", "2025-03-04"), ("post", "2025-03-04")):
        writer = Writer(id_, outlet=id_, published=day)
        writer.block(" ".join(f"word{n}" for n in range(80)))
        writer.says(IDA, "The bridge will stand in May")
        writer.says(TOM, "No")
        writer.says(TOM, "No")
        written.append(writer)
    own = Writer("own", outlet="own", published="2025-03-05")
    own.block(" ".join([*(f"word{n}" for n in range(40)), *(f"new{n}" for n in range(60))]))
    for words in ("Ask the mayor", "Ask the mayor again", "Then ask nobody"):
        own.says(TOM, words)
    for writer in (*written, own):
        writer.topics = (topic(DEEP.id, DEEP.name),)
    return [*written, own]


def test_counts_say_how_many_reports_and_how_many_texts() -> None:
    found = digest(*copies(), texts=COPIES)
    assert published(found.articles) == Tally(4, 2)
    # Tom says “No” twice in one text, and that is printed in three reports
    assert [(c.name, c.tally) for c in found.front.voices] == [("Tom Ferrow", Tally(9, 5)), ("Ida Quill", Tally(3, 1))]
    assert quoted(actor(found, "ida-quill").by) == Tally(3, 1)
    assert actor(found, "ida-quill").articles == Tally(3, 1)
    assert [(c.name, c.tally) for c in actor(found, "ida-quill").together] == [("Tom Ferrow", Tally(3, 1))]
    assert actor(found, "tom-ferrow").articles == Tally(4, 2)
    whole = on(found, DEEP.id)
    assert quoted(whole.lines) == Tally(12, 6)
    assert whole.matrix is not None
    assert whole.timeline is None
    totals = {row.speaker.id: row.total for row in whole.matrix.rows}
    assert totals == {"tom-ferrow": Tally(9, 5), "ida-quill": Tally(3, 1)}
    assert [c.tally for c in on(found, DEEP.parents[0]).below] == [Tally(4, 2)]


def test_ten_reprints_make_nobody_a_louder_voice() -> None:
    reprints = {f"r{n}": "r0" for n in range(10)}
    written = [Writer(id_, outlet=id_) for id_ in reprints]
    for writer in written:
        writer.says(IDA, "The bridge will stand in May")
    other = Writer("other", outlet="other")
    other.says(TOM, "I have heard that before")
    other.says(TOM, "And so have you")
    found = digest(*written, other, texts=reprints)
    assert [d.actor.id for d in found.actors][:2] == ["tom-ferrow", "ida-quill"]
    assert [(c.name, c.tally) for c in found.front.voices] == [("Tom Ferrow", Tally(2, 2)), ("Ida Quill", Tally(10, 1))]
    assert found.outlets[0].outlet.name == "other"
    assert digest(*written, other).front.voices[0].name == "Ida Quill"


def test_an_edited_quotation_of_a_copy_counts_again_and_other_marks_do_not() -> None:
    one, two, three_ = (Writer(id_, outlet=id_) for id_ in ("one", "two", "three"))
    one.says(IDA, "The bridge will stand, I say")
    two.says(IDA, "The bridge will stand I say")
    three_.says(IDA, "The bridge will stand")
    found = digest(one, two, three_, texts={"one": "one", "two": "one", "three": "one"})
    assert quoted(found.lines) == Tally(3, 2)
    assert quoted(digest(one, two, three_).lines) == Tally(3, 3)


def test_a_timeline_and_the_verbs_count_what_copies_repeat_once() -> None:
    written = [Writer(id_, outlet=id_, published=f"2025-03-{day:02}") for id_, day in (("a", 3), ("b", 4), ("c", 18))]
    for writer in written:
        writer.says(IDA, "The bridge will stand in May", about=("tom-ferrow",))
    found = actor(digest(*written, texts={"a": "a", "b": "a", "c": "a"}), "ida-quill")
    assert found.timeline is not None
    assert [b.by for b in found.timeline.buckets] == [Tally(2, 1), Tally(), Tally(1, 1)]
    assert [(c.tally, c.parts) for c in found.speaks_about] == [(Tally(3, 1), (("said", 1),))]


def test_an_article_lists_the_other_reports_of_its_text_apart_from_texts_that_share_words() -> None:
    found = {d.article.id: d for d in digest(*copies(), texts=COPIES).articles}
    assert [s.article.id for s in found["wire"].reports] == ["echo", "post"]
    assert [s.article.id for s in found["post"].reports] == ["wire", "echo"]
    assert {s.share for s in found["wire"].reports} == {100}
    assert {d.printed for d in found.values()} == {3, 1}
    # a text that three print stands once, by its earliest report
    assert [s.article.id for s in found["own"].shared] == ["wire"]
    assert [s.article.id for s in found["wire"].shared] == ["own"]


def test_a_page_lists_so_many_reports_of_a_text() -> None:
    reprints = {f"r{n:03}": "r000" for n in range(REPORTS + 5)}
    written = [Writer(id_, outlet=id_) for id_ in reprints]
    found = digest(*written, texts=reprints).articles
    assert {(len(d.reports), d.printed) for d in found} == {(REPORTS, REPORTS + 5)}


def test_the_front_page_leads_with_whole_certain_undamaged_words() -> None:
    new, old = Writer("new", published="2025-03-05"), Writer("old", published="2025-03-01")
    new.says(IDA, "The bridge will stand in May, come what may", confidence=0.6)
    new.reports(IDA, "the bridge will stand in June")
    old.says(TOM, "A promise is not a bridge, and never was")
    old.says(None, "The clerk knew the bridge was long gone")
    front = digest(new, old).front
    assert front.lead is not None
    assert front.lead.speaker == TOM
    assert (front.first, front.last) == ("2025-03-01", "2025-03-05")
    assert all(line.speaker for line in front.latest)


def test_the_quotation_set_large_counts_among_those_of_its_article() -> None:
    writer, other = Writer("new", published="2025-03-05"), Writer("old", published="2025-03-01")
    for words in ("The bridge will stand in May, come what may", "It will stand through every winter", "It will", "It"):
        writer.says(IDA, words)
    other.says(TOM, "No")
    assert [line.words for line in digest(writer, other).front.latest] == ["It will stand through every winter", "No"]


def test_what_a_person_can_settle_is_listed() -> None:
    writer = Writer("bridge", outlet=None, published=None)
    writer.says(None, "So it is", source=None)
    writer.says(None, "So it will be", confidence=0.94)
    writer.says(IDA, "So it was", confidence=0.74)
    writer.says(IDA, "So it had been", confidence=0.75)
    writer.says(None, "So be it", decided=True, confidence=1.0, flaws=("no closing quotation mark",))
    waiting = digest(writer).open
    assert [line.words for line in waiting.unresolved] == ["So it is"]
    assert [line.words for line in waiting.anonymous] == ["So it will be"]
    assert [line.words for line in waiting.unsure] == ["So it was"]
    assert waiting.damaged == ()
    assert [a.id for a in waiting.undated] == [a.id for a in waiting.unnamed] == ["bridge"]


def test_fragments_are_no_speech() -> None:
    writer = Writer("bridge")
    found = writer.says(IDA, "so-called bridge")
    writer.quotations[0] = replace(found, kind="fragment", speaker=None)
    whole = digest(writer)
    assert whole.lines == ()
    assert len(whole.articles[0].fragments) == 1
    assert BOARD.name in {d.actor.name for d in whole.actors}


def test_an_alias_says_by_which_rule_it_is_read() -> None:
    norland = Actor("norland", "Norland", "state", {"Norland": 1, "Tarn": 2, "Republic of Norland": 1})
    writer = Writer("a")
    for name, rule in (("Tarn", "metonym"), ("Tarn", "metonym"), ("Republic of Norland", "alias")):
        start = writer.block(f"{name} waits.")
        writer.mentions.append(Mention(start, start + len(name), name, "name", "state", "norland", rule))
    found = actor(digest(writer, actors=(norland,)), "norland").aliases
    assert [(a.text, a.rule) for a in found] == [("Tarn", "metonym"), ("Republic of Norland", "alias")]
