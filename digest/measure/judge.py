"""Case by case: what people marked, what was found, and whether the two agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.language import Language
from digest.measure.agree import Label, agreement, label, published
from digest.measure.gold import Gold
from digest.measure.match import Counted, Unit, found_units, inside, left_out, pairs, units
from digest.measure.quotes import Quote


@dataclass(frozen=True, slots=True)
class Case:
    """A unit that people marked, a unit that was found, or both where they are the same.

    ``strict`` and ``lenient`` say whether the speaker agrees, ``label`` how the marked one is named (``None``: by
    nothing), ``published`` whether the published name does (``None``: no name is marked).
    """

    article: str
    gold: Unit | None
    found: Unit | None
    strict: bool = False
    lenient: bool = False
    label: Label | None = None
    published: bool | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The cases of one article, and how many found units were left out because reported speech was marked there."""

    cases: tuple[Case, ...]
    left_out: int


def judge(gold: Gold, found: Sequence[Quote], counted: Counted, least: float, language: Language) -> Judged:
    """Return the cases of an article: the marked units in text order, then what was found beside them.

    ``least`` is the share of their union in which two units must overlap to be the same (``match.EXACT`` …);
    ``language`` holds the words by which speakers are compared.
    """
    marked = units(gold.text, gold.quotes, counted)
    seen = found_units(gold.text, found, counted)
    same = dict(pairs(marked, seen, least))
    cases = [_case(gold.id, unit, seen[same[i]] if i in same else None, language) for i, unit in enumerate(marked)]
    matched = set(same.values())
    out = inside(seen, left_out(gold.quotes, counted))
    rest = [j for j in range(len(seen)) if j not in matched]
    cases += [Case(gold.id, None, seen[j]) for j in rest if not out[j]]
    return Judged(tuple(cases), sum(out[j] for j in rest))


def _case(article: str, gold: Unit, found: Unit | None, language: Language) -> Case:
    marked = gold.quote.who
    named = label(marked, language)
    if found is None:
        return Case(article, gold, None, label=named)
    stated = found.quote.who
    agreed = agreement(marked, stated, language)
    return Case(article, gold, found, agreed.strict, agreed.lenient, named, published(marked, stated, language))
