"""What a page says to machines: JSON-LD in the vocabulary of schema.org.

Every page says what kind of page it is, of which site it is a part, and which way leads to it (BreadcrumbList). The
page of an article holds a NewsArticle with its quotations, that of an actor a ProfilePage of a Person or an
Organization, that of a topic a DefinedTerm. Identifiers are the addresses of this site: whole ones where it is known
(``site_url``), relative ones otherwise, which JSON-LD resolves against the page (JSON-LD 1.1, section 3.3).

https://schema.org/docs/full.html is the vocabulary; the tests hold every type, property and kind of value against it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from digest.addresses import actor_at, article_at
from digest.dossiers import ActorDossier, ArticleDossier, Briefing, OutletDossier, TopicDossier
from digest.lines import Line, Outlet, Topic
from digest.model import Actor, ActorType, Article
from digest.output import KIND_WORDS, MEDIA_TOPICS, WIKIDATA, Download, SiteInfo, media_topic
from digest.page.links import up, web

Node = dict[str, object]
GraphType = Literal["website", "article", "profile"]

CONTEXT = "https://schema.org"
NAMES = 24
"""An actor's page names so many other names of it, and so many roles that are printed of a person."""

_TYPES: Mapping[ActorType, str] = MappingProxyType(
    {
        "person": "Person",
        "organisation": "Organization",
        "media": "NewsMediaOrganization",
        "armed-group": "Organization",
        "party": "PoliticalParty",
        "company": "Corporation",
        # Who speaks for a state is its government; schema.org lets no Country speak.
        "state": "GovernmentOrganization",
        "place": "Organization",
    }
)
_SECTIONS: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType(
    {
        "quotations": [("Quotations", "quotations/")],
        "actors": [("Actors", "actors/")],
        "topics": [("Topics", "topics/")],
        "outlets": [("Outlets", "outlets/")],
        "articles": [("Articles", "articles/")],
        "briefings": [("Briefings", "briefings/")],
        "compare": [("Compare", "compare/")],
        "network": [("Network", "network/")],
    }
)
# https://www.iana.org/assignments/media-types; JSON Lines has none of its own (https://jsonlines.org)
_MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "csv": "text/csv",
        "jsonl": "application/jsonl",
        "ninjs": "application/jsonl",
        "parquet": "application/vnd.apache.parquet",
        "sqlite": "application/vnd.sqlite3",
    }
)
# They may not stand inside a script element, where "</script" and "<!--" end it whatever JSON they are in
# (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Entity:
    """What a page is: its type in schema.org, what it shows first of all, and what else of it.

    ``above`` are the pages on the way to it below its section, with their names. ``graph`` is its type in the Open
    Graph protocol (https://ogp.me), ``published`` the ISO date of what it shows.
    """

    type: str = "WebPage"
    main: Node = field(default_factory=dict)
    more: Node = field(default_factory=dict)
    above: Sequence[tuple[str, str]] = ()
    graph: GraphType = "website"
    published: str = ""


