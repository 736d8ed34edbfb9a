from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from editions import IDA, Writer, edition
from hypothesis import given
from hypothesis import strategies as st
from small_edition import ARTICLE, EDITION, QUOTATION, SAID

from digest import build, export
from digest.edition import Edition
from digest.export import columns, jsonl, records
from digest.export import csv as table
from digest.gather import gather
from digest.lines import unresolved
from digest.model import Analysis, Quotation, Speaker, Words

EXAMPLES = Path(__file__).parents[2] / "examples"
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
        "id kind start end parts cue source speaker speakers unsure unresolved via about topics confidence rule how "
        "flaws decided"
    )
    assert (quotation["unsure"], fragment["unsure"]) == (False, False)
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
    assert list(row) == [name for name, _, _ in columns.spread(columns.QUOTATIONS)]
    assert row["text"] == "'" + SAID.text
    assert row["via"] == "Kestrel Wire (agency) | a press conference (occasion)"
    assert (row["speaker"], row["speaker_id"], row["speaker_type"]) == ("Ida Quill", "ida-quill", "person")
    assert row["speakers"] == "Ida Quill"
    assert row["url"] == row["byline"] == ""
    assert row["start"] == str(SAID.start)
    assert row["utterance"] == "u-0123456789"
    assert (row["story"], row["story_title"]) == ("bridge", ARTICLE.title)
    assert (row["printed_by"], row["printed_by_outlets"], row["role"]) == ("1", "1", "mayor")
    assert (row["unsure"], row["unresolved"], row["decided"]) == ("", "", "")
    assert (row["about"], row["about_names"]) == ("osterfeld", "osterfeld")
    assert (row["topics"], row["listed_under"]) == ("medtop:20000763", "bridges (medtop:20000763)")


def test_all_who_speak_together_are_named() -> None:
    together = replace(QUOTATION, others=(Speaker("bram-oxley", "Bram Oxley", "person"),))
    whole = replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(together,)),))
    (row,) = rows(whole)
    assert (row["speaker"], row["speakers"]) == ("Ida Quill", "Ida Quill | Bram Oxley")
    found: Any = records.quotation(whole.articles[0], together, records.known(whole))
    assert found["speaker"]["id"] == "ida-quill"
    assert [speaker["id"] for speaker in found["speakers"]] == ["ida-quill", "bram-oxley"]


def test_where_the_site_has_an_address_places_on_it_are_whole() -> None:
    for name, place in (("quotations", "articles/bridge/#q-0123456789"), ("articles", "articles/bridge/")):
        for site in ("", "https://press.example/reader/"):
            (line,) = b"".join(export.EXPORTS[f"{name}.jsonl"].write(EDITION, site)).splitlines()
            assert json.loads(line)["page"] == f"{site}{place}"


def test_a_quotation_without_topics_of_its_own_is_listed_under_those_of_its_article() -> None:
    bare = replace(QUOTATION, topics=())
    whole = replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(bare,)),))
    (found,) = lines("quotations.jsonl", whole)
    assert (found["topics"], found["listed_under"]) == ([], [{"id": "medtop:20000763", "name": "bridges"}])


def test_a_story_stands_under_the_headline_of_its_newest_article_and_counts_who_prints_the_words() -> None:
    older = Writer("older", "A bridge at last", published="2025-05-01", outlet="The Lower Post")
    newer = Writer("newer", "Bridge opens", published="2025-05-03", outlet="the lower post")
    blank = Writer("blank", "Bridge again", published=None, outlet=None)
    for writer in (older, newer, blank):
        writer.says(IDA, "The bridge will stand before the summer comes")
    whole = replace(edition(older, newer, blank), stories={"newer": "older", "older": "older"})
    found = lines("quotations.jsonl", whole)
    assert {row["article"]: (row["story"], row["story_title"]) for row in found} == {
        "older": ("older", "Bridge opens"),
        "newer": ("older", "Bridge opens"),
        "blank": ("blank", "Bridge again"),
    }
    printed = {row["article"]: (row["printed_by"], row["printed_by_outlets"]) for row in found}
    # What is not dated is of no utterance of others, and its outlet is not known.
    assert printed == {"older": (2, 1), "newer": (2, 1), "blank": (1, 0)}
    assert lines("articles.jsonl", whole)[0]["story_title"] == "Bridge opens"


def test_a_row_says_what_the_pages_say() -> None:
    settings = build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES)
    whole = build.edition(settings)
    held = gather(whole, build.site_info(whole, settings))
    shown = {(line.article.id, line.quotation.id): line for line in held.lines}
    found = lines("quotations.jsonl", whole)
    assert {(row["article"], row["id"]) for row in found} == set(shown)
    for row in found:
        line = shown[row["article"], row["id"]]
        story = held.stories[line.article.id]
        assert (row["story"], row["story_title"]) == (story.id, story.reports[0].article.title)
        assert (row["unsure"], row["unresolved"]) == (line.unsure, unresolved(line.quotation))
        assert (row["printed_by"], row["role"] or "") == (line.other_articles + 1, line.role)
        own = {line.outlet} if line.outlet.name else set()
        assert row["printed_by_outlets"] == line.other_outlets + len(own)
        assert [topic["id"] for topic in row["listed_under"]] == [topic.id for topic in line.topics]
        assert row["about_names"] == [who.name for who in line.about]
    assert any(row["printed_by_outlets"] > 1 for row in found)
    assert any(row["role"] for row in found)
    quoted = {actor["id"]: actor["quotations"] for actor in lines("actors.jsonl", whole)}
    assert all(quoted[dossier.actor.id] == len(dossier.by) for dossier in held.actors)


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
    tables = (columns.QUOTATIONS, columns.ARTICLES, columns.ACTORS)
    keys = {name for held in tables for cell, column, _ in columns.spread(held) for name in (cell, column)}
    keys |= {*records.annotation(EDITION.articles[0])}
    assert [key for key in sorted(keys) if f"`{key}`" not in DOCUMENTED] == []
    assert [name for name in export.EXPORTS if f"`{name}`" not in DOCUMENTED] == []


@given(st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(), st.lists, max_leaves=6))
def test_a_line_with_a_path_that_is_no_utf8_has_the_form_of_any_other(value: object) -> None:
    plain, strange = jsonl.line({"path": "?", "value": value}), jsonl.line({"path": "\udc80", "value": value})
    assert strange == plain.replace(b'"?"', b'"\\udc80"', 1)
    assert json.loads(strange)["path"] == "\udc80"
