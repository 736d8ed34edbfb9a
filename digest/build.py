"""The only place where the stages meet: read -> recognise -> resolve -> cluster -> gather -> page, export, search."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from digest import (
    __version__,
    articles,
    changes,
    cluster,
    curate,
    excerpts,
    knowledge,
    language,
    recognise,
    repository,
    resolve,
    versions,
)
from digest.addresses import article_at, quotation_at
from digest.articles import Progress
from digest.changes import State
from digest.decisions import Curation, One, Split
from digest.edition import Edition, History, Skipped
from digest.excerpts import Publish
from digest.lines import SURE, unnamed, unresolved
from digest.model import SAYS, Actor, Analysis, Article, Block, DigestError, Quotation
from digest.output import KIND_WORDS, Download, File, Page, SearchRecord, SiteInfo
from digest.shingles import sampled, shingles, words
from digest.since import Changes
from digest.spellings import Spellings
from digest.workers import Limits

_EXAMPLE = re.compile(r"\s*\[\[\s*examples\s*\]\]")

CACHE = Path(".digest") / "cache.sqlite"
"""Where a monitor keeps the analyses of its articles, relative to its root."""
VERSIONS = Path(".digest") / "versions.sqlite"
"""Where it keeps those of their earlier versions."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is made from. Paths are as the user gave them; ``root`` is the folder that holds mkdocs.yml.

    ``publish`` says how much of an article's text is shown, ``state`` is the file that tells what was published before.
    ``site_url`` is the address of the published site, which ends in a slash, ``forge`` what kind of forge ``repo_url``
    is on, ``licence`` the address of the licence of what is published; they are empty where that is not said. ``feeds``
    are pairs of an actor and a topic that get a feed of their own, ``limits`` what reading one article may take.
    """

    seeds: Path
    curation: Path
    root: Path = field(default_factory=Path.cwd)
    site_name: str = "The Digest"
    repo_url: str | None = None
    language: str = "en"
    state: Path | None = None
    publish: Publish = field(default_factory=Publish)
    site_url: str = ""
    forge: str = ""
    licence: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Built:
    """An edition with the decisions that made it and what is remembered of it, to be compared with the next one.

    ``changes`` are those since the edition that was published before, None where none is known. ``doubts`` are
    sentences on what a person should look at, though nothing stops because of it.
    """

    edition: Edition
    decided: Curation
    state: State
    changes: Changes | None = None
    doubts: tuple[str, ...] = ()


def built(settings: Settings, progress: Progress | None = None) -> Built:
    """Return the edition of ``settings`` and what changed since the one that was published before.

    Raises DigestError where there can be no edition, or where the file of the earlier state holds none.
    """
    before = changes.load(settings.state) if settings.state else None
    made = _decided_edition(settings, progress)
    whole, decided = made.edition, made.decided
    settings.publish.demand(analysis.article for analysis in made.analyses)
    doubts = settings.publish.idle(analysis.article for analysis in whole.articles)
    whole = _published(whole, settings.publish)
    now = changes.state(whole, decided, articles.fingerprint())
    return Built(whole, decided, now, changes.compare(before, now, whole, decided) if before else None, doubts)


def _published(whole: Edition, publish: Publish) -> Edition:
    """Return the edition with as much of each article's text as is to be published."""
    ids = publish.excerpted(analysis.article for analysis in whole.articles)
    if not ids:
        return whole

    def cut(analysis: Analysis) -> Analysis:
        found = recognise.sentences_in(analysis.article, language.load(analysis.article.language))
        return excerpts.excerpted(analysis, found)

    def cut_all(history: History) -> History:
        return replace(history, versions=tuple(replace(v, analysis=cut(v.analysis)) for v in history.versions))

    return replace(
        whole,
        articles=tuple(cut(a) if a.article.id in ids else a for a in whole.articles),
        histories=tuple(cut_all(h) if h.article in ids else h for h in whole.histories),
        samples={a.article.id: sampled(shingles(words(a.article.text))) for a in whole.articles if a.article.id in ids},
    )


def edition(settings: Settings, progress: Progress | None = None, only: Sequence[Path] = ()) -> Edition:
    """Return everything a site is made of, or what the files and folders of ``only`` make.

    Raises DigestError when there is nothing to publish, or when a decision matches nothing or contradicts another.
    """
    return _decided_edition(settings, progress, only).edition


def edition_and_holder(
    settings: Settings, progress: Progress | None = None, only: Sequence[Path] = ()
) -> tuple[Edition, curate.Holder]:
    """Return what ``edition`` does, and what tells whether something of an earlier one may be told by now."""
    made = _decided_edition(settings, progress, only)
    return made.edition, curate.holder(made.analyses, made.actors, made.decided)


@dataclass(frozen=True, slots=True)
class _Made:
    """An edition and the decisions that it was made by, which are read for it and nowhere else.

    ``analyses`` are those of all articles, and ``actors`` all of them, with what is withheld.
    """

    edition: Edition
    decided: Curation
    analyses: tuple[Analysis, ...]
    actors: dict[str, Actor]


