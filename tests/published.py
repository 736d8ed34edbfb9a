"""What is published, as a machine or a person may read it: for the tests that withheld words stand nowhere."""

from __future__ import annotations

import gzip
import html
import re
import sqlite3
from collections.abc import Iterator
from urllib.parse import unquote

from digest.text import fold


def decoded(raw: bytes) -> bytes:
    """Return the content of a file: what is packed unpacked, of a database every statement that makes it."""
    if raw[:2] == b"\x1f\x8b":
        return gzip.decompress(raw)
    if raw.startswith(b"SQLite format 3"):
        base = sqlite3.connect(":memory:")
        base.deserialize(raw)
        told = "\n".join(base.iterdump()).encode()
        base.close()
        return told
    return raw


def sequence(words: str) -> re.Pattern[str]:
    """Return what finds these words in a reading, whatever signs stand between them, also in a genitive."""
    pieces = re.findall(r"[^\W_]+", fold(words))
    return re.compile(rf"(?<![^\W_]){'[^a-z0-9]*'.join(map(re.escape, pieces))}s?(?![^\W_])")


def readings(told: bytes) -> Iterator[str]:
    """Yield what is published as it stands, and as it reads without its tags, with nothing and a space for each."""
    text = unquote(html.unescape(told.decode("utf-8", "replace").replace("\\n", " ")))
    yield text
    yield fold(text)
    if "<" in text:
        bare = re.sub(r"<[^>]*>", "", text)
        yield fold(bare)
        yield fold(re.sub(r"<[^>]*>", " ", text))
