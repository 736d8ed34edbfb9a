from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import LANGUAGES, article, blocks

from digest import articles, read
from digest.model import Analysis
from digest.text import squeeze, unbroken

HEADLINE = "Ferry returns to Lower Tamm"
PARAGRAPHS = [
    "LOWER TAMM (Tern Wire) - The ferry to Lower Tamm sails again from Monday, the harbour office said on Thursday, "
    "after four weeks in which the ice had kept it at the quay.",
    "“It was about time,” said Ilse Maria Noor, who runs the only shop on the island and has sold the last candle, the "
    "last onion and a map of the mainland since the ice came.",
    "It was a long winter.",
    "Harbour master Bo Tarn told reporters that the first crossing would be at eight in the morning and that "
    "passengers should “bring their own coffee”, because the galley had not yet thawed. He said "
    "nobody could say when it would.",
]


def wrapped(paragraphs: list[str], width: int, style: str) -> str:
    first = "    " if style == "indented" else ""
    filled = [textwrap.fill(p, width, initial_indent=first, break_on_hyphens=False) for p in paragraphs]
    return ("\n" if style == "indented" else "\n\n").join(filled)


@pytest.mark.parametrize("style", ["indented", "empty lines"])
@pytest.mark.parametrize("width", [60, 66, 72, 80])
def test_a_wrapped_paragraph_is_one_block_and_the_text_stays(tmp_path: Path, width: int, style: str) -> None:
    text = f"{HEADLINE}\n\n{wrapped(PARAGRAPHS, width, style)}\n"
    found = article(tmp_path, "a.txt", text)
    assert found.text == text
    kinds = ["title", *["paragraph"] * len(PARAGRAPHS)]
    assert [(kind, squeeze(words)) for kind, words in blocks(found)] == list(
        zip(kinds, [HEADLINE, *PARAGRAPHS], strict=True)
    )


@pytest.mark.parametrize("style", ["indented", "empty lines"])
def test_the_engine_reads_wrapped_lines_as_it_reads_whole_ones(style: str) -> None:
    whole = analysed("\n\n".join(PARAGRAPHS))
    for width in range(58, 82, 3):
        broken = analysed(wrapped(PARAGRAPHS, width, style))
        assert spoken(broken) == spoken(whole)
        assert [(m.text, m.actor) for m in broken.mentions] == [(m.text, m.actor) for m in whole.mentions]
        for q in broken.quotations:
            assert all(broken.article.text[p.start : p.end] == p.text for p in q.parts)
    assert {("direct", "Ilse Maria Noor"), ("mixed", "Bo Tarn")} <= {(kind, who) for kind, who, _ in spoken(whole)}


def analysed(text: str) -> Analysis:
    found = articles.analyse_text(f"{HEADLINE}\n\n{text}\n", "-")
    assert isinstance(found, Analysis)
    return found


def spoken(found: Analysis) -> list[tuple[str, str | None, str]]:
    return [
        (q.kind, q.speaker.name if q.speaker else None, squeeze(found.article.text[q.start : q.end]))
        for q in found.quotations
    ]


def test_items_stay_items_and_their_further_lines_belong_to_them(tmp_path: Path) -> None:
    items = [
        "- the morning ferry leaves at eight and carries passengers, their dogs and no more than two bicycles",
        "- the evening ferry leaves when the captain has had his supper, and carries whoever is at the quay by then",
    ]
    text = f"{HEADLINE}\n\n{wrapped(PARAGRAPHS, 66, 'empty lines')}\n\n"
    text += "\n".join(textwrap.fill(item, 66, subsequent_indent="  ") for item in items)
    found = blocks(article(tmp_path, "a.txt", text))
    assert [squeeze(words) for kind, words in found if kind == "list"] == items


def test_a_headline_in_capitals_is_no_part_of_the_first_paragraph(tmp_path: Path) -> None:
    headline = "FERRY RETURNS TO LOWER TAMM AFTER FOUR WEEKS IN THE ICE, OFFICE SAYS"
    found = article(tmp_path, "a.txt", f"{headline}\n{wrapped(PARAGRAPHS, 72, 'empty lines')}\n")
    assert found.title == headline
    assert squeeze(blocks(found)[1][1]) == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "lines",
    [
        PARAGRAPHS,
        [
            "The ferry sails again.",
            "It sails at eight in the morning, and at ten on Sundays.",
            "Passengers bring coffee of their own, the office said.",
            "Nobody knows when the galley will have thawed again.",
        ],
        [
            "Ferry returns to Lower Tamm after four weeks in the ice",
            "Harbour office promises a second boat before the summer",
            "Islanders without candles celebrate with the last onion",
            "Galley of the Lower Tamm ferry has still not thawed out",
        ],
    ],
)
def test_lines_that_are_paragraphs_stay_paragraphs(tmp_path: Path, lines: list[str]) -> None:
    found = article(tmp_path, "a.txt", f"{HEADLINE}\n" + "\n".join(lines))
    assert [words for _, words in blocks(found)][1:] == lines


@given(st.lists(st.text(st.sampled_from("ab Z.-\n\t "), max_size=60), max_size=12).map("\n".join))
def test_no_word_is_lost_whatever_the_lines(text: str) -> None:
    try:
        found = read.from_text(text, "-", LANGUAGES)
    except read.ReadError as error:
        assert error.code == "empty"  # noqa: PT017 - most such texts have words
        return
    assert "".join("".join(words for _, words in blocks(found)).split()) == "".join(text.split())
    flat = unbroken(found.text, ((b.start, b.end) for b in found.blocks))
    assert len(flat) == len(found.text)
    assert flat.split() == found.text.split()
