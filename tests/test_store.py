from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.decisions import ArticleMeta
from digest.edition import Skipped
from digest.model import Analysis, Article
from digest.store import Store, key

ANALYSIS = Analysis(Article("a", "a.txt", "Ferry returns", "It sails.", ()))
SKIPPED = Skipped("b.pdf", "format", "It is no text.")
ENTRIES: dict[str, Analysis | Skipped] = {"one": ANALYSIS, "two": SKIPPED}


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type of the model, field by field, so that a new field is tried as well."""
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return st.builds(kind, **{name: anything(hint) for name, hint in get_type_hints(kind).items()})
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=2)
    if inner:
        return st.one_of([st.none() if one is NoneType else anything(one) for one in inner])
    # What is stored has been cleaned, so it holds no surrogates, and its offsets are those of a text.
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    return {str: text, bool: st.booleans(), int: st.integers(0, 2**40), float: st.floats(0, 1)}[kind]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(anything(Analysis), anything(Skipped)))
def test_what_comes_out_is_what_went_in(tmp_path: Path, entry: Analysis | Skipped) -> None:
    with Store(tmp_path / "cache.sqlite") as store:
        store.put_many({"k": entry})
        assert store.get_many(["k"]) == {"k": entry}


def test_a_run_finds_what_the_run_before_stored(tmp_path: Path) -> None:
    path = tmp_path / ".digest" / "cache.sqlite"
    with Store(path) as store:
        assert store.get_many(["one", "two"]) == {}
        store.put_many(ENTRIES)
    with Store(path) as store:
        assert store.get_many(["two", "three", "one"]) == ENTRIES
        assert store.notes == []


def test_many_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    entries = {f"k{n}": Skipped(str(n), "x", "y") for n in range(1_234)}
    with Store(tmp_path / "cache.sqlite") as store:
        store.put_many(entries)
        assert store.get_many([*entries, "other"]) == entries


def test_what_a_run_does_not_use_is_dropped_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with Store(path) as store:
        store.put_many({"old": SKIPPED, "kept": SKIPPED})
    with Store(path) as store:
        store.get_many(["kept"])
        store.put_many({"new": ANALYSIS})
        assert store.prune() == 1
    with Store(path) as store:
        assert store.get_many(["old", "kept", "new"]).keys() == {"kept", "new"}


def test_a_run_that_fails_drops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with Store(path) as store:
        store.put_many(ENTRIES)
    with pytest.raises(RuntimeError), Store(path):
        raise RuntimeError
    with Store(path) as store:
        assert store.get_many(list(ENTRIES)) == ENTRIES


@pytest.mark.parametrize("damage", ["text", "other program", "other version", "truncated"])
def test_a_broken_or_foreign_file_is_begun_anew_and_says_so(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "cache.sqlite"
    with Store(path) as store:
        store.put_many({f"k{n}": Skipped("p" * 500, "x", "y") for n in range(200)})
    if damage == "text":
        path.write_text("no database at all, but longer than the header of one " * 10)
    elif damage == "truncated":
        path.write_bytes(path.read_bytes()[:50])
    else:
        db = sqlite3.connect(path)
        db.execute("PRAGMA application_id = 7" if damage == "other program" else "PRAGMA user_version = 99")
        db.close()
    with Store(path) as store:
        assert store.get_many(["k1"]) == {}
        store.put_many(ENTRIES)
        (note,) = store.notes
        assert "was begun anew" in note
    with Store(path) as store:
        assert store.get_many(list(ENTRIES)) == ENTRIES
        assert store.notes == []


def test_a_file_that_breaks_inside_costs_its_entries_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    keys = [f"k{n}" for n in range(500)]
    with Store(path) as store:
        store.put_many({k: Skipped("p" * 500, "x", "y") for k in keys})
    data = bytearray(path.read_bytes())
    data[8_192:-4_096] = b"\xaa" * (len(data) - 12_288)
    path.write_bytes(data)
    with Store(path) as store:
        assert len(store.get_many(keys)) < len(keys)
        store.put_many(ENTRIES)
        assert store.get_many(list(ENTRIES)) == ENTRIES
        (note,) = store.notes
        assert "this run goes on without it" in note
    with Store(path) as store:
        store.put_many(ENTRIES)
        assert store.notes == []
    with Store(path) as store:
        assert store.get_many(list(ENTRIES)) == ENTRIES


def test_an_entry_that_cannot_be_read_is_one_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with Store(path) as store:
        store.put_many({**ENTRIES, "three": SKIPPED})
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE entry SET value = x'c1' WHERE key = 'one'")
        db.execute("UPDATE entry SET kind = 'Recipe' WHERE key = 'three'")
    db.close()
    with Store(path) as store:
        assert store.get_many(["one", "two", "three"]) == {"two": SKIPPED}


def test_a_place_that_cannot_be_used_costs_the_cache_and_not_the_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.sqlite").mkdir()
    for path in (tmp_path / "file" / "cache.sqlite", tmp_path / "folder.sqlite"):
        with Store(path) as store:
            store.put_many(ENTRIES)
            assert store.get_many(list(ENTRIES)) == ENTRIES
            (note,) = store.notes
            assert "every article is read anew" in note


def _work(path: Path, name: str) -> None:
    with Store(path) as store:
        for n in range(50):
            store.get_many([f"shared{n}", f"{name}{n}"])
            store.put_many({f"shared{n}": SKIPPED, f"{name}{n}": ANALYSIS})
        if store.notes:
            raise AssertionError(store.notes)


def test_builds_at_the_same_time_do_not_harm_each_other(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_work, args=(path, name)) for name in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("SELECT count(*) FROM entry WHERE key LIKE 'shared%'").fetchone() == (50,)
    db.close()


def test_a_key_changes_with_everything_that_an_analysis_depends_on() -> None:
    meta = ArticleMeta(outlet="A")
    keys = [
        key("hash", "id", "path", meta, "v1"),
        key("other", "id", "path", meta, "v1"),
        key("hash", "other", "path", meta, "v1"),
        key("hash", "id", "other", meta, "v1"),
        key("hash", "id", "path", ArticleMeta(url="A"), "v1"),
        key("hash", "id", "path", None, "v1"),
        key("hash", "id", "path", meta, "v2"),
    ]
    assert len(set(keys)) == len(keys)
    assert key("hash", "id", "path", ArticleMeta(outlet="A"), "v1") == keys[0]
