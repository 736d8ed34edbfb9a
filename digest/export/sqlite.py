"""The edition as one SQLite database: tables with foreign keys and indexes, a full-text index, a view of it all.

The tables stand in ``schema.sql``. The database is made anew, row by row, in a file that is thrown away, and compacted
there, so that the same edition gives the same bytes with the same SQLite, no page holds a row that is gone, and an
edition of any length takes no more memory than a few pages of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.export import records
from digest.model import DigestError, Edition

SCHEMA = Path(__file__).with_name("schema.sql")
PIECE = 1 << 20
"""The database is read back in pieces of so many bytes."""
Row = tuple[str | int | float | None, ...]


def edition(whole: Edition) -> Iterator[bytes]:
    """Yield the database in pieces. Raises DigestError where Python's SQLite has no full-text index, and OSError where
    the folder for temporary files has no room.
    """
    with TemporaryDirectory(prefix="digest-sqlite-") as folder:
        path = Path(folder) / "digest.sqlite"
        _write(whole, path)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(whole: Edition, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # Nobody else reads the file, and whoever is interrupted starts again: no journal, no waiting for the disk.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        try:
            database.executescript(SCHEMA.read_text(encoding="utf-8"))
        except sqlite3.OperationalError as error:
            raise DigestError(
                f"digest.sqlite cannot be made with this Python's SQLite {sqlite3.sqlite_version} ({error}); leave "
                "digest.sqlite out of `exports` in mkdocs.yml, or use a Python whose SQLite has FTS5"
            ) from error
        database.execute("BEGIN")
        for table, rows in _TABLES.items():
            for row in rows(whole):
                # the name is one of ours
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", _plain(row))  # noqa: S608
        database.execute("INSERT INTO quotations_text (quotations_text) VALUES ('rebuild')")
        database.execute("COMMIT")
        database.execute("VACUUM")


def _edition(whole: Edition) -> Iterator[Row]:
    yield "commit", whole.commit
    yield "version", whole.version


def _articles(whole: Edition) -> Iterator[Row]:
    for analysis in whole.articles:
        article = analysis.article
        yield (
            article.id,
            article.path,
            article.title,
            article.byline,
            article.outlet,
            article.published,
            article.date_basis,
            article.url,
            article.language,
            whole.text_of(article.id),
            article.sha256,
        )


def _actors(whole: Edition) -> Iterator[Row]:
    """Yield the actors of the edition, and those that its quotations only name: an edition of some articles of a
    monitor may know of an actor nothing but the id, and of a speaker the name.
    """
    named: dict[str, Row] = {
        s.id: (s.id, s.name, s.type, None, None) for _, q in records.spoken(whole) for s in q.speakers
    }
    for _, q in records.spoken(whole):
        for id_ in q.about:
            named.setdefault(id_, (id_, id_, None, None, None))
    known: dict[str, Row] = {
        who.id: (who.id, who.name, who.type, who.gender, who.wikidata) for who in whole.actors.values()
    }
    yield from (row for _, row in sorted({**named, **known}.items()))


def _aliases(whole: Edition) -> Iterator[Row]:
    for id_, who in sorted(whole.actors.items()):
        yield from ((id_, name, count) for name, count in sorted(who.aliases.items()))


def _roles(whole: Edition) -> Iterator[Row]:
    articles = {analysis.article.id for analysis in whole.articles}
    for id_, who in sorted(whole.actors.items()):
        roles = {(r.article, r.start, r.end): r for r in who.roles if r.article in articles}
        yield from ((id_, *place, role.text, int(role.past)) for place, role in sorted(roles.items()))


def _topics(whole: Edition) -> Iterator[Row]:
    """Yield the topics that articles and quotations have, with their names, by id."""
    found = {topic: topic for _, q in records.spoken(whole) for topic in q.topics}
    found |= {topic.id: topic.name for analysis in whole.articles for topic in analysis.topics}
    yield from sorted(found.items())


def _article_topics(whole: Edition) -> Iterator[Row]:
    for analysis in whole.articles:
        yield from ((analysis.article.id, topic.id, topic.score) for topic in analysis.topics)


def _quotations(whole: Edition) -> Iterator[Row]:
    for number, (analysis, q) in enumerate(records.spoken(whole), 1):
        article = analysis.article
        yield (
            number,
            q.id,
            article.id,
            whole.utterances.of.get((article.id, q.id)),
            q.kind,
            q.start,
            q.end,
            article.text[q.start : q.end],
            q.cue.text if q.cue else None,
            q.source.text if q.source else None,
            q.source.label if q.source else None,
            q.confidence,
            q.rule,
            q.how,
            "\n".join(q.flaws),
            int(q.decided),
            records.page(article, q),
        )


def _parts(whole: Edition) -> Iterator[Row]:
    for number, (_, q) in enumerate(records.spoken(whole), 1):
        yield from ((number, part.start, part.end, part.text) for part in q.parts)


def _speakers(whole: Edition) -> Iterator[Row]:
    for number, (_, q) in enumerate(records.spoken(whole), 1):
        yield from ((number, n, speaker.id) for n, speaker in enumerate(q.speakers, 1))


def _via(whole: Edition) -> Iterator[Row]:
    for number, (_, q) in enumerate(records.spoken(whole), 1):
        yield from ((number, n, via.name, via.id, via.role) for n, via in enumerate(q.via, 1))


def _about(whole: Edition) -> Iterator[Row]:
    for number, (_, q) in enumerate(records.spoken(whole), 1):
        yield from ((number, actor) for actor in dict.fromkeys(q.about))


def _quotation_topics(whole: Edition) -> Iterator[Row]:
    for number, (_, q) in enumerate(records.spoken(whole), 1):
        yield from ((number, topic) for topic in dict.fromkeys(q.topics))


# A table comes after those that it refers to; the rows are in the edition's order.
_TABLES: dict[str, Callable[[Edition], Iterator[Row]]] = {
    "edition": _edition,
    "articles": _articles,
    "actors": _actors,
    "aliases": _aliases,
    "roles": _roles,
    "topics": _topics,
    "article_topics": _article_topics,
    "quotations": _quotations,
    "parts": _parts,
    "speakers": _speakers,
    "via": _via,
    "about": _about,
    "quotation_topics": _quotation_topics,
}


def _plain(row: Row) -> Row:
    return tuple(records.plain(value) if isinstance(value, str) else value for value in row)
