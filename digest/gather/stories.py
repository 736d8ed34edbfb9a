"""What outlets had at the same time: a story is a topic in a week, and whoever printed an article on it had it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.dossiers import ArticleDossier
from digest.gather.time import week
from digest.lines import Line, Outlet

Story = tuple[str, str]
"""A topic and the Monday of a week."""


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories and the week of each dated article by its id, and the articles of each known outlet by story."""

    of: Mapping[str, tuple[Story, ...]]
    weeks: Mapping[str, str]
    printed: Mapping[Outlet, Mapping[Story, Sequence[ArticleDossier]]]

    def told(self, line: Line) -> tuple[Story, ...]:
        """Return the stories that a quotation is of: its topics in the week of its article."""
        monday = self.weeks.get(line.article.id)
        return tuple((topic.id, monday) for topic in line.topics) if monday else ()


def stories(articles: Iterable[ArticleDossier]) -> Stories:
    """Return the stories of ``articles``; one without a date has none."""
    held = list(articles)
    weeks = {a.article.id: week(a.article.published) for a in held if a.article.published}
    of = {id_: tuple((topic.id, weeks[id_]) for topic in a.topics) for a in held if (id_ := a.article.id) in weeks}
    printed: dict[Outlet, dict[Story, list[ArticleDossier]]] = {}
    for a in held:
        if a.outlet.name:
            own = printed.setdefault(a.outlet, {})
            for story in of.get(a.article.id, ()):
                own.setdefault(story, []).append(a)
    return Stories(of, weeks, printed)
