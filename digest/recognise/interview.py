"""Interviews and transcripts: speech that a label or the form of the text marks, and no quotation mark.

Q: and A:, a speaker's name before a colon (VASK: We waited.), or questions that stand as paragraphs of their own.
A label alone is no evidence, for lists have labels too ("Photo: …", "LONDON: …"): at least two turns must stand under
labels of somebody who can speak, and half of the turns must ask or speak in the first or second person, a quarter
where the labels alternate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from digest.knowledge import Knowledge
from digest.model import Article, Mention, SourceLabel, Span, Via
from digest.recognise.drafts import Draft
from digest.recognise.passage import Passage
from digest.recognise.via import introduced
from digest.text import fold, without_possessive

LABEL = "label of a speaker"
QUESTION = "question of an interview"
ANSWER = "answer of an interview"
GOES_ON = "goes on under a label"

_LONGEST_LABEL = 14  # units: "Mara Vask, 34, a baker in the old town:"
_LONGEST_NAME = 4
_LONGEST_QUESTION = 80
_FARTHEST = 8  # passages between two labelled ones; beyond, they belong to two texts
_TURNS = 2
_QUESTIONS = 3
_EDGE = " \n\t\u00a0*_"
_SPOKEN = frozenset({"paragraph", "heading", "list"})
Kind = Literal["name", "role", "question", "answer", "unknown"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands under a label in one passage: ``start..end`` are the words, ``label`` the source's place.

    ``key`` is the label folded, so that two turns of one speaker can be told.
    """

    passage: int
    kind: Kind
    key: str
    label: Span
    start: int
    end: int


def interview(article: Article, passages: Sequence[Passage], knowledge: Knowledge) -> Mapping[int, Draft]:
    """Return the speech of an interview or a transcript by the number of its passage; empty where there is none."""
    people = [m for p in passages for m in p.names.values() if m.type == "person" and " " in m.text]
    lasts = frozenset(fold(without_possessive(m.text).split()[-1]) for m in people)
    turns = _dialogue([t for n, p in enumerate(passages) if (t := _turn(p, n, lasts)) is not None], passages)
    if turns:
        before = passages[: turns[0].passage]
        found = list(_labelled(turns, passages, _interviewee(article, before)))
    else:
        found = list(_unlabelled(article, passages))
        before = passages[: found[0].passage] if found else ()
    outlet = introduced(before, knowledge) if found else None
    return {d.passage: d if outlet is None else replace(d, via=_through(article.text, d, outlet)) for d in found}


def _through(text: str, draft: Draft, outlet: Via) -> tuple[Via, ...]:
    """Return the outlet as what the words came through, unless it asks itself (Courier: Why?)."""
    asking = text[draft.source.start : draft.source.end].split() if draft.source is not None else []
    itself = bool(asking) and set(asking) <= set(outlet.name.split())
    return () if itself else (outlet,)


# --- labels -----------------------------------------------------------------------------------------------------------


def _turn(p: Passage, n: int, lasts: Container[str]) -> Turn | None:
    """Return the turn that the passage begins with, by its label; ``lasts`` are the article's last names, folded."""
    if p.block.kind not in _SPOKEN:
        return None
    i = 0
    while p.kind(i) in ("other", "dash") and p.low(i) != "(":
        i += 1
    found = _short_label(p, i) or _long_label(p, i, lasts)
    if found is None:
        return None
    kind, end, behind = found
    while p.kind(behind) == "other" and p.low(behind) in _EDGE:
        behind += 1
    label = Span(p.units[i].start, p.units[end - 1].end)
    start = p.units[behind].start if behind < len(p.units) else p.block.end
    return Turn(n, kind, fold(p.text[label.start : label.end]), label, start, spoken_end(p.text, start, p.block.end))


def spoken_end(text: str, start: int, end: int) -> int:
    """Return ``end`` without white space, emphasis and the comma or full stop before it, as for words in marks."""
    while end > start and (text[end - 1] in _EDGE or text[end - 1] in ",.;…"):
        end -= 1
    return end


def _short_label(p: Passage, i: int) -> tuple[Kind, int, int] | None:
    """Return kind, end and the unit behind "Q:", "A.", "Frage:" at unit ``i``."""
    kind: Kind
    if p.is_in(i, "question_labels"):
        kind = "question"
    elif p.is_in(i, "answer_labels"):
        kind = "answer"
    else:
        return None
    closed = p.kind(i + 1) == "colon" or (p.low(i + 1) == "." and len(p.low(i)) == 1)
    return (kind, i + 1, i + 2) if closed and p.units[i].capital else None


