"""Whatever the text: nothing raises, every span lies inside it, and its words are the text's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest import articles, knowledge, language, read, resolve
from digest.model import Analysis

WORDS = (
    "the", "The", "mayor", "Mayor", "said", "told", "added", "that", "he", "she", "of", "according", "to", "accused",
    "Berlin", "US", "IS", "Islamic", "State", "Ida", "Quill", "Quill's", "Mr", "Dr", "union", "said.", "on", "Monday",
    "“", "”", "„", "«", "»", "‘", "’", "''", "\"", "'", ",", ".", "!", "?", ":", ";", "–", "-", "(", ")", "[", "]",
    "\n", "\n\n", "Comment:", "See", "By", "der", "sagte", "Minister", "laut", "so", "zufolge", "dass", "die",
    "e\u0301", "\u200f", "𝔘",
)  # fmt: skip
NEWSLIKE = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
# Long runs of one thing, between which everything else must still be found.
RUNS = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(1, 400), st.sampled_from(["", " "])), max_size=8).map(
    lambda runs: " ".join(sep.join([word] * count) for word, count, sep in runs)
)
TEXTS = st.one_of(st.text(max_size=300), NEWSLIKE, RUNS)
NOISE = st.lists(
    st.tuples(st.sampled_from([w for w in WORDS if not any(c.isalnum() for c in w)]), st.integers(1, 400)), max_size=6
).map(lambda runs: "".join(sign.strip() * count for sign, count in runs))


def analysed(text: str, code: str) -> Analysis | None:
    try:
        article = read.from_text(text, "any.txt", (code,))
    except read.ReadError:
        return None
    return articles.analyse_article(replace(article, language=code))


@pytest.mark.parametrize("code", language.available())
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
@example(text='0"“.‘')
def test_every_span_lies_inside_its_text(code: str, text: str) -> None:
    analysis = analysed(text, code)
    if analysis is None:
        return
    whole = analysis.article.text
    for block in analysis.article.blocks:
        assert 0 <= block.start < block.end <= len(whole)
    for q in analysis.quotations:
        assert 0 <= q.start < q.end <= len(whole)
        for piece in (*q.parts, *(x for x in (q.cue, q.source) if x is not None)):
            assert whole[piece.start : piece.end] == piece.text
        assert all(q.start <= part.start < part.end <= q.end for part in q.parts)
        assert 0 <= q.confidence <= 1
        assert q.parts or q.kind == "indirect"
    for m in analysis.mentions:
        assert whole[m.start : m.end] == m.text != ""
    assert len({q.id for q in analysis.quotations}) == len(analysis.quotations)


@settings(max_examples=100, deadline=None)
@given(noise=NOISE)
@example(noise="“!")
def test_what_is_broken_leaves_the_rest_of_the_article_as_it_is(noise: str) -> None:
    whole = (
        "Bridge opens\n\nThe bridge will hold, Mara Lindqvist said on Monday.\n\n{}\n\nIda Quill said: “It is safe.”"
    )
    sound, broken = analysed(whole.format("It rained."), "en"), analysed(whole.format(noise), "en")
    assert sound is not None
    assert broken is not None
    assert told(broken) == told(sound) == {("It is safe", "Ida Quill"), ("The bridge will hold", "Mara Lindqvist")}


def told(analysis: Analysis) -> set[tuple[str, str]]:
    """Return the words of every quotation with the name of its speaker."""
    text = analysis.article.text
    return {(text[q.start : q.end], q.speaker.name) for q in analysis.quotations if q.speaker is not None}


@settings(max_examples=60, deadline=None)
@given(text=NEWSLIKE)
def test_the_same_text_is_read_the_same_way(text: str) -> None:
    assert analysed(text, "en") == analysed(text, "en")


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(NEWSLIKE, min_size=2, max_size=5, unique=True), order=st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_no_actor(texts: list[str], order: object) -> None:
    found = [a for t in texts if (a := analysed(t, "en")) is not None]
    named = [replace(a, article=replace(a.article, id=f"a{n}")) for n, a in enumerate(found)]
    shuffled = list(named)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    first, actors = resolve.across(named, knowledge.load())
    second, again = resolve.across(shuffled, knowledge.load())
    assert actors == again
    assert {a.article.id: a for a in first} == {a.article.id: a for a in second}
