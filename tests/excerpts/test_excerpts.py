"""What stays of an article of which only excerpts are published, and that nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from editions import IDA, TOM, Writer, digest
from hypothesis import given
from hypothesis import strategies as st

from digest import articles, language
from digest.excerpts import FILLER, Publish, excerpted
from digest.model import SAYS, Analysis, Article, Block, DigestError, Span
from digest.recognise import sentences_in


def cut(analysis: Analysis) -> Analysis:
    return excerpted(analysis, sentences_in(analysis.article, language.load(analysis.article.language)))


def shown(article: Article) -> list[str]:
    """Return what is shown of each block, with the sign for what is left out."""
    return [article.piece(block.start, block.end).strip() for block in article.blocks]


def harbour() -> Analysis:
    writer = Writer("harbour", "Harbour waits")
    writer.block("By Wenna Holt", "byline")
    writer.block("The rain had stopped. Nobody was on the quay.")
    writer.block("An unused heading", "heading")
    writer.block("The cranes stood still all day.")
    writer.block("What the mayor says", "heading")
    writer.says(IDA, "We wait")
    writer.block("Then it rained again.")
    writer.reports(TOM, "nobody would drown")
    writer.says(IDA, "so-called", kind="fragment")
    return writer.analysis()


def test_a_quotation_stays_with_its_sentence_and_its_heading() -> None:
    whole = harbour()
    found = cut(whole)
    assert shown(found.article) == [
        "Harbour waits",
        "By Wenna Holt",
        "[…]",
        "[…]",
        "[…]",
        "What the mayor says",
        "“We wait,” said Ida Quill. […]",
        "[…]",
        "Tom Ferrow said that nobody would drown.",
        "[…]",
    ]
    assert found.quotations == tuple(q for q in whole.quotations if q.kind in SAYS)
    assert found.mentions == whole.mentions


def test_a_speaker_who_is_named_elsewhere_stays_with_that_sentence() -> None:
    writer = Writer("harbour", "Harbour waits")
    named = writer.block("The weather was bad. Ida Quill spoke last. The hall was full.")
    writer.says(IDA, "We wait")
    source = writer.quotations[0].source
    assert source is not None
    at = named + len("The weather was bad. ")
    writer.quotations[0] = replace(writer.quotations[0], source=replace(source, start=at, end=at + 9))
    assert shown(cut(writer.analysis()).article)[1] == "[…] Ida Quill spoke last. […]"


def test_an_article_of_nothing_but_speech_has_no_gaps() -> None:
    writer = Writer("harbour", "Harbour waits")
    writer.reports(IDA, "we wait")
    whole = writer.analysis()
    assert cut(whole) == whole


def test_where_nobody_speaks_the_headline_is_left() -> None:
    writer = Writer("harbour", "Harbour waits")
    writer.block("The rain had stopped. Nobody was on the quay.")
    assert cut(writer.analysis()).article.text.split() == ["Harbour", "waits"]


def test_sentences_end_in_scripts_without_capitals_too() -> None:
    text = "باران آمد. مردم منتظر بودند. کشتی رفت."
    article = Article("a", "a", "", text, (Block("paragraph", 0, len(text)),), "fa")
    assert [text[a:b] for a, b in sentences_in(article, language.load("fa"))] == [
        "باران آمد.",
        "مردم منتظر بودند.",
        "کشتی رفت.",
    ]


texts = st.lists(
    st.sampled_from(
        [
            "“We wait,” said Ida Quill. ",
            "It rained. ",
            "\n",
            "\n\n",
            "He said that it was late. ",
            "Dr. Lund left. ",
            "„Nein“ ",
        ]
    ),
    min_size=1,
    max_size=14,
)


@given(texts)
def test_offsets_stay_and_only_gaps_change(pieces: list[str]) -> None:
    whole = articles.analyse_text("Harbour waits\n\n" + "".join(pieces) + "x", "harbour")
    assert isinstance(whole, Analysis)
    found = cut(whole)
    before, after = whole.article.text, found.article.text
    assert len(before) == len(after)
    assert list(found.article.gaps) == sorted(found.article.gaps, key=lambda g: g.start)
    place = 0
    for gap in (*found.article.gaps, Span(len(before), len(before))):
        assert after[place : gap.start] == before[place : gap.start]
        assert set(after[gap.start : gap.end]) <= {FILLER}
        assert before[gap.start : gap.end].strip() or gap.start == gap.end
        place = gap.end
    for q in found.quotations:
        for piece in (q, *q.parts, q.source, q.cue):
            if piece:
                assert after[piece.start : piece.end] == before[piece.start : piece.end]
        lower, upper = found.article.shown_around(q.start, q.end)
        assert after[lower:upper] == before[lower:upper]
    assert cut(found).article.text == after


# --- which articles ---

COURIER = Article("courier", "courier", "", "", (), outlet="Harbour Courier")
EXAMINER = Article("examiner", "examiner", "", "", (), outlet="Veldmark Examiner")
NOBODY = Article("nobody", "nobody", "", "", ())
ALL = (COURIER, EXAMINER, NOBODY)


@pytest.mark.parametrize(
    ("publish", "ids"),
    [
        (Publish(), set()),
        (Publish("excerpts"), {"courier", "examiner", "nobody"}),
        (Publish("excerpts", {"harbour COURIER": "full"}), {"examiner", "nobody"}),
        (Publish("full", {"Harbour Courier": "excerpts"}), {"courier"}),
    ],
)
def test_an_outlet_goes_before_the_rule(publish: Publish, ids: set[str]) -> None:
    assert publish.excerpted(ALL) == ids


@pytest.mark.parametrize("name", ["Gull Wire", "gull wire", "Gull-Wire", "GULL WIRE!"])
def test_every_spelling_that_shares_the_page_of_an_outlet_is_the_outlet(name: str) -> None:
    spelled = [
        Article(f"a{n}", f"a{n}", "", "", (), outlet=outlet) for n, outlet in enumerate(("Gull Wire", "Gull-Wire"))
    ]
    assert Publish("full", {name: "excerpts"}).excerpted([*spelled, COURIER]) == {"a0", "a1"}
    assert Publish("excerpts", {name: "full"}).excerpted([*spelled, COURIER]) == {"courier"}


def test_no_letters_tell_two_spellings_of_an_outlet_apart() -> None:
    spelled = [Article(name, name, "", "", (), outlet=name) for name in ("Вестник", "ВЕСТНИК")]
    assert len(Publish("full", {"вестник": "excerpts"}).excerpted(spelled)) == 2
    writers = [Writer(str(n), outlet=article.outlet) for n, article in enumerate(spelled)]
    assert len(digest(*writers).outlets) == 1


def test_one_outlet_is_not_told_two_things() -> None:
    with pytest.raises(DigestError, match="“Harbour Courier” and “Harbour-Courier”, one outlet, differently"):
        Publish("full", {"Harbour Courier": "full", "Harbour-Courier": "excerpts"}).demand(ALL)


@pytest.mark.parametrize(
    ("name", "way"),
    [("Harbor Courier", "did you mean “Harbour Courier”?"), ("X", "write its name as the articles have it")],
)
def test_an_outlet_that_no_article_has_is_an_error(name: str, way: str) -> None:
    with pytest.raises(DigestError, match=f"publish_by_outlet names “{name}”.*{way.rstrip('?')}"):
        Publish("full", {name: "excerpts"}).demand(ALL)


def test_an_outlet_of_which_nothing_is_published_is_told_and_no_error() -> None:
    publish = Publish("full", {"harbour-courier": "excerpts", "Veldmark Examiner": "excerpts"})
    publish.demand(ALL)
    assert publish.idle(ALL) == ()
    (said,) = publish.idle([EXAMINER, NOBODY])
    assert "“harbour-courier”, of whose articles all are withheld" in said
    assert publish.excerpted([EXAMINER, NOBODY]) == {"examiner"}
