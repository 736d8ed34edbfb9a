"""What all commands share: exit codes, output that suits its reader, progress."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from digest.edition import Skipped
from digest.text import clean, squeeze

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

DONE, CANNOT, MISUSED, SKIPPED, INTERRUPTED, CLOSED = 0, 1, 2, 3, 130, 141
PATIENCE = 1.0
"""Seconds after which progress is shown: what takes less needs none."""
_DRAWN = 0.1
"""Seconds after which it is drawn again."""

# How the columns of a drawn table share its width; the others take what they need.
_SHARES = {
    "Speaker": 4, "Words": 9, "How": 3, "Via": 3, "Place": 5, "Change": 4, "Mistake": 3, "Taken for": 4, "Rule": 4,
    "Source": 6, "Why": 6,
}  # fmt: skip

EXISTING = click.Path(path_type=Path)
# A missing path is not click's to refuse: it is no wrong call, and `digest` has a better sentence.


def plain(text: str) -> str:
    """Return ``text`` on one line, without the control characters by which it could play with a terminal."""
    return squeeze(clean(text))


def shown(path: Path) -> str:
    """Return ``path`` as a person in this folder would write it."""
    whole, here = path.resolve(), Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)


def counted(number: object, thing: str) -> str:
    """Return a number with what it counts: "1 article", "2 articles"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """Print a line on standard error."""
    click.echo(text, err=True)


def open_streams() -> None:
    """Make the standard streams write UTF-8, and open those that the caller has closed.

    Otherwise the next file to be opened would take the place of one, and be written to as if it were it. As in GNU's
    ``stdopen``, standard input and output are opened the wrong way round, so that using them is an error as it was.
    """
    for number, mode in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open as long as the program
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - the same
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115 - the same
    for stream in (sys.stdout, sys.stderr):
        # Articles hold any script, whatever the machine's locale can write.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def drop_output() -> None:
    """Give up what Python still holds for standard output: it must not fail a second time at exit."""
    with contextlib.suppress(OSError, ValueError):  # a test's standard output is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_skipped(skipped: Sequence[Skipped], limit: int | None = None, more: str = "") -> int:
    """Say on standard error what was skipped and why; return the exit code that follows from it.

    At most ``limit`` are named; ``more`` says where the rest is to be found.
    """
    for each in skipped[:limit]:
        say(f"skipped {plain(each.path)}: {plain(each.reason)}")
    if limit is not None and len(skipped) > limit:
        say(f"… and {len(skipped) - limit} more{more}")
    return SKIPPED if skipped else DONE


def on_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def console() -> Console:
    """Return the console for standard output: text is only ever text there, never markup. It honours NO_COLOR."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False, soft_wrap=not on_terminal())


def rows(header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print a table: drawn on a terminal; in a pipe one row a line, cells parted by tabs, nothing cut."""
    if not on_terminal():
        for line in (header, *lines):
            click.echo("\t".join(plain(cell) for cell in line))
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    wide = any(name in _SHARES for name in header)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, expand=wide)
    for name in header:
        table.add_column(name, ratio=_SHARES.get(name), overflow="fold", style="bold" if name == "Speaker" else "")
    for line in lines:
        table.add_row(*(Text(plain(cell)) for cell in line))
    console().print(table)


class Meter:
    """Progress on standard error: only on a terminal, only for what takes longer than PATIENCE.

    It is an ``articles.Progress``: call it with a stage's name, how many are done and how many there are.
    """

    def __init__(self, wanted: bool = True) -> None:
        """Show nothing where it is not ``wanted``, because standard output scrolls on the same terminal."""
        self._shown: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        # A dumb terminal cannot take a line back.
        self._wanted = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._start = time.monotonic()
        self._drawn = 0.0

    def __enter__(self) -> Meter:
        """Begin to count the time."""
        self._start = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the progress away again."""
        if self._shown:
            self._shown.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show that ``done`` of ``total`` are done in ``stage``."""
        if not self._wanted or time.monotonic() - self._start < PATIENCE:
            return
        if self._shown is None:
            self._shown = self._begin()
        if stage not in self._tasks:
            self._tasks[stage] = self._shown.add_task(stage, total=total)
        self._shown.update(self._tasks[stage], completed=done, total=total)
        if time.monotonic() - self._drawn >= _DRAWN:
            self._drawn = time.monotonic()
            self._shown.refresh()

    @staticmethod
    def _begin() -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # without its thread, so that a copy of this process can read articles
        shown = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        shown.start()
        return shown
