"""The folder of the site: nothing of a person's is deleted, and a site is whole or not there."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from digest import publish
from digest.model import DigestError


def site(folder: Path, words: str = "old") -> Path:
    folder.mkdir()
    (folder / publish.MARK).write_text(words, encoding="utf-8")
    return folder


def build(folder: Path, words: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in (publish.MARK, "index.html"):
        (folder / name).write_text(words, encoding="utf-8")


def held(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()}


def test_a_finished_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    old = site(tmp_path / "site")
    (old / "gone.html").touch()
    with publish.replacing(old) as folder:
        build(folder, "new")
        assert held(old) == {publish.MARK: "old", "gone.html": ""}
    assert held(old) == {publish.MARK: "new", "index.html": "new"}
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o700, 0o750, 0o2775])
def test_who_may_read_the_old_site_may_read_the_new_one(tmp_path: Path, mode: int) -> None:
    old = site(tmp_path / "site")
    old.chmod(mode)
    with publish.replacing(old) as folder:
        build(folder, "new")
    assert held(old)["index.html"] == "new"
    assert stat.S_IMODE(old.stat().st_mode) == mode


def test_the_first_site_makes_the_folders_above_it(tmp_path: Path) -> None:
    with publish.replacing(tmp_path / "a" / "b") as folder:
        build(folder, "new")
    assert held(tmp_path / "a" / "b") == {publish.MARK: "new", "index.html": "new"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, DigestError])
def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path, error: type[BaseException]) -> None:
    def fail() -> None:
        with publish.replacing(old) as folder:
            build(folder, "half")
            raise error

    old = site(tmp_path / "site")
    with pytest.raises(error):
        fail()
    assert held(old) == {publish.MARK: "old"}
    assert list(tmp_path.iterdir()) == [old]


def test_a_site_that_cannot_be_put_there_leaves_the_old_one(tmp_path: Path) -> None:
    old = site(tmp_path / "site")
    with pytest.raises(FileNotFoundError), publish.replacing(old):
        pass  # nothing was built
    assert held(old) == {publish.MARK: "old"}


def test_of_two_builds_at_once_one_comes_after_the_other(tmp_path: Path) -> None:
    place = tmp_path / "site"

    def one(words: str) -> None:
        for _ in range(40):
            with publish.replacing(place) as folder:
                build(folder, words)

    threads = [threading.Thread(target=one, args=(words,)) for words in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(held(place).values())) == 1
    assert list(tmp_path.iterdir()) == [place]


def left(folder: Path, *inside: str) -> Path:
    """Make what a killed build leaves beside the site in ``folder``."""
    (left := folder / ".site-digest-abc_1234").mkdir()
    for name in inside:
        build(left / name, name)
    return left


@pytest.mark.parametrize("inside", [(), ("new",), ("old-0", "new")])
def test_what_a_killed_build_has_left_goes_with_the_next(tmp_path: Path, inside: tuple[str, ...]) -> None:
    old = site(tmp_path / "site")
    left(tmp_path, *inside)
    with publish.replacing(old) as folder:
        build(folder, "new")
    assert held(old) == {publish.MARK: "new", "index.html": "new"}
    assert list(tmp_path.iterdir()) == [old]


def test_a_site_that_a_killed_build_has_taken_away_comes_back(tmp_path: Path) -> None:
    place = tmp_path / "site"
    left(tmp_path, "old-2", "old-10", "new")

    def fail() -> None:
        with publish.replacing(place):
            raise DigestError("there is no article")

    with pytest.raises(DigestError):
        fail()
    assert held(place) == {publish.MARK: "old-10", "index.html": "old-10"}
    assert list(tmp_path.iterdir()) == [place]


def test_the_folder_of_a_build_at_work_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "site"
    with publish.replacing(place) as slow:
        build(slow, "slow")
        with publish.replacing(place) as quick:
            build(quick, "quick")
        assert held(slow) == {publish.MARK: "slow", "index.html": "slow"}
    assert held(place) == {publish.MARK: "slow", "index.html": "slow"}


def test_somebodys_own_folder_of_such_a_name_is_left_alone(tmp_path: Path) -> None:
    own = left(tmp_path, "new", "notes")
    with publish.replacing(tmp_path / "site") as folder:
        build(folder, "new")
    assert {path.name for path in own.iterdir()} == {"new", "notes"}


@pytest.mark.parametrize("old", [True, False])
def test_where_there_are_no_locks_only_what_is_a_day_old_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool
) -> None:
    def unknown(_folder: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", unknown)
    there = left(tmp_path, "new")
    if old:
        os.utime(there, (0, 0))
    with publish.replacing(tmp_path / "site") as folder:
        build(folder, "new")
    assert there.exists() is not old


def test_where_folders_cannot_change_places_one_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_swapped", lambda _one, _other: False)
    old = site(tmp_path / "site")
    with publish.replacing(old) as folder:
        build(folder, "new")
    assert held(old) == {publish.MARK: "new", "index.html": "new"}
    with pytest.raises(FileNotFoundError), publish.replacing(old):
        pass  # nothing was built
    assert held(old) == {publish.MARK: "new", "index.html": "new"}
    assert list(tmp_path.iterdir()) == [old]


@pytest.fixture
def fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a site that is said to be a mount."""
    old = site(tmp_path / "site")
    monkeypatch.setattr(os.path, "ismount", lambda path: path == old)
    build(old / "gone", "old")
    (old / ".git").touch()
    return old


