"""``digest curate``: what is unsure, asked in a terminal one after the other; the answers become lines of curation."""

from __future__ import annotations

import datetime
import difflib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest import build, gather, plugin, repository
from digest.cli.console import plain, shown
from digest.curate.corrections import NAME
from digest.curate.sheet import items
from digest.decisions import NOBODY
from digest.model import Analysis, DigestError
from digest.text import clip, slug, squeeze

if TYPE_CHECKING:
    from digest.articles import Progress
    from digest.dossiers import Alike, Perhaps
    from digest.lines import Line

SKIP, STOP, UNDO, NONE, REJECT = "", "q", "u", "n", "r"
ONE, TWO = "y", "n"
_BEFORE, _BEHIND = 240, 160
"""So many characters of the article are shown around a quotation."""
_TITLES = 3
"""So many articles are shown on each side, where one name may be two people's."""
_NAMED = 9
"""So many actors of the article are offered."""

_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What a terminal may hand over and no YAML file may hold: control characters, and bytes that are no UTF-8."""

Ask = Callable[[str], str | None]
"""Puts a question and returns the answer, None where there will be no more answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is shown, what is asked, and the decision that each answer of one letter stands for.

    Where actors are asked for, ``speaker`` is how their decision begins; they are answered by their number in
    ``offered``, or by one of ``ids`` or its name, several with commas between. ``pair`` are two actors that may be one,
    the one that stays first.
    """

    shown: str
    asked: str
    answers: Mapping[str, str]
    speaker: str = ""
    offered: Sequence[str] = ()
    ids: Collection[str] = ()
    pair: tuple[str, str] | None = None

    def line(self, answer: str) -> str | None:
        """Return the decision that an answer stands for, None where it is none."""
        if answer in self.answers or not self.speaker:
            return self.answers.get(answer)
        found = [self._actor(piece.strip()) for piece in answer.split(",")]
        ids = list(dict.fromkeys(filter(None, found)))
        if None in found:
            return None
        listed = ", ".join(ids)
        return self.speaker + (listed if len(ids) == 1 else f"[{listed}]")

    def near(self, answer: str) -> str:
        """Return the actor that an answer nearly names, "" where there is none."""
        return next(iter(difflib.get_close_matches(slug(answer), self.ids, 1)), "") if answer else ""

    def _actor(self, answer: str) -> str | None:
        if answer.isdecimal() and 0 < int(answer) <= len(self.offered):
            return self.offered[int(answer) - 1]
        return next((id_ for id_ in (answer, slug(answer)) if id_ in self.ids), None)


def questions(root: Path, progress: Progress) -> tuple[Path, list[Question]]:
    """Return the file that takes the answers, and what is to be asked of the monitor in ``root``.

    Raises DigestError where the edition cannot be made, or its curation has mistakes.
    """
    settings = plugin.settings(root)
    whole = build.edition(settings, progress)
    waiting = gather.gather(whole, build.site_info(whole, settings)).open
    held = {a.article.id: a for a in whole.articles}
    names = {id_: actor.name for id_, actor in whole.actors.items()}
    lines = {line.quotation.id: line for line in (*waiting.unresolved, *waiting.unsure, *waiting.damaged)}
    found = [_quotation(line, held[line.article.id], names) for line in lines.values()]
    return settings.curation / NAME, [*found, *map(_pair, waiting.alike), *map(_namesakes, waiting.perhaps)]


def name_of(root: Path) -> str:
    """Return the name under which the person at the keyboard commits, "" where git knows none."""
    return (repository.ask(root, "config", "user.name") or b"").decode("utf-8", "replace").strip()


def _quotation(line: Line, analysis: Analysis, names: Mapping[str, str]) -> Question:
    q, text = line.quotation, line.article.text
    before, behind = squeeze(text[max(0, q.start - _BEFORE) : q.start]), squeeze(text[q.end : q.end + _BEHIND])
    said = ", ".join(s.name for s in q.speakers) or "nobody"
    where = f"{line.article.title} ({line.article.path}:{q.start}-{q.end})"
    people_first = sorted(analysis.actors, key=lambda a: a.type != "person")
    named = dict.fromkeys([*(s.id for s in q.speakers), *(a.id for a in people_first if a.type != "place")])
    offered = [id_ for id_ in named if id_ in names][:_NAMED]
    shown_ = [
        clip(where, 110),
        f"… {before} >>> {squeeze(text[q.start : q.end])} <<< {behind} …",
        f"Read as: {said} ({'; '.join([q.how or q.rule, *q.flaws])})",
        *(f"  {n}  {names[id_]}" for n, id_ in enumerate(offered, 1)),
    ]
    speaker = f"- speaker: {q.id}\n  is: "
    answers = {NONE: f"{speaker}{NOBODY}", REJECT: f"- reject: {q.id}"}
    asked = "Who speaks? A number, a name or an id, several with commas; n nobody, r no quotation"
    return Question("\n".join(shown_), asked, answers, speaker, offered, names.keys())


def _pair(pair: Alike) -> Question:
    kept, other = pair.one.id, pair.other.id
    said = f"{pair.one.name} (actors/{kept}/) and {pair.other.name} (actors/{other}/): {pair.why}"
    answers = {ONE: f"- merge: [{kept}, {other}]", TWO: f"- apart: [{kept}, {other}]"}
    return Question(said, "Are they one? y yes, n they are two", answers, pair=(kept, other))


def _namesakes(each: Perhaps) -> Question:
    id_, some = each.actor.id, ", ".join(a.article.id for a in each.some)
    shown_ = [
        f"{each.actor.name} (actors/{id_}/): {each.why}",
        *(f"  {clip(a.article.title, 90)} ({a.article.path})" for a in each.some[:_TITLES]),
        "on one side; on the other:",
        *(f"  {clip(a.article.title, 90)} ({a.article.path})" for a in each.others[:_TITLES]),
    ]
    answers = {ONE: f"- one: {id_}", TWO: f"- split: {id_}\n  into: {each.into}\n  articles: [{some}]"}
    return Question("\n".join(shown_), "Is it one person? y yes, n somebody else on the first side", answers)


@dataclass(slots=True)
class _Taken:
    """An answer that was written: to which question, whom it made a part of another, and the file before and after."""

    question: int
    gone: str | None
    before: bytes | None
    after: bytes


def walk(file: Path, asked: Sequence[Question], ask: Ask, tell: Callable[[str], None], by: str) -> Iterator[int]:
    """Ask every question and write each answer into ``file`` at once; yield how many lines are written after each.

    An empty answer leaves a question open, "u" takes the last line back and asks again, "q" ends it all. Raises
    DigestError where the file cannot be written.
    """
    taken: list[_Taken] = []
    n = 0
    while n < len(asked):
        question = asked[n]
        if question.pair and not {each.gone for each in taken}.isdisjoint(question.pair):
            n += 1  # one of the two is another by now; the next walk asks of that one
            continue
        tell(f"\n{n + 1} of {len(asked)}\n{_lines(question.shown)}")
        answer = _answer(question, ask, tell, bool(taken))
        if answer is None or answer == STOP:
            return
        if answer == UNDO:
            n = _taken_back(file, taken, tell, n)
            yield len(taken)
            continue
        line = question.line(answer)
        if line is not None:
            why = ask("Why? Enter for “read in the article”")
            if why is None:
                return
            gone = question.pair[1] if question.pair and answer == ONE else None
            taken.append(_Taken(n, gone, *_write(file, line, why.strip() or "read in the article", by)))
            yield len(taken)
        n += 1


def _answer(question: Question, ask: Ask, tell: Callable[[str], None], undo: bool) -> str | None:
    """Return the first answer that can be understood; None where there are no more."""
    also = "Enter leaves it open, u takes the last line back, q stops" if undo else "Enter leaves it open, q stops"
    known = (SKIP, STOP, UNDO) if undo else (SKIP, STOP)
    while (said := ask(f"{question.asked}; {also}")) is not None:
        answer = said.strip()
        if answer in known or question.line(answer) is not None:
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


def _write(file: Path, line: str, why: str, by: str) -> tuple[bytes | None, bytes]:
    """Append a decision; return the file before, None where there was none, and after.

    A text in quotation marks of JSON is one of YAML as well.
    """
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    said = f"{line}\n  why: {_quoted(why)}\n  by: {_quoted(by)}\n  on: {day}\n"
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
        if many is None or items(whole) != many + 1:
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
