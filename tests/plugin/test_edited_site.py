"""A whole site of articles that were edited under git, and what of their earlier versions stands under it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

PRESS = ["git", "-c", "user.name=desk", "-c", "user.email=desk@press.example"]
TODAY = {
    "bridge.txt": "Bridge stays shut\n\n“The bridge opens in June,” said Ida Quill, the mayor.\n\nIt rained.\n",
    "ferry.txt": "Ferry waits\n\n“We wait for the tide,” said Tom Ferrow of the ferry.\n",
    "choir.txt": "Choir sings\n\n“We sing in May,” said Nora Feld, who leads the choir.\n",
}
BEFORE = {
    "bridge.txt": "Bridge stays shut\n\n“The bridge opens in May,” said Ida Quill, the mayor.\n\nIt rained.\n",
    "ferry.txt": "Ferry waits\n\n“We wait for nobody,” said Tom Ferrow of the ferry.\n",
    "choir.txt": "Choir sings\n\n“We sing in May,” said Nora Feld. Mr Ferrow will not be asked.\n",
}


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    root = tmp_path / "monitor"
    for name in ("seeds", "docs", "curation"):
        (root / name).mkdir(parents=True)
    config = {"site_name": "Press", "theme": {"name": "digest"}, "plugins": ["digest"], "docs_dir": "docs"}
    (root / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    (root / ".gitignore").write_text("site*/\n.digest/\n", encoding="utf-8")
    subprocess.run([*PRESS, "init", "-q"], cwd=root, check=True)
    for texts in (BEFORE, TODAY):
        for name, text in texts.items():
            (root / "seeds" / name).write_text(text, encoding="utf-8")
        subprocess.run([*PRESS, "add", "--all"], cwd=root, check=True)
        subprocess.run([*PRESS, "commit", "-q", "-m", "Press"], cwd=root, check=True)
    return root


def built(monitor: Path, folder: str = "site") -> dict[str, bytes]:
    command = [sys.executable, "-m", "digest", "build", "-d", folder]
    done = subprocess.run(command, cwd=monitor, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    site = monitor / folder
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def edited(site: dict[str, bytes], article: str) -> str:
    html = site[f"articles/{article}/index.html"].decode()
    assert 'id="edited"' in html
    return html.partition('id="edited"')[2]


def test_every_edited_article_shows_what_changed_and_the_same_each_time(monitor: Path) -> None:
    first = built(monitor)
    section = edited(first, "bridge")
    assert "The bridge opens in <del>May</del> <ins>June</ins>" in section
    assert "1 quotation reworded" in section
    assert "Mr Ferrow will not be asked" in edited(first, "choir")
    assert built(monitor, "site2") == first


def test_nothing_that_is_withheld_comes_back_through_an_earlier_version(monitor: Path) -> None:
    line = "- withhold: actors/tom-ferrow\n  why: asked for\n  by: desk\n  on: 2025-06-01\n"
    (monitor / "curation" / "corrections.yml").write_text(line, encoding="utf-8")
    site = built(monitor)
    for article in ("ferry", "choir"):
        assert "hold something that is withheld" in edited(site, article)
    assert "June</ins>" in edited(site, "bridge")
    for path, raw in site.items():
        held = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace").casefold()
        assert "ferrow" not in held, path
        assert "wait for nobody" not in held, path
