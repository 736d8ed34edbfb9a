"""Why each quotation, speaker and topic was found, in lines that a person reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from digest.cli.console import plain
from digest.model import Actor, Analysis, Article, Mention, Quotation

_WIDTH = 12


def lines(analysis: Analysis, actors: Mapping[str, Actor], only: str | None = None) -> Iterator[str]:
    """Yield what was found in one article and why; with ``only``, just the quotation of that id and its speaker."""
    yield from _head(analysis.article)
    shown = [q for q in analysis.quotations if only is None or q.id == only]
    yield from ("", f"Quotations: {len(shown)}" if shown else "Quotations: none")
    for quotation in shown:
        yield from _quotation(analysis.article, quotation)
    wanted = {s.id for q in shown for s in q.speakers} if only else None
    yield from _actors(analysis.mentions, actors, wanted)
    if only is None:
        yield from _topics(analysis)
    yield ""


def _head(article: Article) -> Iterator[str]:
    yield plain(article.title)
    yield _fact("file", plain(article.path))
    yield _fact("outlet", plain(article.outlet or "not known"))
    basis = "" if article.date_basis == "none" else f" (from the {article.date_basis})"
    yield _fact("published", f"{article.published or 'not known'}{basis}")
    yield _fact("language", article.language)
    yield from (_fact("note", plain(note)) for note in article.notes)


def _quotation(article: Article, q: Quotation) -> Iterator[str]:
    yield from ("", f"  {q.id}  {q.kind}  {plain(article.text[q.start : q.end])}")
    yield _fact("place", _span(q.start, q.end))
    if q.parts and [(p.start, p.end) for p in q.parts] != [(q.start, q.end)]:
        yield from (_fact("part", f"{plain(p.text)}  {_span(p.start, p.end)}") for p in q.parts)
    speakers = [f"{plain(s.name)} ({s.type}, {s.id})" for s in q.speakers]
    yield from (_fact("speaker", said) for said in speakers or ["not resolved"])
    if q.source:
        yield _fact("source", f"{plain(q.source.text)}  {q.source.label}  {_span(q.source.start, q.source.end)}")
    if q.cue:
        yield _fact("cue", f"{plain(q.cue.text)}  {_span(q.cue.start, q.cue.end)}")
    yield from (_fact("via", f"{plain(via.name)}  {via.role}") for via in q.via)
    if q.about:
        yield _fact("about", ", ".join(q.about))
    yield _fact("rule", q.rule or "none")
    if q.how:
        yield _fact("how", plain(q.how))
    yield _fact("confidence", f"{q.confidence:.2f}")
    yield from (_fact("flaw", plain(flaw)) for flaw in q.flaws)


def _actors(mentions: tuple[Mention, ...], actors: Mapping[str, Actor], wanted: set[str] | None) -> Iterator[str]:
    """Yield each actor with the mentions that mean it; what means nobody comes last."""
    by_actor: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if wanted is None or mention.actor in wanted:
            by_actor[mention.actor].append(mention)
    yield from ("", f"Actors: {sum(key is not None for key in by_actor) or 'none'}")
    for key in sorted(by_actor, key=lambda k: (k is None, k or "")):
        actor = actors.get(key) if key else None
        yield f"  {plain(actor.name)} ({actor.type}, {actor.id})" if actor else f"  {key or 'not resolved'}"
        for m in by_actor[key]:
            yield f"    {_span(m.start, m.end):<{_WIDTH}} {plain(m.text)}  {m.label}" + (
                f"  {m.rule}" if m.rule else ""
            )


def _topics(analysis: Analysis) -> Iterator[str]:
    yield from ("", f"Topics: {len(analysis.topics) or 'none'}")
    for topic in analysis.topics:
        yield f"  {plain(topic.name)} ({topic.id})  {topic.score:.2f}"
        yield _fact("evidence", ", ".join(plain(phrase) for phrase in topic.evidence))


def _fact(name: str, words: str) -> str:
    return f"    {name:<{_WIDTH}} {words}"


def _span(start: int, end: int) -> str:
    return f"{start}–{end}"