@dataclass(frozen=True, slots=True)
class Linker:
    """Names things from the page at ``url`` of a site."""

    site: SiteInfo
    url: str

    def at(self, path: str, fragment: str = "") -> str:
        """Return the address of a page of the site, and of a thing on it."""
        base = self.site.url or up(self.url) or "./"
        return f"{base}{path}{'#' if fragment else ''}{fragment}"

    def document(self, title: str, description: str, section: str, entity: Entity) -> str:
        """Return the JSON-LD of the page, ready to stand in a script element."""
        home = self._home()
        page: Node = {
            "@type": entity.type,
            "@id": self.at(self.url),
            "url": self.at(self.url),
            "name": title,
            **_known(description=description),
            "inLanguage": self.site.language,
            "isPartOf": {"@id": home["@id"]},
            **entity.more,
            **_known(mainEntity=entity.main),
        }
        graph: list[Node] = [page, home]
        if self.url:
            way = {"": self.site.name}
            for name, url in (*_SECTIONS.get(section, ()), *entity.above, (title, self.url)):
                way.setdefault(url, name)
            crumbs = self._crumbs(way)
            page["breadcrumb"] = {"@id": crumbs["@id"]}
            graph.append(crumbs)
        return script({"@context": CONTEXT, "@graph": graph})

    def _home(self) -> Node:
        found: Node = {
            "@type": "WebSite",
            "@id": self.at("", "site"),
            "url": self.at(""),
            "name": self.site.name,
            "inLanguage": self.site.language,
        }
        if not self.url and self.site.url:
            # A template is no address that could be resolved, so it has to be whole.
            found["potentialAction"] = {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{self.site.url}search/?q={{words}}"},
                "query-input": "required name=words",
            }
        return found

    def _crumbs(self, way: Mapping[str, str]) -> Node:
        items = [
            {"@type": "ListItem", "position": n, "name": name, "item": {"@id": self.at(url)}}
            for n, (url, name) in enumerate(way.items(), 1)
        ]
        return {"@type": "BreadcrumbList", "@id": self.at(self.url, "way"), "itemListElement": items}

    # --- what pages are of ---

    def collection(self, n: int) -> Entity:
        """Return what the page of a list of ``n`` things is."""
        return Entity("CollectionPage", {"@type": "ItemList", "numberOfItems": n})

    def front(self, lines: Sequence[Line]) -> Entity:
        """Return what the front page is: a collection that holds these quotations."""
        return Entity("CollectionPage", more=_known(hasPart=[self.quotation(line) for line in lines]))

    def briefing(self, briefing: Briefing) -> Entity:
        """Return what the page of a week is: a collection of the quotations that stand for it."""
        week = briefing.week
        parts = [self.quotation(line) for group in briefing.groups for line in group.lines]
        return Entity("CollectionPage", more={"temporalCoverage": f"{week.first}/{week.last}", **_known(hasPart=parts)})

    def article(self, dossier: ArticleDossier, lines: Sequence[Line]) -> Entity:
        """Return what a page of an article is: about a NewsArticle, of whose quotations it shows ``lines``."""
        article = dossier.article
        main = self._news(article, dossier.outlet) | _known(
            about=[self._term(topic, whole=False) for topic in dossier.topics],
            hasPart=[self.quotation(line, whole=False) for line in lines],
        )
        return Entity(
            main=main,
            more=_known(isBasedOn=web(article.url)),
            graph="article",
            published=article.published or "",
        )

    def actor(self, dossier: ActorDossier, lines: Sequence[Line]) -> Entity:
        """Return what the page of an actor is: the profile of one who is a source in news.

        What they are only guessed to say of ``lines`` is no part of it.
        """
        actor = dossier.actor
        names = [name for name in actor.aliases if name != actor.name][:NAMES]
        main = self._actor(actor) | _known(
            alternateName=names, sameAs=f"{WIKIDATA}{actor.wikidata}" if actor.wikidata else ""
        )
        if actor.type == "person":
            titles = [role.text for role in actor.held if not role.until]
            titles += [printed.text for printed in dossier.roles]
            main |= _known(jobTitle=list(dict.fromkeys(titles))[:NAMES])
        parts = [self.quotation(line) for line in lines if not line.unsure]
        return Entity("ProfilePage", main, _known(hasPart=parts), graph="profile")

    def topic(self, dossier: TopicDossier) -> Entity:
        """Return what the page of a topic is: a collection on a DefinedTerm of the IPTC's or of the people's own."""
        above = tuple((topic.name, topic.url) for topic in dossier.above)
        return Entity("CollectionPage", self._term(dossier.topic), above=above)

    def outlet(self, dossier: OutletDossier) -> Entity:
        """Return what the page of an outlet is; of those whose outlet is unknown, a collection of articles."""
        if dossier.outlet.name is None:
            return self.collection(len(dossier.articles))
        return Entity("ProfilePage", self._outlet(dossier.outlet), graph="profile")

    def comparison(self, *sides: Actor | Outlet) -> Entity:
        """Return what a page is that is about several actors, or several outlets."""
        things = [self._actor(side) if isinstance(side, Actor) else self._outlet(side) for side in sides]
        return Entity(more={"about": things})

    def topical(self, topic: Topic) -> Entity:
        """Return what a page is that is about a topic and is not the topic's own."""
        return Entity(more={"about": [self._term(topic)]}, above=[(topic.name, topic.url)])

    def dataset(self, description: str, files: Sequence[Download]) -> Entity:
        """Return what the page of the files to download is: a dataset and where it is to be had."""
        found = [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": self.at(f"{self.url}{file.name}"),
                "encodingFormat": _MEDIA[file.format],
                "contentSize": f"{file.size} B",
            }
            for file in files
        ]
        main: Node = {
            "@type": "Dataset",
            "@id": self.at(self.url, "data"),
            "name": f"Quotations of {self.site.name}",
            "description": description,
            "url": self.at(self.url),
            "inLanguage": self.site.language,
            "isAccessibleForFree": True,
            **_known(license=web(self.site.licence), version=self.site.commit, distribution=found),
        }
        return Entity(main=main)

    # --- things ---

    def quotation(self, line: Line, *, whole: bool = True) -> Node:
        """Return a quotation: its words, who surely speaks them, whom they are about, and, ``whole``, where they stand.

        ``genre`` says whether the words are verbatim ("direct"); of part direct ones, the parts are.
        """
        q, article = line.quotation, line.article
        place = article_at(article.id)
        # The vocabulary has no word for a guess, so whoever is not sure to speak is not said to.
        speakers = [] if line.unsure else [self._actor(actor) for actor in line.speakers]
        parts = [{"@type": "Quotation", "text": part.text} for part in q.parts] if q.kind == "mixed" else []
        found: Node = {
            "@type": "Quotation",
            "@id": self.at(place, q.id),
            "identifier": q.id,
            "text": line.words,
            "genre": KIND_WORDS[q.kind],
            **_known(spokenByCharacter=speakers[0] if len(speakers) == 1 else speakers),
            **_known(about=[{"@id": self._id(actor)} for actor in line.about], hasPart=parts),
        }
        if whole:
            found |= {"inLanguage": article.language, "isPartOf": self._news(article, line.outlet)}
        return found

    def _news(self, article: Article, outlet: Outlet) -> Node:
        return {
            "@type": "NewsArticle",
            "@id": self.at(article_at(article.id), "article"),
            "headline": article.title,
            "inLanguage": article.language,
            **_known(
                datePublished=article.published,
                creditText=article.byline,
                publisher=self._outlet(outlet) if outlet.name else {},
                url=web(article.url),
            ),
        }

    def _outlet(self, outlet: Outlet) -> Node:
        return {
            "@type": "NewsMediaOrganization",
            "@id": self.at(outlet.url, "outlet"),
            "name": outlet.name,
            "mainEntityOfPage": self.at(outlet.url),
        }

    def _id(self, actor: Actor) -> str:
        return self.at(actor_at(actor.id), "actor")

    def _actor(self, actor: Actor) -> Node:
        return {
            "@type": _TYPES[actor.type],
            "@id": self._id(actor),
            "name": actor.name,
            "mainEntityOfPage": self.at(actor_at(actor.id)),
        }

    def _term(self, topic: Topic, *, whole: bool = True) -> Node:
        """Return a topic; ``whole`` names the set of terms that it is of, which is otherwise an address."""
        code = media_topic(topic.id)
        terms = MEDIA_TOPICS if code else self.at("topics/", "own")
        name = "IPTC Media Topics" if code else f"Topics of {self.site.name}"
        return {
            "@type": "DefinedTerm",
            "@id": self.at(topic.url, "topic"),
            "name": topic.name,
            "termCode": topic.id,
            "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": terms, "name": name} if whole else terms,
            **_known(sameAs=f"{MEDIA_TOPICS}{code}" if code else ""),
        }


def script(value: object) -> str:
    """Return ``value`` as JSON that may stand in a script element, whatever an article says."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():  # ten times as fast as translate()
        written = written.replace(sign, escape)
    return written


def _known(**values: object) -> Node:
    """Return the values that there are."""
    return {name: value for name, value in values.items() if value}
