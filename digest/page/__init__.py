"""Dossiers to ready HTML, through the templates in ``templates/pages``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.addresses import actor_at, further_at
from digest.dossiers import ActorDossier, ArticleDossier, Count, Digest, OutletDossier, TopicDossier, published
from digest.lines import quoted
from digest.model import DigestError
from digest.output import Alternate, Download, File, Page, SiteInfo
from digest.page import briefings, listed, mail, quoted_where, relations, sentences, text
from digest.page.english import outlet_name
from digest.page.feed import Feed, feeds, written
from digest.page.linked import Entity
from digest.page.press import Press
from digest.page.sheets import PART, beginning, of_actor, of_article, of_line, sheets
from digest.text import capital, clip

__all__ = ["feeds", "files", "render"]

SPOKEN = 3
"""The page of an actor without highlights tells machines so many of its quotations."""
ANNOTATIONS = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
"""The media type of Web Annotations (https://www.w3.org/TR/annotation-protocol/#annotation-retrieval)."""


def files(digest: Digest, site: SiteInfo, found: Sequence[Feed]) -> Iterator[File]:
    """Yield what belongs to the pages and is none: the feeds that were ``found``, and the briefings as mails."""
    yield from written(found, site)
    yield from mail.mails(digest, site)


def render(
    digest: Digest, site: SiteInfo, found: Sequence[Feed] = (), downloads: Sequence[Download] = ()
) -> Iterator[Page]:
    """Yield every page of the site but the hand-written ones. The same digest gives the same pages.

    ``found`` are the feeds of the site and ``downloads`` the files that can be downloaded beside its pages, which lead
    to both. Raises DigestError where two pages have one address: only the later one would be there to be read.
    """
    titles: dict[str, str] = {}
    for made in _every(digest, Press(site, digest, found, downloads), downloads):
        if made.url in titles:
            both = f"“{titles[made.url]}” and “{made.title}”"
            raise DigestError(f"/{made.url}: two pages would have this address, {both}; report this as a bug")
        titles[made.url] = made.title
        yield made


def _every(digest: Digest, press: Press, downloads: Sequence[Download]) -> Iterator[Page]:
    front = press.linker("").front([line for line in (digest.front.lead, *digest.front.latest) if line])
    yield press.page("front.html", "", press.site.name, sentences.edition(digest), "front", entity=front, digest=digest)
    search = Entity("SearchResultsPage")
    yield press.page("search.html", "search/", "Search", "Search in quotations and articles.", "search", entity=search)
    yield from _quotations(digest, press)
    yield from _actors(digest, press)
    yield from _topics(digest, press)
    yield from _articles(digest, press)
    yield from _outlets(digest, press)
    yield from relations.pages(digest, press)
    yield from briefings.pages(digest, press)
    yield press.page("review.html", "review/", "Review", "What a person can settle.", "data", digest=digest)
    yield press.page(
        "changes.html", "changes/", "What changed", sentences.changes(digest.changes), "data", digest=digest
    )
    about = "What can be downloaded, and which inputs were skipped."
    data = press.linker("data/").dataset(sentences.edition(digest), downloads)
    yield press.page("data.html", "data/", "Data", about, "data", entity=data, digest=digest, downloads=downloads)


def _quotations(digest: Digest, press: Press) -> Iterator[Page]:
    every = sheets(digest.lines, "quotations/", "quotations/", of_line)
    total = quoted(digest.lines)
    for sheet in every:
        title = "All quotations" if sheet.number == 1 else f"All quotations, page {sheet.number}"
        yield press.page(
            "quotations.html",
            sheet.url,
            title,
            sentences.edition(digest),
            "quotations",
            entity=press.linker(sheet.url).collection(sheet.total),
            sheet=sheet,
            total=total,
        )


def _actors(digest: Digest, press: Press) -> Iterator[Page]:
    for sheet in sheets(digest.actors, "actors/", further_at("actors/"), of_actor):
        yield press.page(
            "actors.html",
            sheet.url,
            "Actors",
            "Who is quoted and spoken about.",
            "actors",
            entity=press.linker(sheet.url).collection(sheet.total),
            sheet=sheet,
        )
    for dossier in digest.actors:
        yield from _actor(dossier, digest, press)
    yield from _moved(digest, press)


def _actor(dossier: ActorDossier, digest: Digest, press: Press) -> Iterator[Page]:
    name, url = dossier.actor.name, dossier.url
    by = sheets(dossier.by, f"{url}#by", f"{url}by/", of_line, PART)
    about = sheets(dossier.about, f"{url}#about", f"{url}about/", of_line, PART)
    lede = sentences.actor(dossier, only_article=digest.sparse)
    shown = [highlight.line for highlight in dossier.highlights] or dossier.by[:SPOKEN]
    yield press.page(
        "actor.html",
        url,
        name,
        f"{name}: {lede}",
        "actors",
        entity=press.linker(url).actor(dossier, shown),
        dossier=dossier,
        by=by,
        about=about,
        lede=lede,
    )
    above = {"above": ("Actors", "actors/"), "back": (name, url)}
    yield from press.table(by[1:], f"Quotations by {name}", "actors", without=("speaker",), **above)
    yield from press.table(about[1:], f"Quotations about {name}", "actors", without=("about",), **above)
    yield from listed.of_actor(dossier, press)


def _moved(digest: Digest, press: Press) -> Iterator[Page]:
    """Yield a page at each address of before that leads to the actor of today."""
    here = {dossier.actor.id for dossier in digest.actors}
    for dossier in digest.actors:
        for id_ in (old for old in dossier.actor.formerly if old not in here):
            made = press.page("moved.html", actor_at(id_), dossier.actor.name, "", "actors", dossier=dossier)
            yield replace(made, moved=dossier.url, linked="")


def _topics(digest: Digest, press: Press) -> Iterator[Page]:
    tops = [d for d in digest.topics if not d.above]
    children = {d.topic.url: d.below for d in digest.topics}
    groups = [(d, _tree(d.below, children, 0)) for d in tops]
    yield press.page(
        "topics.html",
        "topics/",
        "Topics",
        "What the articles are about.",
        "topics",
        entity=press.linker("topics/").collection(len(digest.topics)),
        groups=groups,
    )
    for dossier in digest.topics:
        yield from _topic(dossier, press)


def _tree(below: tuple[Count, ...], children: dict[str, tuple[Count, ...]], depth: int) -> list[tuple[int, Count]]:
    """Return the topics below one as lines with their depth, each followed by its own."""
    return [x for c in below for x in [(depth, c), *_tree(children.get(c.url, ()), children, depth + 1)]]


def _topic(dossier: TopicDossier, press: Press) -> Iterator[Page]:
    name, url = capital(dossier.topic.name), dossier.topic.url
    every = sheets(dossier.lines, f"{url}#quotations", f"{url}quotations/", of_line, PART)
    cells = quoted_where.behind(dossier.matrix, dossier.lines, url) if dossier.matrix else []
    yield press.page(
        "topic.html",
        url,
        name,
        f"Who said what on {dossier.topic.name}.",
        "topics",
        entity=press.linker(url).topic(dossier),
        dossier=dossier,
        name=name,
        every=every,
        at=quoted_where.addresses(cells),
    )
    title = f"Who is quoted where on {dossier.topic.name}"
    yield from quoted_where.pages(cells, title, "topics", press, [("Topics", "topics/"), (name, url)])
    above = {"above": ("Topics", "topics/"), "back": (name, url)}
    yield from press.table(every[1:], f"Quotations on {dossier.topic.name}", "topics", without=("about",), **above)
    yield from listed.of_topic(dossier, name, press)


def _articles(digest: Digest, press: Press) -> Iterator[Page]:
    total = published(digest.articles)
    for sheet in sheets(digest.articles, "articles/", further_at("articles/"), of_article):
        yield press.page(
            "articles.html",
            sheet.url,
            "Articles",
            "Every article, newest first.",
            "articles",
            entity=press.linker(sheet.url).collection(sheet.total),
            sheet=sheet,
            total=total,
        )
    for dossier in digest.articles:
        yield from _article(dossier, press)


def _article(dossier: ArticleDossier, press: Press) -> Iterator[Page]:
    """Yield the page of an article, and of a very long one the pages on which its text goes on."""
    rows = text.rows(dossier)
    every = text.pages(dossier, rows)
    said = {sheet.url: [line for row in sheet.rows for line in row.notes] for sheet in every}
    headline = text.title_row(rows)
    if headline:
        said[dossier.url] = [*headline.notes, *said[dossier.url]]
    about = capital(f"{sentences.article(dossier)}, each marked at its place in the text.")
    annotations = Alternate(ANNOTATIONS, "Places of the quotations", f"{dossier.url}annotations.jsonld")
    for sheet in every:
        where = f", page {sheet.number} of {len(every)}" if len(every) > 1 else ""
        entity = press.linker(sheet.url).article(dossier, said[sheet.url])
        if sheet.number > 1:
            entity = replace(entity, above=[(dossier.article.title, dossier.url)])
        yield press.page(
            "article.html",
            sheet.url,
            f"{clip(dossier.article.title, 120)}{where}",
            about,
            "articles",
            entity=entity,
            alternates=(annotations,),
            dossier=dossier,
            article=dossier.article,
            headline=headline,
            layers=text.present(dossier, rows),
            sheet=sheet,
            onward=[(other, said[other.url]) for other in every if other is not sheet],
        )


def _outlets(digest: Digest, press: Press) -> Iterator[Page]:
    dossiers = digest.outlets
    every = press.linker("outlets/").collection(len(dossiers))
    yield press.page(
        "outlets.html", "outlets/", "Outlets", "Who published what.", "outlets", entity=every, dossiers=dossiers
    )
    for dossier in dossiers:
        yield from _outlet(dossier, digest, press)


def _outlet(dossier: OutletDossier, digest: Digest, press: Press) -> Iterator[Page]:
    name, url = outlet_name(dossier.outlet.name, alone=True), dossier.outlet.url
    # The table of the only outlet is that of all quotations, which the page leads to.
    only = len(digest.outlets) == 1
    here = f"{url}#quotations"
    every = sheets(dossier.lines, here, f"{url}quotations/", of_line, PART)
    if only:
        every = beginning(every)
    printed = sheets(dossier.articles, f"{url}#articles", f"{url}articles/", of_article, PART)
    lede = sentences.outlet(dossier)
    yield press.page(
        "outlet.html",
        url,
        name,
        f"{name}: {lede}",
        "outlets",
        entity=press.linker(url).outlet(dossier),
        dossier=dossier,
        name=name,
        lede=lede,
        every=every,
        printed=printed,
    )
    above = {"above": ("Outlets", "outlets/"), "back": (name, url)}
    if not only:
        yield from press.table(every[1:], f"Quotations in {name}", "outlets", without=("about", "outlet"), **above)
    yield from listed.of_outlet(dossier, name, press)
    for sheet in printed[1:]:
        yield press.page(
            "articles.html",
            sheet.url,
            f"Articles by {name}",
            f"Articles by {name}.",
            "outlets",
            entity=Entity("CollectionPage", above=[(name, url)]),
            sheet=sheet,
            total=published(dossier.articles),
        )
