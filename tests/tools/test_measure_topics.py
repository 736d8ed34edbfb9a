"""The report on topics: right, wrong and none, by desk and by half."""

from __future__ import annotations

import json
from pathlib import Path

import measure_topics
import pytest

ARTICLES = {
    "2.txt": ("sport", "Late goal\n\nThe striker scored in the cup final, and the league champions lost the match.\n"),
    "3.txt": (
        "politics",
        "Late goal\n\nThe striker scored in the cup final, and the league champions lost the match.\n",
    ),
    "4.txt": ("sport", "Rain\n\nIt rained.\n"),
}


def test_the_report_counts_by_half_and_by_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, (_, text) in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    meta = tmp_path / "meta.json"
    meta.write_text(json.dumps([{"file": n, "topic": d} for n, (d, _) in ARTICLES.items()]), encoding="utf-8")
    desks = ["sport=medtop:15000000", "politics=medtop:11000000"]
    assert measure_topics.main([str(tmp_path), str(meta), *desks]) == 0
    lines = {line.split()[0]: line.split()[2:7:2] for line in capsys.readouterr().out.splitlines() if "right" in line}
    assert lines["all"] == ["1", "1", "1"]
    assert lines["even"] == ["1", "0", "1"]
    assert lines["odd"] == ["0", "1", "0"]
    assert lines["politics"] == ["0", "1", "0"]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["folder", "meta.json", "sport"]])
def test_called_wrongly_it_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_topics.main(arguments) == 2
    assert "DESK=ID" in capsys.readouterr().err
