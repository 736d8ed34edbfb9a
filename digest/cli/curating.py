"""``digest curate``: what is unsure, asked in a terminal one after the other; the answers become lines of curation."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest import repository
from digest.cli.asking import Answer, Question
from digest.cli.console import plain, shown
from digest.curate.sheet import items
from digest.model import DigestError
from digest.text import squeeze

SKIP, STOP, UNDO = "", "q", "u"

_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What a terminal may hand over and no YAML file may hold: control characters, and bytes that are no UTF-8."""

Ask = Callable[[str], str | None]
"""Puts a question and returns the answer, None where there will be no more answers."""


def name_of(root: Path) -> str:
    """Return the name under which the person at the keyboard commits, "" where git knows none."""
    return (repository.ask(root, "config", "user.name") or b"").decode("utf-8", "replace").strip()


@dataclass(slots=True)
class _Taken:
    """An answer that was written: to which question, and the file before and after."""

    question: int
    answer: Answer
    before: bytes | None
    after: bytes


def walk(file: Path, asked: Sequence[Question], ask: Ask, tell: Callable[[str], None], by: str) -> Iterator[int]:
    """Ask every question and write each answer into ``file`` at once; yield how many lines are written after each.

    An empty answer leaves a question open, "u" takes the last line back and asks again, "q" ends it all. Where the
    reason is asked for, "u" and "q" mean the answer that has none yet. Raises DigestError where the file cannot be
    written.
    """
    taken: list[_Taken] = []
    n = 0
    while n < len(asked):
        question = asked[n]
        if not question.about.isdisjoint(id_ for each in taken for id_ in each.answer.settled):
            n += 1  # what it is about is another by now, or decided; the next walk asks what is left
            continue
        tell(f"\n{n + 1} of {len(asked)}\n{_lines(question.shown)}")
        answer = _answer(question, ask, tell, bool(taken))
        if answer is None or answer == STOP:
            return
        if answer == UNDO:
            n = _taken_back(file, taken, tell, n)
            yield _lines_of(taken)
            continue
        found = question.answer(answer)
        if found is not None:
            why = ask("Why? Enter for “read in the article”, u takes the answer back, q stops")
            if why is None or why.strip() == STOP:
                return
            if why.strip() == UNDO:
                continue
            taken.append(_Taken(n, found, *_write(file, found.decisions, why.strip() or "read in the article", by)))
            yield _lines_of(taken)
        n += 1


def _lines_of(taken: Iterable[_Taken]) -> int:
    return sum(len(each.answer.decisions) for each in taken)


def _answer(question: Question, ask: Ask, tell: Callable[[str], None], undo: bool) -> str | None:
    """Return the first answer that can be understood; None where there are no more."""
    also = "Enter leaves it open, u takes the last line back, q stops" if undo else "Enter leaves it open, q stops"
    known = (SKIP, STOP, UNDO) if undo else (SKIP, STOP)
    while (said := ask(f"{question.asked}; {also}")) is not None:
        answer = said.strip()
        if answer in known or question.answer(answer) is not None:
            return answer
        near = question.near(answer)
        tell(f"“{plain(answer)}” is no answer here" + (f"; did you mean {near}?" if near else ""))
    return None


def _taken_back(file: Path, taken: list[_Taken], tell: Callable[[str], None], n: int) -> int:
    """Take the last line out of the file; return its question, or ``n``, the one asked now, where it cannot be done."""
    last = taken[-1]
    if not file.exists() or file.read_bytes() != last.after:
        tell(f"{shown(file)} was changed by somebody else meanwhile; take the line out there")
        return n
    if last.before is None:
        file.unlink()
    else:
        file.write_bytes(last.before)
    taken.pop()
    return last.question


def _write(file: Path, decisions: Sequence[str], why: str, by: str) -> tuple[bytes | None, bytes]:
    """Append decisions; return the file before, None where there was none, and after.

    A text in quotation marks of JSON is one of YAML as well.
    """
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    reason = f"  why: {_quoted(why)}\n  by: {_quoted(by)}\n  on: {day}\n"
    said = "".join(f"{decision}\n{reason}" for decision in decisions)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_bytes() if file.exists() else None
        held = before.decode("utf-8-sig") if before else ""
        many = items(held)
        whole = (
            said
            if many == 0 and held.strip() == "[]"
            else held + ("" if held.endswith("\n") or not held else "\n") + said
        )
        if many is None or items(whole) != many + len(decisions):
            raise DigestError(
                f"{shown(file)}: nothing can be added to this file; write it as a list of lines that begin with “- ”"
            )
        after = whole.encode()
        file.write_bytes(after)
    except OSError as error:
        raise DigestError(
            f"{shown(file)}: this cannot be written ({error.strerror}); check who may write it"
        ) from error
    return before, after


def _quoted(text: str) -> str:
    return json.dumps(squeeze(_UNWRITABLE.sub("", text)), ensure_ascii=False)


def _lines(text: str) -> str:
    """Return ``text`` without what could play with a terminal, line by line."""
    return "\n".join(f"{'  ' if line.startswith('  ') else ''}{plain(line)}" for line in text.split("\n"))
