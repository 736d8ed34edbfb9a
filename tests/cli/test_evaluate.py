"""``evaluate``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from program import BRIDGE, QUAY, run


def line(name: str, text: str, outlet: str, *quotes: dict[str, Any]) -> str:
    return json.dumps({"id": name, "outlet": outlet, "text": text, "quotes": quotes}, ensure_ascii=False)


WORDS = "The bridge will stand in May"
BRIDGE_LINE = line("bridge", BRIDGE, "Courier", {"kind": "direct", "text": WORDS, "speaker": "Ida Quill"})
QUAY_LINE = line("quay", QUAY, "Wire", {"kind": "direct", "text": "Quay stays shut", "speaker": "Bram Oxley"})


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{BRIDGE_LINE}\n{QUAY_LINE}\n", encoding="utf-8")
    return path


def evaluated(*arguments: str | Path) -> dict[str, Any]:
    result = run("evaluate", *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_evaluate_prints_tables(gold: Path) -> None:
    result = run("evaluate", gold, "--by", "outlet", "--errors", "1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Direct quotations in 2 articles\n")
    cells = [row.split("\t") for row in result.stdout.splitlines()]
    assert ["same words", "50.0", "50.0", "50.0", "1", "2", "2"] in cells
    assert ["named", "100.0", "100.0", "100.0 of 1", "1"] in cells
    assert [row[0] for row in cells if row[0] in ("Courier", "Wire")] == ["Wire", "Courier"]
    (missed,) = [row for row in cells if row[0] == "missed"]
    assert missed[1:] == ["quay:0-15", "Quay stays shut", "Bram Oxley", "", ""]
    assert re.search(
        r"^sure \(>= 0\.9\): \d+ of \d+ right, [\d.–]+ %; expected calibration error ", result.stdout, re.M
    )
    assert re.search(r"^2 articles in [\d.]+ s, \d+ a second$", result.stdout, re.M)


def test_evaluate_prints_json(gold: Path) -> None:
    found = evaluated(gold)
    assert (found["articles"], found["counted"]) == (2, "direct")
    assert found["exact"]["lenient"] == {"right": 1, "found": 2, "gold": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert found["exact"]["speakers"]["nominal"]["lenient"] == {"right": 0, "all": 0, "share": None}
    assert (found["groups"], found["examples"], found["overlap"]["least"]) == ([], [], 0.8)
    assert found["seconds"] > 0
    assert found["articles_per_second"] > 0


def test_evaluate_counts_as_it_is_told(gold: Path) -> None:
    assert evaluated(gold, "--mixed")["counted"] == "quoted"
    reported = evaluated(gold, "--reported")
    assert (reported["counted"], reported["overlap"]["least"]) == ("reported", 0.5)
    assert reported["exact"]["spans"]["gold"] == 0


def test_evaluate_says_the_same_in_one_process_and_in_two(gold: Path) -> None:
    kept = [{k: v for k, v in evaluated(gold, "--jobs", n).items() if "second" not in k} for n in ("1", "2")]
    assert kept[0] == kept[1]


def test_evaluate_takes_several_files(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text(BRIDGE_LINE, encoding="utf-8")
    assert evaluated(gold, tmp_path / "more.jsonl")["articles"] == 3


def test_evaluate_names_what_cannot_be_read(gold: Path) -> None:
    gold.write_text(f"{BRIDGE_LINE}\n{line('void', '', 'Wire')}\n", encoding="utf-8")
    result = run("evaluate", gold)
    assert result.exit_code == 3
    assert "skipped void: there is no text in it" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.jsonl"], 1, "nowhere.jsonl: No such file or directory"),
        ([], 2, "Missing argument 'GOLD...'"),
        (["gold.jsonl", "--mixed", "--reported"], 2, "two ways of counting"),
        (["gold.jsonl", "--by", "publisher"], 1, "no article has a key “publisher”"),
        (["broken.jsonl"], 1, "broken.jsonl:2: "),
    ],
)  # fmt: skip
def test_evaluate_cannot_run(
    arguments: list[str], code: int, said: str, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(gold.parent)
    Path("broken.jsonl").write_text(f"{BRIDGE_LINE}\n{{}}\n", encoding="utf-8")
    result = run("evaluate", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
