"""IPTC ninjs 3.1, one document an article, each quotation an associated item of it (https://www.iptc.org/std/ninjs/).

The standard has no place for a quotation: it is an item of its own that belongs to the article, as its picture does.
An item is told by its ``uri``, and what is not an address there (an actor's id, the place of a quotation) stands under
``literal`` and ``altIds``. Dates are days; the standard asks for a time, which is midnight, UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from digest.addresses import article_at, quotation_at
from digest.edition import Edition
from digest.export import jsonl
from digest.export.records import Record
from digest.lines import described, unsure
from digest.model import SAYS, ActorType, Analysis, Article, Quotation, Via
from digest.output import MEDIA_TOPICS, WIKIDATA, media_topic
from digest.text import address, midnight, uri, urn

STANDARD = MappingProxyType(
    {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
)
_PLACES: frozenset[ActorType] = frozenset({"state", "place"})


def articles(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield a line of JSON for every article."""
    return (jsonl.line(_article(analysis, edition, site_url)) for analysis in edition.articles)


def _article(analysis: Analysis, edition: Edition, site_url: str) -> Record:
    article = analysis.article
    spoken = [q for q in analysis.quotations if q.kind in SAYS]
    speaking: dict[str, str] = {}
    for q in sorted(spoken, key=unsure, reverse=True):  # where one of their quotations is sure, they are a speaker
        speaking |= {s.id: _speaks(q) for s in q.speakers}
    named = sorted({m.actor for m in analysis.mentions if m.actor} | speaking.keys())
    names = {topic.id: topic.name for topic in analysis.topics}
    return _filled(
        {
            "uri": urn("article", article.id),
            "type": "text",
            "representationType": "partial",
            "language": article.language,
            "contentCreated": midnight(article.published),
            "headlines": [{"value": article.title}],
            "by": article.byline,
            "infoSources": [{"name": article.outlet, "role": "publisher"}] if article.outlet else [],
            **_actors(((id_, speaking.get(id_, "mentions")) for id_ in named), edition),
            "subjects": [_topic(id_, name) for id_, name in names.items()],
            "renditions": [*_original(article), *_page(article_at(article.id), site_url)],
            "associations": [_quotation(article, q, names, edition, site_url) for q in spoken],
            "altIds": _ids(
                article=article.id,
                path=article.path,
                text=edition.text_of(article.id),
                story=edition.story_of(article.id),
            ),
            "standard": dict(STANDARD),
        }
    )


def _quotation(article: Article, q: Quotation, names: Mapping[str, str], edition: Edition, site_url: str) -> Record:
    who = ("" if unsure(q) else ", ".join(s.name for s in q.speakers)) or described(q)
    place = {"quotation": q.id, "start": str(q.start), "end": str(q.end), "confidence": f"{q.confidence:.2f}"}
    utterance = edition.utterances.of.get((article.id, q.id))
    return _filled(
        {
            "name": who or q.id,
            "rel": "quotation",
            "uri": urn("quotation", article.id, q.id),
            "type": "text",
            "profile": q.kind,
            "language": article.language,
            "contentCreated": midnight(article.published),
            "bodies": [{"role": q.kind, "contentType": "text/plain", "value": article.text[q.start : q.end]}],
            "by": who,
            "infoSources": [_via(via) for via in q.via],
            **_actors([*((s.id, _speaks(q)) for s in q.speakers), *((id_, "about") for id_ in q.about)], edition),
            "subjects": [_topic(id_, names.get(id_, id_)) for id_ in q.topics],
            "renditions": _page(quotation_at(article.id, q.id), site_url),
            "altIds": _ids(**place, utterance=utterance),
        }
    )


def _speaks(q: Quotation) -> str:
    """Return what a speaker has to do with a quotation, and with its article."""
    return "speaker, unsure" if unsure(q) else "speaker"


def _actors(related: Iterable[tuple[str, str]], edition: Edition) -> Record:
    """Return actors, each an id with what it has to do with the item, under the standard's three kinds."""
    people: list[Record] = []
    organisations: list[Record] = []
    places: list[Record] = []
    for id_, relation in related:
        who = edition.actors.get(id_)
        found: Record = {"name": who.name if who else id_, "rel": relation, "literal": id_}
        if who and who.wikidata:
            found["uri"] = WIKIDATA + who.wikidata
        kind = who.type if who else "organisation"
        (people if kind == "person" else places if kind in _PLACES else organisations).append(found)
    return {"people": people, "organisations": organisations, "places": places}


def _topic(id_: str, name: str) -> Record:
    code = media_topic(id_)
    return {"name": name, "uri": MEDIA_TOPICS + code} if code else {"name": name, "literal": id_}


def _via(via: Via) -> Record:
    return {"name": via.name, "role": via.role, **({"literal": via.id} if via.id else {})}


def _original(article: Article) -> list[Record]:
    """Return where the article itself stands: what is here is about it."""
    href = address(article.url or "")
    return [{"name": "original", "href": uri(href), "contentType": "text/html"}] if href else []


def _page(page: str, site_url: str) -> list[Record]:
    """Return where an item stands on the site; the standard wants whole addresses."""
    href = address(f"{site_url}{page}")
    return [{"name": "page", "href": uri(href), "contentType": "text/html"}] if href else []


def _ids(**ids: str | None) -> list[Record]:
    return [{"role": role, "value": value} for role, value in ids.items() if value]


def _filled(record: Record) -> Record:
    """Return ``record`` without what is unknown or empty: the standard has no null."""
    return {key: value for key, value in record.items() if value not in (None, "", [])}
