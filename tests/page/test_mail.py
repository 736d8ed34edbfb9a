"""A briefing as a mail: what it may hold, what it says, and how large it gets."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from editions import BOARD, IDA, SITE, TOM, WIRE, Writer, digest, topic
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Actor, Source, TopicMatch
from digest.page.mail import COLOURS, STEPS, WIDTH, mails
from digest.paths import THEME

HOME = "https://press.example/reader/"
CLIPPED = 102 * 1024
"""What is longer is clipped by Gmail."""
TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "body",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "div",
        "p",
        "a",
        "b",
        "br",
        "span",
        "bdi",
    ),
}
HOSTILE = '</p><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7 * 7 }} & “x” "z" <b>'


def mail(*written: Writer, week: str = "2025-w10", url: str = HOME, **more: object) -> tuple[str, str]:
    """Return the mail of a week as HTML and as text."""
    site = replace(SITE, url=url)
    made = {file.url: file.content.decode() for file in mails(digest(*written, site=site, **more), site)}
    return made[f"briefings/{week}/mail.html"], made[f"briefings/{week}/mail.txt"]


def text(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def two() -> list[Writer]:
    echo = Writer("echo", "Mayor & bridge", outlet="Osterfeld Echo", url="https://echo.example/a")
    post = Writer("post", "Nobody waits", outlet="Lower Post", published="2025-03-06")
    echo.says(IDA, "The bridge will stand in May, whatever the river does", via=(WIRE,), about=("bridge-board",))
    post.says(IDA, "The bridge will stand in May, whatever the river does")
    post.mixes(TOM, "the old bridge had been", "tired of all of us for years", " and of the river")
    post.reports(BOARD, "the bridge was a matter for next year's council")
    for writer in (echo, post):
        writer.topics = (topic("t:1", "bridges"),)
    return [echo, post]


def test_it_says_what_the_page_says() -> None:
    html, plain = mail(*two())
    said = text(html)
    for words in (said, " ".join(plain.split())):
        assert "Week 10: bridges" in words
        assert "3 to 9 March 2025. 2 articles by 2 outlets: 4 quotations by 3 speakers." in words
        assert (
            "Two outlets print what Ida Quill says: “The bridge will stand in May, whatever the river does”." in words
        )
        assert "direct · said · via Gull Wire · about Bridge Board · also in 1 outlet" in words
        assert "Who speaks about whom" in words
        assert "does not quote" not in words
    assert "Ida Quill: 2 quotations; Lower Post, Osterfeld Echo; through Gull Wire 1" in " ".join(plain.split())


def test_reported_words_stand_without_marks_and_in_grey() -> None:
    html, plain = mail(*two())
    assert "\nthe bridge was a matter for next year's council\n    Bridge Board\n" in plain
    (reported,) = [
        p for p in BeautifulSoup(html, "html.parser").find_all("p") if p.get_text().startswith("the bridge w")
    ]
    assert "color:#565d59" in str(reported["style"])
    assert "the old bridge had been “tired of all of us for years” and of the river" in " ".join(plain.split())


def test_it_holds_tables_and_styles_and_nothing_that_loads_or_runs() -> None:
    html, _ = mail(*two())
    soup = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all()} <= TAGS
    assert {name for tag in soup.find_all() for name in tag.attrs} <= {
        *("lang", "charset", "http-equiv", "content", "name", "style", "bgcolor", "role", "width", "cellpadding"),
        *("cellspacing", "border", "align", "valign", "href", "scope"),
    }
    assert "url(" not in html
    assert not re.search(r"position:|float:|flex|grid|var\(|rem[;\"]", html)
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_links_are_whole_addresses_or_none() -> None:
    html, plain = mail(*two())
    hrefs = [str(a["href"]) for a in BeautifulSoup(html, "html.parser").find_all("a")]
    assert hrefs
    assert all(href.startswith(HOME) for href in hrefs)
    assert f"{HOME}briefings/2025-w10/" in hrefs
    assert f"\n{HOME}briefings/2025-w10/\n" in plain
    html, plain = mail(*two(), url="")
    assert [str(a["href"]) for a in BeautifulSoup(html, "html.parser").find_all("a")] == ["https://echo.example/a"]
    assert re.findall(r"https?://\S+", plain) == ["https://echo.example/a"]


def test_what_articles_say_is_text() -> None:
    one = Writer("one", HOSTILE, outlet=HOSTILE)
    other = Writer("other", HOSTILE, outlet="Lower Post", url="javascript:alert(1)")
    who = Actor("who", HOSTILE, "person")
    for writer in (one, other):
        writer.says(who, f"I say {HOSTILE} and no more than that", about=("who",))
        writer.topics = (TopicMatch("t:1", HOSTILE, 0.9, ("x",)),)
    html, plain = mail(one, other, actors=(who,))
    assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all()} <= TAGS
    assert "<script>" not in html
    assert "{{ 7 * 7 }}" in html
    assert "<script>alert(1)</script>" in plain


def test_a_week_with_one_article_is_short() -> None:
    one = Writer("one")
    one.says(IDA, "I would, if anybody asked me about it")
    html, plain = mail(one)
    assert "Voices of the week" not in text(html) + plain
    assert "“I would, if anybody asked me about it”" in plain


def test_who_is_not_sure_to_speak_is_said_to_be_unsure() -> None:
    one = Writer("one")
    start = one.block("He walked home.")
    one.says(IDA, "I would, if anybody asked me about it", confidence=0.6)
    one.says(None, "This one is nobody's", source=Source(start, start + 2, "He", "pronoun"))
    one.says(None, "The clerk is described and no more")
    one.says(TOM, "That I say is sure")
    html, plain = mail(one)
    said = " ".join(plain.split())
    assert "Ida Quill 4 March 2025 · direct · said · speaker unsure" in said
    assert "nobody's” speaker not found 4 March 2025 · direct · said Osterfeld Echo" in said
    assert "the clerk 4 March 2025 · direct · said · speaker unsure" in said
    assert "Tom Ferrow 4 March 2025 · direct · said Osterfeld Echo" in said
    assert "speaker not found" in text(html)


def test_the_summary_names_nobody_who_is_not_sure_to_speak() -> None:
    echo, post = (Writer(name, outlet=name) for name in ("echo", "post"))
    for writer in (echo, post):
        writer.says(IDA, "The bridge will stand in May, whatever the river does", confidence=0.6)
    html, plain = mail(echo, post)
    assert "what Ida Quill says" not in text(html) + " ".join(plain.split())
    assert "speaker unsure" in plain


def test_a_week_in_which_nobody_is_quoted_says_so() -> None:
    html, plain = mail(Writer("one"), Writer("other"))
    assert "Nobody is quoted this week." in text(html)
    assert "\nNobody is quoted this week.\n" in plain


def test_an_edition_without_dates_sends_nothing() -> None:
    assert list(mails(digest(Writer("one", published=None)), SITE)) == []


LONG = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8)


@settings(max_examples=25)
@given(LONG, st.integers(1, 500), st.integers(1, 15))
def test_gmail_clips_no_mail_whatever_the_articles_hold(letters: str, times: int, many: int) -> None:
    """Long names, titles, roles and words, much of everything, and letters of up to four bytes or five of HTML."""
    written = []
    names = [Actor(f"p{n}", f"{letters * times} {n}", "person") for n in range(many)]
    for n in range(many):
        writer = Writer(f"a{n}", letters * times * 3, outlet=f"{letters * times} {n}")
        for at, name in enumerate(names):
            writer.says(name, f"{n} {at} {letters * times}", about=("p0", "p1"), via=(WIRE,))
        writer.topics = tuple(TopicMatch(f"t:{m}", f"{letters * times} {m}", 0.9, ("x",)) for m in range(many))
        written.append(writer)
    html, plain = mail(*written, actors=tuple(names))
    assert len(html.encode()) < CLIPPED
    assert len(plain.encode()) < CLIPPED


def test_lines_of_the_text_are_short() -> None:
    _, plain = mail(*two())
    assert [line for line in plain.splitlines() if len(line) > WIDTH and not line.strip().startswith("http")] == []


def test_its_colours_are_those_of_the_pages_in_the_light() -> None:
    sheet = (THEME / "assets" / "style.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z]+): *light-dark\((#[0-9a-f]{6}),", sheet))
    assert {name: tokens[name] for name in COLOURS} == COLOURS
    html, _ = mail(*two())
    printed = {colour for ground, letters in STEPS.values() for colour in (ground, letters)} | {*COLOURS.values()}
    assert set(re.findall(r"#[0-9a-f]{6}\b", html)) <= printed


def test_names_in_the_matrix_are_cut_at_a_word() -> None:
    echo, post = two()
    post.article = replace(post.article, outlet="The Lower Post of the Valley and of all the Hills beyond")
    html, _ = mail(echo, post)
    heads = [th.get_text() for th in BeautifulSoup(html, "html.parser").select("th[align=center]")]
    assert "The Lower Post of the Valley and of…" in heads
