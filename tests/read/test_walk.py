from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from digest import read
from digest.edition import Skipped
from digest.model import DigestError


def names(paths: list[Path]) -> list[str]:
    return [read.shown(f.path, f.root) for f in read.find(paths) if isinstance(f, read.Found)]


def skipped(paths: list[Path]) -> dict[str, str]:
    return {f.path: f.code for f in read.find(paths) if isinstance(f, Skipped)}


def fill(folder: Path, *files: str) -> None:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("A line.")


def test_files_come_sorted_and_folders_are_walked(tmp_path: Path) -> None:
    fill(
        tmp_path,
        "c.txt",
        "b/z.html",
        "b/a.md",
        "a.txt",
        "B.TXT",
        "d.HTM",
        "e.txt ",
        "/".join("abcdefghij" * 9) + "/x.md",
    )
    deep = "/".join("abcdefghij" * 9) + "/x.md"
    assert names([tmp_path]) == ["B.TXT", deep, "a.txt", "b/a.md", "b/z.html", "c.txt", "d.HTM", "e.txt "]


def test_hidden_files_backups_and_sidecars_are_no_inputs(tmp_path: Path) -> None:
    fill(tmp_path, ".a.txt", ".git/b.txt", "c.txt~", "d.txt.bak", "#e.txt#", "f.meta.json", "f.meta.yml", "#g.txt")
    assert names([tmp_path]) == ["#g.txt"]
    assert skipped([tmp_path]) == {}


def test_everything_else_is_skipped_with_its_reason(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "b.pdf", "README")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names([tmp_path]) == ["a.txt"]
    assert skipped([tmp_path]) == {
        "README": "format",
        "b.pdf": "format",
        "gone.txt": "link",
        "link.txt": "link",
        "loop": "link",
        "pipe.txt": "not a file",
    }
    reasons = [f.reason for f in read.find([tmp_path / "b.pdf"]) if isinstance(f, Skipped)]
    assert len(reasons) == 1
    assert reasons[0].startswith(
        "“.pdf” is no format that can be read; the formats are .atom, .eml, .htm, .html, .json, "
    )


def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket may have 107 bytes only
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s.txt")
        assert skipped([tmp_path]) == {"s.txt": "not a file"}


def test_a_folder_that_cannot_be_opened_is_skipped(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may open every folder")
    fill(tmp_path, "a/b.txt", "c.txt")
    (tmp_path / "a").chmod(0)
    try:
        assert names([tmp_path]) == ["c.txt"]
        assert skipped([tmp_path]) == {"a": "unreadable"}
    finally:
        (tmp_path / "a").chmod(0o700)


def test_a_folder_that_may_be_listed_but_not_entered_costs_its_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a/b.txt", "c.txt")
    (tmp_path / "a").chmod(0o400)
    try:
        if os.geteuid() == 0:  # root enters every folder, so the answer of the system is put in its place
            refuse_to_enter(tmp_path / "a", monkeypatch)
        assert names([tmp_path]) == ["c.txt"]
        assert skipped([tmp_path]) == {"a/b.txt": "unreadable"}
    finally:
        (tmp_path / "a").chmod(0o700)


def refuse_to_enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = os.stat

    def stat(path: Path, **options: Any) -> os.stat_result:
        if Path(path).parent == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return asked(path, **options)

    monkeypatch.setattr(os, "stat", stat)


def test_the_longest_name_that_a_file_may_have_is_read(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".txt")
    path.write_text("A line.")
    assert read.read(path, tmp_path, None, ("en",)).text == "A line."
    assert len(read.content_hash(path)) == 64


def test_a_named_file_is_taken_whatever_its_folder_and_each_file_once(tmp_path: Path) -> None:
    fill(tmp_path, "seeds/a.txt", "seeds/b.txt", ".hidden.txt")
    assert names([tmp_path / ".hidden.txt"]) == [".hidden.txt"]
    assert names([tmp_path / "seeds/b.txt", tmp_path / "seeds", tmp_path / "seeds/b.txt"]) == ["b.txt", "a.txt"]


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="nowhere: there is no such file or folder"):
        list(read.find([tmp_path / "nowhere"]))


def test_a_name_that_is_no_utf8_is_shown_all_the_same(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("A line.")
    assert read.read(path, tmp_path, None, ("en",)).path == "caf�.txt"