def test_in_a_folder_that_cannot_be_renamed_what_is_in_it_is_replaced(fixed: Path) -> None:
    with publish.replacing(fixed) as folder:
        build(folder, "new")
        build(folder / "added", "new")
        assert (fixed / publish.MARK).read_text(encoding="utf-8") == "old"
    assert {path.name for path in fixed.iterdir()} == {publish.MARK, "index.html", "added", ".git"}
    assert (fixed / publish.MARK).read_text(encoding="utf-8") == "new"


def test_what_cannot_be_replaced_there_goes_back(fixed: Path) -> None:
    before = {path: path.stat().st_ino for path in fixed.rglob("*")}

    def fail() -> None:
        with publish.replacing(fixed) as folder:
            build(folder, "new")
            (folder / "gone").touch()
            real = Path.rename

            def renamed(here: Path, there: Path) -> Path:
                if here == folder / "gone":
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return real(here, there)

            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(Path, "rename", renamed)
                publish._replace_inside(folder, fixed, folder.parent / "old-0")

    with pytest.raises(OSError, match="Input/output error"):
        fail()
    assert {path: path.stat().st_ino for path in fixed.rglob("*")} == before


def test_a_killed_first_build_in_an_empty_mount_is_no_files_of_somebody(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    left(tmp_path / "site", "new")
    publish.demand_replaceable(tmp_path / "site", [], tmp_path / "seeds")


def test_a_link_to_the_site_stays_one(tmp_path: Path) -> None:
    old = site(tmp_path / "elsewhere")
    link = tmp_path / "site"
    link.symlink_to(old)
    with publish.replacing(link) as folder:
        build(folder, "new")
    assert link.is_symlink()
    assert held(old) == {publish.MARK: "new", "index.html": "new"}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("seeds", "a build empties this folder, and .*seeds lies in it"),
        (".", "a build empties this folder, and .* lies in it"),
        ("docs", "a build empties this folder, and .*docs lies in it"),
        ("seeds/site", "here the pages would be read as articles of .*seeds; name another folder with -d"),
        ("file", "this is not a folder; name another one with -d"),
        ("mine", "it holds files that no build has made; name another one with -d, or empty it yourself"),
    ],
)
def test_what_no_build_has_made_is_not_replaced(tmp_path: Path, place: str, said: str) -> None:
    for name in ("seeds", "docs", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "words.txt").touch()
    (tmp_path / "file").touch()
    with pytest.raises(DigestError, match=said):
        publish.demand_replaceable(tmp_path / place, [tmp_path, tmp_path / "docs"], tmp_path / "seeds")


@pytest.mark.parametrize("place", ["new", "empty", "built"])
def test_what_is_empty_or_made_by_a_build_is(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    site(tmp_path / "built")
    publish.demand_replaceable(tmp_path / place, [tmp_path, tmp_path / "docs"], tmp_path / "seeds")
