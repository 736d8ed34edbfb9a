from __future__ import annotations

from pathlib import Path

import pytest
from reading import article, blocks

from digest import read

HEAD = """<title>Ferry returns to Lower Tamm | Tamm Messenger</title>
<meta property="og:site_name" content="Tamm Messenger"><meta property="og:title" content="Ferry returns to Lower Tamm">
<meta property="article:published_time" content="2025-03-05T23:30:00-05:00"><meta name="author" content="Jan Feld">
<link rel="canonical" href="https://messenger.example/ferry">"""
PARAGRAPHS = [
    "The ferry to Lower Tamm sails again from Monday, the harbour office said, after four weeks in which the ice had "
    "kept it at the quay and the islanders had kept their tempers.",
    "“It was about time,” said Ilse Noor, who runs the only shop on the island. “I have sold the last candle, the last "
    "onion and a map of the mainland.”",
    "The office had promised a replacement in February. It came on Thursday, and it was a rowing boat with a flag, "
    "which the islanders accepted in the spirit in which it was sent.",
    "Short.",
    "The first crossing is at eight in the morning. Passengers are asked to bring their own coffee, because the galley "
    "has not yet thawed and nobody can say when it will.",
]


def page(body: str, head: str = HEAD, attributes: str = ' lang="en"') -> str:
    return f'<!DOCTYPE html><html{attributes}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def story(*between: str) -> str:
    """Return the paragraphs as an article, with what stands between the second and the third."""
    paragraphs = [f"<p>{p}</p>" for p in PARAGRAPHS]
    inside = "".join([*paragraphs[:2], *between, *paragraphs[2:]])
    return f"<article><h1>Ferry returns to Lower Tamm</h1>{inside}</article>"


def test_what_the_page_states(tmp_path: Path) -> None:
    found = article(tmp_path, "a.html", page(story()))
    assert (found.title, found.outlet, found.byline) == ("Ferry returns to Lower Tamm", "Tamm Messenger", "Jan Feld")
    # the date is the one printed, in the outlet's own time zone
    assert (found.published, found.date_basis) == ("2025-03-05", "metadata")
    assert (found.url, found.language, found.notes) == ("https://messenger.example/ferry", "en", ())
    assert blocks(found) == [("title", "Ferry returns to Lower Tamm"), *(("paragraph", p) for p in PARAGRAPHS)]


def test_structure_is_kept_in_order_and_the_rest_of_the_page_left_out(tmp_path: Path) -> None:
    between = (
        "<figure><img src='f.jpg' alt='A ferry'><figcaption>Ilse Noor at the quay</figcaption></figure>",
        "<h2>A boat with a flag</h2>",
        "<div class='ad'>Advertisement: candles of every length, delivered by people who know the dark.</div>",
        "<aside><h3>In brief</h3><p>Tickets cost two crowns, and one crown for each dog that comes along.</p></aside>",
        "<p class='related'>[Read also: Islanders without candles]</p>",
        "<p hidden>Nobody is meant to read this sentence about the ferry.</p>",
    )
    body = (
        "<header><nav><a href='/'>Home</a></nav></header><main>"
        + story(*between).replace("</h1>", "</h1><p class='byline'>By <a rel='author'>Jan Feld</a></p>")
        + "</main><footer><p>All rights reserved. Imprint. Privacy.</p></footer>"
    )
    assert blocks(article(tmp_path, "a.html", page(body))) == [
        ("title", "Ferry returns to Lower Tamm"),
        ("byline", "By Jan Feld"),
        ("paragraph", PARAGRAPHS[0]),
        ("paragraph", PARAGRAPHS[1]),
        ("caption", "Ilse Noor at the quay"),
        ("heading", "A boat with a flag"),
        ("paragraph", "[Read also: Islanders without candles]"),
        *(("paragraph", p) for p in PARAGRAPHS[2:]),
    ]


def test_json_ld_goes_before_other_metadata_and_nonsense_in_it_says_nothing(tmp_path: Path) -> None:
    said = (
        '{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle",null],"headline":"Ferry &amp; ice",'
        '"datePublished":"2025-03-06","author":[{"name":"Ada Quill"},"Bo Tarn",{"name":"https://x.example/bo"}],'
        '"publisher":{"name":"The Messenger"}}]}'
    )
    scripts = f'<script type="application/ld+json">{{bad</script><script type="application/ld+json">{said}</script>'
    found = article(tmp_path, "a.html", page(story(), HEAD + scripts))
    assert (found.outlet, found.byline, found.published) == ("The Messenger", "Ada Quill, Bo Tarn", "2025-03-06")
    assert found.title == "Ferry & ice"
    odd = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":[],"author":7,"publisher":[[]]}</script>'
    )
    assert article(tmp_path, "b.html", page(story(), HEAD + odd)).outlet == "Tamm Messenger"


