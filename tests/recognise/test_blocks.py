from __future__ import annotations

from dataclasses import replace

import pytest

from digest import language
from digest.model import Article, Block, BlockKind
from digest.recognise.blocks import refine

LEAD = "The ferry to Lower Tamm sails again from Monday, the harbour office said on Thursday."
MORE = "Ilse Noor, who runs the only shop on the island, has sold the last candle and a map of the mainland."


def article(*pieces: tuple[BlockKind, str], code: str = "en", byline: str | None = None) -> Article:
    blocks, at = [], 0
    for kind, words in pieces:
        blocks.append(Block(kind, at, at + len(words)))
        at += len(words) + 2
    text = "\n\n".join(words for _, words in pieces)
    return Article("a", "a.txt", pieces[0][1], text, tuple(blocks), code, byline)


def refined(*lines: str, code: str = "en") -> tuple[list[BlockKind], str | None]:
    """Return the kinds of the lines below a headline, and the byline."""
    given = article(("title", "Ferry returns"), *(("paragraph", line) for line in lines), code=code)
    found = refine(given, language.load(code))
    assert found.text == given.text
    assert [(b.start, b.end) for b in found.blocks] == [(b.start, b.end) for b in given.blocks]
    assert found.blocks[0].kind == "title"
    return [b.kind for b in found.blocks[1:]], found.byline


@pytest.mark.parametrize("name", ["Ilse Noor", "Ilse Noor, Bo Tarn", "ILSE NOOR"])
def test_a_bare_name_under_the_headline_is_in_the_picture_and_no_author(name: str) -> None:
    assert refined(name, LEAD, MORE) == (["caption", "paragraph", "paragraph"], None)


@pytest.mark.parametrize("line", ["Ilse Noor waits at the quay", "Ilse Noor.", "It was about time"])
def test_a_line_under_the_headline_that_says_something_is_no_caption(line: str) -> None:
    assert refined(line, LEAD, MORE)[0][0] == "paragraph"


def test_a_bare_name_further_down_or_alone_is_no_caption() -> None:
    assert refined(LEAD, "Ilse Noor", MORE)[0] == ["paragraph", "heading", "paragraph"]
    assert refined("Ilse Noor")[0] == ["paragraph"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Comment: the office has promised this before.", "en"),
        ("[Editor’s note: the office has since answered.]", "en"),
        ("Correction: an earlier version misspelt the island.", "en"),
        ("Anmerkung der Redaktion: Das Amt hat inzwischen geantwortet.", "de"),
        ("(Anm. d. Red.: Das Amt hat inzwischen geantwortet.)", "de"),
    ],
)
def test_the_publisher_speaking_is_an_editors_comment(line: str, code: str) -> None:
    assert refined(LEAD, line, MORE, code=code)[0] == ["paragraph", "editor", "paragraph"]


@pytest.mark.parametrize(
    ("line", "code", "kind"),
    [
        ("[See our earlier report on the ice]", "en", "reference"),
        ("(Read more: Islanders without candles.)", "en", "reference"),
        ("[Siehe auch: Insel ohne Kerzen]", "de", "reference"),
        ("See you on Monday, said the captain.", "en", "paragraph"),
        ("[Seeing is believing, said the captain.]", "en", "paragraph"),
        ("[Applause from the quay.]", "en", "paragraph"),
    ],
)
def test_a_pointer_in_brackets_is_a_cross_reference(line: str, code: str, kind: str) -> None:
    assert refined(LEAD, line, MORE, code=code)[0] == ["paragraph", kind, "paragraph"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("A boat with a flag", "heading"),
        ("A boat with a flag.", "paragraph"),
        ("“A boat with a flag”", "paragraph"),
        ("a boat with a flag", "paragraph"),
        ("A boat " + "with a flag " * 8, "paragraph"),
        ("A boat\nwith a flag", "paragraph"),
    ],
)
def test_a_short_line_over_a_longer_paragraph_is_a_heading(line: str, kind: str) -> None:
    assert refined(LEAD, line.strip(), MORE)[0][1] == kind


def test_a_short_line_over_nothing_longer_is_no_heading() -> None:
    assert refined(LEAD, "A boat with a flag", "It sails.")[0] == ["paragraph", "paragraph", "paragraph"]
    assert refined(LEAD, "A boat with a flag")[0] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("line", "code", "byline"),
    [
        ("By Jan Feld", "en", "Jan Feld"),
        ("By Jan Feld and Ada van Tarn in Brennick", "en", "Jan Feld and Ada van Tarn in Brennick"),
        ("Reporting by: Jan Feld", "en", "Jan Feld"),
        ("Written by Jan Feld", "en", "Jan Feld"),
        ("Ein Bericht von Jan Feld", "de", "Jan Feld"),
        ("Von Jan Feld", "de", "Jan Feld"),
        ("Text: Jan Feld", "de", "Jan Feld"),
        ("By Monday the ferry sails", "en", None),
        ("Byron Tarn", "en", None),
    ],
)
def test_a_line_that_opens_like_a_byline_and_names_people_is_one(line: str, code: str, byline: str | None) -> None:
    kinds, found = refined(LEAD, line, MORE, code=code)
    assert (kinds[1] == "byline", found) == (byline is not None, byline)


@pytest.mark.parametrize(
    ("line", "code", "kind"),
    [
        ("Photo: Ada Quill waits for the ferry.", "en", "caption"),
        ("Foto: Ada Quill wartet auf die Fähre.", "de", "caption"),
        ("Photo: " + "Ada Quill waits for the ferry. " * 8, "en", "paragraph"),
    ],
)
def test_a_line_that_says_it_is_a_caption_is_one(line: str, code: str, kind: str) -> None:
    assert refined(LEAD, line.strip(), MORE, code=code)[0][1] == kind


def test_what_the_format_has_told_stays() -> None:
    kinds: list[BlockKind] = ["title", "byline", "list", "heading", "caption"]
    given = article(*((kind, "Comment: By Ilse Noor") for kind in kinds))
    assert [b.kind for b in refine(given, language.load("en")).blocks] == kinds


@pytest.mark.parametrize(
    ("line", "byline"), [("By Jan Feld", "Jan Feld"), ("Byron Tarn", "Byron Tarn"), ("Jan Feld", "Jan Feld")]
)
def test_a_block_marked_as_byline_names_the_author_with_or_without_opening_words(line: str, byline: str) -> None:
    given = article(("title", "Ferry returns"), ("byline", line), ("paragraph", LEAD))
    assert refine(given, language.load("en")).byline == byline


@pytest.mark.parametrize(
    ("stated", "code", "byline"),
    [
        ("By Jan Feld", "en", "Jan Feld"),
        ("BY JAN FELD, TERN WIRE", "en", "JAN FELD, TERN WIRE"),
        ("Written by: Jan Feld", "en", "Jan Feld"),
        ("Von Jan Feld", "de", "Jan Feld"),
        ("Text: Jan Feld", "de", "Jan Feld"),
        ("Von der Tann", "de", "Von der Tann"),
        ("Von Tann", "de", "Von Tann"),
        ("Konrad von der Tann", "de", "Konrad von der Tann"),
        ("Byron Tarn", "en", "Byron Tarn"),
        ("Von Jan Feld", "en", "Von Jan Feld"),
        ("By", "en", "By"),
    ],
)
def test_the_byline_of_the_metadata_loses_its_opening_words(stated: str, code: str, byline: str) -> None:
    given = article(("title", "Ferry returns"), ("byline", "By Ada Quill"), ("paragraph", LEAD), code=code)
    assert refine(replace(given, byline=stated), language.load(code)).byline == byline
