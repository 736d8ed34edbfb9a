"""The wheel alone is enough: templates, theme, languages, knowledge and the files of a fresh monitor are in it."""

from __future__ import annotations

import os
import subprocess
import sys
from email.parser import Parser
from importlib.metadata import requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
    assert list((site / "pagefind").glob("*/entries.json"))


IMPORTED = """
import importlib.metadata, pathlib, sys
from digest.articles import analyse
found = list(analyse([pathlib.Path(sys.argv[1])]))
assert found and all(hasattr(one, "article") for one in found), found
import digest.build, digest.cli, digest.plugin, digest.gather, digest.page
owners = importlib.metadata.packages_distributions()
for module in {name.partition(".")[0] for name in sys.modules}:
    for owner in owners.get(module, ()):
        print(owner)
"""


def test_the_wheel_names_everything_that_the_program_imports(installed: Path) -> None:
    # Through the wheel's own requirements and theirs, without the extras of the latter: pip before 23.3 does not find
    # an extra that is written with an underscore, and trafilatura then lacks a module.
    (metadata,) = installed.glob("*.dist-info/METADATA")
    direct = [Requirement(x) for x in Parser().parsestr(metadata.read_text("utf-8")).get_all("Requires-Dist") or ()]
    # What an extra of ours brings, nobody has who did not ask for it.
    plain = [r for r in direct if r.marker is None or r.marker.evaluate({"extra": ""})]
    named, waiting = set(), [(r.name, frozenset(r.extras)) for r in plain]
    while waiting:
        name, extras = waiting.pop()
        if (key := canonicalize_name(name)) in named and not extras:
            continue
        named.add(key)
        for line in requires(name) or ():
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in (*extras, "")):
                waiting.append((needed.name, frozenset()))
    done = call(installed, installed, "-W", "default", "-c", IMPORTED, str(ROOT / "examples" / "seeds"))
    assert done.returncode == 0, done.stderr
    assert {canonicalize_name(x) for x in done.stdout.split()} - named - {
        "newsroom-digest",
        "pip",
        "setuptools",
    } == set()


def test_the_wheel_holds_no_tests_and_no_articles(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"digest"}
    assert [path.name for path in installed.rglob("seeds/*")] == ["ferry-strike-sample.txt"]
