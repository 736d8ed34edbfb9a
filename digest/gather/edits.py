"""How an article was edited: what each edit changed in its text, in its quotations and in what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.addresses import actor_at
from digest.dossiers import ArticleDossier
from digest.edition import History
from digest.edits import Altered, Difference, Edit, Edited, Fact, Piece, Row, RowKind, Said, Variation, Who
from digest.gather.difference import ALIKE, Budget, difference, likeness, rewording, words_of
from digest.gather.frame import Frame
from digest.model import LEFT_OUT, SAYS, Analysis, Article, Quotation
from digest.text import squeeze

SHOWN = 20_000
"""Characters of changed paragraphs that are shown of one edit; what comes behind them is counted only."""

OF_ONE = 0.3
"""From so large a share of common words on, two quotations of one speaker are one that was reworded; of others, from
``difference.ALIKE`` on.
"""

_FACTS = ("title", "byline", "outlet", "published", "url")
_NAMES = {"title": "headline", "byline": "author", "published": "date", "url": "address"}


def edited(
    articles: Sequence[ArticleDossier], histories: Iterable[History], known: Frame
) -> tuple[ArticleDossier, ...]:
    """Return the articles, each that was edited with what its edits changed."""
    by_id = {history.article: history for history in histories}
    return tuple(
        replace(article, edited=_edited(by_id[article.article.id], article, known))
        if article.article.id in by_id
        else article
        for article in articles
    )


def _edited(history: History, dossier: ArticleDossier, known: Frame) -> Edited | None:
    """Return how an article was edited, None where no edit changed anything that a reader sees."""
    here = {line.quotation.id for line in dossier.lines}
    edits = []
    for now, before in pairwise(history.versions):
        found = _edit(before.analysis, now.analysis, here, known)
        if not found.difference.nothing or found.quotations or found.facts:
            edits.append(replace(found, commit=now.commit, date=now.date))
    if not (edits or history.older or history.unread or history.withheld):
        return None
    return Edited(tuple(edits), history.older, history.unread, history.cut, history.withheld)


def _edit(before: Analysis, now: Analysis, here: set[str], known: Frame) -> Edit:
    found = variation(before, now, here, known, Budget())
    facts = tuple(_facts(before.article, now.article))
    return Edit(commit=None, date=None, difference=found.difference, quotations=found.quotations, facts=facts)


def variation(
    before: Analysis,
    now: Analysis,
    here: set[str],
    known: Frame,
    budget: Budget,
    key: Callable[[str], str] = str,
) -> Variation:
    """Return what ``now`` prints otherwise than ``before``: words with the same ``key`` are the same.

    ``here`` are the ids of the quotations that can be linked to.
    """
    return Variation(
        difference=_short(difference(_paragraphs(before.article), _paragraphs(now.article), budget, key)),
        quotations=tuple(_quotations(before, now, here, known, budget, key)),
    )


def _paragraphs(article: Article) -> list[str]:
    """Return the paragraphs of which words are published."""
    found = (squeeze(article.piece(block.start, block.end)) for block in article.blocks)
    return [words for words in found if words.replace(LEFT_OUT.strip(), "").strip()]


def _short(whole: Difference) -> Difference:
    """Return a difference without the words behind the first ``SHOWN`` characters; what changed there is counted."""
    left = SHOWN
    rows = []
    behind: Counter[RowKind] = Counter()
    for row in whole.rows:
        left -= sum(len(piece.text) for piece in row.pieces)
        if left >= 0:
            rows.append(row)
        else:
            behind[row.kind] += row.count
    return replace(whole, rows=(*rows, *(Row(kind, count=n) for kind, n in behind.items())))


def _facts(before: Article, now: Article) -> Iterator[Fact]:
    """Yield what is known of an article otherwise than before; a headline in the text shows there."""
    for field in _FACTS:
        was, is_ = getattr(before, field) or "", getattr(now, field) or ""
        if was != is_ and not (field in ("title", "byline") and was in before.text and is_ in now.text):
            yield Fact(_NAMES.get(field, field), was, is_)


# --- quotations -------------------------------------------------------------------------------------------------------


def _quotations(
    before: Analysis, now: Analysis, here: set[str], known: Frame, budget: Budget, key: Callable[[str], str]
) -> Iterator[Altered]:
    """Yield the quotations that are gone, those that changed and those that are new, each group in text order."""
    old = [_said(q, before.article, known) for q in _spoken(before)]
    new = [_said(q, now.article, known) for q in _spoken(now)]
    pairs = _pairs(old, new, budget, key)
    yield from (Altered(each, None) for n, each in enumerate(old) if n not in pairs)
    became = {j: i for i, j in pairs.items()}
    added = []
    for j, each in enumerate(new):
        found = Altered(old[became[j]] if j in became else None, each, here=each.id in here)
        if found.before is None:
            added.append(found)
        elif key(found.before.words) != key(each.words):
            yield replace(found, pieces=_rewording(found.before.words, each.words, budget, key))
        elif found.reattributed or found.otherwise:
            yield found
    yield from added


def _spoken(analysis: Analysis) -> list[Quotation]:
    return sorted((q for q in analysis.quotations if q.kind in SAYS), key=lambda q: (q.start, q.end))


def _said(q: Quotation, article: Article, known: Frame) -> Said:
    def who(id_: str, name: str) -> Who:
        actor = known.actors.get(id_)
        return Who(actor.name, actor_at(id_)) if actor else Who(name)

    # a pronoun names nobody, so that another pronoun is no other speaker
    named = q.source is not None and q.source.label != "pronoun"
    return Said(
        id=q.id,
        kind=q.kind,
        words=squeeze(article.text[q.start : q.end]),
        speakers=tuple(who(s.id, s.name) for s in q.speakers),
        source=squeeze(q.source.text) if q.source and named and not q.speakers else "",
    )


def _pairs(old: Sequence[Said], new: Sequence[Said], budget: Budget, key: Callable[[str], str]) -> dict[int, int]:
    """Return which quotation of ``old`` is which of ``new``, by their places: the same words, then the most alike."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(new) - 1, -1, -1):
        places[key(new[j].words)].append(j)
    pairs = {i: places[key(each.words)].pop() for i, each in enumerate(old) if places[key(each.words)]}
    taken = set(pairs.values())
    left = [(i, words_of(key(each.words))) for i, each in enumerate(old) if i not in pairs]
    free = [(j, words_of(key(each.words))) for j, each in enumerate(new) if j not in taken]
    if not budget.takes(sum(len(words) for _, words in left) * len(free) + sum(len(words) for _, words in free)):
        return pairs
    alike = [
        (share, i, j)
        for i, a in left
        for j, b in free
        if (share := likeness(a, b)) >= (OF_ONE if old[i].speakers and old[i].speakers == new[j].speakers else ALIKE)
    ]
    for _, i, j in sorted(alike, key=lambda x: (-x[0], abs(x[1] - x[2]), x[1], x[2])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _rewording(old: str, new: str, budget: Budget, key: Callable[[str], str]) -> tuple[Piece, ...]:
    return rewording(old, new, budget, key) or (Piece("removed", old), Piece("inserted", new))
