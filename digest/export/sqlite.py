"""The edition as one SQLite database: tables with foreign keys and indexes, a full-text index, a view of it all.

The tables stand in ``schema.sql``. The database is made anew in memory and compacted, so that the same edition gives
the same bytes with the same SQLite, and no page holds a row that is gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from digest.export import records
from digest.model import Analysis, DigestError, Edition, Quotation

SCHEMA = Path(__file__).with_name("schema.sql")
Row = tuple[str | int | float | None, ...]
Rows = dict[str, list[Row]]

# A table comes after those that it refers to.
_ORDER = (
    "edition",
    "articles",
    "actors",
    "aliases",
    "roles",
    "topics",
    "article_topics",
    "quotations",
    "parts",
    "speakers",
    "via",
    "about",
    "quotation_topics",
)


def edition(whole: Edition) -> Iterator[bytes]:
    """Yield the database. Raises DigestError where Python's SQLite has no full-text index."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        try:
            database.executescript(SCHEMA.read_text(encoding="utf-8"))
        except sqlite3.OperationalError as error:
            raise DigestError(
                f"digest.sqlite cannot be made with this Python's SQLite {sqlite3.sqlite_version} ({error}); leave "
                "digest.sqlite out of `exports` in mkdocs.yml, or use a Python whose SQLite has FTS5"
            ) from error
        rows = _rows(whole)
        database.execute("BEGIN")
        for table in _ORDER:
            if held := rows[table]:
                places = ", ".join("?" * len(held[0]))
                # the name is one of ours
                database.executemany(f"INSERT INTO {table} VALUES ({places})", map(_plain, held))  # noqa: S608
        database.execute("INSERT INTO quotations_text (quotations_text) VALUES ('rebuild')")
        database.execute("COMMIT")
        database.execute("VACUUM")
        yield database.serialize()


def _rows(whole: Edition) -> Rows:
    """Return the rows of each table, in the edition's order."""
    rows: Rows = {table: [] for table in _ORDER}
    rows["edition"] = [("commit", whole.commit), ("version", whole.version)]
    for analysis in whole.articles:
        article = analysis.article
        rows["articles"].append(
            (
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
        )
        rows["article_topics"] += [(article.id, topic.id, topic.score) for topic in analysis.topics]
    for number, (analysis, q) in enumerate(records.spoken(whole), 1):
        _add_quotation(rows, number, analysis, q, whole)
    rows["topics"] = list(_topics(whole).items())
    _add_actors(rows, whole)
    return rows


def _add_quotation(rows: Rows, number: int, analysis: Analysis, q: Quotation, whole: Edition) -> None:
    article = analysis.article
    rows["quotations"].append(
        (
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
    )
    rows["parts"] += [(number, part.start, part.end, part.text) for part in q.parts]
    rows["speakers"] += [(number, n, speaker.id) for n, speaker in enumerate(q.speakers, 1)]
    rows["via"] += [(number, n, via.name, via.id, via.role) for n, via in enumerate(q.via, 1)]
    rows["about"] += [(number, actor) for actor in dict.fromkeys(q.about)]
    rows["quotation_topics"] += [(number, topic) for topic in dict.fromkeys(q.topics)]


def _add_actors(rows: Rows, whole: Edition) -> None:
    """Add the actors of the edition, and those that its quotations only name: an edition of some articles of a monitor
    may know of an actor nothing but the id, and of a speaker the name.
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
    rows["actors"] = [row for _, row in sorted({**named, **known}.items())]
    articles = {analysis.article.id for analysis in whole.articles}
    for id_, who in sorted(whole.actors.items()):
        rows["aliases"] += [(id_, name, count) for name, count in sorted(who.aliases.items())]
        roles = {(r.article, r.start, r.end): r for r in who.roles if r.article in articles}
        rows["roles"] += [(id_, *place, role.text, int(role.past)) for place, role in sorted(roles.items())]


def _topics(whole: Edition) -> dict[str, str]:
    """Return the topics that articles and quotations have, with their names, by id."""
    found = {topic: topic for _, q in records.spoken(whole) for topic in q.topics}
    found |= {topic.id: topic.name for analysis in whole.articles for topic in analysis.topics}
    return dict(sorted(found.items()))


def _plain(row: Row) -> Row:
    return tuple(records.plain(value) if isinstance(value, str) else value for value in row)
