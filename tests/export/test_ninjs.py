"""News items of ninjs 3.1: what the standard allows, with every quotation in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from small_edition import ARTICLE, EDITION, QUOTATION, SAID

from digest import build, export
from digest.edition import Edition
from digest.model import Source

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "ninjs_3_1.json").read_text(encoding="utf-8")),
)


def items(edition: Edition) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(export.EXPORTS["articles.ninjs.jsonl"].write(edition)).splitlines()]


@pytest.fixture(scope="module")
def whole() -> Edition:
    return build.edition(build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES))


def mistakes(item: dict[str, Any]) -> Iterator[str]:
    return (f"{error.json_path}: {error.message}" for error in SCHEMA.iter_errors(item))


def test_every_item_is_what_the_standard_allows(whole: Edition) -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)
    found = items(whole)
    assert len(found) == len(whole.articles)
    assert [mistake for item in found for mistake in mistakes(item)] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("uri", "bridge"),
        ("uri", "https://x.example/a[1]"),
        ("uri", "https://x.example/#a#b"),
        ("uri", "https://x.example/100%"),
        ("contentCreated", "2025-05-02"),
        ("contentCreated", "2025-13-02T00:00:00Z"),
        ("quotations", []),
        ("byline", "Nora Feld"),
        ("type", "article"),
        ("headlines", ["Mayor promises a bridge"]),
        ("people", [{"id": "ida-quill"}]),
        ("associations", [{"uri": "urn:uuid:0"}]),
        ("associations", [{"uri": "urn:uuid:0", "name": "x", "words": "x"}]),
    ],
)
def test_what_the_standard_does_not_allow_is_found(key: str, value: object) -> None:
    (item,) = items(EDITION)
    assert list(mistakes(item | {key: value}))


def test_a_quotation_is_an_item_of_its_article() -> None:
    (item,) = items(EDITION)
    (quoted,) = item["associations"]
    assert (quoted["name"], quoted["rel"], quoted["profile"]) == ("Ida Quill", "quotation", "direct")
    assert quoted["bodies"] == [{"role": "direct", "contentType": "text/plain", "value": SAID.text}]
    assert quoted["people"] == [{"name": "Ida Quill", "rel": "speaker", "literal": "ida-quill"}]
    assert quoted["infoSources"] == [
        {"name": "Kestrel Wire", "role": "agency", "literal": "kestrel-wire"},
        {"name": "a press conference", "role": "occasion"},
    ]
    assert {each["role"]: each["value"] for each in quoted["altIds"]} == {
        "quotation": QUOTATION.id,
        "start": str(SAID.start),
        "end": str(SAID.end),
        "utterance": "u-0123456789",
        "confidence": "0.97",
    }
    assert quoted["subjects"] == [
        {"name": "bridges", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000763"},
    ]
    assert item["contentCreated"] == "2025-05-02T00:00:00Z"


def test_who_is_not_sure_to_speak_is_related_as_unsure() -> None:
    he = Source(0, 2, "He", "pronoun")
    for source, by in ((QUOTATION.source, "Ida Quill"), (he, None), (None, None)):
        unsure = replace(QUOTATION, confidence=0.6, source=source)
        (item,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(unsure,)),)))
        (quoted,) = item["associations"]
        assert (quoted["name"], quoted.get("by")) == (by or QUOTATION.id, by)
        unsurely = [{"name": "Ida Quill", "rel": "speaker, unsure", "literal": "ida-quill"}]
        assert quoted["people"] == item["people"] == unsurely
        assert {"role": "confidence", "value": "0.60"} in quoted["altIds"]
        assert list(mistakes(item)) == []


def test_nobody_who_is_only_he_has_a_name() -> None:
    nobody = replace(QUOTATION, speaker=None, source=Source(0, 2, "He", "pronoun"))
    (item,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(nobody,)),)))
    (quoted,) = item["associations"]
    assert quoted["name"] == QUOTATION.id
    assert "by" not in quoted


def test_who_speaks_surely_somewhere_is_a_speaker_of_the_article() -> None:
    unsure = replace(QUOTATION, id="q-1111111111", confidence=0.6)
    (item,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(unsure, QUOTATION)),)))
    assert [who["rel"] for who in item["people"]] == ["speaker"]


def test_what_is_not_known_is_left_out() -> None:
    unknown = replace(ARTICLE, outlet=None, published=None, url=None, byline=None)
    (item,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], article=unknown),)))
    assert not {"contentCreated", "infoSources", "renditions", "by"} & set(item)
    assert list(mistakes(item)) == []


def test_an_address_in_other_letters_is_written_in_ascii() -> None:
    linked = replace(ARTICLE, url="https://courier.example/brücke?a=1%20b")
    (item,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], article=linked),)))
    assert [each["href"] for each in item["renditions"]] == ["https://courier.example/br%C3%BCcke?a=1%20b"]
    assert list(mistakes(item)) == []


@given(st.text("[]#%?/:@.&=2fü🌉()", max_size=12))
def test_any_address_that_may_be_linked_is_written_as_the_standard_wants_it(path: str) -> None:
    linked = replace(ARTICLE, url=f"https://courier.example/{path}")
    (item,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], article=linked),)))
    assert item["renditions"]
    assert list(mistakes(item)) == []


def test_where_the_site_has_an_address_an_item_leads_to_its_place() -> None:
    written = export.EXPORTS["articles.ninjs.jsonl"].write(EDITION, "https://press.example/reader/")
    (item,) = map(json.loads, b"".join(written).splitlines())
    place = "https://press.example/reader/articles/bridge/"
    assert [each["href"] for each in item["renditions"]] == [place]
    assert [each["href"] for each in item["associations"][0]["renditions"]] == [f"{place}#{QUOTATION.id}"]
    assert list(mistakes(item)) == []


def test_an_item_keeps_its_name_while_its_article_and_words_stay() -> None:
    (one,), (other,) = items(EDITION), items(replace(EDITION, version="9", commit="0abc"))
    assert one == other
    (moved,) = items(replace(EDITION, articles=(replace(EDITION.articles[0], article=replace(ARTICLE, id="b")),)))
    assert one["uri"] != moved["uri"]
    assert one["associations"][0]["uri"] != moved["associations"][0]["uri"]