def _decided_edition(settings: Settings, progress: Progress | None = None, only: Sequence[Path] = ()) -> _Made:
    if not only and not settings.seeds.is_dir():
        raise DigestError(f"{settings.seeds}: there is no such folder; put articles there or name another folder")
    decided = curate.load(settings.curation)
    cache, kept = (None, None) if only else (settings.root / CACHE, settings.root / VERSIONS)
    found = list(articles.analyse(only or [settings.seeds], decided.articles, progress, cache, settings.limits))
    analyses = [x for x in found if isinstance(x, Analysis)]
    skipped = tuple(sorted((x for x in found if isinstance(x, Skipped)), key=lambda s: s.path))
    if not analyses:
        why = f" ({skipped[0].path}: {skipped[0].reason})" if skipped else ""
        where = ", ".join(str(path) for path in only or [settings.seeds])
        raise DigestError(f"{where}: no article found here{why}; put .txt, .md or .html files into it")
    held = as_found(newest_first(analyses), decided)
    if not only:
        curate.demand(decided, held, [s.article for s in skipped if s.article])
    found_in = _resolved(held, decided)
    ordered, actors = curate.withheld(*found_in, decided)
    own = tuple(topic.rule for topic in decided.topics)
    skipped = curate.covered_paths(skipped, *found_in, decided)
    past = (
        () if only else versions.histories(settings.seeds, analyses, decided.articles, kept, progress, settings.limits)
    )
    histories = curate.earlier(past, *found_in, decided)
    commit = repository.commit(settings.root, settings.seeds)
    texts = cluster.texts(analysis.article for analysis in ordered)
    said = cluster.utterances(ordered, texts)
    doubts = resolve.doubts(ordered, knowledge.load(), _settled(decided))
    made = Edition(ordered, actors, skipped, __version__, commit, own, histories, doubts, said, texts)
    return _Made(replace(made, stories=cluster.stories(ordered, texts)), decided, *found_in)


def curated(analyses: Sequence[Analysis], decided: Curation) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    """Return analyses and actors of an edition, as people decided; the order of ``analyses`` stays.

    Pure: without a decision, the result is the same as if it had never been made. Raises DigestError where what is to
    be withheld stands in a name that is shown as it is.
    """
    return curate.withheld(*_resolved(as_found(analyses, decided), decided), decided)


def _resolved(held: Sequence[Analysis], decided: Curation) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    """Return analyses and actors as people corrected them, with what is withheld; ``held`` is what corrections meet."""
    own = (topic.rule for topic in decided.topics)
    names = {t.id: t.name for t in (*knowledge.load_topics(), *own)} if decided.corrections else {}
    corrected = curate.corrected(held, decided, names)
    return resolve.across(corrected, knowledge.load(), decided)


def as_found(analyses: Sequence[Analysis], decided: Curation) -> tuple[Analysis, ...]:
    """Return the analyses as corrections meet them: people of one name told apart, the topics that people added."""
    apart = resolve.told_apart(analyses, knowledge.load(), _settled(decided))
    return tuple(recognise.with_own_topics(apart, [topic.rule for topic in decided.topics]))


def _settled(decided: Curation) -> frozenset[str]:
    """Return the people of whom a person said that they are one, or who are who."""
    return frozenset((*(one.actor for one in decided.of(One)), *(split.actor for split in decided.of(Split))))


