"""Articles, quotations and actors as plain objects that JSON can hold.

The keys, their order and their meaning are a contract: tools read them. ``docs/commands.md`` explains each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digest.addresses import actor_at, article_at, quotation_at
from digest.edition import Edition
from digest.export import columns
from digest.lines import roles_in_articles, topics_of, unresolved, unsure
from digest.model import SAYS, Actor, Analysis, Article, Quotation, Role, TopicMatch, Words
from digest.text import outlet_key

Record = dict[str, object]


def annotation(analysis: Analysis) -> Record:
    """Return everything found in one article, its text included: a line of ``digest annotate``."""
    article = analysis.article
    return {
        **_stated(article),
        "text": article.text,
        "blocks": [{"kind": b.kind, "start": b.start, "end": b.end} for b in article.blocks],
        "quotations": [
            {"id": q.id, "kind": q.kind, "start": q.start, "end": q.end, **_found(q)} for q in analysis.quotations
        ],
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "label": m.label,
                "type": m.type,
                "actor": m.actor,
                "rule": m.rule,
            }
            for m in analysis.mentions
        ],
        "topics": [_match(topic) for topic in analysis.topics],
    }


def spoken(edition: Edition) -> Iterator[tuple[Analysis, Quotation]]:
    """Yield every quotation that is shown as speech with its article, in the edition's order."""
    for analysis in edition.articles:
        for quotation in analysis.quotations:
            if quotation.kind in SAYS:
                yield analysis, quotation


@dataclass(frozen=True, slots=True)
class Known:
    """What a row says of more than its own article.

    ``site_url`` is the address of the site, empty where it is not known. ``printed`` has how many articles print an
    utterance, and how many outlets whose names are known; ``headlines`` those that stories stand under on the pages,
    of their newest articles; ``roles`` what an actor is called in an article; ``names`` what a topic is called.
    """

    edition: Edition
    site_url: str
    printed: Mapping[str, tuple[int, int]]
    headlines: Mapping[str, str]
    roles: Mapping[tuple[str, str], Role]
    names: Mapping[str, str]

    def at(self, page: str) -> str:
        """Return the address of a place on the site, a whole one where the site's is known."""
        return f"{self.site_url}{page}"


def known(edition: Edition, site_url: str = "") -> Known:
    """Return what the rows of an edition say of more than their own article."""
    outlets = {a.article.id: outlet_key(a.article.outlet) if a.article.outlet else "" for a in edition.articles}
    printing: dict[str, set[str]] = defaultdict(set)
    for (article_id, _), utterance in edition.utterances.of.items():
        printing[utterance].add(article_id)
    return Known(
        edition=edition,
        site_url=site_url,
        printed={u: (len(ids), len({outlets[id_] for id_ in ids} - {""})) for u, ids in printing.items()},
        headlines={edition.story_of(a.article.id): a.article.title for a in reversed(edition.articles)},
        roles=roles_in_articles(edition.actors.values()),
        names={topic.id: topic.name for a in edition.articles for topic in a.topics},
    )


def quotations(edition: Edition, site_url: str = "") -> Iterator[Record]:
    """Yield every quotation that is shown as speech, in the edition's order."""
    whole = known(edition, site_url)
    return (quotation(analysis, q, whole) for analysis, q in spoken(edition))


def quotation(analysis: Analysis, q: Quotation, whole: Known) -> Record:
    """Return one quotation with its words, what is known of its article, and where it stands among the others.

    ``utterance`` is what the quotation is one report of, None for what is not shown as speech; ``printed_by`` says how
    many articles print it, this one included.
    """
    article, edition = analysis.article, whole.edition
    utterance = edition.utterances.of.get((article.id, q.id))
    role = whole.roles.get((q.speaker.id, article.id)) if q.speaker else None
    printed_by, outlets = whole.printed[utterance] if utterance else (None, None)
    found = {
        **_about(article, whole),
        "id": q.id,
        "article": article.id,
        "page": whole.at(quotation_at(article.id, q.id)),
        "utterance": utterance,
        "printed_by": printed_by,
        "printed_by_outlets": outlets,
        "kind": q.kind,
        "start": q.start,
        "end": q.end,
        "text": article.text[q.start : q.end],
        **_found(q),
        "role": role.text if role else None,
        "about_names": [edition.actors[id_].name if id_ in edition.actors else id_ for id_ in q.about],
        "listed_under": [{"id": id_, "name": whole.names.get(id_, id_)} for id_ in topics_of(q, analysis)],
    }
    return {name: found[name] for name in columns.QUOTATIONS}


