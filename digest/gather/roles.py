"""The roles of an actor as articles print them, those that are held before those of the past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from digest.dossiers import PrintedRole
from digest.language import load
from digest.language.past import without_past
from digest.lines import Outlet, Tally
from digest.model import Article, Role
from digest.text import squeeze


def printed(
    roles: Iterable[Role],
    articles: Mapping[str, Article],
    outlets: Mapping[str | None, Outlet],
    text_of: Callable[[str], str],
) -> tuple[PrintedRole, ...]:
    """Return one actor's roles, each wording once: first those that are held, then those of the past.

    Both are newest first, of one day the most often printed first; undated ones are last. A wording counts where it was
    printed last. ``roles`` are newest first as well; ``text_of`` tells which text an article is a report of.
    """
    wordings: dict[str, list[Role]] = defaultdict(list)
    for role in roles:
        wordings[squeeze(role.text).casefold()].append(role)
    found = _joined([_printed(same, articles, outlets, text_of) for same in wordings.values()])
    found.sort(key=lambda r: r.times.rank)
    found.sort(key=lambda r: r.article.published or "", reverse=True)
    found.sort(key=lambda r: r.past)
    return tuple(found)


def _printed(
    same: Sequence[Role],
    articles: Mapping[str, Article],
    outlets: Mapping[str | None, Outlet],
    text_of: Callable[[str], str],
) -> PrintedRole:
    printing = list(dict.fromkeys(role.article for role in same))
    latest = articles[printing[0]]
    return PrintedRole(
        text=squeeze(same[0].text),
        article=latest,
        outlet=outlets[latest.outlet],
        times=Tally.of(map(text_of, printing)),
        past=same[0].past,
        first=min((day for id_ in printing if (day := articles[id_].published)), default=None),
    )


def _joined(found: Sequence[PrintedRole]) -> list[PrintedRole]:
    """Return the wordings; one that is held, and later printed as one of the past only, is inside that one."""
    over: dict[str, list[int]] = defaultdict(list)
    for n, role in enumerate(found):
        if role.past and (held := _held(role)):
            over[held].append(n)
    joined = dict(enumerate(found))
    for n, role in enumerate(found):
        last = role.article.published
        if role.past or not last:
            continue
        later = [n for n in over.get(_held(role), ()) if (found[n].article.published or "") > last]
        if later:
            first = min(later, key=lambda n: (found[n].first or "", n))
            joined[first] = replace(joined[first], earlier=joined.pop(n))
    return list(joined.values())


def _held(role: PrintedRole) -> str:
    return without_past(role.text, load(role.article.language))
