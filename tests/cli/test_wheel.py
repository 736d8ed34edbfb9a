"""The wheel alone is enough: templates, theme, languages, knowledge and the files of a fresh monitor are in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked where nothing of the checkout is."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def call(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program in ``folder``; what it finds first is the wheel, not the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)


def test_a_monitor_is_made_and_built_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    where = call(installed, tmp_path, "-c", "import digest.paths as p; print(p.HERE, p.TEMPLATES)")
    assert where.stdout.split() == [str(installed / "digest"), str(installed / "digest" / "templates")]
    for folder, arguments in [
        (tmp_path, ["new", "press"]),
        (tmp_path / "press", ["check"]),
        (tmp_path / "press", ["build"]),
    ]:
        done = call(installed, folder, "-m", "digest", *arguments)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    site = tmp_path / "press" / "site"
    assert "The Tarnholm Sample" in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "assets" / "style.css").is_file()
    assert (site / "pagefind" / "shards.json").is_file()


def test_the_wheel_holds_no_tests_and_no_articles(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"digest"}
    assert [path.name for path in installed.rglob("seeds/*")] == ["ferry-strike-sample.txt"]
