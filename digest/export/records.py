"""Articles, quotations and actors as plain objects that JSON can hold.

The keys, their order and their meaning are a contract: tools read them. ``docs/commands.md`` explains each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.addresses import quotation_at
from digest.model import SAYS, Actor, Analysis, Article, Edition, Quotation, Words

Record = dict[str, object]


def annotation(analysis: Analysis) -> Record:
    """Return everything found in one article, its text included: a line of ``digest annotate``."""
    article = analysis.article
    return {
        **_about(article),
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
        "topics": [
            {"id": t.id, "name": t.name, "score": t.score, "evidence": list(t.evidence)} for t in analysis.topics
        ],
    }


def spoken(edition: Edition) -> Iterator[tuple[Analysis, Quotation]]:
    """Yield every quotation that is shown as speech with its article, in the edition's order."""
    for analysis in edition.articles:
        for quotation in analysis.quotations:
            if quotation.kind in SAYS:
                yield analysis, quotation


def quotation(analysis: Analysis, q: Quotation, edition: Edition) -> Record:
    """Return one quotation with its words and what is known of its article.

    ``page`` is its place on the site, relative to the site's address; ``utterance`` is what the quotation is one report
    of, None for what is not shown as speech.
    """
    article = analysis.article
    about = _about(article)
    return {
        "id": q.id,
        "article": about.pop("id"),
        **about,
        "text_id": edition.text_of(article.id),
        "page": page(article, q),
        "utterance": edition.utterances.of.get((article.id, q.id)),
        "kind": q.kind,
        "start": q.start,
        "end": q.end,
        "text": article.text[q.start : q.end],
        **_found(q),
    }


def page(article: Article, q: Quotation) -> str:
    """Return the address of a quotation on the site, relative to the site's."""
    return quotation_at(article.id, q.id)


def article(analysis: Analysis, edition: Edition) -> Record:
    """Return what is known of one article, without its text: who speaks in it and what it is about."""
    said = [q for q in analysis.quotations if q.kind in SAYS]
    return {
        **_about(analysis.article),
        "text_id": edition.text_of(analysis.article.id),
        "sha256": analysis.article.sha256,
        "notes": list(analysis.article.notes),
        "quotations": [q.id for q in said],
        "speakers": sorted({s.id for q in said for s in q.speakers}),
        "actors": sorted({m.actor for m in analysis.mentions if m.actor}),
        "topics": [
            {"id": t.id, "name": t.name, "score": t.score, "evidence": list(t.evidence)} for t in analysis.topics
        ],
    }


def actors(edition: Edition) -> Iterator[Record]:
    """Yield every actor, by id."""
    spoke = Counter(s.id for _, q in spoken(edition) for s in q.speakers)
    return (actor(edition.actors[id_], spoke[id_]) for id_ in sorted(edition.actors))


def actor(who: Actor, quotations: int) -> Record:
    """Return one actor with how often it speaks."""
    return {
        "id": who.id,
        "name": who.name,
        "type": who.type,
        "gender": who.gender,
        "wikidata": who.wikidata,
        "aliases": dict(sorted(who.aliases.items(), key=lambda a: (-a[1], a[0]))),
        "roles": [
            {"text": r.text, "article": r.article, "start": r.start, "end": r.end, "past": r.past} for r in who.roles
        ],
        "quotations": quotations,
    }


def plain(text: str) -> str:
    """Return text that is valid UTF-8: a path that is none holds lone surrogates, which are escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


def _about(article: Article) -> Record:
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
        "via": [{"name": v.name, "id": v.id, "role": v.role} for v in q.via],
        "about": list(q.about),
        "topics": list(q.topics),
        "confidence": q.confidence,
        "rule": q.rule,
        "how": q.how,
        "flaws": list(q.flaws),
        "decided": q.decided,
    }


def _words(words: Words) -> Record:
    return {"start": words.start, "end": words.end, "text": words.text}
