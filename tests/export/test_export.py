from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_edition import ARTICLE, EDITION, QUOTATION, SAID

from digest import export
from digest.export import csv as table
from digest.export import jsonl, records
from digest.model import Analysis, Edition, Quotation, Speaker, Words

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def lines(name: str, edition: Edition = EDITION) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(export.EXPORTS[name].write(edition)).splitlines()]


def rows(edition: Edition) -> list[dict[str, str]]:
    data = b"".join(export.EXPORTS["quotations.csv"].write(edition)).decode("utf-8")
    return list(csv.DictReader(io.StringIO(data, newline="")))


def saying(text: str) -> Edition:
    """Return an edition of one article that is all one quotation."""
    article = replace(ARTICLE, text=text, title=text, blocks=())
    said = Quotation("q-0", "direct", 0, len(text), (Words(0, len(text), text),))
    return Edition((Analysis(article, (said,)),), {})


def test_annotation_is_the_contract_that_tools_read() -> None:
    found: dict[str, Any] = records.annotation(EDITION.articles[0])
    assert " ".join(found) == (
        "id path title byline outlet published date_basis url language text blocks quotations mentions topics"
    )
    quotation, fragment = found["quotations"]
    assert " ".join(quotation) == (
        "id kind start end parts cue source speaker speakers via about topics confidence rule how flaws decided"
    )
    assert fragment["kind"] == "fragment"
    assert fragment["cue"] is fragment["source"] is fragment["speaker"] is None
    assert [" ".join(m) for m in found["mentions"]] == ["start end text label type actor rule"]
    assert [list(b) for b in found["blocks"]] == [["kind", "start", "end"]] * 2
    assert [list(t) for t in found["topics"]] == [["id", "name", "score", "evidence"]]


def test_quotations_are_speech_with_their_article() -> None:
    (found,) = lines("quotations.jsonl")
    assert found["id"] == QUOTATION.id
    assert found["text"] == SAID.text
    assert found["article"] == "bridge"
    assert found["page"] == "articles/bridge/#q-0123456789"
    assert found["outlet"] == "Osterfeld Courier"
    assert found["via"] == [
        {"name": "Kestrel Wire", "id": "kestrel-wire", "role": "agency"},
        {"name": "a press conference", "id": None, "role": "occasion"},
    ]


def test_articles_name_what_stands_in_them() -> None:
    (found,) = lines("articles.jsonl")
    assert "text" not in found
    assert found["quotations"] == [QUOTATION.id]
    assert found["speakers"] == found["actors"] == ["ida-quill"]
    assert found["notes"] == list(ARTICLE.notes)


def test_articles_and_quotations_name_the_text_that_they_are_a_report_of() -> None:
    whole = replace(EDITION, texts={"bridge": "older"})
    names = ("articles.jsonl", "quotations.jsonl")
    assert [line["text_id"] for name in names for line in lines(name, whole)] == ["older", "older"]
    assert [row["text_id"] for row in rows(whole)] == ["older"]
    assert lines("articles.jsonl")[0]["text_id"] == "bridge"


def test_actors_have_their_names_most_frequent_first() -> None:
    (found,) = lines("actors.jsonl")
    assert list(found["aliases"].items()) == [("Ida Quill", 2), ("Alderwoman", 1), ("Quill", 1)]
    assert found["quotations"] == 1


def test_csv_has_the_same_quotations() -> None:
    (row,) = rows(EDITION)
    assert list(row) == list(table.QUOTATIONS)
    assert row["text"] == "'" + SAID.text
    assert row["via"] == "Kestrel Wire (agency) | a press conference (occasion)"
    assert (row["speaker"], row["speaker_id"], row["speaker_type"]) == ("Ida Quill", "ida-quill", "person")
    assert row["speakers"] == "Ida Quill"
    assert row["url"] == row["byline"] == ""
    assert row["start"] == str(SAID.start)
    assert row["utterance"] == "u-0123456789"


def test_all_who_speak_together_are_named() -> None:
    together = replace(QUOTATION, others=(Speaker("bram-oxley", "Bram Oxley", "person"),))
    whole = replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(together,)),))
    (row,) = rows(whole)
    assert (row["speaker"], row["speakers"]) == ("Ida Quill", "Ida Quill | Bram Oxley")
    found: Any = records.quotation(whole.articles[0], together, whole)
    assert found["speaker"]["id"] == "ida-quill"
    assert [speaker["id"] for speaker in found["speakers"]] == ["ida-quill", "bram-oxley"]


def test_csv_ends_its_lines_as_the_standard_says() -> None:
    header, row, rest = b"".join(export.EXPORTS["quotations.csv"].write(EDITION)).split(b"\r\n")
    assert header.startswith(b"id,article,title")
    assert row
    assert not rest


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'"])
def test_no_cell_runs_in_a_spreadsheet(sign: str) -> None:
    (row,) = rows(saying(f"{sign}cmd|' /C calc'!A0"))
    assert row["text"].startswith("'" + sign)
    assert row["title"].startswith("'" + sign)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_csv_gives_every_text_back(text: str) -> None:
    (row,) = rows(saying(text))
    assert table.unguard(row["text"]) == text
    assert not row["text"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text())
def test_a_json_line_is_one_line_of_utf8_and_gives_every_text_back(text: str) -> None:
    line = jsonl.line({"path": text})
    assert line.decode("utf-8").splitlines(keepends=True) == [line.decode("utf-8")]
    assert json.loads(line) == {"path": text}


def test_all_files_are_written_and_the_same_each_time(tmp_path: Path) -> None:
    written = export.write_all(EDITION, tmp_path / "new" / "data")
    assert [each.name for each in written] == list(export.PLAIN)
    first = [(tmp_path / "new" / "data" / each.name).read_bytes() for each in written]
    assert all(first)
    assert [len(content) for content in first] == [each.size for each in written]
    assert export.write_all(EDITION, tmp_path / "again") == written
    assert [(tmp_path / "again" / each.name).read_bytes() for each in written] == first


def test_every_key_and_column_is_documented() -> None:
    article = EDITION.articles[0]
    keys = {*table.QUOTATIONS, *table.ARTICLES, *table.ACTORS}
    keys |= {*records.annotation(article), *records.article(article, EDITION)}
    keys |= {*records.quotation(article, QUOTATION, EDITION), *records.actor(EDITION.actors["ida-quill"], 1)}
    assert [key for key in sorted(keys) if f"`{key}`" not in DOCUMENTED] == []
    assert [name for name in export.EXPORTS if f"`{name}`" not in DOCUMENTED] == []


@given(st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(), st.lists, max_leaves=6))
def test_a_line_with_a_path_that_is_no_utf8_has_the_form_of_any_other(value: object) -> None:
    plain, strange = jsonl.line({"path": "?", "value": value}), jsonl.line({"path": "\udc80", "value": value})
    assert strange == plain.replace(b'"?"', b'"\\udc80"', 1)
    assert json.loads(strange)["path"] == "\udc80"
