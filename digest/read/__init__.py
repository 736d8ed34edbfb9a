"""Files to articles: one module a format, chosen by the ending of the file's name.

A new format is one module with a ``read`` that turns bytes into a Draft, and one line in READERS.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from digest.decisions import ArticleMeta
from digest.edition import Skipped
from digest.model import Article, DateBasis
from digest.read import dates, detect, facts, files, limits, names, packs, txt, walk
from digest.read.draft import Draft
from digest.read.encoding import decode
from digest.read.errors import ReadError
from digest.read.packs import Member, Piece
from digest.read.walk import Found, shown
from digest.text import clean, slug, squeeze

__all__ = ["FORMATS", "READERS", "Found", "Member", "ReadError", "content_hash", "find", "from_text", "read", "shown"]

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


def _eml(data: bytes, _: tuple[str, ...]) -> Draft:
    from digest.read import mail

    return _drafted(mail.read(data), ())


def _mhtml(data: bytes, _: tuple[str, ...]) -> Draft:
    from digest.read import mail

    return _drafted(mail.page(data), ())


def _fragment(data: bytes, _: tuple[str, ...]) -> Draft:
    from digest.read import fragment

    return fragment.read(data)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": _txt,
        ".text": _txt,
        ".md": _md,
        ".markdown": _md,
        ".html": _html,
        ".htm": _html,
        ".xhtml": _html,
        ".mhtml": _mhtml,
        ".mht": _mhtml,
        ".eml": _eml,
    }
)
"""The reader of each file ending. A reader gets the file's bytes and the languages whose words it may expect."""

FORMATS = (*READERS, *packs.PACKS)
"""The endings of all files that are inputs: an article each, and those that may hold many."""

_CLEARLY = 0.99
_ENOUGH_WORDS = 200


def find(paths: Sequence[Path]) -> Iterator[Found | Skipped]:
    """Yield the inputs under ``paths`` in order, the articles of a file that holds many one by one; see ``walk.find``.

    What cannot be an input comes with its reason. Raises DigestError when a path does not exist.
    """
    for found in walk.find(paths, FORMATS):
        if isinstance(found, Found) and packs.holds_many(found.path.name):
            yield from _inside(found)
        else:
            yield found


def _inside(found: Found) -> Iterator[Found | Skipped]:
    """Yield what is in a file that may hold many articles; one that holds none is itself skipped."""
    place, none = shown(found.path, found.root), True
    try:
        for each in packs.members(found.path, FORMATS):
            none = False
            if isinstance(each, packs.Refused):
                yield Skipped(f"{place}!{each.name}", each.code, each.reason)
            else:
                yield replace(found, member=each)
    except ReadError as error:
        none = False
        yield Skipped(place, error.code, str(error))
    if none:
        yield Skipped(place, "empty", "there is no article in this file")


def read(
    path: Path,
    root: Path,
    meta: ArticleMeta | None,
    languages: tuple[str, ...],
    data: bytes | None = None,
    member: Member | None = None,
) -> Article:
    """Return the article in the file ``path``, or its ``member``; its shown path is relative to ``root``.

    ``data`` is read in place of what the file holds, as if it stood there. ``meta`` is what people decided about it and
    goes before what the article says of itself, which goes before what its container says of it, which goes before the
    sidecar. ``languages`` are the codes that the program has words for. Raises ReadError, and nothing else, whatever
    the file.
    """
    ending = names.ending(path.name)
    if ending not in FORMATS:
        raise names.unknown_format(path.name, FORMATS)
    if ending in READERS:
        data = files.bytes_of(path) if data is None else data
        draft, content = READERS[ending](data, languages), data
    else:
        piece = _piece(path, ending, data, member)
        draft, content = _drafted(piece, languages), piece.data
    beside, beside_notes = _sidecar(path, languages)
    draft = replace(draft, notes=(*draft.notes, *beside_notes))
    article = _article(draft, shown(path, root, member), member.stem if member else path.stem, meta, beside, languages)
    return replace(article, sha256=hashlib.sha256(content).hexdigest())


def _piece(path: Path, ending: str, data: bytes | None, member: Member | None) -> Piece:
    """Return the one article of a file that may hold many, or the one that ``member`` means."""
    if member is not None:
        return packs.load(path, member.key)
    found = packs.whole(files.bytes_of(path) if data is None else data, packs.PACKS[ending])
    if not found.single:
        raise ReadError("format", "this file holds several articles and is none itself")
    return found.pieces[0]


def _drafted(piece: Piece, languages: tuple[str, ...]) -> Draft:
    """Return the draft of one article of a container, with what the container says where the article says nothing."""
    draft = (_fragment if piece.ending == packs.FRAGMENT else READERS[piece.ending])(piece.data, languages)
    known = facts.over(draft.facts, piece.facts)
    return replace(
        draft,
        facts=known,
        basis=draft.basis if draft.facts.published or not known.published else "metadata",
        lang=draft.lang or piece.lang,
        notes=(*piece.notes, *draft.notes),
    )


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


def from_piece(piece: Piece, languages: tuple[str, ...]) -> Article:
    """Return the article in ``piece``, which is in no file: what it says of itself goes before its ``facts``.

    Raises ReadError.
    """
    return _article(_drafted(piece, languages), "", "", None, ArticleMeta(), languages)


def content_hash(path: Path, data: bytes | None = None, member: Member | None = None) -> str:
    """Return the SHA-256 (hex) of all that reading ``path`` depends on: the file, or ``data``, and its sidecars.

    Of a ``member``, it is what its container holds and says of it. Raises ReadError when it cannot be read.
    """
    if member is not None:
        piece = packs.load(path, member.key)
        said = repr((piece.ending, piece.facts, piece.lang, piece.notes)).encode("utf-8", "surrogatepass")
        whole = hashlib.sha256(piece.data + b"\0" + said)
    else:
        whole = hashlib.sha256(files.bytes_of(path) if data is None else data)
    for beside in facts.sidecars(path):
        whole.update(b"\0" + beside.name.encode("utf-8", "surrogateescape") + b"\0" + files.bytes_of(beside))
    return whole.hexdigest()


def _sidecar(path: Path, languages: tuple[str, ...]) -> tuple[ArticleMeta, tuple[str, ...]]:
    known = ArticleMeta()
    notes: tuple[str, ...] = ()
    for beside in facts.sidecars(path):
        text, _ = decode(files.bytes_of(beside))
        name = shown(beside, beside.parent)
        here, more = facts.settle(facts.entries(text, name), name, languages)
        known, notes = facts.over(known, here), (*notes, *more)
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
    known = facts.over(facts.over(decided, draft.facts), beside)
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


def _dated(decided: ArticleMeta, draft: Draft, beside: ArticleMeta, stem: str) -> tuple[str | None, DateBasis]:
    if decided.published:
        return decided.published, "curation"
    if draft.facts.published:
        return draft.facts.published, draft.basis
    if beside.published:
        return beside.published, "metadata"
    if draft.guess:
        return draft.guess, "metadata"
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