def articles(edition: Edition, site_url: str = "") -> Iterator[Record]:
    """Yield every article, in the edition's order."""
    whole = known(edition, site_url)
    return (article(analysis, whole) for analysis in edition.articles)


def article(analysis: Analysis, whole: Known) -> Record:
    """Return what is known of one article, without its text: who speaks in it and what it is about.

    Who is not sure to speak anywhere in it is no speaker, but one of the ``unsure_speakers``.
    """
    said = [q for q in analysis.quotations if q.kind in SAYS]
    sure = {s.id for q in said if not unsure(q) for s in q.speakers}
    found = {
        **_about(analysis.article, whole),
        "page": whole.at(article_at(analysis.article.id)),
        "sha256": analysis.article.sha256,
        "notes": list(analysis.article.notes),
        "quotations": [q.id for q in said],
        "speakers": sorted(sure),
        "unsure_speakers": sorted({s.id for q in said for s in q.speakers} - sure),
        "actors": sorted({m.actor for m in analysis.mentions if m.actor}),
        "topics": [_match(topic) for topic in analysis.topics],
    }
    return {name: found[name] for name in columns.ARTICLES}


def actors(edition: Edition, site_url: str = "") -> Iterator[Record]:
    """Yield every actor, by id."""
    whole = known(edition, site_url)
    said = [(s.id, unsure(q)) for _, q in spoken(edition) for s in q.speakers]
    spoke, unsurely = Counter(id_ for id_, _ in said), Counter(id_ for id_, guessed in said if guessed)
    return (actor(edition.actors[id_], spoke[id_], unsurely[id_], whole) for id_ in sorted(edition.actors))


def actor(who: Actor, quotations: int, unsurely: int, whole: Known) -> Record:
    """Return one actor with how often it speaks, and in how many of these quotations it is not sure to."""
    found = {
        "id": who.id,
        "name": who.name,
        "type": who.type,
        "gender": who.gender,
        "wikidata": who.wikidata,
        "page": whole.at(actor_at(who.id)),
        "quotations": quotations,
        "unsure": unsurely,
        "aliases": dict(sorted(who.aliases.items(), key=lambda a: (-a[1], a[0]))),
        "roles": [
            {"text": r.text, "article": r.article, "start": r.start, "end": r.end, "past": r.past} for r in who.roles
        ],
    }
    return {name: found[name] for name in columns.ACTORS}


def plain(text: str) -> str:
    """Return text that is valid UTF-8: a path that is none holds lone surrogates, which are escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


def _about(article: Article, whole: Known) -> Record:
    story = whole.edition.story_of(article.id)
    return {
        **_stated(article),
        "text_id": whole.edition.text_of(article.id),
        "story": story,
        "story_title": whole.headlines[story],
    }


def _stated(article: Article) -> Record:
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "published": article.published,
        "date_basis": article.date_basis,
        "url": article.url,
        "language": article.language,
    }


def _found(q: Quotation) -> Record:
    """Return what was found about the quotation beside its place."""
    source, speakers = q.source, [{"id": s.id, "name": s.name, "type": s.type} for s in q.speakers]
    return {
        "parts": [_words(part) for part in q.parts],
        "cue": _words(q.cue) if q.cue else None,
        "source": source and {"start": source.start, "end": source.end, "text": source.text, "label": source.label},
        "speaker": speakers[0] if speakers else None,
        "speakers": speakers,
        "unsure": q.kind in SAYS and unsure(q),
        "unresolved": q.kind in SAYS and unresolved(q),
        "via": [{"name": v.name, "id": v.id, "role": v.role} for v in q.via],
        "about": list(q.about),
        "topics": list(q.topics),
        "confidence": q.confidence,
        "rule": q.rule,
        "how": q.how,
        "flaws": list(q.flaws),
        "decided": q.decided,
    }


def _match(topic: TopicMatch) -> Record:
    return {"id": topic.id, "name": topic.name, "score": topic.score, "evidence": list(topic.evidence)}


def _words(words: Words) -> Record:
    return {"start": words.start, "end": words.end, "text": words.text}
