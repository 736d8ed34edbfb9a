"""The edition as one SQLite database: tables with foreign keys and indexes, a full-text index, a view of it all.

The tables stand in ``schema.sql``. The database is made anew, row by row, in a file that is thrown away, and compacted
there, so that the same edition gives the same bytes with the same SQLite, no page holds a row that is gone, and an
edition of any length takes no more memory than a few pages of it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digest.addresses import actor_at, article_at
from digest.edition import Edition
from digest.export import records
from digest.export.records import Known
from digest.lines import topics_of, unsure
from digest.model import Analysis, DigestError, Quotation

SCHEMA = Path(__file__).with_name("schema.sql")
PIECE = 1 << 20
"""The database is read back in pieces of so many bytes."""
Row = tuple[str | int | float | None, ...]


def edition(whole: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the database in pieces. Raises DigestError where Python's SQLite has no full-text index, and OSError where
    the folder for temporary files has no room.
    """
    with TemporaryDirectory(prefix="digest-sqlite-") as folder:
        path = Path(folder) / "digest.sqlite"
        try:
            _write(records.known(whole, site_url), path)
        except sqlite3.OperationalError as error:
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            code, why = (errno.ENOSPC, os.strerror(errno.ENOSPC)) if full else (errno.EIO, str(error))
            raise OSError(code, why, str(path)) from error
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(known: Known, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # Nobody else reads the file, and whoever is interrupted starts again: no journal, no waiting for the disk.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        try:
            database.executescript(SCHEMA.read_text(encoding="utf-8"))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            raise DigestError(
                f"digest.sqlite cannot be made with this Python's SQLite {sqlite3.sqlite_version} ({error}); leave "
                "digest.sqlite out of `exports` in mkdocs.yml, or use a Python whose SQLite has FTS5"
            ) from error
        database.execute("BEGIN")
        for table, rows in _TABLES.items():
            for row in rows(known):
                # the name is one of ours
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", _plain(row))  # noqa: S608
        database.execute("INSERT INTO quotations_text (quotations_text) VALUES ('rebuild')")
        database.execute("COMMIT")
        database.execute("VACUUM")


def _edition(known: Known) -> Iterator[Row]:
    yield "commit", known.edition.commit
    yield "version", known.edition.version


def _stories(known: Known) -> Iterator[Row]:
    yield from sorted(known.headlines.items())


def _articles(known: Known) -> Iterator[Row]:
    whole = known.edition
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
            whole.story_of(article.id),
            known.at(article_at(article.id)),
            article.sha256,
        )


def _actors(known: Known) -> Iterator[Row]:
    """Yield the actors of the edition, and those that its quotations only name: an edition of some articles of a
    monitor may know of an actor nothing but the id, and of a speaker the name. Those have no page.
    """
    whole = known.edition
    named: dict[str, Row] = {
        s.id: (s.id, s.name, s.type, None, None, None) for _, q in records.spoken(whole) for s in q.speakers
    }
    for _, q in records.spoken(whole):
        for id_ in q.about:
            named.setdefault(id_, (id_, id_, None, None, None, None))
    held: dict[str, Row] = {
        who.id: (who.id, who.name, who.type, who.gender, who.wikidata, known.at(actor_at(who.id)))
        for who in whole.actors.values()
    }
    yield from (row for _, row in sorted({**named, **held}.items()))


def _aliases(known: Known) -> Iterator[Row]:
    for id_, who in sorted(known.edition.actors.items()):
        yield from ((id_, name, count) for name, count in sorted(who.aliases.items()))


def _roles(known: Known) -> Iterator[Row]:
    whole = known.edition
    articles = {analysis.article.id for analysis in whole.articles}
    for id_, who in sorted(whole.actors.items()):
        roles = {(r.article, r.start, r.end): r for r in who.roles if r.article in articles}
        yield from ((id_, *place, role.text, int(role.past)) for place, role in sorted(roles.items()))


def _topics(known: Known) -> Iterator[Row]:
    """Yield the topics that articles and quotations have, with their names, by id."""
    found = {topic: topic for _, q in records.spoken(known.edition) for topic in q.topics}
    yield from sorted({**found, **known.names}.items())


def _article_topics(known: Known) -> Iterator[Row]:
    for analysis in known.edition.articles:
        yield from ((analysis.article.id, topic.id, topic.score) for topic in analysis.topics)


def _numbered(known: Known) -> Iterator[tuple[int, Analysis, Quotation]]:
    return ((number, *found) for number, found in enumerate(records.spoken(known.edition), 1))


def _quotations(known: Known) -> Iterator[Row]:
    for number, analysis, q in _numbered(known):
        found: dict[str, Any] = records.quotation(analysis, q, known)
        yield (
            number,
            *(found[name] for name in ("id", "article", "utterance", "printed_by", "printed_by_outlets")),
            *(found[name] for name in ("kind", "start", "end", "text")),
            q.cue.text if q.cue else None,
            q.source.text if q.source else None,
            q.source.label if q.source else None,
            *(found[name] for name in ("role", "unsure", "unresolved", "confidence", "rule", "how")),
            "\n".join(q.flaws),
            found["decided"],
            found["page"],
        )


def _parts(known: Known) -> Iterator[Row]:
    for number, _, q in _numbered(known):
        yield from ((number, part.start, part.end, part.text) for part in q.parts)


def _speakers(known: Known) -> Iterator[Row]:
    for number, _, q in _numbered(known):
        yield from ((number, n, speaker.id, unsure(q)) for n, speaker in enumerate(q.speakers, 1))


def _via(known: Known) -> Iterator[Row]:
    for number, _, q in _numbered(known):
        yield from ((number, n, via.name, via.id, via.role) for n, via in enumerate(q.via, 1))


def _about(known: Known) -> Iterator[Row]:
    for number, _, q in _numbered(known):
        yield from ((number, n, actor) for n, actor in enumerate(q.about, 1))


def _quotation_topics(known: Known) -> Iterator[Row]:
    for number, analysis, q in _numbered(known):
        yield from ((number, n, topic, topic in q.topics) for n, topic in enumerate(topics_of(q, analysis), 1))


# A table comes after those that it refers to; the rows are in the edition's order.
_TABLES: dict[str, Callable[[Known], Iterator[Row]]] = {
    "edition": _edition,
    "stories": _stories,
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
