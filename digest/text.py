"""Small, pure functions on text: normalising, folding, slugs, paragraphs and sentences.

Offsets are code points, half-open, everywhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff\u00ad]"
)
_LETTERS_NFD_MISSES = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ı": "i",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "Ð": "D",
        "ħ": "h",
        "Ħ": "H",
        "’": "'",
        "‘": "'",
    }
)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"'`\\^{|}]+$", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*$")
_NORWEGIAN = {"nb": "no", "nn": "no"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PARAGRAPH = re.compile(r"[^\n]+")

LONGEST_SLUG = 80
"""File systems allow names of 255 bytes; an address is also to be read and pasted."""


def clean(text: str) -> str:
    """Return ``text`` with one kind of line end and without control characters, lone surrogates or noncharacters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return _CONTROL.sub("", text)


def fold(text: str) -> str:
    """Return ``text`` without accents and case, for comparing names: ``Zürich`` -> ``zurich``."""
    spread = unicodedata.normalize("NFKD", text.translate(_LETTERS_NFD_MISSES))
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold()


def slug(text: str) -> str:
    """Return an address for ``text``: ASCII ``[a-z0-9-]``, at most ``LONGEST_SLUG`` long, never empty.

    Where a letter has no Latin form, or nothing is left, a short hash follows, so that two names in another script stay
    two.
    """
    folded = fold(text)
    kept = _NOT_WORD.sub("-", folded).strip("-")
    if not kept or any(c.isalnum() and not c.isascii() for c in folded):
        kept = f"{kept[:40]}-{digest_of(text)[:8]}".strip("-")
    return kept[:LONGEST_SLUG].strip("-")


def digest_of(*pieces: str) -> str:
    """Return the SHA-256 of the pieces as hex; they are kept apart, so ``("ab", "c")`` differs from ``("a", "bc")``."""
    return hashlib.sha256("\x1f".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of every line of ``text`` that holds more than white space, trimmed."""
    for m in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        a, b = trim(text, *m.span())
        if a < b:
            yield a, b


def unbroken(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return ``text`` with a space for each line end inside one of ``spans``, which are in order and do not overlap.

    The lines of a wrapped paragraph are no units: a name broken over two of them is one name. Offsets stay.
    """
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], text[start:end].replace("\n", " "))
        at = end
    return "".join([*pieces, text[at:]])


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``(start, end)`` without the white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def squeeze(text: str) -> str:
    """Return ``text`` with every run of white space as one space, trimmed."""
    return " ".join(text.split())


def clip(text: str, limit: int) -> str:
    """Return ``text`` cut at a word to at most ``limit`` characters, with an ellipsis when something is left out."""
    text = squeeze(text)
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def address(text: str) -> str | None:
    """Return ``text`` as an http(s) address that is safe to link to, or None when it is none."""
    text = text.strip()
    if len(text) > 2_000 or not _ADDRESS.match(text):
        return None
    try:
        parts = urlsplit(text)
        return text if parts.hostname and not parts.username and (parts.port is None or parts.port) else None
    except ValueError:
        return None


def language_code(text: str) -> str | None:
    """Return the code of a language tag (``en-GB`` -> ``en``), or None when it is none."""
    match = _LANGUAGE.match(text.strip().lower())
    return _NORWEGIAN.get(match.group(1), match.group(1)) if match else None