def newest_first(analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
    """Order articles newest first, undated ones last, then by id."""
    by_id = sorted(analyses, key=lambda a: a.article.id)
    return tuple(sorted(by_id, key=lambda a: a.article.published or "", reverse=True))


def pages(made: Built, settings: Settings, downloads: Sequence[Download] = ()) -> Iterator[Page | File]:
    """Yield every generated page of the site, then every file that belongs to them.

    ``downloads`` are the files that were written to be downloaded. Raises DigestError where the site asks for a feed of
    somebody or something that there is not.
    """
    # gather and page bring Jinja2 along, which `annotate` has no use for
    from digest import gather, page

    site = site_info(made.edition, settings)
    digest = gather.gather(made.edition, site, made.changes)
    feeds = page.feeds(digest, site)
    yield from page.render(digest, site, feeds, downloads)
    yield from page.files(digest, site, feeds)


def feed_misfits(settings: Settings, progress: Progress | None = None) -> list[str]:
    """Return a sentence for each part of a pair of ``settings.feeds`` that names nobody, nothing, or several.

    Raises DigestError where there can be no edition.
    """
    if not settings.feeds:
        return []
    from digest import gather
    from digest.page import feed

    whole = edition(settings, progress)
    return feed.misfits(settings.feeds, gather.gather(whole, site_info(whole, settings)))


def site_info(whole: Edition, settings: Settings) -> SiteInfo:
    """Return what the pages say of the site itself."""
    return SiteInfo(
        name=settings.site_name,
        repo_url=settings.repo_url,
        commit=whole.commit,
        seeds_dir=settings.seeds.name,
        version=whole.version,
        language=settings.language,
        url=settings.site_url,
        forge=settings.forge,
        licence=settings.licence,
        pairs=settings.feeds,
    )


def search_records(whole: Edition) -> list[SearchRecord]:
    """Return what the search index holds: a record for each article and one for each quotation shown as speech."""
    typed = Spellings(whole.actors)
    return [record for analysis in whole.articles for record in _records(analysis, typed)]


def report(whole: Edition) -> dict[str, object]:
    """Return ``report.json``: what was found, what was published and what was skipped, with reasons."""
    spoken = [q for a in whole.articles for q in a.quotations if q.kind in SAYS]
    return {
        "version": whole.version,
        "found": len(whole.articles) + len(whole.skipped),
        "published": len(whole.articles),
        "quotations": len(spoken),
        "speakers": len({s.id for q in spoken for s in q.speakers}),
        "unresolved": sum(unresolved(q) for q in spoken),
        "skipped": [{"path": s.path, "code": s.code, "reason": s.reason} for s in whole.skipped],
    }


def language_problems() -> list[str]:
    """Return what is wrong with the language files, in themselves and by their own examples.

    Each problem is one sentence with file and line.
    """
    found = language.problems()
    for code in language.available():
        try:
            examples = language.load(code).raw.examples
        except DigestError:
            continue  # it is among the problems already
        text = (language.FOLDER / f"{code}.toml").read_text(encoding="utf-8")
        lines = [n for n, line in enumerate(text.splitlines(), 1) if _EXAMPLE.match(line)]
        for line, example in zip(lines, examples, strict=True):
            block = Block("paragraph", 0, len(example.text))
            analysis = articles.analyse_article(Article("example", "example", "", example.text, (block,), code))
            shown = [_as_example(analysis, q) for q in analysis.quotations]
            if shown != [" | ".join(_pieces(each)) for each in example.quotations]:
                found.append(
                    f"languages/{code}.toml:{line}: “{example.text}” is read as “{'”, “'.join(shown)}”; "
                    "mend the words above it, or the example"
                )
    return found


def _as_example(analysis: Analysis, q: Quotation) -> str:
    """Return a quotation as a language file's ``[[examples]]`` write it."""
    return " | ".join((q.kind, analysis.article.text[q.start : q.end], q.source.text if q.source else ""))


def _pieces(line: str) -> list[str]:
    return [piece.strip() for piece in line.split("|")]


def _records(analysis: Analysis, typed: Spellings) -> Iterator[SearchRecord]:
    article = analysis.article
    common = {
        "outlet": (article.outlet or "unknown",),
        "topic": tuple(t.name for t in analysis.topics),
    }
    spoken = [q for q in analysis.quotations if q.kind in SAYS]
    speakers = tuple(sorted({s.name for q in spoken for s in q.speakers}))
    meta = {"title": article.title, "outlet": article.outlet or "", "date": article.published or ""}
    shown = article.piece(0, len(article.text))
    yield SearchRecord(
        article_at(article.id),
        article.title,
        shown,
        article.language,
        "article",
        meta,
        {**common, "speaker": speakers},
        article.published,
        typed.beside(shown, [m.actor for m in analysis.mentions if m.actor]),
    )
    for q, named in zip(spoken, _named_in(analysis, spoken), strict=True):
        words = article.text[q.start : q.end]
        who = ", ".join(s.name for s in q.speakers) or (q.source.text if q.source else "")
        yield SearchRecord(
            quotation_at(article.id, q.id),
            article.title,
            f"{who}: {words}" if who else words,
            article.language,
            "quotation",
            {**meta, "speaker": who, "words": words, "kind": KIND_WORDS[q.kind], **_shown(q, article)},
            {**common, "kind": (KIND_WORDS[q.kind],), "speaker": _speakers(q)},
            article.published,
            typed.beside(f"{who}: {words}", (*named, *(s.id for s in q.speakers))),
        )


def _named_in(analysis: Analysis, spoken: Sequence[Quotation]) -> Iterator[list[str]]:
    """Yield whom the words of each quotation name, by id."""
    named = sorted((m.start, m.actor) for m in analysis.mentions if m.actor)
    for q in spoken:
        yield [actor for _, actor in named[bisect_left(named, (q.start,)) : bisect_left(named, (q.end,))]]


def _speakers(q: Quotation) -> tuple[str, ...]:
    """Return whom the search finds a quotation under: its speakers, or why there is none."""
    return tuple(s.name for s in q.speakers) or ("unnamed" if unnamed(q) else "unresolved",)


def _shown(q: Quotation, article: Article) -> dict[str, str]:
    """Return what the search page shows beside the words; ``parts`` are offsets into the words, in code points."""
    found = {
        "actor": q.speaker.id if q.speaker else "",
        "cue": q.cue.text if q.cue else "",
        "via": "\n".join(v.name for v in q.via),
        "parts": " ".join(f"{p.start - q.start}-{p.end - q.start}" for p in q.parts) if q.kind == "mixed" else "",
        "flaws": "\n".join(q.flaws),
        "unsure": "unresolved" if unresolved(q) else f"{q.confidence:.2f}" if q.confidence < SURE else "",
        "at": f"{Path(article.path).name}:{q.start}–{q.end}",
    }
    return {name: value for name, value in found.items() if value}
