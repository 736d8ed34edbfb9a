"""Files to analyses: ids that tell any two files apart, and a memory that never answers for another program."""

from __future__ import annotations

import importlib.metadata
import json
import os
import py_compile
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digest import articles, read, workers
from digest.edition import Skipped
from digest.model import Analysis
from digest.read import packs
from digest.text import LONGEST_SLUG, slug
from digest.workers import Limits, Workers

BRIDGE = "Mayor promises a bridge\n\n“The bridge will stand in May,” said Ida Quill.\n"


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BRIDGE, encoding="utf-8")
    return folder


def ids(*paths: Path) -> dict[str, str]:
    found, skipped = articles.sources(paths)
    assert skipped == []
    return {source.path.as_posix(): source.id for source in found}


def test_an_id_is_the_slug_of_the_file_name(tmp_path: Path) -> None:
    fill(tmp_path, "Über die Brücke.txt", "deep/quay.md")
    assert set(ids(tmp_path).values()) == {"uber-die-brucke", "quay"}


def test_files_that_share_a_name_are_told_apart(tmp_path: Path) -> None:
    fill(tmp_path, "a/quay.txt", "b/quay.txt", "quay.html", "bridge.txt")
    found = ids(tmp_path)
    assert len(set(found.values())) == 4
    assert sum(id_.startswith("quay-") for id_ in found.values()) == 3


def test_ids_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    names = [os.fsdecode(name) for name in (b"caf\xe9.txt", b"caf\xe8.txt")]
    fill(tmp_path / "one" / "seeds", "a/quay.txt", "quay.txt", *names)
    fill(tmp_path / "another" / "seeds", "a/quay.txt", "quay.txt", *names)
    here, there = (ids(tmp_path / folder / "seeds") for folder in ("one", "another"))
    assert sorted(here.values()) == sorted(there.values())
    assert len(set(here.values())) == 4


def test_files_at_the_same_place_of_two_folders_are_told_apart(tmp_path: Path) -> None:
    fill(tmp_path, "one/quay.txt", "two/quay.txt")
    assert len(set(ids(tmp_path / "one", tmp_path / "two").values())) == 2
    assert len(set(ids(tmp_path / "one" / "quay.txt", tmp_path / "two" / "quay.txt").values())) == 2
    there = ids(tmp_path / "one", tmp_path / "two")
    assert ids(tmp_path / "two", tmp_path / "one") == there


def test_thousands_of_files_may_share_a_name() -> None:
    root = Path("saved")
    same = [read.Found(root / str(n) / "index.html", root) for n in range(12_000)]
    assert len({id_ for _, id_ in articles._told_apart("index", same)}) == len(same)


def test_a_long_name_leaves_room_for_what_tells_it_apart() -> None:
    root = Path("saved")
    name = slug("a very long headline " * 20)
    found = [id_ for _, id_ in articles._told_apart(name, [read.Found(root / f, root) for f in ("a.txt", "b.txt")])]
    assert len(set(found)) == 2
    assert max(map(len, found)) <= LONGEST_SLUG


@pytest.mark.parametrize(("cpus", "processes"), [({3}, 1), ({0, 3}, 2)])
def test_no_more_processes_than_processors(
    cpus: set[int], processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counted(Workers):
        def __init__(self, processes: int, limits: Limits | None = None, preload: str = "") -> None:
            started.append(processes)
            super().__init__(processes, limits, preload)

    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: cpus, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(articles, "_WORTH_A_POOL", 2)
    monkeypatch.setattr(articles, "Workers", Counted)
    seeds = fill(tmp_path / "seeds", "bridge.txt", "quay.txt", "ferry.txt")
    assert [type(found) for found in articles.analyse([seeds])] == [Analysis] * 3
    assert started == [processes]


@pytest.mark.parametrize("several", [False, True])
def test_an_article_is_read_once_and_again_when_a_library_changes(
    several: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if several:
        monkeypatch.setattr(articles, "_WORTH_A_POOL", 2)
        monkeypatch.setattr(workers, "cpus", lambda: 2)
    seeds, cache = fill(tmp_path / "seeds", "bridge.txt", "quay.txt", "ferry.txt"), tmp_path / "cache.sqlite"
    first = list(articles.analyse([seeds], cache=cache))
    assert [type(found) for found in first] == [Analysis] * 3
    asked: list[articles.Source] = []

    class Noted(Workers):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            asked.append(args[0][0])
            return super().submit(fn, *args, **kwargs)

    monkeypatch.setattr(articles, "Workers", Noted)
    assert list(articles.analyse([seeds], cache=cache)) == first
    assert asked == []
    real = importlib.metadata.version
    newer = {"trafilatura": "99"}
    monkeypatch.setattr(importlib.metadata, "version", lambda name: newer.get(name) or real(name))
    articles.fingerprint.cache_clear()
    try:
        assert list(articles.analyse([seeds], cache=cache)) == first
    finally:
        articles.fingerprint.cache_clear()
    assert len(asked) == 3


OPENED = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from digest import articles, read
articles.analyse_text("“The quay holds,” said Mara Vask, a pilot. The council of Kestrel agreed.", "quay.txt")
print(json.dumps(opened))
"""


def test_what_an_analysis_reads_of_the_program_is_part_of_its_key() -> None:
    ran = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, check=True)
    home = Path(articles.__file__).parent
    read = {path for name in json.loads(ran.stdout) if home in (path := Path(name)).parents and path.suffix != ".pyc"}
    assert {path.parent.name for path in read} >= {"knowledge", "languages", "weights"}
    assert read <= set(articles.program())


def test_the_program_is_its_sources_and_not_what_python_made_of_them() -> None:
    py_compile.compile(packs.__file__)
    files = articles.program()
    assert Path(packs.__file__) in files
    assert not [path for path in files if path.suffix == ".pyc"]


def stuck(job: articles.Job) -> Analysis | Skipped:
    """Read an article, but never come to an end with one."""
    while job[0].id == "long":
        pass
    return articles.analyse_one(*job)


def test_what_was_not_done_is_skipped_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, cache = fill(tmp_path / "seeds", "bridge.txt", "long.txt", "quay.txt"), tmp_path / "cache.sqlite"
    monkeypatch.setattr(articles, "_run", stuck)
    found = list(articles.analyse([seeds], cache=cache, limits=Limits(seconds=2)))
    assert [type(each) for each in found] == [Analysis, Skipped, Analysis]
    assert (found[1].path, found[1].code, found[1].article) == ("long.txt", workers.TOO_SLOW, "long")  # type: ignore[union-attr] # as above
    monkeypatch.undo()
    again = list(articles.analyse([seeds], cache=cache))
    assert [type(each) for each in again] == [Analysis] * 3
    assert (again[0], again[2]) == (found[0], found[2])
