"""The press: the templates, what they may call, and a page made from one of them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from digest import addresses, language
from digest.dossiers import Digest, published
from digest.lines import Line, quoted, unresolved
from digest.model import SAYS, Article
from digest.output import KIND_WORDS, Alternate, Download, Page, SiteInfo
from digest.page import (
    charts,
    compared,
    edited,
    english,
    forge,
    fragments,
    layers,
    links,
    network,
    news,
    reasons,
    sentences,
    views,
    weekly,
    words,
)
from digest.page.feed import Feed, by_page
from digest.page.linked import Entity, Linker
from digest.page.sheets import Sheet
from digest.page.templates import environment
from digest.text import clip

TITLE = 64
"""A headline in a line of provenance is cut at a word before this length, in a narrow column of a table before one
that is given; the link leads to the whole."""

ENTITY = "../../"
"""The way up from the pages of actors, topics and outlets, where a quotation stands again and again."""

_KIND_CLASSES = {"direct": "kind", "mixed": "kind mixed", "indirect": "kind rep"}
KINDS = {kind: Markup('<span class="{}">{}</span>').format(_KIND_CLASSES[kind], KIND_WORDS[kind]) for kind in SAYS}


class Press:
    """Makes pages of one site. What a table repeats on many pages is made once."""

    def __init__(
        self, site: SiteInfo, digest: Digest, feeds: Iterable[Feed] = (), downloads: Iterable[Download] = ()
    ) -> None:
        """Load the templates and tell them what holds of the whole edition, so that no line of it says it again.

        ``feeds`` are all of the site; each page links to its own. ``downloads`` are the files beside the pages.
        """
        self.site = site
        self._feeds = by_page(feeds)
        self._said: dict[tuple[str, str], Markup] = {}
        self._cells: dict[tuple[str, str, str], str] = {}
        self._templates = environment()
        self._templates.globals.update(
            site=site,
            sparse=digest.sparse,
            copied=published(digest.articles).copied,
            dated=digest.front.last is not None,
            named=any(d.outlet.name for d in digest.outlets),
            fresh=news.fresh(digest),
            news=news.news,
            digest_stories=digest.stories,
            yaml_key=links.yaml_key,
            gap=layers.GAP,
            kinds=KINDS,
            title_of=_title,
            feeds=self._feeds,
            table_of_all=views.table_of_all(downloads),
            words=self._words,
            worded=words.said,
            utterances=digest.utterances,
            beside_actors=views.beside_actors(digest),
            beside_topics=views.on_topics(digest.comparison.pairs),
            outlets_on_topics=views.on_topics(digest.comparison.rivals),
            beside_outlets=views.beside_outlets(digest),
            standings=views.standings(digest),
            speeches={said.speaker.id: said.url for said in digest.speeches},
            networks={found.topic: found for found in digest.networks},
            rows=self._rows,
            attributes=functools.cache(lambda code: words.attributes(code, site.language)),
            language_of=_language,
            where=self._where,
            commit=forge.commit(site, site.commit),
            commit_at=functools.partial(forge.commit, site),
            blob=functools.partial(forge.blob, site),
            report=functools.partial(forge.report, site),
            report_actor=functools.partial(forge.report_actor, site),
            at_source=fragments.at_source,
            web=links.web,
            when=english.when,
            day=english.day,
            period=english.period,
            outlet_name=english.outlet_name,
            counted=english.counted,
            listed=english.listed,
            in_words=english.number,
            tally=english.tally,
            articles=english.articles,
            quotations=english.quotations,
            quoted=quoted,
            published=published,
            size=english.size,
            bar=functools.cache(charts.bar),
            spark=charts.spark,
            timeline=charts.timeline,
            picture=network.picture,
            unresolved=unresolved,
            chance=english.chance,
            reasons=reasons,
            say=sentences,
            tell=compared,
            edits=edited,
            weekly=weekly,
            view=views,
            actor_at=addresses.actor_at,
            listed_at=addresses.listed_at,
            article_at=addresses.article_at,
            quotation_at=addresses.quotation_at,
            compared_at=addresses.compared_at,
            anchor=addresses.anchor,
            cell_of=addresses.cell,
        )
        self._macros = self._templates.get_template("cells.html").module

    def linker(self, url: str) -> Linker:
        """Return what names things from the page at ``url``."""
        return Linker(self.site, url)

    def page(
        self,
        template: str,
        url: str,
        title: str,
        description: str,
        section: str,
        *,
        entity: Entity | None = None,
        alternates: tuple[Alternate, ...] = (),
        **context: object,
    ) -> Page:
        """Return the page that ``template`` makes of ``context`` at ``url``.

        ``entity`` says what it is to machines, ``alternates`` in which other forms they find what it shows.
        """
        entity = entity or Entity()
        html = self._templates.get_template(template).render(up=links.up(url), url=url, **context)
        return Page(
            url=url,
            title=title,
            description=description,
            html=html,
            section=section,
            language=self.site.language,
            linked=self.linker(url).document(title, description, section, entity),
            graph=entity.graph,
            published=entity.published,
            alternates=(*(each for feed in self._feeds.get(url, ()) for each in feed.alternates), *alternates),
        )

    def table(
        self, sheets: Sequence[Sheet[Line]], title: str, section: str, *, back: tuple[str, str], **context: object
    ) -> Iterator[Page]:
        """Yield pages of a long table that have nothing else; ``back`` leads to the page that it belongs to."""
        for sheet in sheets:
            numbered = f"{title}, page {sheet.number} of {len(sheet.pages)}" if len(sheet.pages) > 1 else title
            yield self.page(
                "continued.html",
                sheet.url,
                numbered,
                numbered,
                section,
                entity=Entity("CollectionPage", above=[back]),
                alternates=(),
                sheet=sheet,
                heading=title,
                back=back,
                **context,
            )

    def _words(self, line: Line) -> Markup:
        """Return the words of a quotation; they stand on five or more pages and are made once."""
        key = line.article.id, line.quotation.id
        if key not in self._said:
            self._said[key] = words.said(line)
        return self._said[key]

    def _rows(self, lines: Sequence[Line], columns: Sequence[tuple[str, str, str]], up: str) -> Markup:
        """Return the rows of a table of quotations. Their cells are kept, except on pages that each stand on once."""
        keys = [key for key, _, _ in columns]
        rows = (f"<tr>{''.join(self._cell(line, key, up) for key in keys)}</tr>\n" for line in lines)
        return Markup("".join(rows))  # noqa: S704 - of cells that the autoescaping templates made

    def _cell(self, line: Line, column: str, up: str) -> str:
        if up != ENTITY:
            return str(getattr(self._macros, column)(line, up))
        key = line.article.id, line.quotation.id, column
        if key not in self._cells:
            self._cells[key] = str(getattr(self._macros, column)(line, up))
        return self._cells[key]

    def _where(self, line: Line, *, whole: bool = False) -> Markup:
        """Return the file and the offsets of a quotation, linked to the file in the repository where there is one."""
        q, article = line.quotation, line.article
        name = links.short_path(article.path)
        place = f"{name if whole else name.rpartition('.')[0] or name}:{q.start}–{q.end}"
        if address := forge.blob(self.site, article):
            return Markup('<a class="mono" href="{}">{}</a>').format(address, place)
        return Markup("<code>{}</code>").format(place)


def _title(article: Article, limit: int = TITLE) -> str:
    return clip(article.title, limit)


def _language(code: str) -> str:
    """Return the name of a language, its code where it is none of ours."""
    return language.load(code).raw.name if code in language.available() else code
