"""The pages of how those who are quoted stand to each other: who speaks about whom, and everything that is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.addresses import said_there_at
from digest.dossiers import Digest
from digest.output import Page
from digest.page import behind, views
from digest.page.linked import Entity
from digest.page.press import Press
from digest.page.sheets import of_line, sheets
from digest.relations import InOutlet, Network, Standing


def pages(digest: Digest, press: Press) -> Iterator[Page]:
    """Yield the pages of comparison and those of the network."""
    compared = digest.comparison
    about = "Who is quoted where and on what, and who is left out."
    yield press.page("compare.html", "compare/", "Compare", about, "compare", compared=compared)
    if compared.pairs:
        about = "Two speakers side by side, by topic."
        yield press.page("pairs.html", "compare/pairs/", "Side by side", about, "compare", pairs=compared.pairs)
    for standing in compared.standings:
        name = standing.speaker.name
        about = f"{name}, compared outlet by outlet and topic by topic."
        entity = press.linker(standing.url).comparison(standing.speaker)
        yield press.page(
            "compared.html", standing.url, f"{name} compared", about, "compare", entity=entity, standing=standing
        )
        yield from _said_there(standing, press)
    for pair in compared.pairs:
        title = f"{pair.one.name} and {pair.other.name}"
        about = f"{title}: what both say, side by side."
        sides = press.linker(pair.url).comparison(pair.one, pair.other)
        yield press.page("pair.html", pair.url, title, about, "compare", entity=sides, pair=pair)
    for rivals in compared.rivals:
        title = f"{rivals.one.name} and {rivals.other.name}"
        about = f"{title}: what both printed on the same stories, side by side."
        sides = press.linker(rivals.url).comparison(rivals.one, rivals.other)
        yield press.page("rivals.html", rivals.url, title, about, "compare", entity=sides, rivals=rivals)
    yield from _network(digest.network, digest.networks, press)
    for found in digest.networks:
        yield from _network(found, (), press)
    for said in digest.speeches:
        title = f"What {said.speaker.name} says about others"
        yield press.page("about-others.html", said.url, title, f"{title}, and with which verbs.", "network", said=said)


def _network(found: Network, narrower: Sequence[Network], press: Press) -> Iterator[Page]:
    """Yield the page of a network, with the choice of ``narrower`` ones, and those of what stands behind it."""
    on = f" on {found.topic.name}" if found.topic else ""
    title = f"Who speaks about whom{on}"
    every = behind.pages(found)
    entity = press.linker(found.url).topical(found.topic) if found.topic else None
    yield press.page(
        "network.html",
        found.url,
        title if found.topic else "Network",
        f"{title}, and with which verbs.",
        "network",
        entity=entity,
        network=found,
        heading=title,
        at=behind.addresses(every),
        narrower=narrower,
    )
    for sheet in every if found.edges else ():
        numbered = f", page {sheet.number} of {len(sheet.pages)}" if len(sheet.pages) > 1 else ""
        yield press.page(
            "behind.html",
            sheet.url,
            f"Who says what about whom{on}{numbered}",
            f"{title}: the quotations.",
            "network",
            entity=Entity("CollectionPage", above=[(title, found.url)] if found.topic else ()),
            network=found,
            heading=title,
            sheet=sheet,
            groups=behind.groups(sheet),
        )


def _said_there(standing: Standing, press: Press) -> Iterator[Page]:
    """Yield the pages of all that a speaker says in one outlet or on one topic, where the speaker's page cuts it."""
    name, back = standing.speaker.name, (f"{standing.speaker.name} compared", standing.url)
    for own in standing.places:
        if views.cut(own):
            url = said_there_at(standing.speaker.id, own.place)
            there = f"in {own.outlet.name}" if isinstance(own, InOutlet) else f"on {own.topic.name}"
            yield from press.table(
                sheets(own.lines, url, url, of_line),
                f"Quotations by {name} {there}",
                "compare",
                back=back,
                above=("Compare", "compare/"),
                without=("speaker", "outlet") if isinstance(own, InOutlet) else ("speaker",),
            )
