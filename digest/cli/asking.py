"""What ``digest curate`` asks: one table of the kinds of questions, and what each answer decides."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest import build, gather, plugin
from digest.addresses import actor_at
from digest.curate.corrections import NAME
from digest.decisions import NOBODY
from digest.model import Analysis
from digest.page import reasons
from digest.text import clip, slug, squeeze

if TYPE_CHECKING:
    from digest.articles import Progress
    from digest.dossiers import Alike, Open, Perhaps
    from digest.lines import Line

NONE, REJECT, BOTH, ONE, YES, TWO = "n", "r", "b", "m", "y", "n"
_BEFORE, _BEHIND = 240, 160
"""So many characters of the article are shown around a quotation."""
_TITLES = 3
"""So many articles are shown on each side, where one name may be two people's."""
_NAMED = 9
"""So many actors of the article are offered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer writes: decisions, each without its reason.

    ``settled`` are the ids of what is somebody else or decided by now, of which nothing more may be asked.
    """

    decisions: tuple[str, ...]
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is shown, what is asked, and what each answer of one letter stands for.

    Where it is asked who speaks, ``quotations`` are those whose speaker is asked for; it is answered by a number in
    ``offered``, or by one of ``ids`` or its name, several with commas between. ``about`` are the ids of the actors and
    the quotations that the question takes as they are.
    """

    shown: str
    asked: str
    answers: Mapping[str, Answer]
    about: frozenset[str] = frozenset()
    quotations: tuple[str, ...] = ()
    offered: Sequence[str] = ()
    ids: Collection[str] = ()

    def answer(self, said: str) -> Answer | None:
        """Return what is meant by what somebody said, None where it is no answer."""
        if said in self.answers or not self.quotations:
            return self.answers.get(said)
        found = [self._actor(piece.strip()) for piece in said.split(",")]
        ids = list(dict.fromkeys(filter(None, found)))
        return None if None in found else _spoken(dict.fromkeys(self.quotations, ids))

    def near(self, said: str) -> str:
        """Return the actor that an answer nearly names, "" where there is none."""
        return next(iter(difflib.get_close_matches(slug(said), self.ids, 1)), "") if said else ""

    def _actor(self, said: str) -> str | None:
        if said.isdecimal() and 0 < int(said) <= len(self.offered):
            return self.offered[int(said) - 1]
        return next((id_ for id_ in (said, slug(said)) if id_ in self.ids), None)


@dataclass(frozen=True, slots=True)
class _There:
    """What the questions are asked of: the articles and the names of the actors, by their ids."""

    articles: Mapping[str, Analysis]
    names: Mapping[str, str]


def questions(root: Path, progress: Progress) -> tuple[Path, list[Question]]:
    """Return the file that takes the answers, and what is to be asked of the monitor in ``root``.

    Raises DigestError where the edition cannot be made, or its curation has mistakes.
    """
    settings = plugin.settings(root)
    whole = build.edition(settings, progress)
    waiting = gather.gather(whole, build.site_info(whole, settings)).open
    there = _There({a.article.id: a for a in whole.articles}, {id_: actor.name for id_, actor in whole.actors.items()})
    return settings.curation / NAME, [question for kind in KINDS for question in kind(waiting, there)]


# --- who speaks -------------------------------------------------------------------------------------------------------


def _unsure(waiting: Open, there: _There) -> Iterator[Question]:
    """Ask who speaks where nobody was found or the answer is unsure, and of words that lost a mark."""
    lines = {line.quotation.id: line for line in (*waiting.unresolved, *waiting.unsure, *waiting.damaged)}
    for id_, line in lines.items():
        q = line.quotation
        actors = sorted(there.articles[line.article.id].actors, key=lambda a: a.type != "person")
        named = (*(s.id for s in q.speakers), *(a.id for a in actors if a.type != "place"))
        offered = _offered(named, there)
        yield Question(
            "\n".join((*_printed(line), *_numbered(offered, there))),
            "Who speaks? A number, a name or an id, several with commas; n nobody, r no quotation",
            {NONE: _spoken({id_: ()}), REJECT: Answer((f"- reject: {id_}",), frozenset({id_}))},
            frozenset({id_}),
            (id_,),
            offered,
            there.names.keys(),
        )


def _contested(waiting: Open, there: _There) -> Iterator[Question]:
    """Ask who says what two articles give to two speakers; one whom a person decided already stays as it is."""
    for pair in waiting.contested:
        said = {line.quotation.id: [s.id for s in line.quotation.speakers] for line in pair}
        left = {line.quotation.id: said[line.quotation.id] for line in pair if not line.quotation.decided}
        one, other = (ids[0] for ids in said.values())
        offered = _offered((id_ for ids in said.values() for id_ in ids), there)
        yield Question(
            "\n".join((*(row for line in pair for row in _printed(line)), *_numbered(offered, there))),
            "Who says it? A number, a name or an id says both; b each says its own, m two names of one, n nobody",
            {BOTH: _spoken(left), ONE: _merged(one, other), NONE: _spoken(dict.fromkeys(left, ()))},
            frozenset((*said, one, other)),
            tuple(left),
            offered,
            there.names.keys(),
        )


def _printed(line: Line) -> Iterator[str]:
    """Yield a quotation with the words around it, and how it is read."""
    q, text = line.quotation, line.article.text
    before, behind = squeeze(text[max(0, q.start - _BEFORE) : q.start]), squeeze(text[q.end : q.end + _BEHIND])
    yield clip(f"{line.article.title} ({line.article.path}:{q.start}-{q.end})", 110)
    yield f"… {before} >>> {squeeze(text[q.start : q.end])} <<< {behind} …"
    yield f"Read as: {', '.join(s.name for s in q.speakers) or 'nobody'} ({'; '.join([q.how or q.rule, *q.flaws])})"


def _offered(ids: Iterable[str], there: _There) -> list[str]:
    return [id_ for id_ in dict.fromkeys(ids) if id_ in there.names][:_NAMED]


def _numbered(offered: Iterable[str], there: _There) -> Iterator[str]:
    return (f"  {n}  {there.names[id_]}" for n, id_ in enumerate(offered, 1))


def _spoken(speakers: Mapping[str, Sequence[str]]) -> Answer:
    """Return the answer that says who speaks in each quotation."""
    lines = (f"- speaker: {id_}\n  is: {_listed(ids) if ids else NOBODY}" for id_, ids in speakers.items())
    return Answer(tuple(lines), frozenset(speakers))


def _listed(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"[{', '.join(ids)}]"


# --- who is who -------------------------------------------------------------------------------------------------------


def _alike(waiting: Open, _: _There) -> Iterator[Question]:
    """Ask of two names that nearly agree whether they are one actor."""
    return map(_pair, waiting.alike)


def _pair(pair: Alike) -> Question:
    kept, other = pair.one.id, pair.other.id
    return Question(
        f"{pair.one.name} ({actor_at(kept)}) and {pair.other.name} ({actor_at(other)}): {reasons.alike(pair.why)}",
        "Are they one? y yes, n they are two",
        {YES: _merged(kept, other), TWO: Answer((f"- apart: [{kept}, {other}]",))},
        frozenset({kept, other}),
    )


def _perhaps(waiting: Open, _: _There) -> Iterator[Question]:
    """Ask of one name whether it is two people's."""
    return map(_namesakes, waiting.perhaps)


def _namesakes(each: Perhaps) -> Question:
    id_, some = each.actor.id, ", ".join(a.article.id for a in each.some)
    rows = (
        f"{each.actor.name} ({actor_at(id_)}): {reasons.apart(each.why)}",
        *(f"  {clip(a.article.title, 90)} ({a.article.path})" for a in each.some[:_TITLES]),
        "on one side; on the other:",
        *(f"  {clip(a.article.title, 90)} ({a.article.path})" for a in each.others[:_TITLES]),
    )
    return Question(
        "\n".join(rows),
        "Is it one person? y yes, n somebody else on the first side",
        {
            YES: Answer((f"- one: {id_}",)),
            TWO: Answer((f"- split: {id_}\n  into: {each.into}\n  articles: [{some}]",)),
        },
        frozenset({id_}),
    )


def _merged(kept: str, other: str) -> Answer:
    """Return the answer that two actors are one; the next walk asks what is left of the one that stays."""
    return Answer((f"- merge: [{kept}, {other}]",), frozenset({other}))


KINDS: tuple[Callable[[Open, _There], Iterator[Question]], ...] = (_unsure, _contested, _alike, _perhaps)
"""Every kind of question, in the order in which they are asked. A new one is a function here."""
