"""Whole runs against a real server: what is written, what is left alone, and what is told."""

from __future__ import annotations

import re
import resource
from dataclasses import replace
from pathlib import Path

import pytest
from presses import LONG, Collect, Press, Reply, item, page, rss

from digest import read
from digest.collect import Source
from digest.collect import state as states
from digest.model import Article, DigestError
from digest.workers import Limits, Workers


def written(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.md"))


def article(path: Path) -> Article:
    return read.read(path, path.parent, None, ("en", "de"))


def told(health: object) -> tuple[object, ...]:
    return tuple(getattr(health, name) for name in ("condition", "new", "updated", "unchanged", "gone", "failed"))


def a_feed(press: Press, *names: str) -> None:
    press.routes["/feed"] = rss(*(item(press.at(f"/{name}"), f"Story {name}") for name in names))
    for name in names:
        press.routes[f"/{name}"] = Reply(page(f"Story {name}", f"{name} is told here.", *LONG))


def test_a_story_is_kept_with_all_that_is_known_of_it(press: Press, run: Collect, tmp_path: Path) -> None:
    press.routes["/feed"] = rss(item(press.at("/quay?utm_source=rss&id=7#top")), link=press.at("/"))
    head = '<meta property="article:published_time" content="2025-05-05T08:00:00Z">'
    head += '<meta name="author" content="Ida Quill">'
    head += f'<link rel="canonical" href="{press.at("/news/quay?utm_medium=x")}">'
    press.routes["/quay?id=7"] = Reply(page("Quay *stays* shut", *LONG, head=head))
    (health,) = run(press.at("/feed"))
    assert told(health) == ("read", 1, 0, 0, 0, 0)
    assert health.good == "2025-05-06"
    (path,) = written(tmp_path)
    assert re.fullmatch(r"2025-05-05-quay-stays-shut-[0-9a-f]{12}\.md", path.name)
    assert path.parent.name == "127-0-0-1"
    kept = article(path)
    assert (kept.title, kept.published, kept.byline) == ("Quay *stays* shut", "2025-05-05", "Ida Quill")
    assert (kept.outlet, kept.url, kept.language) == ("Harbour Courier", press.at("/news/quay"), "en")
    assert kept.text == "\n\n".join(["Quay *stays* shut", *LONG])
    assert kept.notes == ()
    assert "\nfetched: '2025-05-06T12:00:00Z'\n" in path.read_text("utf-8")
    assert re.search(r"\nhash: sha256:[0-9a-f]{64}\n", path.read_text("utf-8"))
    assert press.paths() == ["/feed", "/quay?id=7"]


def test_a_second_run_writes_nothing(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one", "two")
    run(press.at("/feed"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert len(before) == 3
    (health,) = run(press.at("/feed"))
    assert told(health) == ("unchanged", 0, 0, 2, 0, 0)
    assert hash(health) == hash(replace(health))  # what is told cannot change any more
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_did_not_change_is_asked_for_on_condition(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    for path in ("/feed", "/one"):
        whole = press.routes[path]
        assert isinstance(whole, Reply)
        tagged = replace(whole, headers={"ETag": f'"{path}"', "Last-Modified": "Mon, 05 May 2025 10:00:00 GMT"})

        def conditional(handler: object, tagged: Reply = tagged) -> Reply:
            same = handler.headers.get("If-None-Match") == tagged.headers["ETag"]  # type: ignore[attr-defined]
            return Reply(status=304) if same else tagged

        press.routes[path] = conditional
    assert told(run(press.at("/feed"))[0]) == ("read", 1, 0, 0, 0, 0)
    # as on another machine, which has nothing but the folder
    assert told(run(press.at("/feed"))[0]) == ("unchanged", 0, 0, 1, 0, 0)
    asked = [headers for path, headers in press.asked if path in ("/feed", "/one")]
    assert [headers.get("if-none-match") for headers in asked] == [None, None, '"/feed"', '"/one"']
    assert asked[2]["if-modified-since"] == "Mon, 05 May 2025 10:00:00 GMT"
    assert len(written(tmp_path)) == 1


def test_an_edited_story_updates_its_file_and_keeps_its_address(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    (before,) = written(tmp_path)
    press.routes["/one"] = Reply(page("Another headline", "Other words are told here.", *LONG))
    (health,) = run(press.at("/feed"), days_later=1)
    assert told(health) == ("unchanged", 0, 1, 0, 0, 0)
    assert written(tmp_path) == [before]
    assert article(before).title == "Another headline"
    assert "fetched: '2025-05-07T12:00:00Z'" in before.read_text("utf-8")


def test_an_old_story_is_left_in_peace(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    press.asked.clear()
    (health,) = run(press.at("/feed"), days_later=3)
    assert told(health) == ("unchanged", 0, 0, 1, 0, 0)
    assert press.paths() == ["/feed"]
    assert "/one" in next(iter(states.load(tmp_path).stories))


def test_what_only_the_feed_knew_stays_when_the_feed_is_not_read_anew(
    press: Press, run: Collect, tmp_path: Path
) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    (path,) = written(tmp_path)
    assert article(path).published == "2025-05-06"
    press.routes["/feed"] = Reply(status=304)
    press.routes["/one"] = Reply(page("Story one", "Edited.", *LONG))
    (health,) = run(press.at("/feed"))
    assert told(health) == ("unchanged", 0, 1, 0, 0, 0)
    assert (article(path).published, article(path).outlet) == ("2025-05-06", "Harbour Courier")


def test_a_story_that_vanished_keeps_its_file_and_is_not_asked_for_again(
    press: Press, run: Collect, tmp_path: Path
) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    del press.routes["/one"]
    assert told(run(press.at("/feed"))[0]) == ("unchanged", 0, 0, 0, 1, 0)
    press.asked.clear()
    assert told(run(press.at("/feed"))[0]) == ("unchanged", 0, 0, 1, 0, 0)
    assert press.paths() == ["/feed"]
    assert len(written(tmp_path)) == 1
    # nor is it told anew from a feed that still has it
    press.routes["/feed"] = rss(item(press.at("/one"), text="".join(f"<p>{each}</p>" for each in LONG * 3)))
    assert told(run(press.at("/feed"))[0]) == ("read", 0, 0, 1, 0, 0)


def test_a_story_in_two_feeds_is_kept_once(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    press.routes["/world"] = rss(item(press.at("/one?utm_campaign=world")), item(press.at("/amp/one")))
    press.routes["/amp/one"] = Reply(page("Story one", *LONG, head=f'<link rel="canonical" href="{press.at("/one")}">'))
    first, second = run(press.at("/feed"), press.at("/world"))
    assert (first.new + second.new, first.unchanged + second.unchanged) == (1, 2)
    assert len(written(tmp_path)) == 1
    again = run(press.at("/feed"), press.at("/world"))
    assert [each.updated for each in again] == [0, 0]


def test_stories_of_one_headline_and_day_do_not_collide(press: Press, run: Collect, tmp_path: Path) -> None:
    press.routes["/feed"] = rss(item(press.at("/a")), item(press.at("/b")))
    for name in "ab":
        press.routes[f"/{name}"] = Reply(page("Quay stays shut", f"Edition {name}.", *LONG))
    assert run(press.at("/feed"))[0].new == 2
    assert len({path.stem for path in written(tmp_path)}) == 2


def test_a_file_is_found_again_without_the_state(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    before = written(tmp_path)
    (tmp_path / states.NAME).unlink()
    press.routes["/one"] = Reply(page("A headline of tomorrow", *LONG))
    assert told(run(press.at("/feed"), days_later=1)[0]) == ("read", 0, 1, 0, 0, 0)
    assert written(tmp_path) == before


def test_a_file_that_somebody_took_away_does_not_come_back(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    written(tmp_path)[0].unlink()
    press.routes["/one"] = Reply(page("Story one", "Edited.", *LONG))
    assert told(run(press.at("/feed"))[0]) == ("unchanged", 0, 0, 1, 0, 0)
    assert written(tmp_path) == []


def test_a_file_mended_by_hand_stays_until_the_story_is_edited(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    (path,) = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("boats", "ships"), encoding="utf-8")
    assert run(press.at("/feed"))[0].unchanged == 1
    assert "ships" in path.read_text("utf-8")


def test_the_rest_of_a_long_feed_is_left_to_the_next_run(press: Press, run: Collect) -> None:
    a_feed(press, "one", "two", "three")
    whole = press.routes["/feed"]
    assert isinstance(whole, Reply)
    seen = []

    def feed(handler: object) -> Reply:
        seen.append(handler.headers.get("If-None-Match"))  # type: ignore[attr-defined]
        return replace(whole, headers={"ETag": '"f"'})

    press.routes["/feed"] = feed
    (health,) = run(press.at("/feed"), most=2)
    assert (health.new, health.later) == (2, 1)
    (health,) = run(press.at("/feed"), most=2)
    assert (health.new, health.later) == (1, 0)
    run(press.at("/feed"))
    assert seen == [None, None, '"f"']


def test_a_dry_run_writes_nothing_and_tells_the_same(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one", "two")
    assert told(run(press.at("/feed"), dry=True)[0]) == ("read", 2, 0, 0, 0, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_page_can_be_collected_by_itself(press: Press, run: Collect, tmp_path: Path) -> None:
    press.routes["/one"] = Reply(page("Story one", *LONG))
    assert told(run(press.at("/one"))[0]) == ("read", 1, 0, 0, 0, 0)
    (path,) = written(tmp_path)
    assert path.name.startswith("story-one-")
    assert article(path).published is None
    assert told(run(press.at("/one"), days_later=40)[0]) == ("unchanged", 0, 0, 1, 0, 0)
    press.routes["/one"] = Reply(page("Story two", *LONG))
    assert told(run(press.at("/one"), days_later=80)[0]) == ("read", 0, 1, 0, 0, 0)
    assert written(tmp_path) == [path]
    for n, reply in enumerate((Reply("oh", 500), Reply("gone", 410), Reply("oh", 500))):
        press.routes["/one"] = reply
        (health,) = run(press.at("/one"), days_later=81 + n)
        assert (health.condition, health.good) == ("failed", "2025-07-25")
    press.routes["/one"] = Reply(page("Story three", *LONG))
    assert told(run(press.at("/one"), days_later=90)[0]) == ("read", 0, 1, 0, 0, 0)
    assert written(tmp_path) == [path]


def test_an_empty_feed_an_ill_one_and_a_quiet_one_are_told_apart(press: Press, run: Collect) -> None:
    a_feed(press, "one")
    press.routes["/empty"] = rss()
    press.routes["/quiet"] = rss(item(press.at("/one")))
    run(press.at("/quiet"))
    press.routes["/quiet"] = press.routes["/odd"] = Reply(status=304)
    press.routes["/ill"] = Reply("oh", 500)
    press.routes["/pdf"] = Reply(b"%PDF-1.7 \x00\x01", kind="application/pdf")
    found = run(*(press.at(path) for path in ("/feed", "/empty", "/quiet", "/ill", "/none", "/pdf", "/odd")))
    assert [each.condition for each in found] == ["read", "empty", "unchanged", "failed", "failed", "failed", "failed"]
    assert [each.good for each in found] == ["2025-05-06"] * 3 + [None] * 4
    assert found[3].reasons == ("it answers with status 500",)
    assert found[4].reasons == ("it is not there (any more) (status 404)",)
    assert found[5].reasons == ("it is neither feed nor web page",)
    assert found[6].reasons == ("it says that nothing has changed, to a first request",)


def test_a_feed_that_became_a_web_page_has_failed(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    press.routes["/feed"] = Reply(page("Please log in"))
    (health,) = run(press.at("/feed"), days_later=1)
    assert (health.condition, health.good) == ("failed", "2025-05-06")
    assert health.reasons == ("it is a web page, not the feed that it was",)
    assert len(written(tmp_path)) == 1


def test_a_page_that_cannot_be_had_is_told_from_the_feed(press: Press, run: Collect, tmp_path: Path) -> None:
    whole = "".join(f"<p>{each}</p>" for each in LONG * 3)
    press.routes["/feed"] = rss(
        item(press.at("/wall"), "Behind a wall", text=whole), item(press.at("/no"), text="A teaser.")
    )
    press.routes["/wall"] = press.routes["/no"] = Reply("no", 403)
    (health,) = run(press.at("/feed"))
    assert told(health) == ("read", 1, 0, 0, 0, 1)
    (path,) = written(tmp_path)
    assert article(path).title == "Behind a wall"
    (note,) = article(path).notes
    assert note.endswith("the page could not be had: it does not let programs in (status 403)")
    press.asked.clear()
    press.routes["/feed"] = rss(item(press.at("/wall"), "Behind a wall", text=whole + "<p>Edited.</p>"))
    assert told(run(press.at("/feed"))[0]) == ("read", 0, 1, 0, 0, 0)
    assert article(path).text.endswith("Edited.")
    assert press.paths() == ["/feed"]


def test_a_wall_that_shows_a_few_words_is_no_story(press: Press, run: Collect, tmp_path: Path) -> None:
    whole = "".join(f"<p>{each}</p>" for each in LONG * 3)
    press.routes["/feed"] = rss(item(press.at("/wall"), "Behind a wall", text=whole))
    press.routes["/wall"] = Reply(page("Behind a wall", LONG[0]))
    run(press.at("/feed"))
    (path,) = written(tmp_path)
    assert len(article(path).text) > 800
    assert "less than half" in article(path).notes[0]
    press.routes["/feed"] = Reply(status=304)
    assert run(press.at("/feed"))[0].updated == 0


def test_a_story_that_fails_for_now_is_asked_for_again(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one", "two")
    story = press.routes["/two"]
    press.routes["/two"] = Reply("oh", 500)
    (health,) = run(press.at("/feed"))
    assert told(health) == ("read", 1, 0, 0, 0, 1)
    assert health.reasons == (f"{press.at('/two')}: it answers with status 500",)
    press.routes["/two"] = story
    assert run(press.at("/feed"))[0].new == 1
    assert len(written(tmp_path)) == 2


def test_a_page_that_breaks_for_a_day_leaves_the_file_as_it_was(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    before = written(tmp_path)[0].read_bytes()
    for broken in (Reply("<!doctype html><title></title>"), Reply("no", 403), Reply("oh", 500)):
        press.routes["/one"] = broken
        assert told(run(press.at("/feed"))[0])[1:] == (0, 0, 0, 0, 1)
    assert written(tmp_path)[0].read_bytes() == before


@pytest.mark.parametrize("stated", ["http://other.example/mine", "/", "javascript:alert(1)", "http://a@127.0.0.1/x"])
def test_a_page_cannot_take_the_address_of_another(press: Press, run: Collect, tmp_path: Path, stated: str) -> None:
    a_feed(press, "one")
    stated = press.at("/") if stated == "/" else stated
    press.routes["/one"] = Reply(page("Story one", *LONG, head=f'<link rel="canonical" href="{stated}">'))
    run(press.at("/feed"))
    assert article(written(tmp_path)[0]).url == press.at("/one")


def test_whose_story_it_is(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one", "two", "three")
    names = ['<meta property="og:site_name" content="The Page">', "", ""]
    for name, head in zip(("one", "two", "three"), names, strict=True):
        press.routes[f"/{name}"] = Reply(page(f"Story {name}", *LONG, head=head))
    run(Source(press.at("/feed"), name="My list"))
    assert [article(path).outlet for path in written(tmp_path)] == ["The Page", "My list", "My list"]
    for path in written(tmp_path):
        path.unlink()
    (tmp_path / states.NAME).unlink()
    run(Source(press.at("/feed"), outlet="Decided", name="My list"))
    assert [article(path).outlet for path in written(tmp_path)] == ["Decided"] * 3


def test_what_another_site_told_is_not_the_collecting_feeds(
    press: Press, other: Press, run: Collect, tmp_path: Path
) -> None:
    press.routes["/feed"] = rss(item(other.at("/one", "localhost")), title="All the news", link=press.at("/"))
    other.routes["/one"] = Reply(page("Story one", *LONG))
    run(press.at("/feed"))
    (path,) = written(tmp_path)
    assert article(path).outlet is None
    assert path.parent.name == "localhost"


def test_what_the_host_says_of_the_encoding_counts_before_the_page(press: Press, run: Collect, tmp_path: Path) -> None:
    wrong = page("Ærø færge", *LONG, head='<meta charset="koi8-r">').encode("cp1252", "replace")
    press.routes["/a"] = Reply(wrong, kind="text/html; charset=ISO-8859-1")
    run(press.at("/a"))
    assert article(written(tmp_path)[0]).title == "Ærø færge"


def test_a_page_in_a_wrong_encoding_is_read_with_a_note(press: Press, run: Collect, tmp_path: Path) -> None:
    press.routes["/a"] = Reply(page("Ærø færge", *LONG).encode("cp1252", "replace"), kind="text/html; charset=nonsense")
    run(press.at("/a"))
    (path,) = written(tmp_path)
    assert article(path).title == "Ærø færge"
    assert any("encoding" in note for note in article(path).notes)


def test_what_is_no_page_is_not_kept(press: Press, run: Collect, tmp_path: Path) -> None:
    press.routes["/feed"] = rss(item(press.at("/a")))
    press.routes["/a"] = Reply(b"\x89PNG\r\n", kind="image/png")
    (health,) = run(press.at("/feed"))
    assert health.reasons == (f"{press.at('/a')}: it is no web page, but “image/png”",)
    press.asked.clear()
    assert told(run(press.at("/feed"))[0]) == ("unchanged", 0, 0, 1, 0, 0)
    assert press.paths() == ["/feed"]
    assert written(tmp_path) == []


def test_hostile_words_stay_words(press: Press, run: Collect, tmp_path: Path) -> None:
    title = "--- [x](javascript:y) <script>z</script> {{ config }}"
    press.routes["/feed"] = rss(item(press.at("/a")))
    press.routes["/a"] = Reply(
        page(
            title,
            LONG[0],
            "- outlet: Mine, and that is all there is to it",
            "---",
            "> # 1. <b>bold</b> ![i](j) `c` said Ida Quill",
            *LONG,
        )
    )
    run(press.at("/feed"))
    kept = article(written(tmp_path)[0])
    assert kept.title == title
    assert "\n\n- outlet: Mine, and that is all there is to it\n\n" in kept.text
    assert "> # 1. <b>bold</b> ![i](j) `c` said Ida Quill" in kept.text
    assert kept.outlet == "Harbour Courier"


def test_a_state_that_is_none_is_named(run: Collect, tmp_path: Path, press: Press) -> None:
    for wrong in ("{", '{"feeds": {}, "stories": {"a": {"first": "x", "file": "../../a.md"}}}'):
        (tmp_path / states.NAME).write_text(wrong, encoding="utf-8")
        with pytest.raises(DigestError, match="restore or delete it"):
            run(press.at("/feed"))


def test_what_no_feed_names_any_more_is_forgotten(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one", "two")
    run(press.at("/feed"))
    a_feed(press, "three")
    run(press.at("/feed"), days_later=1)
    assert len(states.load(tmp_path).stories) == 3
    run(press.at("/feed"), days_later=9)
    assert [link.rpartition("/")[2] for link in states.load(tmp_path).stories] == ["three"]
    assert len(written(tmp_path)) == 3


def test_a_feed_is_a_feed_whatever_it_is_sent_as(press: Press, run: Collect) -> None:
    a_feed(press, "one")
    whole = press.routes["/feed"]
    assert isinstance(whole, Reply)
    for kind in ("text/html", "text/plain; charset=utf-16", "application/octet-stream", ""):
        press.routes["/feed"] = replace(whole, kind=kind)
        assert run(press.at("/feed"), dry=True)[0].new == 1, kind


def test_a_feed_that_breaks_in_the_middle_is_read_as_far_as_it_goes(press: Press, run: Collect) -> None:
    a_feed(press, "one", "two")
    whole = press.routes["/feed"]
    assert isinstance(whole, Reply)
    assert isinstance(whole.body, str)
    press.routes["/feed"] = replace(whole, body=whole.body.replace("Story two", "<b>Story & two"))
    (health,) = run(press.at("/feed"))
    assert (health.new, health.reasons) == (1, ("1 of its entries lead nowhere",))


@pytest.mark.parametrize("body", [
    b"", b"\x00", b"<", b"<rss", b"<rss/>", b"words", b'{"items": []}', b"<feed>&#xD800;</feed>", b"<a/>", b"\xff\xfe<",
    b"<!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><rss><channel><item><title>&c;</title></item></channel>",
])  # fmt: skip
def test_whatever_a_feed_answers_the_others_are_read(press: Press, run: Collect, body: bytes) -> None:
    a_feed(press, "one")
    press.routes["/odd"] = Reply(body, kind="application/rss+xml")
    odd, fine = run(press.at("/odd"), press.at("/feed"))
    assert odd.condition in ("failed", "empty")
    assert odd.reasons
    assert fine.new == 1


def test_the_date_of_the_feed_goes_before_a_guess_and_not_before_the_page(
    press: Press, run: Collect, tmp_path: Path
) -> None:
    a_feed(press, "guessed", "stated")
    press.routes["/guessed"] = Reply(page("Story guessed", *LONG, body="<p>Posted on 1 March 2024.</p>"))
    head = '<meta property="article:published_time" content="2025-05-01">'
    press.routes["/stated"] = Reply(page("Story stated", *LONG, head=head))
    run(press.at("/feed"))
    assert {article(path).title: article(path).published for path in written(tmp_path)} == {
        "Story guessed": "2025-05-06",
        "Story stated": "2025-05-01",
    }


def test_an_entry_may_say_whom_it_was_taken_from(press: Press, other: Press, run: Collect, tmp_path: Path) -> None:
    taken = item(other.at("/one", "localhost")).replace(
        "</item>", '<source url="http://k.example">Kestrel Wire</source></item>'
    )
    press.routes["/feed"] = rss(taken, title="All the news")
    other.routes["/one"] = Reply(page("Story one", *LONG))
    run(press.at("/feed"))
    assert article(written(tmp_path)[0]).outlet == "Kestrel Wire"


def test_what_was_done_before_an_interruption_counts(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one", "two", "three")

    def interrupted(stage: str, done: int, total: int | None) -> None:
        if stage == "Fetching stories" and done == 1 < (total or 0):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(press.at("/feed"), progress=interrupted)
    assert len(written(tmp_path)) == len(states.load(tmp_path).stories) == 1
    assert run(press.at("/feed"))[0].new == 2


def test_what_a_killed_run_left_half_written_is_swept_away(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    run(press.at("/feed"))
    (path,) = written(tmp_path)
    for left in (path, tmp_path / states.NAME):
        left.with_name(f".{left.name}.undone").write_text("half", encoding="utf-8")
    run(press.at("/feed"))
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [states.NAME, path.name]


def test_a_full_disk_is_named_with_its_file(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        with pytest.raises(OSError, match=r"File too large: '.*\.(md|json)'"):
            run(press.at("/feed"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    assert run(press.at("/feed"))[0].new == 1


def test_what_takes_too_long_to_read_is_given_up(press: Press, run: Collect, tmp_path: Path) -> None:
    a_feed(press, "one")
    with Workers(1, Limits(seconds=0.005)) as hurried:
        (health,) = run(press.at("/feed"), hurried=hurried)
    assert health.condition == "failed"
    assert health.reasons[0].startswith("its feed cannot be read: reading it took more than 0.005 seconds")
    assert run(press.at("/feed"))[0].new == len(written(tmp_path)) == 1
