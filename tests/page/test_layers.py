"""Every character stays in place, whatever the layers do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from digest.page.layers import Kind, Layer, Marked, Note, Piece, layered, markup

GAPS = {"gap", "cut"}
KINDS = st.sampled_from([kind for kind in get_args(Kind) if kind not in GAPS])


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, int, int, list[Layer], dict[int, list[int]]]:
    text = draw(st.text(st.sampled_from("ab <&>\"'\n“”é😀ن"), max_size=30))
    place = st.integers(0, len(text))
    start, end = sorted((draw(place), draw(place)))
    spans = draw(st.lists(st.tuples(KINDS, place, place), max_size=8))
    layers = [Layer(kind, min(a, b), max(a, b), f"q-{n}") for n, (kind, a, b) in enumerate(spans)]
    notes = {at: [n] for n, at in enumerate(draw(st.lists(place, max_size=3, unique=True)), 1)}
    return text, start, end, layers, notes


def shown(html: str) -> str:
    without_numbers = re.sub(r'<a class="ref"[^>]*>\d+</a>', "", html)
    return unescape(re.sub(r"<[^>]+>", "", without_numbers))


def covered(pieces: Iterable[Piece], above: tuple[Layer, ...] = ()) -> list[frozenset[Layer]]:
    """Return, for each character, the layers it stands in."""
    found: list[frozenset[Layer]] = []
    for piece in pieces:
        if isinstance(piece, str):
            found += [frozenset(above)] * len(piece)
        elif isinstance(piece, Marked):
            found += covered(piece.inside, (*above, piece.layer))
    return found


@given(cases())
def test_text_without_tags_is_the_text(case: tuple[str, int, int, list[Layer], dict[int, list[int]]]) -> None:
    text, start, end, layers, notes = case
    assert shown(markup(layered(text, start, end, layers, notes))) == text[start:end]


@given(cases())
def test_each_character_stands_in_exactly_its_layers(
    case: tuple[str, int, int, list[Layer], dict[int, list[int]]],
) -> None:
    text, start, end, layers, notes = case
    wanted = [frozenset(x for x in layers if x.start <= i < x.end) for i in range(start, end)]
    assert covered(layered(text, start, end, layers, notes)) == wanted


@given(cases())
def test_an_anchor_is_given_once(case: tuple[str, int, int, list[Layer], dict[int, list[int]]]) -> None:
    text, start, end, layers, notes = case
    html = markup(layered(text, start, end, layers, notes))
    for layer in layers:
        shows = max(layer.start, start) < min(layer.end, end)
        assert html.count(f'id="{layer.id}"') == shows


@given(cases())
def test_a_note_stands_once_where_it_belongs(case: tuple[str, int, int, list[Layer], dict[int, list[int]]]) -> None:
    text, start, end, layers, notes = case
    html = markup(layered(text, start, end, layers, notes))
    for at, numbers in notes.items():
        before, found, _ = html.partition(f'<a class="ref" href="#n{numbers[0]}" ')
        assert bool(found) == (start <= at <= end)
        if found:
            assert shown(before) == text[start:at]


def test_a_source_inside_a_content_is_nested() -> None:
    text = "the mayor said Ida had said no"
    pieces = layered(text, 0, len(text), [Layer("con", 15, 30, "q-1"), Layer("src", 15, 18), Layer("src", 0, 9)])
    assert markup(pieces) == (
        '<span class="l-src">the mayor</span> said '
        '<span class="l-con" id="q-1"><span class="l-src">Ida</span> had said no</span>'
    )


def test_of_two_that_cross_the_later_is_cut() -> None:
    pieces = layered("abcdef", 0, 6, [Layer("con", 0, 4, "q-1"), Layer("cue", 2, 6, "q-2")])
    assert markup(pieces) == (
        '<span class="l-con" id="q-1">ab<span class="l-cue" id="q-2">cd</span></span><span class="l-cue">ef</span>'
    )


def test_a_note_stands_outside_the_content_it_follows() -> None:
    pieces = layered("no, he said", 0, 11, [Layer("con", 0, 2, "q-1")], {2: [1], 3: [2]})
    assert pieces[1] == Note(1)
    assert pieces[3] == Note(2)


def test_markup_in_the_text_stays_text() -> None:
    html = markup(layered("<img src=x onerror=y>", 0, 21, [Layer("part", 0, 4)]))
    assert "<img" not in html
    assert shown(html) == "<img src=x onerror=y>"


def test_a_gap_is_one_sign_and_what_is_cut_is_nothing() -> None:
    text = "It rained. “We wait,” he said. It was\n\nlate."
    layers = [Layer("gap", 0, 10), Layer("con", 12, 19, "q-1"), Layer("gap", 30, 37), Layer("cut", 39, 44)]
    html = markup(layered(text, 0, 37, layers))
    assert html == (
        '<span class="left-out"><span class="vh">words left out</span> […] </span>'
        ' “<span class="l-con" id="q-1">We wait</span>,” he said.'
        '<span class="left-out"><span class="vh">words left out</span> […] </span>'
    )
    assert markup(layered(text, 39, 44, layers)) == ""
