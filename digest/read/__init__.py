"""Files to articles: one module a format, chosen by the ending of the file's name.

A new format is one module with a ``read`` that turns bytes into a Draft, and one line in READERS.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

from digest.model import Article, ArticleMeta, DateBasis, Skipped
from digest.read import dates, detect, facts, limits, txt, walk
from digest.read.draft import Draft
from digest.read.encoding import decode
from digest.read.errors import ReadError
from digest.read.walk import Found, shown
from digest.text import clean, slug, squeeze

__all__ = ["READERS", "Found", "ReadError", "content_hash", "find", "from_text", "read", "shown"]

Reader = Callable[[bytes, tuple[str, ...]], Draft]


def _txt(data: bytes, _: tuple[str, ...]) -> Draft:
    return txt.read(data)


# What reads HTML and Markdown loads libraries that take as long as the reading of ten or twenty plain articles, so each
# is loaded with the first file that needs it.
def _md(data: bytes, languages: tuple[str, ...]) -> Draft:
    from digest.read import md

    return md.read(data, languages)


def _html(data: bytes, _: tuple[str, ...]) -> Draft:
    from digest.read import html

    return html.read(data)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": _txt,
        ".text": _txt,
        ".md": _md,
        ".markdown": _md,
        ".html": _html,
        ".htm": _html,
        ".xhtml": _html,
    }
)
"""The reader of each file ending. A reader gets the file's bytes and the languages whose words it may expect."""

_CLEARLY = 0.99
_ENOUGH_WORDS = 200


def find(paths: Sequence[Path]) -> Iterator[Found | Skipped]:
    """Yield the input files under ``paths`` in order, and what cannot be one with its reason; see ``walk.find``.

    Raises DigestError when a path does not exist.
    """
    return walk.find(paths, READERS)


def read(
    path: Path, root: Path, meta: ArticleMeta | None, languages: tuple[str, ...], data: bytes | None = None
) -> Article:
    """Return the article in the file ``path``; its shown path is relative to ``root``.

    ``data`` is read in place of what the file holds, as if it stood there. ``meta`` is what people decided about it and
    goes before what the file says, which goes before its sidecar. ``languages`` are the codes that the program has
    words for. Raises ReadError, and nothing else, whatever the file.
    """
    data = _bytes_of(path) if data is None else data
    ending = walk.suffix(path)
    if ending not in READERS:
        raise ReadError("format", f"“{ending}” is no format that can be read; the formats are {', '.join(READERS)}")
    draft = READERS[ending](data, languages)
    beside, beside_notes = _sidecar(path, languages)
    draft = replace(draft, notes=(*draft.notes, *beside_notes))
    article = _article(draft, shown(path, root), path.stem, meta, beside, languages)
    return replace(article, sha256=hashlib.sha256(data).hexdigest())


def from_text(text: str | bytes, name: str, languages: tuple[str, ...]) -> Article:
    """Return the article in ``text``, plain text with the headline first; ``name`` stands for its path.

    Bytes are decoded as those of a file are, with a note where that takes a guess. Raises ReadError when there is
    nothing in it or too much.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    words, guess = (text, None) if isinstance(text, str) else decode(text)
    draft = txt.draft(clean(words))
    draft = replace(draft, notes=(*draft.notes, *([guess] if guess else [])))
    article = _article(draft, name, "", None, ArticleMeta(), languages)
    return replace(article, sha256=hashlib.sha256(data).hexdigest())


def content_hash(path: Path, data: bytes | None = None) -> str:
    """Return the SHA-256 (hex) of all that reading ``path`` depends on: the file, or ``data``, and its sidecars.

    Raises ReadError when the file cannot be read.
    """
    whole = hashlib.sha256(_bytes_of(path) if data is None else data)
    for beside in facts.sidecars(path):
        whole.update(b"\0" + beside.name.encode("utf-8", "surrogateescape") + b"\0" + _bytes_of(beside))
    return whole.hexdigest()


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        # opening a named pipe would wait for a writer for ever
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("not a file", "this is not a regular file; put the text into a file")
        limits.check_bytes(status.st_size)
        with path.open("rb") as file:
            data = file.read(limits.MAX_BYTES + 1)
    except OSError as error:
        why = f"the file cannot be opened ({error.strerror}); check that it may be read"
        raise ReadError("unreadable", why) from error
    limits.check_bytes(len(data))
    return data


def _sidecar(path: Path, languages: tuple[str, ...]) -> tuple[ArticleMeta, tuple[str, ...]]:
    known = ArticleMeta()
    notes: tuple[str, ...] = ()
    for beside in facts.sidecars(path):
        text, _ = decode(_bytes_of(beside))
        name = shown(beside, beside.parent)
        load = facts.json_entries if beside.suffix == ".json" else facts.yaml_entries
        here, more = facts.settle(load(text, name), name, languages)
        known, notes = _over(known, here), (*notes, *more)
    return known, notes


def _article(
    draft: Draft,
    path: str,
    stem: str,
    meta: ArticleMeta | None,
    beside: ArticleMeta,
    languages: tuple[str, ...],
) -> Article:
    if not any(c.isalnum() for c in draft.text):
        raise ReadError("empty", "there is no text in it; put the article's words into it or leave it out")
    limits.check_text(len(draft.text), len(draft.blocks))
    decided = meta or ArticleMeta()
    known = _over(_over(decided, draft.facts), beside)
    published, basis = _dated(decided, draft, beside, stem)
    code, note = _language(draft, known.language, languages)
    return Article(
        id=slug(stem or path),
        path=path,
        title=squeeze(known.title or draft.title),
        text=draft.text,
        blocks=draft.blocks,
        language=code,
        byline=known.byline,
        outlet=known.outlet,
        published=published,
        date_basis=basis,
        url=known.url,
        notes=(*draft.notes, note) if note else draft.notes,
    )


def _over(first: ArticleMeta, second: ArticleMeta) -> ArticleMeta:
    """Return ``first`` with its gaps filled from ``second``."""
    gaps = {f.name: getattr(second, f.name) for f in fields(ArticleMeta) if getattr(first, f.name) is None}
    return replace(first, **gaps)


def _dated(decided: ArticleMeta, draft: Draft, beside: ArticleMeta, stem: str) -> tuple[str | None, DateBasis]:
    if decided.published:
        return decided.published, "curation"
    if draft.facts.published:
        return draft.facts.published, draft.basis
    if beside.published:
        return beside.published, "metadata"
    named = dates.in_name(stem)
    return (named, "file name") if named else (None, "none")


def _language(draft: Draft, stated: str | None, languages: tuple[str, ...]) -> tuple[str, str | None]:
    """Return the article's language, and a note when there are no words for it or the page's claim was set aside."""
    if stated:
        code, note = stated, None
    else:
        code, likely = detect.detect(draft.text, languages)
        note = None
        if draft.lang and draft.lang != code:
            # A page's template often says "en" whatever is in it; only a long, clear text contradicts it.
            if likely < _CLEARLY or len(draft.text) < _ENOUGH_WORDS:
                code = draft.lang
            else:
                note = f"the page says its language is “{draft.lang}”, its text is in “{code}”"
    if code not in languages:
        note = f"there are no words for the language “{code}” yet, so English words were used"
    return code, note
