from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_difference import said

from digest.cli import difference, tables


def wanted(
    record: dict[str, Any], speaker: str | None = None, outlet: str | None = None, kinds: str = "direct"
) -> bool:
    return tables.Wanted(speaker, outlet, (kinds,))(record)


@pytest.mark.parametrize("name", ["quill", "QUILL", "Ída", "ida-quill", None])
def test_a_speaker_is_found_by_name_or_id(name: str | None) -> None:
    assert wanted(said("Yes."), speaker=name)


def test_each_who_speaks_together_is_found_and_shown() -> None:
    both = said("Yes.", speakers=[{"id": "ida-quill", "name": "Ida Quill"}, {"id": "bo-tarn", "name": "Bo Tarn"}])
    assert wanted(both, speaker="tarn")
    assert wanted(both, speaker="quill")
    assert tables.quotation(both | {"published": None})[0] == "Ida Quill, Bo Tarn"


@pytest.mark.parametrize("name", ["quilt", "unresolved", "ida-q"])
def test_another_speaker_is_not(name: str) -> None:
    assert not wanted(said("Yes."), speaker=name)


def test_who_is_not_found_and_who_is_not_named_can_be_asked_for() -> None:
    he, baker = {"text": "he", "label": "pronoun"}, {"text": "the baker", "label": "nominal"}
    for record, word in (
        (said("Yes.", speaker=None), "unresolved"),
        (said("Yes.", speaker=None, source=he), "unresolved"),
        (said("Yes.", speaker=None, source=baker), "unnamed"),
        (said("Yes.", speaker=None, source=he, decided=True), "unnamed"),
    ):
        assert [w for w in ("unresolved", "unnamed", "quill") if wanted(record, speaker=w)] == [word]


def test_outlet_and_kind_narrow() -> None:
    assert wanted(said("Yes."), outlet="cour")
    assert not wanted(said("Yes."), outlet="bote")
    assert not wanted(said("Yes.", outlet=None), outlet="cour")
    assert not wanted(said("Yes."), kinds="mixed")


def test_a_row_says_who_what_how_via_when_and_where() -> None:
    cue, via = {"text": "told"}, [{"name": "Kestrel Wire"}, {"name": "Radio Ilve"}]
    record = said("Yes.", cue=cue, via=via, published="2025-05-02", start=7, end=11)
    assert tables.quotation(record) == (
        "Ida Quill",
        "Yes.",
        "direct: told",
        "Kestrel Wire, Radio Ilve",
        "2025-05-02",
        "bridge.txt:7-11 q-Yes.",
    )


def test_what_is_not_known_says_so() -> None:
    row = tables.quotation(said("Yes.", speaker=None, source={"text": "the mayor"}, published=None))
    assert row[0] == "not resolved (the mayor)"
    assert row[4] == "not known"


def test_a_change_says_what_was() -> None:
    (change,) = difference.compare([said("Yes.")], [said("Yes.", speaker=None)])
    assert tables.change(change)[0] == "changed (speaker was Ida Quill)"


def cells(page: str) -> list[str]:
    rendered = MarkdownIt("commonmark").enable("table").render(page)
    soup = BeautifulSoup(rendered, "html.parser")
    assert {tag.name for tag in soup.find_all(True)} <= {"table", "thead", "tbody", "tr", "th", "td", "p", "strong"}
    return [cell.get_text() for cell in soup.find_all("td")]


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1)) ![b](https://c.example/d)",
        "*a* _b_ `c` ~~d~~ **e**",
        "a | b \\| c",
        "&lt;script&gt;",
        "x\n\n# y",
    ],
)
def test_markup_in_an_article_stays_text_in_markdown(words: str) -> None:
    page = tables.markdown("1 new", ("Speaker", "Words"), [("Ida Quill", words)])
    assert [cell.replace(tables.JOINER, "") for cell in cells(page)] == ["Ida Quill", " ".join(words.split())]


def test_names_stay_readable_in_markdown() -> None:
    assert tables.escaped("Dr. O'Neill-Łyp (M&S, 1/2; 50 %): yes!") == "Dr. O'Neill-Łyp (M&S, 1/2; 50 %): yes!"
    assert tables.escaped("a_b @desk #4 [x](y) &amp; http://z") == (
        "a\\_b &#64;\N{WORD JOINER}desk &#35;\N{WORD JOINER}4 \\[x\\](y) &#38;amp; http&#58;//z"
    )


@given(st.text("ab<>&|*_`[]()!\\~#:;1/.@$^-+ \n"))
def test_no_text_becomes_markup_in_markdown(words: str) -> None:
    page = tables.markdown("", ("Speaker", "Words"), [("Ida Quill", words)])
    assert [cell.replace(tables.JOINER, "") for cell in cells(page)] == ["Ida Quill", " ".join(words.split())]


def test_a_long_table_ends_and_says_so() -> None:
    page = tables.markdown("", ("Words",), [("Yes.",)] * (tables.LONGEST_SUMMARY + 2))
    assert len(cells(page)) == tables.LONGEST_SUMMARY
    assert page.endswith("\n… and 2 more.\n")


def test_no_change_is_a_sentence_and_no_table() -> None:
    assert tables.markdown("No quotation is new, changed or gone", ("Words",), []) == (
        "**No quotation is new, changed or gone**\n\n"
    )
