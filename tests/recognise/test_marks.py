"""Quotation marks of every style: whatever words stand between them, these words are found and no others."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest import language
from digest.recognise.marks import NO_CLOSING, NO_OPENING, Quoted, quoted
from digest.recognise.tokens import sentences, tokenise

DOUBLE = ("“”", "„“", "„”", "«»", "»«", '""', "““", "””", '“"', '"”', '„"')
SINGLE = ("‘’", "‚‘", "‹›", "›‹", "''")
DOUBLED = (("''", "''"), ("``", "''"), ("‘‘", "’’"), (",,", "''"))
STYLES = (*((s[0], s[1]) for s in (*DOUBLE, *SINGLE)), *DOUBLED)
ENDS = (",", ".", "?", "!", "")
# Words with all that may be mistaken for a mark: inner apostrophes, hyphens, figures, abbreviations.
WORD = st.sampled_from(
    ("gate", "Havnby", "isn’t", "don't", "O’Hara", "the", "19", "3.5", "half-open", "é", "Ärger", "Mr.", "U.S.", "a")
)
WORDS = st.lists(WORD, min_size=1, max_size=9).map(" ".join)


def spans(text: str) -> list[Quoted]:
    return quoted(text, 0, len(text), tokenise(text, 0, len(text)))


def found(text: str) -> list[str]:
    return [text[s.start : s.end] for s in spans(text)]


def bare(words: str) -> str:
    """Return what is kept of quoted words: not the comma, full stop or semicolon before the closing mark."""
    return words.rstrip(" ,.;")


@pytest.mark.parametrize("style", STYLES, ids="".join)
@given(words=WORDS, end=st.sampled_from(ENDS))
def test_words_in_marks_are_found(style: tuple[str, str], words: str, end: str) -> None:
    opening, closing = style
    assume(style != ("'", "'") or not (words + end)[-1].isdigit())  # 6' is a measure
    text = f"{opening}{words}{end}{closing} said Mara."
    assert found(text) == [bare(words + end)]
    assert not spans(text)[0].flaws


@pytest.mark.parametrize("style", STYLES, ids="".join)
@given(words=WORDS, more=WORDS, end=st.sampled_from(ENDS[:4]))
def test_a_split_quotation_has_two_parts(style: tuple[str, str], words: str, more: str, end: str) -> None:
    opening, closing = style
    text = f"Later {opening}{words},{closing} said Mara, {opening}{more}{end}{closing}"
    assert found(text) == [bare(words), bare(more + end)]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [(o, i) for o in ("“”", "„“", "«»", "»«") for i in ("‘’", "‚‘", "‹›", "›‹", "„“", "“”") if not set(o) & set(i)],
)
@given(before=WORDS, words=WORDS, after=WORDS)
def test_the_outer_marks_count(outer: str, inner: str, before: str, words: str, after: str) -> None:
    whole = f"{before} {inner[0]}{words}{inner[1]} {after}"
    assert found(f"{outer[0]}{whole},{outer[1]} said Mara.") == [bare(whole)]


@given(words=WORDS, more=WORDS)
def test_a_mark_that_is_never_closed_reaches_the_next_one_or_the_end(words: str, more: str) -> None:
    (last,) = spans(f"“{words}")
    assert last.continues
    first, second = spans(f"“{words}. “{more},” said Mara.")
    assert NO_CLOSING in first.flaws
    assert not second.flaws


@given(words=WORDS)
def test_a_mark_that_was_never_opened_ends_what_it_closes(words: str) -> None:
    text = f"{words},” said Mara."
    (span,) = spans(text)
    assert NO_OPENING in span.flaws
    assert text[span.start : span.end] == bare(words)


@pytest.mark.parametrize("code", language.available())
@given(words=st.lists(st.sampled_from(("It", "Havnby", "ends", "here")), min_size=1, max_size=6).map(" ".join))
def test_prose_without_marks_has_none(code: str, words: str) -> None:
    text = f"{words} and the dockers’ boats, the ’90s and Hans' isn't. {words}."
    assert found(text) == []
    tokens = tokenise(text, 0, len(text))
    assert sentences(tokens, language.load(code))[-1][1] == len(tokens)
