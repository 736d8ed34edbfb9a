"""git: the commit that a monitor stands on, and how its files were before; the only module that knows git.

Nothing here fails because git is missing, refuses or does not answer: the answer is then that nothing is known.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

PATIENCE = 30.0
"""Seconds to wait for git, which answers in milliseconds unless its disk or a very long history keeps it."""
ABBREVIATED = 7
"""Letters of a commit's hash that are shown."""

_FILES = frozenset({b"100644", b"100755"})
"""The modes of regular files: https://git-scm.com/docs/git-fast-import#_filemodify"""
_HEADER = b"\x01"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# The history of a branch is the row of states it was in: a merge is one step, whatever was done beside it (first
# parents). Only renames without an edit are followed: they are told by the hash, without comparing all with all.
_RAW = ("--raw", "-z", "--no-abbrev", "--relative", "-M100%", "--diff-filter=MRDT")
_LOG = ("log", "--first-parent", "-m", "--no-show-signature", *_RAW, "--format=%x01%H %as")
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",  # asking must not write: another program may be at work in the folder
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would fetch what it lacks over the network
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a file: the hash of the contents before it, the commit that made it and that commit's date.

    ``commit`` and ``date`` (ISO, as its author dated it) are None for an edit that is not committed yet.
    """

    before: str
    commit: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What git knows of the files of a folder: the edits of each, newest first, by its path as bytes.

    ``older`` counts the edits of a file that came before those. ``cut``: the clone does not hold the whole history.
    """

    edits: Mapping[bytes, tuple[Edit, ...]] = field(default_factory=dict)
    older: Mapping[bytes, int] = field(default_factory=dict)
    cut: bool = False


def ask(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints when it is asked in ``folder``, None where it cannot answer or there is no git."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell; what is asked is constant but for folders and commits
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git is found on the PATH
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env=os.environ | _ENVIRONMENT,
        )
    except OSError:
        return None
    except subprocess.TimeoutExpired:
        log.info("%s: git did not answer within %.0f seconds, so nothing is told of it", folder, PATIENCE)
        return None
    return done.stdout if done.returncode == 0 else None


def installed() -> bool:
    """Whether there is a git to ask."""
    return ask(Path(), "--version") is not None


def commit(root: Path, seeds: Path) -> str | None:
    """Return the commit that ``root`` stands on; None outside git, or where an article differs from the committed one.

    The pages name it as the place where an article can be looked up, which would then be wrong.
    """
    if ask(root, "status", "--porcelain", "--", str(seeds.resolve())) != b"":
        return None
    found = ask(root, "rev-parse", f"--short={ABBREVIATED}", "HEAD")
    return found.decode().strip() or None if found else None


def past(folder: Path, most: int, most_in_all: int) -> Past:
    """Return how the files in ``folder`` were edited: of each the last ``most`` edits, of all ``most_in_all``.

    An edit is a change of a regular file's contents from one state of the branch to the next, the working tree being
    the last one. Where a file was renamed without an edit, its past goes with it; where it was deleted, a file of the
    same name that comes later begins anew.
    """
    committed = ask(folder, *_LOG, "--", ".")
    if committed is None or (working := ask(folder, "diff", *_RAW, "HEAD", "--", ".")) is None:
        return Past()
    walk = _Walk(most, most_in_all)
    for edit, changes in _steps(working, committed):
        walk.back(edit, changes)
    cut = bool(walk.edits) and ask(folder, "rev-parse", "--is-shallow-repository") == b"true\n"
    return Past({path: tuple(edits) for path, edits in walk.edits.items()}, walk.older, cut)


def contents(folder: Path, hashes: Iterable[str], largest: int) -> Iterator[tuple[str, bytes]]:
    """Yield each of ``hashes`` with what it stands for; those that are missing or larger than ``largest`` are left out.

    They come one after the other, so that memory need not hold them all.
    """
    sizes = _batch(folder, "--batch-check", hashes)
    small = [name for name, size, _ in sizes if size <= largest]
    yield from ((name, data) for name, _, data in _batch(folder, "--batch", small))


def _batch(folder: Path, how: str, hashes: Iterable[str]) -> Iterator[tuple[str, int, bytes]]:
    """Yield hash, size and, with ``--batch``, contents of what there is of ``hashes``; see git-cat-file(1)."""
    with TemporaryFile() as wanted:
        # a file, not a pipe: git would wait for its answers to be read while we wait for our questions to be
        wanted.write("".join(f"{each}\n" for each in hashes).encode())
        wanted.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell; constant arguments but for the folder
                ["git", "-C", str(folder), "cat-file", how],  # noqa: S607 - git is found on the PATH
                stdin=wanted,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | _ENVIRONMENT,
            )
        except OSError:
            return
        with process:
            answers = process.stdout
            while answers and (line := answers.readline()):
                name, kind, *size = line.decode().split()
                if kind == "missing":
                    continue
                data = answers.read(int(size[0])) if how == "--batch" else b""
                if how == "--batch":
                    answers.read(1)  # the line end behind the contents
                yield name, int(size[0]), data


# --- the walk back ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """One line of ``git log --raw``: what became of a file. ``old`` and ``new`` are the paths, mostly the same."""

    status: bytes
    regular: bool
    before: str
    after: str
    old: bytes
    new: bytes


@dataclass(slots=True)
class _Walk:
    """Goes back through the steps of a history, and knows under which name each file of today stood there.

    ``_owner`` maps a path to the path of today whose past it is, None where it is that of a file which is gone.
    """

    most: int
    most_in_all: int
    edits: dict[bytes, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    older: dict[bytes, int] = field(default_factory=lambda: defaultdict(int))
    _owner: dict[bytes, bytes | None] = field(default_factory=dict)
    _count: int = 0

    def back(self, edit: Edit, changes: Iterable[_Change]) -> None:
        """Go back one step; ``edit`` holds its commit and date."""
        for change in changes:
            owner = self._owner.get(change.new, change.new)
            if change.status.startswith(b"R"):
                self._owner |= {change.old: owner, change.new: None}
            elif change.status != b"M" or not change.regular:
                self._owner[change.new] = None
            elif owner is not None and change.before != change.after:
                self._note(owner, Edit(change.before, edit.commit, edit.date))

    def _note(self, path: bytes, edit: Edit) -> None:
        if len(self.edits[path]) < self.most and self._count < self.most_in_all:
            self.edits[path].append(edit)
            self._count += 1
        else:
            self.older[path] += 1


def _steps(working: bytes, committed: bytes) -> Iterator[tuple[Edit, list[_Change]]]:
    """Yield the steps of a history, newest first: what is not committed, then each commit that changed something."""
    edit, changes = Edit(""), list[_Change]()
    tokens = iter((working + committed).split(b"\0"))
    for token in tokens:
        if token.startswith(_HEADER):
            yield edit, changes
            commit, _, day = token.removeprefix(_HEADER).decode().partition(" ")
            edit, changes = Edit("", commit, day if _DAY.fullmatch(day) else None), []
        elif line := token.strip(b"\n"):
            mode, other, before, after, status = line.removeprefix(b":").split()
            old = next(tokens)
            new = next(tokens) if status.startswith(b"R") else old
            changes.append(_Change(status, {mode, other} <= _FILES, before.decode(), after.decode(), old, new))
    yield edit, changes
