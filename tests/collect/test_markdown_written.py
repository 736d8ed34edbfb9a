"""A story's file reads back to what was written into it, whatever that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from digest import read
from digest.collect import markdown, stories
from digest.collect.fetch import Answer
from digest.model import Article, BlockKind
from digest.read import ReadError
from digest.read.draft import Piece, laid_out
from digest.text import clean, squeeze

SIGNS = [
    *"#>-+*=~`_[]()<>&|\\!:.0123456789 ab\"'{}@^$%/;,?\t\n\u00a0\u2028\u202eé“",
    *("---", "***", "===", "- ", "1. ", "1) ", "<!--", "-->", "<script>", "</p>", "&amp;", "&#38;", "&copy", "```"),
    *("![a](b)", "[a]: http://x.y", "<br>", "| a | b |", "<http://x.y>", "{{ x }}", "<?php", "]]>", "..."),
    *("url: x", "~~~", "{% x %}", "{{< x >}}", "{{% x %}}", "[[x]]", "![[x]]", "[!note]"),
]  # fmt: skip
LINE = st.one_of(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join), st.text(max_size=30))
WORDS = LINE.map(lambda text: squeeze(clean(text))).filter(lambda text: any(map(str.isalnum, text)))
KINDS: list[BlockKind] = ["paragraph", "heading", "list", "quote", "caption", "byline"]


def piece(kind: BlockKind, text: str) -> Piece:
    # a byline is a line of several words, or the reader of pages would not take it for one
    return Piece(kind, f"By {text}"[:110].strip() if kind == "byline" else text)


def made(title: str, pieces: list[Piece], **facts: str) -> Article:
    text, blocks = laid_out([Piece("title", title), *pieces])
    return Article("", "", title, text, blocks, **{"language": "en", **facts})  # type: ignore[arg-type]


def back(text: str) -> Article:
    return read.read(Path("nowhere/story.md"), Path("nowhere"), None, ("en", "de"), text.encode())


@settings(max_examples=200, deadline=None)
@given(WORDS, st.lists(st.builds(piece, st.sampled_from(KINDS), WORDS), max_size=6))
@example(
    "# Title #", [Piece("paragraph", "1. One"), Piece("paragraph", "- a"), Piece("list", "1) b"), Piece("quote", "> c")]
)
@example("a", [Piece("list", "- b"), Piece("list", "+"), Piece("paragraph", "--- c ---"), Piece("heading", "d ##")])
@example("a", [Piece("paragraph", "b\\"), Piece("paragraph", "=== c"), Piece("caption", "<b>d</b> &amp; e")])
def test_title_blocks_and_text_read_back(title: str, pieces: list[Piece]) -> None:
    article = made(title, pieces)
    kept = back(markdown.written(article, "2025-05-06T12:00:00Z"))
    assert (kept.title, kept.text, kept.blocks) == (article.title, article.text, article.blocks)
    assert kept.notes == ()


@given(WORDS, WORDS, WORDS)
def test_what_is_known_reads_back(outlet: str, byline: str, note: str) -> None:
    # what stands as a link to a note of Obsidian above an article is read as its name
    assume("[[" not in outlet + byline + note)
    facts = {
        "outlet": f"The {outlet}",
        "byline": byline,
        "published": "2025-05-06",
        "url": "https://a.example/?b=c&d#e",
    }
    article = made("Rain", [Piece("paragraph", "It rained.")], **facts, language="de")
    kept = back(markdown.written(article, "2025-05-06T12:00:00Z", [note]))
    assert {name: getattr(kept, name) for name in facts} == facts
    assert (kept.language, kept.notes) == ("de", (note,))


def test_the_file_is_a_file_for_people() -> None:
    pieces = [
        Piece("byline", "By Ida Quill"),
        Piece("paragraph", "“It rains,” said Bram Oxley."),
        Piece("heading", "Why"),
        Piece("list", "2 reasons"),
        Piece("quote", "Rain."),
        Piece("caption", "The quay & the cranes"),
    ]
    article = made("Rain *and* wind", pieces, outlet="Courier: Osterfeld", url="https://a.example/rain")
    text = markdown.written(article, "2025-05-06T12:00:00Z", ["a note"])
    assert text.replace(text.partition("hash: ")[2][:71], "…") == (
        "---\n"
        "url: https://a.example/rain\n"
        "outlet: 'Courier: Osterfeld'\n"
        "language: en\n"
        "fetched: '2025-05-06T12:00:00Z'\n"
        "hash: …\n"
        "note:\n- a note\n"
        "---\n\n"
        "# Rain \\*and\\* wind\n\n"
        '<p class="byline">By Ida Quill</p>\n\n'
        "“It rains,” said Bram Oxley.\n\n"
        "## Why\n\n"
        "- 2 reasons\n\n"
        "> Rain.\n\n"
        "<figcaption>The quay &amp; the cranes</figcaption>\n"
    )


def test_two_files_that_differ_in_the_moment_alone_are_the_same() -> None:
    article = made("Rain", [Piece("paragraph", "fetched: never")])
    one, other = (markdown.written(article, moment) for moment in ("2025-05-06T12:00:00Z", "2025-05-07T12:00:00Z"))
    assert one != other
    assert markdown.without_moment(one) == markdown.without_moment(other)
    assert "fetched: never" in markdown.without_moment(one)


def test_notes_that_reading_makes_anew_stand_once() -> None:
    article = made("Rain", [Piece("paragraph", "Es regnet.")], language="xx")
    unknown = "there are no words for the language “xx” yet, so English words were used"
    text = stories.rendered(article, "2025-05-06T12:00:00Z", ("en", "de"))
    assert stories.read_back(text, ("en", "de")).notes == (unknown,)
    noted = Article("", "", article.title, article.text, article.blocks, "xx", notes=("first", unknown))
    text = stories.rendered(noted, "2025-05-06T12:00:00Z", ("en", "de"))
    assert stories.read_back(text, ("en", "de")).notes == ("first", unknown)


def test_a_story_that_could_not_be_read_again_is_not_written() -> None:
    article = made("Rain", [Piece("paragraph", "a[" * 60_000)])
    with pytest.raises(ReadError, match="marks such as"):
        stories.rendered(article, "2025-05-06T12:00:00Z", ("en",))


@pytest.mark.parametrize("byline", ["Courier \u202e", "\u2066 Courier", "By Ida \u202e", "\u202e \u202e"])
def test_a_line_of_one_word_is_no_byline_whatever_is_cleaned_away(byline: str) -> None:
    words = "The quay in Osterfeld stays shut until the cranes are mended, the harbour said on Monday. " * 6
    page = f'<html><body><h1>Rain</h1><p class="byline">{byline}</p><p>{words}\u202c\u2069</p></body></html>'
    answer = Answer("https://courier.example/a", 200, page.encode(), "text/html", "utf-8")
    article = stories.from_page(answer, None, ("en",))
    kept = stories.read_back(stories.rendered(article, "2025-05-06T12:00:00Z", ("en",)), ("en",))
    assert (kept.title, kept.text, kept.blocks) == (article.title, article.text, article.blocks)
    assert (kept.blocks[1].kind == "byline") is byline.startswith("By")
    assert kept.notes == ()


def test_a_file_that_reads_back_otherwise_says_so() -> None:
    article = made("Rain", [Piece("byline", "Courier"), Piece("paragraph", "It rained.")])
    kept = stories.read_back(stories.rendered(article, "2025-05-06T12:00:00Z", ("en",)), ("en",))
    assert [block.kind for block in kept.blocks] == ["title", "paragraph", "paragraph"]
    assert kept.notes == ("its file does not read back to the title and blocks that its page had",)