def _long_label(p: Passage, i: int, lasts: Container[str]) -> tuple[Kind, int, int] | None:
    """Return kind, end and the unit behind a label that names somebody, or a few capitalised words, before a colon."""
    k = next((j for j in range(i, min(i + _LONGEST_LABEL, len(p.units))) if p.kind(j) in ("colon", "quote", "stop")), i)
    if k == i or p.kind(k) != "colon":
        return None
    if k == i + 1 and fold(p.units[i].text) in lasts:
        return "name", k, k + 1
    name = _name_in(p, i, k)
    if name is not None:
        end = p.after(name.end)
        if name.type in ("person", "media") and (end == k or p.kind(end) == "comma" or p.low(end) == "("):
            return "name", end, k + 1
        return None
    words = range(i, k)
    if len(words) > _LONGEST_NAME or not all(p.units[j].capital and not p.grammar(j) for j in words):
        return None
    if any(p.is_in(j, "calendar") or p.is_in(j, "not_names") for j in words):
        return None
    speaks = p.language.roles.get(p.low(k - 1)) == "person"
    return "role" if speaks else "unknown", k, k + 1


def _name_in(p: Passage, i: int, k: int) -> Mention | None:
    """Return the name that the label ``i..k`` begins with, behind a role perhaps (Mayor Tobias Renk)."""
    for j in range(i, k):
        name = p.names.get(p.units[j].start)
        if name is not None:
            return name if all(p.units[m].capital or p.person_noun(m) for m in range(i, j)) else None
        if p.kind(j) != "word":
            return None
    return None


# --- which of them are a dialogue -------------------------------------------------------------------------------------


def _dialogue(turns: Sequence[Turn], passages: Sequence[Passage]) -> list[Turn]:
    """Return the turns that belong to a dialogue: none where the labels are those of a list."""
    often = Counter(t.key for t in turns)
    known = {t.passage for t in turns if t.kind != "unknown"}
    beside = {n + step for n in known for step in (-1, 1)}
    unknown = {t.key for t in turns if t.kind == "unknown" and t.passage in beside and often[t.key] > 1}
    kept = [t for t in turns if (t.kind != "unknown" or t.key in unknown) and _worded(t, passages[t.passage])]
    kinds = Counter(t.kind for t in kept)
    named, paired = kinds["name"] + kinds["role"], min(kinds["question"], kinds["answer"])
    if len(kept) < _TURNS or not (named or paired):
        return []
    spoken = sum(_personal(passages[t.passage], t.start) for t in kept)
    return kept if spoken * (4 if _alternate(kept) else 2) >= len(kept) else []


def _alternate(turns: Sequence[Turn]) -> bool:
    """Whether somebody speaks again after somebody else did, as in no list."""
    names = [t.key.split()[-1] for t in turns]
    return any(name in names[: n - 1] and name != names[n - 1] for n, name in enumerate(names) if n > 1)


def _worded(one: Turn, p: Passage) -> bool:
    """Whether words stand under the label, or none at all (they follow in the next paragraph); never a bare number."""
    first = p.after(one.start)
    return first >= len(p.units) or p.kind(first) in ("quote", "dash", "other") or p.units[first].text[0].isupper()


def _personal(p: Passage, start: int) -> bool:
    """Whether the words from ``start`` ask, or somebody speaks of himself or to somebody else."""
    return p.text[start : p.block.end].rstrip(_EDGE).endswith("?") or _addresses(p, p.after(start))


def _addresses(p: Passage, first: int) -> bool:
    """Whether a word in the first or second person stands at unit ``first`` or behind it, outside of marks."""
    addressed = frozenset(p.language.raw.second_person)
    begins = {begin for begin, _ in p.sentences}
    for i in range(first, len(p.units)):
        low = p.low(i).partition("'")[0].partition("’")[0]
        if low in p.language.sets["first_person"] or low in addressed:
            return True
        if i not in begins and p.units[i].text in addressed:
            return True
    return False


# --- drafts -----------------------------------------------------------------------------------------------------------


def _labelled(turns: Sequence[Turn], passages: Sequence[Passage], asked: Span | None) -> Iterator[Draft]:
    for n, one in enumerate(turns):
        p = passages[one.passage]
        source, label, rule = _source(one, asked)
        if one.end > one.start and p.kind(p.after(one.start)) != "quote":
            yield _draft(one.passage, one.start, one.end, source, label, rule)
        last = n + 1 == len(turns)
        limit = len(passages) if last else turns[n + 1].passage
        if last or limit - one.passage <= _FARTHEST:
            yield from _continued(one, limit, passages, (source, label), last=last)


