"""Where told words may end, and what can be seen there."""

from __future__ import annotations

from collections.abc import Iterator

from digest.recognise.cues import cue_and_subject, subject_and_cue, verbless_at
from digest.recognise.passage import Passage, once
from digest.recognise.shapes import clausal, shape, step

_MOST = 15  # ends that are looked at behind one beginning; words are seldom told over more commas and conjunctions
_CLOSERS = "\"'”’“»«‘‹› "


def ends_from(p: Passage, start: int, end: int) -> tuple[int, ...]:
    """Return the units before which words that begin at ``start`` may end; the end of the sentence is the last."""
    found = [k for k in range(start + 1, end) if _may_end(p, k)][: _MOST - 1]
    return (*found, end)


@once
def _may_end(p: Passage, k: int) -> bool:
    kind = p.kind(k)
    if kind in ("comma", "dash", "colon") or p.low(k) in ("(", ")"):
        return True
    if kind != "word" or p.kind(k - 1) in ("comma", "dash"):
        return False
    if p.kind(k - 1) == "quote":
        return True
    return p.is_in(k, "conjunctions") or p.is_in(k, "subordinators") or p.is_in(k, "prepositions")


def traits(p: Passage, start: int, at: int, end: int, nth: int, form: str, lemma: str, group: str) -> tuple[str, ...]:
    """Return what can be seen where words that begin at ``start`` would end before unit ``at``.

    ``end`` is that of the sentence, ``nth`` the number of the end among those possible; ``form`` is the construction,
    ``lemma`` and ``group`` are those of the teller.
    """
    form = form.partition(" ")[0]
    sign, behind = _sign(p, at, end)
    words = step(at - start)
    out = [
        sign,
        f"{sign}, {form}",
        f"{sign}, then {behind}",
        f"{words} words",
        f"{words} words, {form}",
        f"{words} words, {sign}",
        f"no. {min(nth, 4)}, {form}",
        f"{lemma}, {sign}",
        f"{lemma}, {form}, {sign}",
        f"{group}, {sign}",
        f"begins {shape(p, start)}, {form}, {sign}",
        f"{clausal(p, start, at)}, {form}, {sign}",
    ]
    if at < end:
        before = shape(p, at - 1)
        out += [f"after {before}", f"after {before}, {sign}"]
    if sign in ("comma", "dash", "and", "but"):
        out += _of_joint(p, at, end, sign, behind)
    return tuple(out)


def _sign(p: Passage, at: int, end: int) -> tuple[str, str]:
    """Return what stands at a possible end, and what behind it."""
    if at >= end:
        return "end", ""
    if p.kind(at) != "word":
        low = p.low(at)
        return (low if low in (";", "(", ")") else p.kind(at)), shape(p, at + 1)
    if p.kind(at - 1) == "quote":
        span = p.quotes[p.units[at - 1].quote]
        closed = p.text[span.start : span.outer_end].rstrip(_CLOSERS).endswith(",")
        return ("comma in the marks" if closed else "closing marks"), shape(p, at)
    return p.low(at), shape(p, at + 1)


def _of_joint(p: Passage, at: int, end: int, sign: str, behind: str) -> Iterator[str]:
    """Yield what follows a comma, a dash or a conjunction: another attribution, a list that goes on, a clause."""
    j = at + 1 + p.is_in(at + 1, "conjunctions")
    attributed = subject_and_cue(p, j) or cue_and_subject(p, j) or verbless_at(p, j, behind=True)
    yield f"{sign}, {'attribution' if attributed else 'none'} behind"
    teller = p.language.tellers.get(p.low(j))
    yield f"{sign}, teller {teller[0].form if teller else '-'}"
    yield f"{sign}, {'last' if not any(p.kind(k) == 'comma' for k in range(at + 1, end)) else 'more'}"
    yield f"{sign}, {min(end - at, 12) // 3} left"
    yield f"{sign}, {clausal(p, at, end)} behind"
    if sign == "comma":
        yield f"comma, {behind} {shape(p, at + 2)}"
        for k in range(at + 1, min(at + 7, end)):
            if p.kind(k) == "comma":
                yield "comma, another soon"
                break
            if p.is_in(k, "conjunctions"):
                yield f"comma, conjunction after {min(k - at, 4)}"
                break
