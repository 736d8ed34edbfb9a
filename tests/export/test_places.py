"""The places of quotations as Web Annotations: after the standard, and exactly where the words stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from editions import IDA, TOM, Writer
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from digest.export.places import AROUND, places
from digest.model import Analysis, Source, Speaker

SCHEMA = json.loads((Path(__file__).parent / "web_annotation.json").read_text(encoding="utf-8"))


def written(url: str | None = "https://echo.example/a") -> Analysis:
    writer = Writer("echo", url=url)
    writer.says(IDA, "It will stand 🌉", others=(Speaker(TOM.id, TOM.name, TOM.type),))
    writer.mixes(IDA, "the old one was", "tired", " of us")
    writer.says(None, "Nobody told me")
    writer.says(IDA, "a term", kind="fragment")
    return writer.analysis()


def page(analysis: Analysis, site: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(places(analysis, site))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def holds(analysis: Analysis, found: dict[str, Any]) -> None:
    """Check that every selector of the first targets leads to the words, and that all lead to the same."""
    text = analysis.article.text
    for item in found["items"]:
        position, quote = item["target"][0]["selector"]
        start, end = position["start"], position["end"]
        assert quote["exact"] == text[start:end]
        assert text[:start].endswith(quote.get("prefix", ""))
        assert text[end:].startswith(quote.get("suffix", ""))
        assert len(quote.get("prefix", "")) == min(AROUND, start)
        assert [target["selector"] for target in item["target"][1:]] == [quote] * len(item["target"][1:])


@pytest.mark.parametrize("site", ["", "https://site.example/below/"])
def test_each_quotation_is_annotated_at_its_place(site: str) -> None:
    analysis = written()
    found = page(analysis, site)
    root = site or "../../"
    assert found["id"] == f"{root}articles/echo/annotations.jsonld"
    assert [item["id"].partition("#")[2] for item in found["items"]] == [q.id for q in analysis.quotations[:3]]
    holds(analysis, found)
    assert {t["source"] for item in found["items"] for t in item["target"]} == {
        f"{root}articles/echo/#article",
        "https://echo.example/a",
    }


def test_an_annotation_says_who_speaks() -> None:
    together, _, nobody = page(written())["items"]
    assert [body.get("source") for body in together["body"]] == [
        "../../actors/ida-quill/#actor",
        "../../actors/tom-ferrow/#actor",
        *[None] * 3,
    ]
    assert [body.get("value") for body in together["body"]][2:] == ["Ida Quill", "Tom Ferrow", "direct"]
    assert [body["value"] for body in nobody["body"]] == ["the clerk", "direct"]


def test_who_is_not_sure_to_speak_is_in_the_words_of_the_article() -> None:
    writer = Writer("echo")
    start = writer.block("He walked home.")
    writer.says(IDA, "I may have said this", confidence=0.6)
    writer.says(None, "Nobody said this", source=Source(start, start + 2, "He", "pronoun"))
    writer.says(TOM, "I may have said that", source=Source(start, start + 2, "He", "pronoun"), confidence=0.6)
    assert [item["body"] for item in page(writer.analysis())["items"]] == [
        [
            {"type": "TextualBody", "value": "Ida Quill", "purpose": "identifying"},
            {"type": "TextualBody", "value": "direct", "purpose": "classifying"},
        ],
        *[[{"type": "TextualBody", "value": "direct", "purpose": "classifying"}]] * 2,
    ]


def test_without_an_address_the_article_as_read_is_the_only_target() -> None:
    assert {len(item["target"]) for item in page(written(url=None))["items"]} == {1}


def test_only_an_address_that_may_be_linked_is_a_target() -> None:
    def sources(url: str) -> set[str]:
        return {target["source"] for item in page(written(url=url))["items"] for target in item["target"]}

    assert sources("javascript:alert(1)") == {"../../articles/echo/#article"}
    assert "https://echo.example/a%5B1%5D" in sources("https://echo.example/a[1]")


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_any_words_are_found_again(said: list[str]) -> None:
    writer = Writer("echo", "T")
    for words in said:
        writer.says(IDA, words)
    analysis = writer.analysis()
    holds(analysis, page(analysis))
