from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cli import difference
from digest.model import DigestError


def said(words: str, article: str = "bridge", **more: Any) -> dict[str, Any]:
    speaker = {"id": "ida-quill", "name": "Ida Quill", "type": "person"}
    base = {"id": f"q-{words}", "article": article, "path": f"{article}.txt", "kind": "direct", "text": words}
    return {**base, "start": 0, "end": len(words), "speaker": speaker, "outlet": "Courier", "confidence": 0.9} | more


def kinds(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(change.kind, change.record["text"]) for change in difference.compare(before, after)]


def test_the_same_is_no_change() -> None:
    assert kinds([said("It will stand.")], [said("It will stand.", start=9, end=23, confidence=0.5, rule="x")]) == []


def test_new_and_gone() -> None:
    assert kinds([], [said("It will stand.")]) == [("new", "It will stand.")]
    assert kinds([said("It will stand.")], []) == [("gone", "It will stand.")]
    assert kinds([said("It will stand.")], [said("Nobody asked the fish.")]) == [
        ("new", "Nobody asked the fish."),
        ("gone", "It will stand."),
    ]


def test_another_speaker_is_a_change_with_what_was() -> None:
    (change,) = difference.compare([said("It will stand.")], [said("It will stand.", speaker=None)])
    assert (change.kind, change.fields) == ("changed", ("speaker",))
    assert change.before is not None
    assert difference.value(change.before, "speaker") == "Ida Quill"


def test_an_edited_quotation_is_one_change() -> None:
    before, after = said("The bridge will stand in May."), said("The bridge will stand in June.")
    (change,) = difference.compare([before], [after])
    assert (change.kind, change.fields, change.before) == ("changed", ("text",), before)


def test_an_edit_is_matched_with_the_nearest_words_of_its_own_article() -> None:
    near, far = said("The bridge will stand in May."), said("The bridge will fall, one day in spring.")
    elsewhere = said("The bridge will stand in June!", article="other")
    changes = difference.compare([far, near, elsewhere], [said("The bridge will stand in June."), far, elsewhere])
    assert [(c.kind, c.before) for c in changes] == [("changed", near)]


def test_words_said_twice_in_one_article_are_two() -> None:
    assert kinds([said("No.")], [said("No."), said("No.")]) == [("new", "No.")]


RECORDS = st.lists(st.builds(said, st.text("ab ", min_size=1), st.sampled_from(["one", "two"])), max_size=6)


@given(RECORDS)
def test_nothing_differs_from_itself(records: list[dict[str, Any]]) -> None:
    assert difference.compare(records, records) == []


@given(RECORDS, RECORDS)
def test_the_counts_add_up(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    found = [change.kind for change in difference.compare(before, after)]
    assert len(before) + found.count("new") - found.count("gone") == len(after)


def test_summary_counts_each_kind() -> None:
    changes = difference.compare([said("It will stand.")], [said("It will stand.", kind="mixed"), said("Fish!")])
    assert difference.summary(changes) == "1 new, 1 changed, 0 gone"
    assert difference.summary([]) == "No quotation is new, changed or gone"


def test_an_export_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "base.jsonl"
    path.write_text(json.dumps(said("It will stand.")) + "\n\n", encoding="utf-8")
    assert difference.load(path) == [said("It will stand.")]


@pytest.mark.parametrize("line", ["id,article,title", '{"id": "q-1"}', "[]", '{"id": 1}'])
def test_another_file_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "base.jsonl"
    path.write_text(json.dumps(said("It will stand.")) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DigestError, match=r"base\.jsonl:2: .*digest export"):
        difference.load(path)
