"""``annotate``, ``quotes`` and ``explain``."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from program import BRIDGE, QUAY, run


def annotated(*arguments: str | Path, stdin: str | bytes = "") -> list[dict[str, Any]]:
    result = run("annotate", *arguments, stdin=stdin)
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("monitor")
def test_annotate_prints_the_articles_in_order() -> None:
    bridge, quay = annotated("seeds")
    assert [bridge["path"], quay["path"]] == ["bridge.txt", "quay.txt"]
    assert (bridge["outlet"], bridge["published"], bridge["date_basis"]) == (
        "Osterfeld Courier",
        "2025-05-02",
        "curation",
    )
    assert (quay["outlet"], quay["published"], quay["date_basis"]) == (None, None, "none")
    (quotation,) = [q for q in bridge["quotations"] if q["kind"] == "direct"]
    (part,) = quotation["parts"]
    assert bridge["text"][part["start"] : part["end"]] == part["text"] == "The bridge will stand in May"
    assert quotation["speaker"]["name"] == "Ida Quill"


def test_annotate_merges_and_drops_nothing(monitor: Path) -> None:
    seeds = monitor / "seeds"
    (seeds / "bridge-copy.txt").write_text(BRIDGE, encoding="utf-8")
    (seeds / "one-line.txt").write_text("Rain, said the forecast.", encoding="utf-8")
    (seeds / "deeper").mkdir()
    (seeds / "deeper" / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    found = annotated("seeds/one-line.txt", "seeds")
    assert [a["path"] for a in found] == [
        "one-line.txt",
        "bridge-copy.txt",
        "bridge.txt",
        "deeper/bridge.txt",
        "quay.txt",
    ]


def test_annotate_names_what_cannot_be_read_and_prints_nothing_but_json(monitor: Path) -> None:
    (monitor / "seeds" / "empty.txt").write_bytes(b"")
    (monitor / "seeds" / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    result = run("annotate", "seeds")
    assert result.exit_code == 3
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == ["bridge.txt", "quay.txt"]
    assert "skipped empty.txt: " in result.stderr
    assert "skipped picture.jpg: " in result.stderr


def test_annotate_reads_standard_input() -> None:
    (found,) = annotated("-", stdin=QUAY)
    assert found["title"] == "Quay stays shut"
    assert found["quotations"]


def test_annotate_of_nothing_on_standard_input_is_skipped() -> None:
    result = run("annotate", "-", stdin="")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("skipped stdin: ")


@pytest.mark.usefixtures("monitor")
@pytest.mark.parametrize(("arguments", "code"), [(["-", "seeds"], 2), ([], 2), (["nowhere.txt"], 1)])
def test_annotate_cannot_run(arguments: list[str], code: int) -> None:
    result = run("annotate", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert "Error: " in result.stderr


def test_annotate_brings_neither_pages_nor_mkdocs_along(monitor: Path) -> None:
    program = (
        "import sys; from digest.cli import cli; cli(['annotate', 'seeds'], standalone_mode=False);"
        "print([m for m in sys.modules if m in ('mkdocs', 'jinja2', 'rich', 'digest.gather', 'digest.page')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=monitor)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.usefixtures("monitor")
def test_quotes_in_a_pipe_are_one_line_each() -> None:
    result = run("quotes")
    header, *lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert header.split("\t") == ["Speaker", "Words", "How", "Via", "When", "Place"]
    (bridge,) = [line.split("\t") for line in lines if "bridge.txt" in line]
    start = BRIDGE.index("The bridge will")
    assert bridge[:5] == ["Ida Quill", "The bridge will stand in May", "direct: said", "", "2025-05-02"]
    assert bridge[5].startswith(f"bridge.txt:{start}-{start + 28} q-")
    (quay,) = [line.split("\t") for line in lines if "quay.txt" in line]
    assert (quay[0], quay[3], quay[4]) == ("Bram Oxley", "Kestrel Wire", "not known")


@pytest.mark.usefixtures("monitor")
@pytest.mark.parametrize(
    ("arguments", "speakers"),
    [
        (["--speaker", "quill"], {"Ida Quill"}),
        (["--speaker", "bram-oxley"], {"Bram Oxley"}),
        (["--outlet", "courier"], {"Ida Quill"}),
        (["--kind", "direct", "--outlet", "courier"], {"Ida Quill"}),
        (["--kind", "indirect", "--outlet", "courier"], set()),
        (["seeds/quay.txt"], {"Bram Oxley"}),
    ],
)
def test_quotes_are_narrowed(arguments: list[str], speakers: set[str]) -> None:
    _, *lines = run("quotes", *arguments).stdout.splitlines()
    assert {line.split("\t")[0] for line in lines} == speakers


def test_quotes_against_an_earlier_export(monitor: Path) -> None:
    assert run("export", "-o", "base.jsonl").exit_code == 0
    unchanged = run("quotes", "--against", "base.jsonl", "--markdown")
    assert (unchanged.exit_code, unchanged.stdout) == (0, "**No quotation is new, changed or gone**\n\n")
    path = monitor / "seeds" / "bridge.txt"
    path.write_text(BRIDGE.replace("in May", "in June") + "\n“It is cold,” said Ida Quill.\n", encoding="utf-8")
    (monitor / "seeds" / "quay.txt").unlink()
    _, *lines = run("quotes", "--against", "base.jsonl").stdout.splitlines()
    found = {line.split("\t")[2]: line.split("\t")[0] for line in lines}
    assert found["The bridge will stand in June"] == "changed (text was The bridge will stand in May)"
    assert found["It is cold"] == "new"
    assert [kind for words, kind in found.items() if "quay" in words or "cranes" in words] == ["gone"]
    markdown = run("quotes", "--against", "base.jsonl", "--markdown").stdout
    assert markdown.startswith("**1 new, 1 changed, 1 gone**\n\n| Change | Speaker | Words |")


@pytest.mark.parametrize("what", ["actors/ida-quill", "articles/bridge", "articles/bridge/#edited", "Q"])
def test_what_is_withheld_is_only_counted(monitor: Path, what: str) -> None:
    path = monitor / "seeds" / "bridge.txt"
    path.write_text(f"{BRIDGE}\n“It is cold,” said Ida Quill.\n", encoding="utf-8")
    (monitor / "seeds" / "guest.txt").write_text(
        "Guest leaves\n\n“Ida Quill sings too loudly,” said Jost Varn, a guest.\n", encoding="utf-8"
    )
    assert run("export", "-o", "base.jsonl").exit_code == 0
    records = map(json.loads, (monitor / "base.jsonl").read_text(encoding="utf-8").splitlines())
    id_ = next(record["id"] for record in records if record["text"].startswith("The bridge"))
    line = "- {withhold: " + what.replace("Q", id_) + ", why: a child, by: Nora Feld, on: 2025-06-01}\n"
    (monitor / "curation" / "corrections.yml").write_text(line, encoding="utf-8")
    edited = BRIDGE.replace("in May", "in June") if "#" in what else BRIDGE
    path.write_text(edited, encoding="utf-8")
    found = run("quotes", "--against", "base.jsonl", "--markdown")
    assert found.exit_code == 0, found.output
    assert re.match(r"\*\*No quotation is new, changed or gone, [123] quotations? withheld\*\*", found.stdout)
    assert not re.search("Quill|bridge|cold|sings", found.stdout)
    assert len(run("quotes", "--against", "base.jsonl").stdout.splitlines()) == 1
    (monitor / "seeds" / "quay.txt").unlink()
    assert ", 1 gone, " in run("quotes", "--against", "base.jsonl", "--markdown").stdout


@pytest.mark.usefixtures("monitor")
def test_quotes_of_one_article_follow_decisions_that_name_others(monitor: Path) -> None:
    (found,) = [line for line in run("quotes", "seeds/quay.txt").stdout.splitlines() if "cranes" in line]
    why = "why: seen, by: Nora Feld, on: 2025-06-01"
    lines = (
        f"speaker: {found.split()[-1]}, is: ida-quill",
        "merge: [ida-quill, i-quill]",
        "topic: quay, add: 'medtop:0'",
        "withhold: actors/tom-ferrow",
    )
    (monitor / "curation" / "corrections.yml").write_text(
        "".join(f"- {{{line}, {why}}}\n" for line in lines), encoding="utf-8"
    )
    for command in (["quotes"], ["explain"], ["export", "--format", "csv"]):
        result = run(*command, "seeds/quay.txt")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "ida-quill" in result.stdout
    assert "Ida Quill\t" in run("quotes", "seeds", "--speaker", "ida-quill", "--curation", "curation").stdout


def test_quotes_without_a_monitor_here_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = run("quotes")
    assert result.exit_code == 1
    assert "seeds: there is no such folder" in result.stderr


@pytest.mark.usefixtures("monitor")
def test_explain_says_why() -> None:
    result = run("explain", "seeds/bridge.txt")
    assert result.exit_code == 0
    lines = [line.split(maxsplit=1) for line in result.stdout.splitlines() if line.strip()]
    facts = {line[0]: line[1] for line in lines if len(line) == 2}
    assert result.stdout.startswith("Mayor promises a bridge\n")
    assert facts["published"] == "2025-05-02 (from the curation)"
    assert facts["speaker"] == "Ida Quill (person, ida-quill)"
    assert facts["cue"].startswith("said ")
    assert 0 < float(facts["confidence"]) <= 1
    for reason in ("rule", "how", "source"):
        assert facts[reason]
    assert "Topics: " in result.stdout


def test_explain_shows_one_quotation(monitor: Path) -> None:
    (monitor / "seeds" / "bridge.txt").write_text(BRIDGE + "\n“It is cold,” said Bram Oxley.\n", encoding="utf-8")
    (one,) = [q for a in annotated("seeds") for q in a["quotations"] if "It is cold" in str(q["parts"])]
    result = run("explain", "seeds", "--quotation", one["id"])
    assert result.exit_code == 0
    assert "It is cold" in result.stdout
    assert "Bram Oxley (person, bram-oxley)" in result.stdout
    assert "The bridge will stand" not in result.stdout
    assert "Topics" not in result.stdout


@pytest.mark.usefixtures("monitor")
def test_explain_of_an_unknown_quotation_says_so() -> None:
    result = run("explain", "seeds", "--quotation", "q-0000000000")
    assert result.exit_code == 1
    assert "there is no quotation q-0000000000 here" in result.stderr
