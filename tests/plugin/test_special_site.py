"""A site from a folder that holds everything but articles: all that can be read is published, the rest is listed."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

STORY = "{0} story\n\n“The {0} holds,” said Ada Quill, the harbour master of Osterfeld.\n"
HIDDEN = "Nobody may read of the sunken ferry"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor such rights")


def as_anybody() -> list[str]:
    """Return how to start a program that may not read what it has no right to, which root may."""
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root reads everything, and there is no setpriv to start a program without that right")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", "--bounding-set", rights, "--inh-caps", rights]


def story(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(STORY.format(path.stem), encoding="utf-8")
    return path


def special(root: Path) -> tuple[dict[str, str], set[str]]:
    """Fill the seeds of a monitor in ``root``; return the code of each file that is to be skipped, and what is not."""
    seeds, outside = root / "seeds", root / "outside"
    published = {story(seeds / "quay.txt"), story(seeds / "folder.txt" / "ferry.txt")}
    published.add(story(seeds.joinpath(*(f"d{n}" for n in range(120)), "deep.txt")))
    published |= {story(seeds / "case" / name) for name in ("Tide.txt", "tide.txt", "TIDE.txt")}
    story(outside / "ferry.txt").write_text(f"{HIDDEN}\n\n{HIDDEN}.\n", encoding="utf-8")
    skipped = {"pipe.txt": "not a file", "socket.txt": "not a file", "huge.txt": "too large"}
    os.mkfifo(seeds / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(seeds)  # its name may have some hundred bytes only
        try:
            server.bind("socket.txt")
        finally:
            os.chdir(here)
    with (seeds / "huge.txt").open("wb") as huge:
        huge.truncate(1 << 32)
    links = {"out.txt": outside / "ferry.txt", "out": outside, "in.txt": "quay.txt", "gone.txt": "nowhere"}
    for name, target in (links | {"self": ".", "one.txt": "other.txt", "other.txt": "one.txt"}).items():
        (seeds / name).symlink_to(target)
        skipped[name] = "link"
    for name, mode in (("closed.txt", 0), ("write-only.txt", 0o200)):
        story(seeds / name).chmod(mode)
        skipped[name] = "unreadable"
    story(seeds / "locked" / "within.txt")
    (seeds / "locked").chmod(0)
    skipped["locked"] = "unreadable"
    return skipped, {path.stem for path in published}


def test_everything_is_published_or_listed(tmp_path: Path) -> None:
    prefix = as_anybody()
    root = tmp_path / "monitor"
    skipped, published = special(root)
    try:
        command = [*prefix, sys.executable, "-m", "digest", "build"]
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    finally:
        (root / "seeds" / "locked").chmod(0o700)  # pytest removes it one day
    assert done.returncode == 3, done.stderr
    site = root / "site"
    report = json.loads((site / "data" / "report.json").read_text(encoding="utf-8"))
    assert {each["path"]: each["code"] for each in report["skipped"]} == skipped
    assert report["published"] == len(published)
    assert report["found"] == len(published) + len(skipped)

    articles = [path.name for path in (site / "articles").iterdir() if path.is_dir()]
    assert len(articles) == len({name.lower() for name in articles}) == len(published)
    assert all(re.fullmatch("[a-z0-9-]{1,80}", name) for name in articles)
    for page in ("data", "review"):
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert all(f"<code>{name}</code>" in html for name in skipped)
    assert f"{len(skipped)} skipped (7 link, 3 unreadable, 2 not a file, 1 too large)" in done.stdout
    assert "Traceback" not in done.stderr
    assert not [path for path in site.rglob("*.html") if HIDDEN in path.read_text(encoding="utf-8")]
