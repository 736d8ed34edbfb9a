"""``digest check --effect``: what curation and articles move against an earlier commit, in a real repository."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import cli

EXAMPLES = Path(__file__).parents[2] / "examples"
WHY = "  why: seen in print\n  by: Nora Feld\n  on: 2025-06-01\n"


def git(at: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Nora Feld", "-c", "user.email=nora@desk.example"]
    command = ["git", "-C", str(at), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    shutil.copytree(
        EXAMPLES,
        tmp_path / "monitor",
        ignore=shutil.ignore_patterns("actors.yml", "corrections.yml", "topics.yml", "site", ".digest"),
    )
    git(tmp_path / "monitor", "init", "-q", "-b", "main")
    git(tmp_path / "monitor", "add", ".")
    git(tmp_path / "monitor", "commit", "-q", "-m", "Begin")
    return tmp_path / "monitor"


def effect(monitor: Path, base: str = "main") -> list[str]:
    done = CliRunner().invoke(cli, ["check", str(monitor), "--effect", base])
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_nothing_moves(monitor: Path) -> None:
    assert effect(monitor) == ["- nothing moves"]


def test_what_a_merge_and_an_article_move(monitor: Path) -> None:
    merge = f"- merge: [greta-holmwick, anton-pellgrave]\n{WHY}"
    (monitor / "curation" / "corrections.yml").write_text(merge, encoding="utf-8")
    new = "Ferry late\n\n“It will come,” said Ida Quill, the pilot.\n"
    (monitor / "seeds" / "ferry-late.txt").write_text(new, encoding="utf-8")
    (monitor / "seeds" / "cup-final.md").unlink()
    found = effect(monitor)
    assert "- 1 new article: Ferry late" in found
    assert "- 1 article removed" in found
    assert "- 1 actor merged: Anton Pellgrave into Greta Holmwick" in found
    assert any(line.endswith("from Anton Pellgrave to Greta Holmwick") for line in found)
    assert any("added: Ida Quill 1" in line for line in found)


def test_an_edited_quotation_is_changed(monitor: Path) -> None:
    path = monitor / "seeds" / "ferry-late.txt"
    path.write_text("Ferry late\n\n“It will come on Monday,” said Ida Quill, the pilot.\n", encoding="utf-8")
    git(monitor, "add", ".")
    git(monitor, "commit", "-q", "-m", "Add the ferry")
    path.write_text("Ferry late\n\n“It will come on Sunday,” said Ida Quill, the pilot.\n", encoding="utf-8")
    found = effect(monitor)
    assert "- 1 quotation changed: Ida Quill 1" in found
    assert not [line for line in found if "added" in line or "removed" in line]


def test_what_each_kind_of_line_moves(monitor: Path) -> None:
    (monitor / "curation" / "corrections.yml").write_text(
        f"- rename: greta-holmwick\n  to: Dr Greta Holmwick\n{WHY}"
        f"- topic: cup-final\n  add: 'medtop:16000000'\n{WHY}"
        f"- withhold: articles/court-ostrea\n{WHY}"
        f"- withhold: actors/jonte-wrenk\n{WHY}",
        encoding="utf-8",
    )
    found = effect(monitor)
    assert "- 1 actor renamed: Greta Holmwick to Dr Greta Holmwick" in found
    assert "- 1 article withheld" in found
    assert [line for line in found if line.endswith("quotations withheld")]
    (topic,) = [line for line in found if "on conflict, war and peace" in line]
    assert topic.startswith("- 1 article on conflict, war and peace: Harbour United win")
    assert not [line for line in found if "Jonte" in line or "Ostrea" in line]


def test_a_commit_that_git_does_not_know(monitor: Path) -> None:
    done = CliRunner().invoke(cli, ["check", str(monitor), "--effect", "nowhere"])
    assert done.exit_code == 1
    assert "nowhere: git knows no such commit here" in done.output


def test_without_git_there_is_nothing_to_compare_with(monitor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(monitor))
    done = CliRunner().invoke(cli, ["check", str(monitor), "--effect", "main"])
    assert done.exit_code == 1
    assert "git is not installed" in done.output
