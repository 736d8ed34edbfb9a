"""``digest curate``: what is unsure, asked in a terminal one after the other; the answers become lines of curation."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest import build, gather, plugin, repository
from digest.cli.console import plain, shown
from digest.curate.corrections import NAME
from digest.curate.sheet import items
from digest.decisions import NOBODY
from digest.model import Analysis, DigestError
from digest.text import clip, squeeze

if TYPE_CHECKING:
    from digest.articles import Progress
    from digest.dossiers import Alike, Line

SKIP, STOP, NONE, REJECT = "", "q", "n", "r"
_BEFORE, _BEHIND = 240, 160
"""So many characters of the article are shown around a quotation."""
_NAMED = 9
"""So many actors of the article are offered."""

_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What a terminal may hand over and no YAML file may hold: control characters, and bytes that are no UTF-8."""

Ask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is shown, what is asked, and the line that each answer stands for.

    One of ``ids`` is an answer as well; ``head`` goes before it. ``pair`` are two actors that may be one, the one that
    stays first.
    """

    shown: str
    asked: str
    answers: dict[str, str]
    head: str = ""
    ids: Collection[str] = ()
    pair: tuple[str, str] | None = None

    def line(self, answer: str) -> str | None:
        """Return the decision that an answer stands for, None where it is none."""
        return f"{self.head}{answer}" if answer in self.ids else self.answers.get(answer)


def questions(root: Path, progress: Progress) -> tuple[Path, list[Question]]:
    """Return the file that takes the answers, and what is to be asked of the monitor in ``root``.

    Raises DigestError where the edition cannot be made, or its curation has mistakes.
    """
    settings = plugin.settings(root)
    whole = build.edition(settings, progress)
    waiting = gather.gather(whole, build.site_info(whole, settings)).open
    held = {a.article.id: a for a in whole.articles}
    names = {id_: actor.name for id_, actor in whole.actors.items()}
    found = [_quotation(line, held[line.article.id], names) for line in (*waiting.unresolved, *waiting.unsure)]
    return settings.curation / NAME, [*found, *(_pair(pair) for pair in waiting.alike)]


def name_of(root: Path) -> str:
    """Return the name under which the person at the keyboard commits, "" where git knows none."""
    return (repository.ask(root, "config", "user.name") or b"").decode("utf-8", "replace").strip()


def _quotation(line: Line, analysis: Analysis, names: dict[str, str]) -> Question:
    q, text = line.quotation, line.article.text
    before, behind = squeeze(text[max(0, q.start - _BEFORE) : q.start]), squeeze(text[q.end : q.end + _BEHIND])
    said = ", ".join(s.name for s in q.speakers) or "nobody"
    where = f"{line.article.title} ({line.article.path}:{q.start}-{q.end})"
    offered = dict.fromkeys([*(s.id for s in q.speakers), *(a.id for a in analysis.actors if a.type == "person")])
    listed = [f"  {n}  {names[id_]}" for n, id_ in enumerate(list(offered)[:_NAMED], 1)]
    head = f"- speaker: {q.id}\n  is: "
    answers = {str(n): f"{head}{id_}" for n, id_ in enumerate(list(offered)[:_NAMED], 1)}
    answers |= {NONE: f"{head}{NOBODY}", REJECT: f"- reject: {q.id}"}
    shown_ = "\n".join(
        [
            clip(where, 110),
            f"… {before} >>> {squeeze(text[q.start : q.end])} <<< {behind} …",
            f"Read as: {said} ({q.how or q.rule})",
            *listed,
        ]
    )
    return Question(
        shown_, "Who speaks? A number, an actor's id, n nobody, r no quotation", answers, head, names.keys()
    )


def _pair(pair: Alike) -> Question:
    kept, other = pair.one.id, pair.other.id
    said = f"{pair.one.name} (actors/{kept}/) and {pair.other.name} (actors/{other}/): {pair.why}"
    return Question(said, "Are they one? y yes", {"y": f"- merge: [{kept}, {other}]"}, pair=(kept, other))


def walk(file: Path, asked: list[Question], ask: Ask, tell: Callable[[str], None], by: str) -> int:
    """Ask every question and write each answer into ``file`` at once; return how many lines were written.

    An empty answer leaves a question open, "q" ends it all. Raises DigestError where the file cannot be written.
    """
    written = 0
    merged: set[str] = set()
    for n, question in enumerate(asked, 1):
        if question.pair and merged.intersection(question.pair):
            continue  # one of the two is another by now; the next walk asks of that one
        tell(f"\n{n} of {len(asked)}\n{plain(question.shown)}")
        for answer in _answers(question, ask, tell):
            if answer == STOP:
                return written
            line = question.line(answer)
            if line is not None:
                why = ask("Why? Enter for “read in the article”").strip() or "read in the article"
                _write(file, line, why, by)
                written += 1
                merged.update(question.pair[1:] if question.pair else ())
    return written


def _answers(question: Question, ask: Ask, tell: Callable[[str], None]) -> Iterator[str]:
    """Yield the first answer that can be understood; nothing where the question is left open."""
    while True:
        answer = ask(f"{question.asked}; Enter leaves it open, q stops").strip()
        if answer == SKIP:
            return
        if answer == STOP or question.line(answer) is not None:
            yield answer
            return
        tell(f"“{plain(answer)}” is no answer here")


def _write(file: Path, line: str, why: str, by: str) -> None:
    """Append a decision; a text in quotation marks of JSON is one of YAML as well."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    said = f"{line}\n  why: {_quoted(why)}\n  by: {_quoted(by)}\n  on: {day}\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        held = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        before = items(held)
        added = said if not held or held.endswith("\n") else f"\n{said}"
        whole = said if before == 0 and held.strip() == "[]" else held + added
        if before is None or items(whole) != before + 1:
            raise DigestError(
                f"{shown(file)}: nothing can be added to this file; write it as a list of lines that begin with “- ”"
            )
        file.write_text(whole, encoding="utf-8")
    except OSError as error:
        raise DigestError(
            f"{shown(file)}: this cannot be written ({error.strerror}); check who may write it"
        ) from error


def _quoted(text: str) -> str:
    return json.dumps(squeeze(_UNWRITABLE.sub("", text)), ensure_ascii=False)
