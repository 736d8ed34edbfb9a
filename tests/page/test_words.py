"""Ink for what is verbatim, grey for what is reported, and every word as printed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from editions import IDA, Writer, digest
from hypothesis import given
from hypothesis import strategies as st

from digest.lines import Line
from digest.model import Words
from digest.page import words
from digest.page.words import PRINTED, attributes, said
from digest.paths import TEMPLATES


def line(writer: Writer) -> Line:
    return digest(writer).lines[0]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r'<span class="m">.</span>', "", html)))


def test_direct_words_stand_in_the_marks_of_their_language() -> None:
    english, german, persian = Writer("a"), Writer("b", language="de"), Writer("c", language="fa")
    for writer in (english, german, persian):
        writer.says(IDA, "So it is")
    assert said(line(english)) == '<span class="m">“</span>So it is<span class="m">”</span>'
    assert said(line(german)) == '<span class="m">„</span>So it is<span class="m">“</span>'
    assert said(line(persian)) == '<span class="m">«</span>So it is<span class="m">»</span>'


def test_reported_words_have_no_marks() -> None:
    writer = Writer("a")
    writer.reports(IDA, "nobody would drown")
    assert said(line(writer)) == "nobody would drown"


def test_mixed_words_set_off_the_verbatim_ones() -> None:
    writer = Writer("a")
    writer.mixes(IDA, "the old one was", "tired", " of us & them")
    assert said(line(writer)) == (
        'the old one was <b><span class="m">“</span>tired<span class="m">”</span></b> of us &amp; them'
    )


@pytest.mark.parametrize(
    ("flaw", "html"),
    [
        ("no opening quotation mark", '<span class="l-flaw"></span>So it is<span class="m">”</span>'),
        ("no closing quotation mark", '<span class="m">“</span>So it is<span class="l-flaw"></span>'),
    ],
)
def test_a_missing_mark_is_a_caret_in_its_place(flaw: str, html: str) -> None:
    writer = Writer("a")
    writer.says(IDA, "So it is", flaws=(flaw,))
    assert said(line(writer)) == html


def test_what_stands_between_two_direct_parts_is_grey() -> None:
    writer = Writer("a")
    found = writer.says(IDA, "So it is” she sighed, “and was")
    a, b = found.start, found.end
    parts = (Words(a, a + 8, "So it is"), Words(b - 7, b, "and was"))
    writer.quotations[0] = replace(found, parts=parts)
    assert said(line(writer)) == (
        '<span class="m">“</span>So it is<span class="m">”</span><span class="rep"> she sighed, </span>'
        '<span class="m">“</span>and was<span class="m">”</span>'
    )


@given(st.text(st.sampled_from("ab <&>’é😀ن,."), min_size=1, max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_the_words_are_the_articles(words: str, one: int, two: int) -> None:
    # Offsets of a part inside the words; what stands around it keeps every character.
    a, b = sorted((min(one, len(words)), min(two, len(words))))
    writer = Writer("a")
    found = writer.says(IDA, words)
    at = found.start
    if a < b:
        parts = (Words(at + a, at + b, words[a:b]),)
        writer.quotations[0] = replace(found, kind="mixed", parts=parts)
    shown = plain(said(line(writer)))
    assert [c for c in shown if c not in PRINTED] == [c for c in words if c not in PRINTED]


def test_only_a_foreign_language_is_named_and_turned() -> None:
    assert attributes("en", "en") == ""
    assert attributes("de", "en") == ' lang="de"'
    assert attributes("fa", "en") == ' lang="fa" dir="rtl"'
    assert attributes('"><b>', "en") == ' lang="&#34;&gt;&lt;b&gt;"'


def test_the_search_page_sets_the_same_marks() -> None:
    script = (TEMPLATES / "theme" / "assets" / "search" / "hit.js").read_text(encoding="utf-8")
    (quotes,) = re.findall(r"const QUOTES = (\{.*?\});", script, re.DOTALL)
    assert dict(re.findall(r'(\w+): "(..)"', quotes)) == words._MARKS
    (printed,) = re.findall(r'const PRINTED = ("(?:[^"\\]|\\.)*");', script)
    assert json.loads(printed) == words.PRINTED