def _source(one: Turn, asked: Span | None) -> tuple[Span, SourceLabel, str]:
    if one.kind == "answer" and asked is not None:
        return asked, "name", ANSWER
    rule = {"question": QUESTION, "answer": ANSWER}.get(one.kind, LABEL)
    return one.label, "name" if one.kind == "name" else "nominal", rule


def _continued(
    one: Turn, limit: int, passages: Sequence[Passage], source: tuple[Span, SourceLabel], *, last: bool
) -> Iterator[Draft]:
    """Yield the paragraphs behind a turn that have no label of their own: the speaker goes on.

    The article may go on instead, and behind names in capitals a narrator may; so only words in the first or second
    person count, but for an answer before the next question.
    """
    answers = one.kind == "answer" and not last
    for n in range(one.passage + 1, limit):
        p = passages[n]
        if p.block.kind != "paragraph" or p.low(0) in ("(", "["):
            continue
        if _narrates(p, one.key) or not (answers or _addresses(p, 0)):
            return
        end = spoken_end(p.text, p.block.start, p.block.end)
        if end > p.block.start and any(p.kind(i) == "word" for i in range(len(p.units))):
            yield _draft(n, p.block.start, end, *source, GOES_ON)


def _narrates(p: Passage, key: str) -> bool:
    """Whether a paragraph speaks of the one who would be speaking, or is a quotation of its own."""
    if p.kind(0) == "quote":
        return True
    name = key.split()[-1]
    return len(name) > 1 and any(fold(p.units[i].text) == name for i in range(len(p.units)))


def turn(n: int, start: int, end: int) -> Draft:
    """Return speech without marks that fills ``start..end`` of passage number ``n``, without a source yet."""
    return Draft("direct", start, end, (Span(start, end),), n, -1)


def _draft(n: int, start: int, end: int, source: Span, label: SourceLabel, rule: str) -> Draft:
    return replace(turn(n, start, end), rule=rule, source=source, label=label)


# --- questions as paragraphs ------------------------------------------------------------------------------------------


def _unlabelled(article: Article, passages: Sequence[Passage]) -> Iterator[Draft]:
    """Yield the answers of an interview whose questions are paragraphs of their own.

    Its introduction must call it one and name one person; the answers must be in the first person, most of them.
    """
    asks = [n for n, p in enumerate(passages) if _asks(p)]
    if len(asks) < _QUESTIONS or any(b - a > _FARTHEST for a, b in pairwise(asks)):
        return
    before = passages[: asks[0]]
    asked = _interviewee(article, before)
    if asked is None or not any(p.is_in(i, "interview_words") for p in before for i in range(len(p.units))):
        return
    name = fold(article.text[asked.start : asked.end].split()[-1])
    answers: list[Draft] = []
    personal = 0
    for at, n in enumerate(asks):
        last = at + 1 == len(asks)
        limit = len(passages) if last else asks[at + 1]
        for k in range(n + 1, limit):
            p = passages[k]
            if p.block.kind != "paragraph" or not p.units:
                continue
            if _narrates(p, name) or (last and k > n + 1 and not _personal(p, p.block.start)):
                if not last:
                    return
                break
            personal += _personal(p, p.block.start)
            end = spoken_end(p.text, p.block.start, p.block.end)
            answers.append(_draft(k, p.block.start, end, asked, "name", ANSWER))
    if 2 * personal >= len(answers) >= _QUESTIONS:
        yield from answers


def _asks(p: Passage) -> bool:
    """Whether the passage is a question of an interview: a short one, outside of marks."""
    if p.block.kind not in ("paragraph", "heading") or not 0 < len(p.units) <= _LONGEST_QUESTION:
        return False
    return p.text[p.block.start : p.block.end].rstrip(_EDGE).endswith("?") and all(u.quote < 0 for u in p.units)


def _interviewee(article: Article, before: Sequence[Passage]) -> Span | None:
    """Return the fullest name of the only person whom the introduction names, or names most often."""
    names: dict[str, list[Mention]] = defaultdict(list)
    author = fold(article.byline or "").split()
    for p in before:
        for unit in p.units:
            name = p.names.get(unit.start)
            if name is not None and name.type == "person":
                key = fold(without_possessive(name.text).split()[-1])
                if key not in author:
                    names[key].append(name)
    ranked = sorted(names.values(), key=len, reverse=True)
    if not ranked or (len(ranked) > 1 and len(ranked[1]) == len(ranked[0])):
        return None
    best = max(ranked[0], key=lambda m: (len(m.text.split()), -m.start))
    return Span(best.start, best.end)
