"""Files to analyses: ids that tell any two files apart, and a memory that never answers for another program."""

from __future__ import annotations

import importlib.metadata
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from digest import articles, read
from digest.model import Analysis, DigestError
from digest.text import LONGEST_SLUG, slug

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


def test_one_processor_of_many_needs_no_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(_stack: object) -> None:
        raise AssertionError("processes were started")

    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {3}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(articles, "_WORTH_A_POOL", 2)
    monkeypatch.setattr(articles, "_pool", started)
    seeds = fill(tmp_path / "seeds", "bridge.txt", "quay.txt", "ferry.txt")
    assert [type(found) for found in articles.analyse([seeds])] == [Analysis] * 3


@pytest.mark.parametrize("several", [False, True])
def test_an_article_is_read_once_and_again_when_a_library_changes(
    several: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if several:
        monkeypatch.setattr(articles, "_WORTH_A_POOL", 2)
        monkeypatch.setattr(articles, "_cpus", lambda: 2)
    seeds, cache = fill(tmp_path / "seeds", "bridge.txt", "quay.txt", "ferry.txt"), tmp_path / "cache.sqlite"
    first = list(articles.analyse([seeds], cache=cache))
    assert [type(found) for found in first] == [Analysis] * 3
    asked: list[articles.Source] = []

    def noted(job: tuple[articles.Source, None]) -> object:
        asked.append(job[0])
        return articles.analyse_one(*job)

    monkeypatch.setattr(articles, "_WORTH_A_POOL", 10)
    monkeypatch.setattr(articles, "_run", noted)
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


class Deadly:
    """A job that ends the process which it is given to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_process_that_is_ended_from_outside_is_told_in_a_sentence() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool, pytest.raises(DigestError, match="was ended"):
        list(articles._shared_out(pool, articles._run, [Deadly()]))  # type: ignore[list-item] # it is none, and that is the point


def test_an_interrupt_waits_until_the_processes_are_there() -> None:
    started = []

    def start() -> None:
        with articles._interrupts_held_back():
            signal.raise_signal(signal.SIGINT)
            started.append(True)

    with pytest.raises(KeyboardInterrupt):
        start()
    assert started == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
