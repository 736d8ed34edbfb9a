"""What of a quotation is compared: its words without marks, capitals and cuts, who says it, and on which day.

Pure. One utterance may be printed with other marks and capitals, with "…" where words are left out and "[the mayor]"
where some are put in; none of that is what was said.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digest import language
from digest.model import SAYS, Analysis, Place, Quotation
from digest.text import fold, spoken

STEM = 5
"""Words that begin with the same five letters count as forms of one: "negotiate", "negotiations". Cutting words off is
the plainest stemming that serves every language (McNamee, Nicholas and Mayfield, "Addressing morphological variation
in alphabetic languages", SIGIR 2009, who find four or five best).
"""
LONGEST = 400
"""Of a longer quotation so many words are compared, the first ones."""

# What stands there repeats what the article says further down.
_APART = ("title", "caption", "heading")
_PUT_IN = re.compile(r"\[[^\[\]]{0,80}\]")


@dataclass(frozen=True, slots=True)
class Saying:
    """One quotation as it is compared.

    ``day`` counts days, None where the article has no date; ``text`` is the text that the article is a report of.
    ``speakers`` are ids of actors, ``source`` the words that stand for a speaker whom nothing names. ``verbatim`` are
    the words inside quotation marks, ``words`` all that is told; ``stems`` are the beginnings of those that are no
    words of grammar, ``figures`` the numbers among them, ``denied`` whether one of them turns the sentence into its
    opposite. ``apart``: it stands in a headline or a caption. ``decided``: a person said who speaks.
    """

    place: Place
    language: str
    day: int | None
    text: str
    speakers: frozenset[str]
    source: str
    verbatim: tuple[str, ...]
    words: tuple[str, ...]
    stems: frozenset[str]
    figures: frozenset[str]
    denied: bool
    apart: bool
    decided: bool

    @property
    def article(self) -> str:
        """The id of the article it stands in."""
        return self.place[0]


def sayings(analyses: Iterable[Analysis], texts: Mapping[str, str]) -> list[Saying]:
    """Return what is said in ``analyses``, earliest first, undated ones last, then by article and by place in it.

    ``texts`` names the text that an article is a report of, by their ids; one that it lacks is a text of its own.
    """
    ordered = sorted(analyses, key=lambda a: (a.article.published or "~", a.article.id))
    return [saying for a in ordered for saying in _said_in(a, texts.get(a.article.id, a.article.id))]


def _said_in(analysis: Analysis, text: str) -> Iterator[Saying]:
    article = analysis.article
    day = date.fromisoformat(article.published).toordinal() if article.published else None
    apart = [(block.start, block.end) for block in article.blocks if block.kind in _APART]
    known = _grammar(article.language)
    for q in sorted(analysis.quotations, key=lambda q: (q.start, q.end, q.id)):
        if q.kind not in SAYS:
            continue
        words = _words(_told(article.text, q))
        content = [known.numbers.get(word, word) for word in words if word in known.numbers or word not in known.plain]
        yield Saying(
            place=(article.id, q.id),
            language=article.language,
            day=day,
            text=text,
            speakers=frozenset(speaker.id for speaker in q.speakers),
            source=" ".join(_words([q.source.text])) if q.source and not q.speaker else "",
            verbatim=words if q.kind == "direct" else _words([part.text for part in q.parts]),
            words=words,
            stems=frozenset(w[:STEM] for w in content if len(w) > 1 and w[0].isalpha() and not known.denies(w)),
            figures=frozenset(word for word in content if word[0].isdigit()),
            denied=any(known.denies(word) for word in words),
            apart=any(start <= q.start < end for start, end in apart),
            decided=q.decided,
        )


def _told(text: str, q: Quotation) -> list[str]:
    """Return what is told; of direct speech only what stands in marks, for "she said" may stand between two parts."""
    return [part.text for part in q.parts] if q.kind == "direct" and q.parts else [text[q.start : q.end]]


def _words(pieces: Sequence[str]) -> tuple[str, ...]:
    found = (word for piece in pieces for _, _, word in spoken(_PUT_IN.sub(" ", piece)))
    return tuple(word for word, _ in zip(found, range(LONGEST), strict=False))


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of a language that tell two sentences apart, or do not: its words of grammar (``plain``), those that
    turn a sentence into its opposite, and its numbers, with their figures.
    """

    plain: frozenset[str]
    denials: frozenset[str]
    short: tuple[str, ...]
    numbers: Mapping[str, str]

    def denies(self, word: str) -> bool:
        """Whether ``word`` turns a sentence into its opposite: "not", "couldn't"."""
        return word in self.denials or word.endswith(self.short)


@functools.cache
def _grammar(code: str) -> _Grammar:
    known = language.load(code)
    denials = frozenset(fold(word) for word in known.sets["denials"] | known.sets["negations"])
    return _Grammar(
        plain=frozenset(fold(word) for word in known.function_words),
        denials=denials,
        short=tuple(sorted(word for word in denials if "'" in word)),
        numbers={fold(word): str(n) for n, word in enumerate(known.raw.numbers, 1)},
    )
