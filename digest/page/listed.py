"""Long lists on pages of their own: the voices of a topic and its stories, whom an actor speaks about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from digest.addresses import listed_at
from digest.dossiers import ActorDossier, Count, OutletDossier, TopicDossier
from digest.output import Page
from digest.page.linked import Entity
from digest.page.press import Press
from digest.page.sheets import Shown, of_count, sheets
from digest.page.views import FOLDED, REPORTS
from digest.relations import Story

T = TypeVar("T")


def _of_story(story: Story) -> Shown:
    """Return what a story shows: the headlines of its articles, with the outlet of each."""
    shown = story.reports[:REPORTS]
    return Shown(
        sum(len(report.article.title.encode()) for report in shown),
        (*(report.article.id for report in shown), *(report.outlet.url for report in shown)),
    )


def of_actor(dossier: ActorDossier, press: Press) -> Iterator[Page]:
    """Yield the lists of an actor that are too long for its page."""
    name = dossier.actor.name
    for key, counts, title in (
        ("speaks-about", dossier.speaks_about, f"Whom {name} speaks about"),
        ("spoken-about-by", dossier.spoken_about_by, f"Who speaks about {name}"),
        ("outlets", dossier.outlets, f"Outlets that quote {name}"),
        ("topics", dossier.topics, f"Topics on which {name} is quoted"),
    ):
        yield from _ranked(press, counts, key, title, (name, dossier.url), ("Actors", "actors/"))


def of_topic(dossier: TopicDossier, name: str, press: Press) -> Iterator[Page]:
    """Yield the lists of a topic that are too long for its page."""
    back, above = (name, dossier.topic.url), ("Topics", "topics/")
    yield from _ranked(press, dossier.voices, "voices", f"Voices on {dossier.topic.name}", back, above)
    if len(dossier.stories) > FOLDED // 2:
        title = f"Stories on {dossier.topic.name}"
        yield from _pages(press, dossier.stories, _of_story, "stories", title, back, above)


def of_outlet(dossier: OutletDossier, name: str, press: Press) -> Iterator[Page]:
    """Yield the lists of an outlet that are too long for its page."""
    known = dossier.outlet.name
    for key, counts, title in (
        ("voices", dossier.voices, f"Whom {name} quotes" if known else "Who is quoted where no outlet is known"),
        ("via", dossier.via, f"Through whom {name} quotes" if known else "Through whom where no outlet is known"),
        ("topics", dossier.topics, f"Topics of {name}" if known else "Topics where no outlet is known"),
    ):
        yield from _ranked(press, counts, key, title, (name, dossier.outlet.url), ("Outlets", "outlets/"))


def _ranked(
    press: Press, counts: Sequence[Count], key: str, title: str, back: tuple[str, str], above: tuple[str, str]
) -> Iterator[Page]:
    if len(counts) > FOLDED:
        yield from _pages(press, counts, of_count, key, title, back, above)


def _pages(
    press: Press,
    rows: Sequence[T],
    shown: Callable[[T], Shown],
    key: str,
    title: str,
    back: tuple[str, str],
    above: tuple[str, str],
) -> Iterator[Page]:
    """Yield the pages of a list under ``title``, below the page that ``back`` leads to."""
    url = listed_at(back[1], key)
    for sheet in sheets(rows, url, url, shown):
        heading = title if sheet.number == 1 else f"{title}, page {sheet.number} of {len(sheet.pages)}"
        yield press.page(
            "listed.html",
            sheet.url,
            heading,
            f"{heading}.",
            above[1].rstrip("/"),
            entity=Entity("CollectionPage", above=[back]),
            sheet=sheet,
            heading=title,
            most=rows[0],
            stories=shown is _of_story,
            back=back,
            over=above,
        )
