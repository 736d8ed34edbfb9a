"""Words told without marks: how the places are proposed, what the weights choose, and that they can be fitted."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import knowledge, language, read
from digest.measure import fit_told
from digest.measure import gold as golds
from digest.recognise import passages_of, told
from digest.recognise.passage import Passage
from digest.recognise.tellings import tellings
from digest.weights import Sums, features_of

WORDS = [
    *(
        "Mara Vask",
        "the mayor",
        "she",
        "who",
        "said",
        "says",
        "wants",
        "to",
        "that",
        "whether",
        "according to",
        "claims",
    ),
    *(
        "promise",
        "aware",
        "accused",
        "of",
        "hiding",
        "the dam",
        "would",
        "hold",
        "and",
        "but",
        ",",
        ";",
        ":",
        "“No,”",
        ".",
    ),
]


def passage_of(text: str) -> Passage:
    words = language.load("en")
    article = read.from_text(f"In brief\n\n{text}", "told.txt", ("en",))
    _, passages, _ = passages_of(article, words, knowledge.load())
    return passages[-1]


def shapes(text: str) -> set[tuple[str, str]]:
    p = passage_of(text)
    found = (t for begin, end in p.sentences for t in tellings(p, begin, end))
    return {(t.shape, p.text[p.units[t.begin].start : p.units[t.ends[-1] - 1].end]) for t in found}


@pytest.mark.parametrize(
    ("text", "shape", "words"),
    [
        ("Mara Vask said that the dam would hold.", "clause that", "that the dam would hold"),
        ("Mara Vask hopes to sell the dam.", "infinitive", "to sell the dam"),
        ("Mara Vask told the council on Monday that the dam would hold.", "far clause that", "that the dam would hold"),
        ("Mara Vask opposed selling the dam.", "object", "selling the dam"),
        ("The dam would hold, Mara Vask said.", "before it", "The dam would hold"),
        ("The dam, Mara Vask said, would hold.", "goes on behind it", "would hold"),
        ("The mayor is aware that the dam leaks.", "clause that", "that the dam leaks"),
    ],
)
def test_each_construction_is_proposed(text: str, shape: str, words: str) -> None:
    assert (shape, words) in shapes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mara Vask announced a sale.",
        "Mara Vask would not say who paid.",
        "Nobody said that the dam would hold.",
        "Did Mara Vask say that the dam would hold?",
    ],
)
def test_where_nobody_tells_anything_nothing_is_proposed(text: str) -> None:
    assert shapes(text) == set()


def test_a_language_without_weights_has_none() -> None:
    assert told.load("de") is None
    assert told.load("en") is not None


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_told_words_lie_in_their_passage_and_never_overlap(words: list[str]) -> None:
    weights = told.load("en")
    assert weights is not None
    p = passage_of(" ".join(words) or "Nothing.")
    found = sorted(told.told(p, weights), key=lambda one: one.begin)
    assert all(0 <= one.begin < one.end <= len(p.units) for one in found)
    assert all(weights.least <= one.chance <= 1 for one in found)
    assert all(a.end <= b.begin for a, b in pairwise(found))


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_every_feature_that_is_named_counts_once(words: list[str]) -> None:
    p = passage_of(" ".join(words) or "Nothing.")
    for t in (t for begin, end in p.sentences for t in tellings(p, begin, end)):
        for parts in (told.parts(p, t), *told.end_parts(p, t)):
            named = features_of(parts)
            ones = dict.fromkeys(named, 1.0)
            assert Sums(ones).total(parts) == len(named)
            assert Sums({}).total(parts) == 0


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_nothing_stands_outside_a_passage(words: list[str]) -> None:
    p = passage_of(" ".join(words) or "Nothing.")
    for i in (-3, -1, len(p.units), len(p.units) + 40):
        assert (p.kind(i), p.low(i)) == ("end", "")
        assert not p.is_in(i, "determiners")
    assert p.among({""}, 0, -1) == p.of_kind("end", 0, -1) == []


def test_weights_learn_which_verb_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = []
    for n in range(12):
        text = f"Note {n}\n\nMara Vask said that the dam would hold in March. Mara Vask saw that the dam would hold."
        start = text.index("that the dam")
        cue = text.index("said")
        quote = {"kind": "indirect", "start": start, "end": text.index(". Mara"), "cue_start": cue, "cue_end": cue + 4}
        lines.append(json.dumps({"id": f"n{n}", "lang": "en", "text": text, "quotes": [quote]}))
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    examples = [e for article in golds.load(path) for e in fit_told.examples(article)]
    learned = fit_told.fit_telling(examples).learned()
    assert learned["lemma say"] > 0 > learned["lemma see"]
    fit_told.main([str(path)])
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    assert {row[0] for row in rows} == {"limit", "telling", "ending"}
    assert all(len(row) == 3 for row in rows)