def test_an_outlet_is_never_taken_from_an_address(tmp_path: Path) -> None:
    head = '<title>Ferry returns</title><link rel="canonical" href="https://messenger.example/2025/ferry">'
    found = article(tmp_path, "a.html", page(story(), head))
    assert (found.outlet, found.url) == (None, "https://messenger.example/2025/ferry")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/ferry", "https://u:p@x.example/", "//x"])
def test_only_a_web_address_is_an_address(tmp_path: Path, href: str) -> None:
    head = f'<title>Ferry</title><link rel="canonical" href="{href}">'
    assert article(tmp_path, "a.html", page(story(), head)).url is None


@pytest.mark.parametrize("stated", ["9999-12-31T08:00:00Z", "0000-00-00", "Thu, 32 Foo 2026", "tomorrow", ""])
def test_an_impossible_date_is_no_date(tmp_path: Path, stated: str) -> None:
    head = f'<title>Ferry</title><meta property="article:published_time" content="{stated}">'
    found = article(tmp_path, "a.html", page(story(), head))
    assert (found.published, found.date_basis) == (None, "none")


def test_no_markup_reaches_the_text(tmp_path: Path) -> None:
    attack = (
        "<p>“We rowed,” said <b onclick=x()>Bo</b> <script>alert(1)</script>"
        "<img src=x onerror=y()> Tarn of the harbour office.</p>"
    )
    found = article(tmp_path, "a.html", page(story(attack)))
    assert ("paragraph", "“We rowed,” said Bo Tarn of the harbour office.") in blocks(found)
    assert "alert" not in found.text
    assert "<" not in found.text


NESTED = {
    "list": (
        "<ul><li>The ferry<ul><li>at eight</li><li>at ten<ol><li>not on Sundays</li></ol> or so</li></ul></li>"
        "<li>The bus, which waits</li></ul>",
        ["The ferry", "at eight", "at ten", "not on Sundays", "or so", "The bus, which waits"],
    ),
    "table": (
        "<table><caption>Fares</caption><tr><th>Who</th><th>Crowns</th></tr><tr><td>Dogs</td><td>1 <table><tr>"
        "<td>big</td><td>2</td></tr></table></td></tr><tfoot><tr><td>Sum</td><td>3</td></tr></tfoot></table>",
        ["Fares", "Who Crowns", "Dogs 1", "big 2", "Sum 3"],
    ),
    "cells": (
        "<table><tr><td><p>Adults</p></td><td><p>two</p></td></tr>"
        "<tr><td><div>Dogs</div></td><td><ul><li>one</li><li>or two</li></ul></td></tr></table>",
        ["Adults", "two", "Dogs", "one", "or two"],
    ),
    "definitions": (
        "<dl><dt>Adults</dt><dd>two crowns</dd><dt>Dogs</dt><dd>one crown"
        "<dl><dt>big ones</dt><dd>two</dd></dl></dd></dl>",
        ["Adults", "two crowns", "Dogs", "one crown", "big ones", "two"],
    ),
}


@pytest.mark.parametrize("at_the_end", [False, True])
@pytest.mark.parametrize("what", NESTED)
def test_lists_and_tables_keep_all_their_words(tmp_path: Path, what: str, at_the_end: bool) -> None:
    markup, expected = NESTED[what]
    body = story().replace("</article>", f"{markup}</article>") if at_the_end else story(markup)
    found = article(tmp_path, "a.html", page(body))
    assert [words for kind, words in blocks(found) if kind != "title" and words not in PARAGRAPHS] == expected


def test_a_table_that_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    box = "<td><p>Candles</p><p>Onions</p></td>"
    cells = f"<table><tr>{box}<td>{story()}</td></tr></table>"
    assert [words for _, words in blocks(article(tmp_path, "a.html", page(cells)))][1:] == PARAGRAPHS


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>It never sailed.</div>",
        "<p style='display: none'>It never sailed.</p>",
        "<p style='visibility:hidden'>It never sailed.</p>",
        "<div aria-hidden='true'><p>It never sailed.</p></div>",
        "<div><span style='font-size: 0px'>It never sailed.</span></div>",
        "<!-- It never sailed. -->",
        "<template><p>It never sailed.</p></template>",
    ],
)
def test_what_no_reader_sees_is_left_out(tmp_path: Path, hidden: str) -> None:
    found = article(tmp_path, "a.html", page(story(hidden)))
    assert "never" not in found.text
    assert len(found.blocks) == len(PARAGRAPHS) + 1


