"""``digest fit``: fits on a gold file, checks on what was left out, and writes a file that can be read."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from digest import weights
from digest.cli import cli

GOLD = Path(__file__).parents[2] / "examples" / "gold.jsonl"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["fit", str(GOLD), *arguments])
    return done.exit_code, done.output


def test_weights_are_fitted_and_checked_on_what_was_left_out(tmp_path: Path) -> None:
    out = tmp_path / "en.tsv"
    code, said = run("--language", "en", "--on", "an invented harbour", "--out", str(out), "--by", "id")
    assert code == 0, said
    assert "Each left out of the fit in turn" in said
    assert f"weights written to {out}" in said
    assert "an invented harbour" in out.read_text(encoding="utf-8").splitlines()[0]
    assert weights.read(out).speaker


def test_a_language_that_the_gold_file_lacks_is_a_sentence() -> None:
    code, said = run("--language", "fr", "--on", "nothing")
    assert code == 1
    assert "has the language fr" in said
