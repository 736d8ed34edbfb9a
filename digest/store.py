"""Content hash -> analysis, so that an unchanged article is never read twice.

One SQLite file with values in MessagePack. It is a cache and nothing else: it may be deleted at any time, and a file
that is broken or not ours is replaced. Several builds may use one store at the same time; SQLite's own locks order
their writes, and since a key names everything its value depends on, it does not matter whose value is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import TracebackType

import msgspec

from digest.decisions import ArticleMeta
from digest.edition import Skipped
from digest.model import Analysis

_VERSION = 1
_APPLICATION = 0x64696774
"""SQLite's ``application_id``, "digt": it tells our file from another program's."""

_WAIT = 30.0
"""Seconds to wait for another build's write; one takes milliseconds."""

_MANY = 500
"""Keys in one query; SQLite's own limit for variables was 999 for long."""

_DECODERS: Mapping[str, msgspec.msgpack.Decoder[Analysis | Skipped]] = {
    kind.__name__: msgspec.msgpack.Decoder(kind) for kind in (Analysis, Skipped)
}
_ENCODER = msgspec.msgpack.Encoder()


def key(content: str, article: str, path: str, meta: ArticleMeta | None, fingerprint: str) -> str:
    """Return the key of an analysis, as hex: a hash of all that it depends on.

    ``content`` is the hash of what was read, ``article`` the id, ``path`` the shown path, ``meta`` what was decided
    about it, ``fingerprint`` stands for the program, its languages and its knowledge.
    """
    decided = [getattr(meta, f.name) for f in fields(ArticleMeta)] if meta else None
    whole = msgspec.msgpack.encode([content, article, path, decided, fingerprint])
    return hashlib.sha256(whole).hexdigest()


class Store:
    """An open store, used as a context manager; leaving it prunes what was not asked for and closes it.

    A store never fails a build: where its file cannot be used, the run goes on without it. ``notes`` says so, and
    whatever else had to be done to the file, one sentence each, for a log.
    """

    def __init__(self, path: Path) -> None:
        """Open the store in ``path``, making it and its folder where they are missing."""
        self.path = path
        self.notes: list[str] = []
        self._used: set[str] = set()
        self._db = self._opened()

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store; after a run without an error, drop what the run did not use."""
        if kind is None:
            self.prune()
        self._db.close()

    def get_many(self, keys: Sequence[str]) -> dict[str, Analysis | Skipped]:
        """Return what is stored under ``keys``; those that are not there are left out."""
        self._used.update(keys)
        rows: list[tuple[str, str, bytes]] = []
        try:
            for at in range(0, len(keys), _MANY):
                some = keys[at : at + _MANY]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, kind, value FROM entry WHERE key IN ({marks})"  # noqa: S608 - question marks only
                rows += self._db.execute(query, some)
        except sqlite3.Error as error:
            self._give_up(error)
        found: dict[str, Analysis | Skipped] = {}
        for name, kind, value in rows:
            # an entry that cannot be read is one that is not there: the article is read again and replaces it
            with contextlib.suppress(msgspec.MsgspecError, KeyError):
                found[name] = _DECODERS[kind].decode(value)
        return found

    def put_many(self, entries: Mapping[str, Analysis | Skipped]) -> None:
        """Store the entries by their keys, all or none of them."""
        rows = [(k, type(value).__name__, _ENCODER.encode(value)) for k, value in entries.items()]
        self._used.update(entries)
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def prune(self) -> int:
        """Drop the entries that were neither asked for nor stored since the store was opened; return how many."""
        try:
            with self._db:
                self._db.execute("CREATE TEMP TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY) WITHOUT ROWID")
                self._db.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((k,) for k in self._used))
                return self._db.execute("DELETE FROM entry WHERE key NOT IN (SELECT key FROM used)").rowcount
        except sqlite3.Error as error:
            self._give_up(error)
            return 0

    def _opened(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _connected(str(self.path))
            except sqlite3.DatabaseError as error:
                if not _is_broken(error):
                    raise
                self.notes.append(f"{self.path}: the cache could not be read ({error}) and was begun anew")
                self._remove()
            return _connected(str(self.path))
        except (OSError, sqlite3.Error) as error:
            self.notes.append(f"{self.path}: the cache cannot be used ({error}), so every article is read anew")
            return _connected(":memory:")

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file; a broken one goes, so that the next run has a sound one."""
        self.notes.append(f"{self.path}: the cache failed ({error}); this run goes on without it")
        self._db.close()
        if _is_broken(error):
            with contextlib.suppress(OSError):
                self._remove()
        self._db = _connected(":memory:")

    def _remove(self) -> None:
        for tail in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)


def _is_broken(error: sqlite3.Error) -> bool:
    """Whether the file is at fault, not its circumstances (locked, not writable, disk full)."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def _connected(place: str) -> sqlite3.Connection:
    """Return a connection to our table. Raises sqlite3.DatabaseError when the file is broken or not ours."""
    db = sqlite3.connect(place, timeout=_WAIT)
    try:
        # Immediate: of two builds that begin at once, the second finds what the first has made.
        db.execute("BEGIN IMMEDIATE")
        owner = (db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0])
        if owner == (0, 0) and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {_VERSION}")
            db.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, kind TEXT, value BLOB) WITHOUT ROWID")
        elif owner != (_APPLICATION, _VERSION):
            raise sqlite3.DatabaseError("it is another program's file or another version's")
        db.commit()
    except BaseException:
        db.close()
        raise
    return db
