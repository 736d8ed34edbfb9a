"""Gold files: what is read, and what is said of mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.measure import gold
from digest.measure.quotes import Quote, Who
from digest.model import DigestError, Span
from digest.text import clean

TEXT = "Quay stays shut\n\n“We wait,” she said. The quay was “not safe”, Bram Oxley added. “We wait” is also a song."


def line(text: str = TEXT, **keys: Any) -> bytes:
    return json.dumps({"id": "bay/quay", "text": text, "quotes": [], **keys}).encode()


def test_a_line_is_read_whole() -> None:
    start = TEXT.index("We wait")
    she, safe = TEXT.index("she"), TEXT.index("not safe")
    quotes = [
        {"start": start, "end": start + 7, "kind": "direct", "speaker": "she", "speaker_start": she,
         "speaker_end": she + 3, "speaker_canonical": "Ida Quill", "cue": "said"},
        {"text": "The quay was “not safe", "kind": "mixed", "parts": [[safe, safe + 8]], "speaker": "Bram Oxley"},
    ]  # fmt: skip
    article = gold.read(line(quotes=quotes, lang="en", outlet="Bay Wire", date="2025-03-01", pages=[1]))
    assert (article.id, article.text, article.language) == ("bay/quay", TEXT, "en")
    assert article.facts == {"id": "bay/quay", "lang": "en", "outlet": "Bay Wire", "date": "2025-03-01"}
    begin = TEXT.index("The quay")
    assert article.quotes == (
        Quote("direct", start, start + 7, (), Who("she", Span(she, she + 3), "Ida Quill")),
        Quote("mixed", begin, safe + 8, (Span(safe, safe + 8),), Who("Bram Oxley")),
    )


def test_offsets_are_those_of_the_text_as_it_is_read() -> None:
    raw = "Quay\r\n\r\n\ufeff“We\x00 wait,” she said.\u2029“No.”\r"
    found = gold.read(line(raw, quotes=[{"kind": "direct", "text": "We\x00 wait"}, {"kind": "direct", "text": "No"}]))
    assert [found.text[q.start : q.end] for q in found.quotes] == ["We wait", "No"]


@given(st.text(alphabet="ab \n\r\x00\u2028\u2029\u202a\u202c\ufeff\u00ad“”"))
def test_every_sign_that_stays_keeps_its_place(raw: str) -> None:
    text = clean(raw)
    places = gold._places(raw, text)
    assert places[-1] == len(text)
    assert len(places) == len(raw) + 1
    kept = [(i, at) for i, at in enumerate(places[:-1]) if places[i + 1] > at]
    assert [raw[i] for i, _ in kept if raw[i] not in "\r\u2028\u2029"] == [
        text[at] for i, at in kept if raw[i] not in "\r\u2028\u2029"
    ]


def test_a_file_with_a_mark_and_empty_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line(id="a") + b"\r\n\n" + line(id="b") + b"\n")
    assert [article.id for article in gold.load(path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"{", "gold.jsonl:2: "),
        (b"\xff", "gold.jsonl:2: "),
        (b'{"id": "b", "text": ""}', "missing required field `quotes`"),
        (line(id=7), "got `int` - at `$.id`"),
        (line(quotes=[{"kind": "shouted", "text": "We"}]), "'shouted' - at `$.quotes[0].kind`"),
        (line(quotes=[{"kind": "direct"}]), "quotes[0]: a quotation needs its start and end, or its text"),
        (line(quotes=[{"kind": "direct", "text": "We wait"}]), "quotes[0]: “We wait” stands 2 times"),
        (line(quotes=[{"kind": "direct", "text": "We run"}]), "quotes[0]: “We run” does not stand in the article"),
        (line(quotes=[{"kind": "direct", "start": 0, "end": 4, "text": "Quai"}]), "“Quai” does not stand at 0-4"),
        (line(quotes=[{"kind": "direct", "start": 4, "end": 4}]), "quotes[0]: 4-4 is no piece of the text"),
        (line(quotes=[{"kind": "direct", "start": 4, "end": 999}]), f"which has {len(TEXT)} characters"),
        (line(quotes=[{"kind": "mixed", "start": 0, "end": 4, "parts": [[0, 999]]}]), "quotes[0].parts: 0-999"),
        (line(id="a"), "the id “a” stands on line 1 already"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(written: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(line(id="a") + b"\n" + written)
    with pytest.raises(DigestError) as caught:
        gold.load(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n\n")
    with pytest.raises(DigestError, match="there is no article in it"):
        gold.load(path)