def test_a_byline_may_hold_buttons(tmp_path: Path) -> None:
    share = f"<span class='share'>{'Tell a friend. ' * 20}</span>"
    body = story().replace("</h1>", f"</h1><div class='byline'><span>By Jan</span> <b>Feld</b>{share}</div>")
    assert blocks(article(tmp_path, "a.html", page(body)))[1] == ("byline", "By Jan Feld")


@pytest.mark.parametrize("value", ["<b>" * 600 + "Ferry", "<" * 3_000, "&" * 3_000, "<p></p>"])
def test_an_odd_value_says_nothing(tmp_path: Path, value: str) -> None:
    said = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{value}"}}</script>'
    assert article(tmp_path, "a.html", page(story(), HEAD + said)).title == "Ferry returns to Lower Tamm"


@pytest.mark.parametrize(
    "top", ['<?xml version="1.0" encoding="latin1"?><html xmlns="http://www.w3.org/1999/xhtml">', ""]
)
def test_a_page_that_calls_itself_xml_is_read_like_any_other(tmp_path: Path, top: str) -> None:
    body = page(story("<p>Größlin → Ñandú 船</p>")).removeprefix("<!DOCTYPE html>").replace('<html lang="en">', top)
    found = article(tmp_path, "a.xhtml", body)
    assert ("paragraph", "Größlin → Ñandú 船") in blocks(found)


def test_a_line_like_a_file_name_is_a_page_too(tmp_path: Path) -> None:
    assert article(tmp_path, "a.html", "ferry-returns.html").text == "ferry-returns.html"


def test_a_line_break_ends_a_line_but_not_a_headline(tmp_path: Path) -> None:
    body = story("<p>Who sails on Monday?<br>Everybody who has a reason to.</p>").replace("Lower", "<br>Lower", 1)
    found = blocks(article(tmp_path, "a.html", page(body)))
    assert found[0] == ("title", "Ferry returns to Lower Tamm")
    assert found[3:5] == [("paragraph", "Who sails on Monday?"), ("paragraph", "Everybody who has a reason to.")]


def test_a_page_that_goes_on_after_its_end_is_read_to_the_end(tmp_path: Path) -> None:
    glued = "<html><head></head></html><br>" + page(story())
    assert len(article(tmp_path, "a.html", glued).blocks) == len(PARAGRAPHS) + 1


def test_a_page_without_an_article_is_taken_whole_and_says_so(tmp_path: Path) -> None:
    found = article(tmp_path, "a.html", "<title>Note</title><div>Closed on Monday.</div>")
    assert "Closed on Monday." in found.text
    assert found.title == "Note"


def test_the_text_contradicts_a_template_that_names_another_language(tmp_path: Path) -> None:
    german = [
        "Die Fähre nach Unter-Tamm fährt ab Montag wieder, teilte das Hafenamt mit, nachdem sie vier Wochen lang im "
        "Eis gelegen hatte und die Inselbewohner ihre Geduld behalten hatten.",
        "„Es wurde auch Zeit“, sagte Ilse Noor, die den einzigen Laden der Insel führt. „Ich habe die letzte Kerze und "
        "die letzte Zwiebel verkauft.“",
    ]
    body = "<article><h1>Die Fähre fährt wieder</h1>" + "".join(f"<p>{p}</p>" for p in german) + "</article>"
    found = article(tmp_path, "a.html", page(body, "<title>Die Fähre fährt wieder</title>"))
    assert found.language == "de"
    assert found.notes == ("the page says its language is “en”, its text is in “de”",)


def test_the_article_of_a_very_long_page_is_told_from_the_rest(tmp_path: Path) -> None:
    told = [f"Crossing {n}: {PARAGRAPHS[4]}" for n in range(4_000)]
    body = "<nav><a href='/'>Home</a></nav><article><h1>Ferry returns to Lower Tamm</h1>"
    body += "".join(f"<p>{p}</p>" for p in told) + "</article><footer>Imprint</footer>"
    found = article(tmp_path, "a.html", page(body))
    assert [words for _, words in blocks(found)][1:] == told
    assert found.notes == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<div>" * 300 + "deep", "too deep"),
        ("<b>x</b>" * 100_001, "too large"),
        ("<!---->" * 100_001 + "x", "too large"),
        ("<p " + " ".join(f"a{n}" for n in range(20_000)) + ">x</p>", "too large"),
        ("<p>" + "word " * 410_000, "too large"),
        ("<p>   </p>", "empty"),
    ],
)
def test_a_page_beyond_the_limits_is_refused(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(read.ReadError) as caught:
        article(tmp_path, "a.html", f"<html><body>{body}</body></html>")
    assert caught.value.code == code
