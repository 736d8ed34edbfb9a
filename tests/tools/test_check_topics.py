"""The shipped topics are those of the IPTC: what the check says of a list, and the hash of the table it last passed."""

from __future__ import annotations

import json
from pathlib import Path

import check_topics
import pytest

from digest.knowledge import load_topics

# Printed by ``tools/check_topics.py`` over the list of 2023-10-24. The list is not part of the repository; whoever
# changes an id, a name or a parent runs the check over a list from the IPTC and puts its new hash here.
PASSED = "23cd9e067f4c04334486b71354f378a1fdd6de25d7ac15f538857d730afc5ff2"


def terms() -> list[dict[str, object]]:
    return [{"id": t.id, "en": t.name, "path": [*t.parents, t.id], "retired": None} for t in load_topics()]


def test_the_shipped_topics_are_those_that_passed() -> None:
    assert check_topics.fingerprint(load_topics()) == PASSED


def test_a_list_that_agrees_gives_the_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "iptc.json").write_text(json.dumps(terms()), encoding="utf-8")
    assert check_topics.main([str(tmp_path / "iptc.json")]) == 0
    assert capsys.readouterr().out.split() == [PASSED]


def test_everything_that_differs_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone, renamed, moved, retired, *rest = (t for t in terms() if len(t["path"]) > 1)  # type: ignore[arg-type]  # a list
    changed = [
        {**renamed, "en": "knitting"},
        {**moved, "path": ["medtop:17000000", moved["id"]]},
        {**retired, "retired": "2024-01-01"},
    ]
    top = [t for t in terms() if len(t["path"]) == 1]  # type: ignore[arg-type]  # a list
    (tmp_path / "iptc.json").write_text(json.dumps([*changed, *rest, *top]), encoding="utf-8")
    assert check_topics.main([str(tmp_path / "iptc.json")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [t["id"] for t in (gone, renamed, moved, retired)]
    assert "no such id" in lines[0]
    assert "knitting" in lines[1]
    assert "medtop:17000000" in lines[2]
    assert "2024-01-01" in lines[3]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["a.json", "b.json"]])
def test_called_wrongly_it_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert check_topics.main(arguments) == 2
    assert "FILE" in capsys.readouterr().err
