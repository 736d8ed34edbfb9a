"""The database holds what the tables hold, joins by its keys, and is the same to the byte."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_edition import ARTICLE, EDITION, QUOTATION, SAID

from digest import build, export
from digest.edition import Edition, Utterances
from digest.export import columns, records, sqlite
from digest.export.csv import unguard
from digest.lines import topics_of
from digest.model import Speaker

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTED = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def database(edition: Edition) -> sqlite3.Connection:
    held = sqlite3.connect(":memory:")
    held.deserialize(b"".join(sqlite.edition(edition)))
    return held


@pytest.fixture(scope="module")
def whole() -> Edition:
    return build.edition(build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES))


@pytest.fixture(scope="module")
def held(whole: Edition) -> Iterator[sqlite3.Connection]:
    connection = database(whole)
    yield connection
    connection.close()


def test_it_holds_every_row_of_the_other_tables(whole: Edition, held: sqlite3.Connection) -> None:
    for table, n in export.rows(whole).items():
        assert held.execute(f"SELECT count(*) FROM {table}").fetchone() == (n,)  # noqa: S608
    spoken = list(records.spoken(whole))
    for table, n in (
        ("speakers", sum(len(q.speakers) for _, q in spoken)),
        ("via", sum(len(q.via) for _, q in spoken)),
        ("about", sum(len(q.about) for _, q in spoken)),
        ("parts", sum(len(q.parts) for _, q in spoken)),
        ("quotation_topics WHERE own", sum(len(q.topics) for _, q in spoken)),
        ("quotation_topics", sum(len(topics_of(q, a)) for a, q in spoken)),
        ("stories", len({whole.story_of(a.article.id) for a in whole.articles})),
        ("article_topics", sum(len(a.topics) for a in whole.articles)),
        ("aliases", sum(len(who.aliases) for who in whole.actors.values())),
    ):
        assert n > 0
        assert held.execute(f"SELECT count(*) FROM {table}").fetchone() == (n,)  # noqa: S608


def test_every_key_leads_somewhere_and_no_page_is_free(held: sqlite3.Connection) -> None:
    assert held.execute("PRAGMA foreign_key_check").fetchall() == []
    assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert held.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_the_view_is_the_table_of_quotations(whole: Edition, held: sqlite3.Connection) -> None:
    """Column by column, row by row: the same cells as in CSV, numbers as numbers, and nothing where nothing is."""
    cursor = held.execute("SELECT * FROM said ORDER BY number")
    names = [column[0] for column in cursor.description]
    rows = [[_cell(value) for value in row[1:]] for row in cursor]
    written = b"".join(export.EXPORTS["quotations.csv"].write(whole)).decode("utf-8")
    header, *wanted = csv.reader(io.StringIO(written, newline=""))
    assert names == ["number", *header]
    yes = [n for n, (_, _, kind) in enumerate(columns.spread(columns.QUOTATIONS)) if kind == "yes"]
    for row, cells in zip(rows, wanted, strict=True):
        for n in yes:
            row[n] = {"1": "yes", "0": ""}[row[n]]
        assert row == [unguard(cell) for cell in cells]
    assert {"unsure", "printed_by", "story_title", "listed_under"} <= set(header)


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def test_every_table_is_documented(held: sqlite3.Connection) -> None:
    found = held.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    names = {name for (name,) in found if not name.startswith(("sqlite_", "quotations_text_"))}
    assert len(names) == 16
    assert [name for name in sorted(names) if f"`{name}`" not in DOCUMENTED] == []


def test_the_questions_of_the_papers_have_answers(held: sqlite3.Connection) -> None:
    (block,) = re.findall(r"^```sql\n(.*?)^```", DOCUMENTED, re.MULTILINE | re.DOTALL)
    questions = block.split(";\n")[:-1]
    assert len(questions) == 2
    assert all(held.execute(question).fetchall() for question in questions)


def test_words_are_found_without_their_accents() -> None:
    text = f"{ARTICLE.title}\n“Zürich waits,” said Ida Quill."
    start = text.index("Zürich")
    article = replace(ARTICLE, text=text)
    said = replace(QUOTATION, start=start, end=start + 13, parts=(), cue=None, source=None)
    found = database(replace(EDITION, articles=(replace(EDITION.articles[0], article=article, quotations=(said,)),)))
    query = "SELECT q.text FROM quotations_text t JOIN quotations q ON q.number = t.rowid WHERE quotations_text MATCH ?"
    assert found.execute(query, ("zurich",)).fetchall() == [("Zürich waits,",)]
    assert found.execute(query, ("basel",)).fetchall() == []
    found.close()


def test_an_actor_of_whom_only_the_id_is_known_has_a_row() -> None:
    said = replace(QUOTATION, others=(Speaker("bram-oxley", "Bram Oxley", "person"),))
    found = database(replace(EDITION, articles=(replace(EDITION.articles[0], quotations=(said,)),)))
    assert found.execute("SELECT id, name, type FROM actors").fetchall() == [
        ("bram-oxley", "Bram Oxley", "person"),
        ("ida-quill", "Ida Quill", "person"),
        ("osterfeld", "osterfeld", None),
    ]
    assert found.execute("PRAGMA foreign_key_check").fetchall() == []
    found.close()


def test_a_path_that_is_no_utf8_is_escaped() -> None:
    analysis = replace(EDITION.articles[0], article=replace(ARTICLE, path="br\udcfcge.txt"))
    found = database(replace(EDITION, articles=(analysis,)))
    assert found.execute("SELECT path FROM articles").fetchone() == ("br\\udcfcge.txt",)
    found.close()


def test_the_same_edition_is_the_same_database() -> None:
    one, two = (b"".join(sqlite.edition(EDITION)) for _ in range(2))
    assert one == two
    assert SAID.text.encode() in one


def test_it_takes_memory_for_a_few_rows_and_not_for_all() -> None:
    """A database held in memory is at least as large as its bytes; here they are over fifty million."""
    long = replace(ARTICLE, title="A headline of many words about nothing. " * 24_000)
    articles = [replace(EDITION.articles[0], article=replace(long, id=f"a{n}", path=f"a{n}.txt")) for n in range(64)]
    made = sqlite.edition(replace(EDITION, articles=tuple(articles), utterances=Utterances()))
    tracemalloc.start()
    size = sum(len(piece) for piece in made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 50_000_000
    assert most < 8_000_000


def test_an_sqlite_without_a_full_text_index_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "schema.sql"
    script.write_text(sqlite.SCHEMA.read_text(encoding="utf-8").replace("fts5", "fts0"), encoding="utf-8")
    monkeypatch.setattr(sqlite, "SCHEMA", script)
    with pytest.raises(sqlite.DigestError, match=r"no such module: fts0.*leave digest\.sqlite out of `exports`"):
        b"".join(sqlite.edition(EDITION))
