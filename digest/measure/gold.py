"""Gold files: articles in which people marked who says what, one JSON object a line.

``docs/formats.md`` gives the keys. Other keys are allowed and stay unread, but for those that group the articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from digest.measure.quotes import Quote, Who
from digest.model import DigestError, QuotationKind, Span
from digest.text import clean

_BOM = b"\xef\xbb\xbf"
_WAY_OUT = "docs/formats.md gives the keys of a gold file"


@dataclass(frozen=True, slots=True)
class Gold:
    """An article with the quotations that people marked in it.

    ``text`` is as the program reads it (``digest.text.clean``) and all offsets point into it. ``facts`` are the values
    of the line that are strings, by their keys: what articles can be grouped by.
    """

    id: str
    text: str
    language: str
    quotes: tuple[Quote, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    """A quotation as it is written in the file; ``text`` stands for the offsets or is compared with them."""

    kind: QuotationKind
    start: int | None = None
    end: int | None = None
    text: str | None = None
    parts: tuple[tuple[int, int], ...] = ()
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_canonical: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line as it is written in the file."""

    id: str
    text: str
    quotes: tuple[_Marked, ...]
    lang: str = "en"


def load(path: Path) -> list[Gold]:
    """Return the articles of the gold file ``path``, in its order.

    Raises DigestError, one sentence with the file and its line, when the file is wrong, and OSError when it cannot be
    opened.
    """
    found: list[Gold] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(path.read_bytes().removeprefix(_BOM).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            article = read(line)
        except DigestError as error:
            raise DigestError(f"{path}:{number}: {error}") from error
        if article.id in lines:
            raise DigestError(f"{path}:{number}: the id “{article.id}” stands on line {lines[article.id]} already")
        lines[article.id] = number
        found.append(article)
    if not found:
        raise DigestError(f"{path}: there is no article in it; {_WAY_OUT}")
    return found


def read(line: bytes) -> Gold:
    """Return the article of one line. Raises DigestError, a sentence without the place, when it is wrong."""
    try:
        values = msgspec.json.decode(line)
        raw = msgspec.convert(values, _Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DigestError(f"{error}; {_WAY_OUT}") from error
    text = clean(raw.text)
    places = _places(raw.text, text)
    quotes = tuple(_quote(marked, raw.text, places, n) for n, marked in enumerate(raw.quotes))
    facts = {key: value for key, value in values.items() if isinstance(value, str) and key != "text"}
    return Gold(raw.id, text, raw.lang, quotes, {"lang": raw.lang, **facts})


def _places(raw: str, text: str) -> Sequence[int]:
    """Return for every offset of ``raw`` the one in ``text``, which is ``raw`` cleaned.

    Cleaning drops characters and turns every line end into one or two of ``\\n``; it never moves or adds a word.
    """
    if raw == text:
        return range(len(raw) + 1)
    places = []
    at = 0
    for i, sign in enumerate(raw):
        places.append(at)
        if sign == "\u2029":
            at += 2
        elif sign in "\r\u2028":
            at += raw[i : i + 2] != "\r\n"
        else:
            at += text[at : at + 1] == sign
    return [*places, at]


def _quote(marked: _Marked, text: str, places: Sequence[int], number: int) -> Quote:
    where = f"quotes[{number}]"
    start, end = _content(marked, text, where)
    spans = [_moved(piece, places, f"{where}.parts") for piece in marked.parts]
    place = None
    if marked.speaker_start is not None and marked.speaker_end is not None:
        place = _moved((marked.speaker_start, marked.speaker_end), places, f"{where}.speaker_start")
    who = Who(marked.speaker or None, place, marked.speaker_canonical or None)
    cue = None
    if marked.cue_start is not None and marked.cue_end is not None:
        cue = _moved((marked.cue_start, marked.cue_end), places, f"{where}.cue_start")
    whole = _moved((start, end), places, where)
    return Quote(marked.kind, whole.start, whole.end, tuple(spans), who, cue=cue)


def _content(marked: _Marked, text: str, where: str) -> tuple[int, int]:
    """Return the offsets of a quotation in the text of the line, by its offsets or by its words."""
    if marked.start is not None and marked.end is not None:
        if marked.text is not None and text[marked.start : marked.end] != marked.text:
            raise DigestError(
                f"{where}: “{marked.text}” does not stand at {marked.start}-{marked.end}; mend one of them"
            )
        return marked.start, marked.end
    if not marked.text:
        raise DigestError(f"{where}: a quotation needs its start and end, or its text; {_WAY_OUT}")
    if (times := text.count(marked.text)) != 1:
        trouble = f"stands {times} times in the article" if times else "does not stand in the article"
        raise DigestError(f"{where}: “{marked.text}” {trouble}; give start and end")
    start = text.index(marked.text)
    return start, start + len(marked.text)


def _moved(span: tuple[int, int], places: Sequence[int], where: str) -> Span:
    start, end = span
    if not 0 <= start < end < len(places):
        raise DigestError(f"{where}: {start}-{end} is no piece of the text, which has {len(places) - 1} characters")
    return Span(places[start], places[end])
