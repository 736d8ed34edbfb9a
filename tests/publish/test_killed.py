"""A build that is killed at any moment leaves a whole site, a usable memory, and nothing that the next one minds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"
KILLS = 20

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups to kill")


def build(monitor: Path, site: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "digest", "build", "-d", site]
    return subprocess.Popen(
        command, cwd=monitor, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def built(monitor: Path, site: str) -> str:
    """Build to the end and return what was built."""
    program = build(monitor, site)
    _, said = program.communicate()
    assert program.returncode == 0, said.decode()
    return tree(monitor / site)


def tree(folder: Path) -> str:
    """Return a hash of every name and every byte below ``folder``."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(f"{path.relative_to(folder)}\0".encode())
        whole.update(path.read_bytes() if path.is_file() else b"folder")
    return whole.hexdigest()


def tidy(monitor: Path) -> None:
    assert [path.name for path in monitor.iterdir() if path.name.startswith(".site")] == []


def kill(program: subprocess.Popen[bytes]) -> None:
    """End the program and all that it has started, as the system does where memory runs out."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.communicate()


def wait_for_the_exchange(program: subprocess.Popen[bytes], site: Path) -> None:
    """Wait until the new site has taken the place of the old one, but not until what follows is done."""
    before = site.stat().st_ino
    while program.poll() is None and site.stat().st_ino == before:
        time.sleep(0.0005)


def demand_usable(cache: Path) -> None:
    """Demand that the store in ``cache`` opens without a word and is sound."""
    with Store(cache) as store:
        assert store.notes == []
        store.prune = lambda: 0  # type: ignore[method-assign] # this looks into it, and is no run
    with contextlib.closing(sqlite3.connect(cache)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_killed_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    drawn = random.Random(seed)  # noqa: S311 - moments, no secrets
    monitor = tmp_path / "monitor"
    # a part of it, for a build is made some 25 times
    for folder, every in (("docs", 1), ("seeds", 4)):
        (monitor / folder).mkdir(parents=True)
        for path in sorted((EXAMPLES / folder).glob("*.*"))[::every]:
            shutil.copy(path, monitor / folder)
    shutil.copy(EXAMPLES / "mkdocs.yml", monitor)
    site, cache, added = monitor / "site", monitor / ".digest" / "cache.sqlite", monitor / "seeds" / "added.txt"

    whole = {built(monitor, "clean-without")}
    added.write_text("Ferry waits\n\n“The ferry waits,” said Ada Quill.\n", encoding="utf-8")
    start = time.monotonic()
    whole.add(built(monitor, "clean-with"))
    long = time.monotonic() - start
    (monitor / "clean-without").rename(site)
    assert tree(site) in whole
    assert len(whole) == 2

    for n in range(KILLS):
        # what is to be built is what does not stand there, as often as not; some begin without a memory
        if drawn.random() < 0.5:
            added.unlink(missing_ok=True)
        else:
            added.write_text("Ferry waits\n\n“The ferry waits,” said Ada Quill.\n", encoding="utf-8")
        if n % 7 == 3:
            cache.unlink(missing_ok=True)
        program = build(monitor, "site")
        if n % 5 == 4:
            wait_for_the_exchange(program, site)
        else:
            time.sleep(drawn.uniform(0, long))
        kill(program)
        assert tree(site) in whole, f"after the kill {n} there is neither the old site nor the new one"
        if cache.exists():
            demand_usable(cache)

    made = built(monitor, "site")
    tidy(monitor)
    assert made == built(monitor, "clean")
    assert made in whole
