"""Small, pure functions on text: normalising, folding, slugs, paragraphs and sentences.

Offsets are code points, half-open, everywhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff\u00ad]"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# A line ends where the Unicode Bidirectional Algorithm lets a paragraph end, and every embedding in it (UAX #9, P1).
_DIRECTED_LINE = re.compile(r"[^\n\x85]+")
_EMBEDS, _ISOLATES, _ENDS_EMBEDDING, _ENDS_ISOLATE = (
    "\u202a\u202b\u202d\u202e",
    "\u2066\u2067\u2068",
    "\u202c",
    "\u2069",
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
_HOUSE_STYLE = str.maketrans(
    dict.fromkeys('“”„‟«»‹›‘’‚‛"`', "'") | dict.fromkeys("‐‑‒–—―", "-") | {"…": "...", "\xa0": " "}
)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"'`\\^{|}]+$", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*$")
_NORWEGIAN = {"nb": "no", "nn": "no"}
_SIGNS = re.compile(r"[\W_]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PARAGRAPH = re.compile(r"[^\n]+")
_SPOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")

# RFC 9562, 5.5: whoever makes names for a purpose draws a namespace for it once, at random, and keeps it for ever.
_OURS = uuid.UUID("6b0f4f0c-6f0e-4d0a-9a3c-2f1b7c5d8e41")
_URI = "%/:?@!$&'()*+,;=~-._"
"""What stands anywhere in an address as it is: the characters of RFC 3986, appendix A, and what is escaped.

Brackets may stand in the host alone, and only the sign before the fragment may be ``#``.
"""
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")

# Windows takes these names for devices, whatever ending they have, and can neither write nor check out such a file.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$")

LONGEST_SLUG = 80
"""File systems allow names of 255 bytes; an address is also to be read and pasted."""

# The endings of files that hold many articles, each of which is shown as “FILE!NAME”.
_MEMBER = re.compile(r"\.(?:rss|atom|xml|json|warc|warc\.gz|zip)!", re.IGNORECASE)

UNKNOWN_OUTLET = "unknown"
"""The key of the articles whose outlet is unknown."""


POSSESSIVE = ("'s", "’s")
"""The possessive of English and of some German names: typography as much as a word, for it is split off every word."""


def without_possessive(word: str) -> str:
    """Return ``word`` without a possessive at its end: ``Quill's`` -> ``Quill``."""
    return word.removesuffix(POSSESSIVE[0]).removesuffix(POSSESSIVE[1])


def clean(text: str) -> str:
    """Return ``text`` with one kind of line end and without control characters, lone surrogates or noncharacters.

    Controls of the writing direction stay where they are opened and closed within one line; the others would turn round
    whatever is printed behind them, and go.
    """
    if text.replace("\n", "").isprintable():
        return text  # as most are, and this is known at once
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _CONTROL.sub("", text)
    return _DIRECTED_LINE.sub(_balanced, text) if _DIRECTION.search(text) else text


def _balanced(line: re.Match[str]) -> str:
    """Return a line without the controls of the writing direction that have no partner in it.

    The pairs are those of UAX #9, BD9 and X5a to X7: the end of an isolate ends the embeddings that were opened in it,
    the end of an embedding never ends an isolate.
    """
    text = line.group()
    opened: list[int] = []
    isolates = 0
    paired: set[int] = set()
    for control in _DIRECTION.finditer(text):
        at, sign = control.start(), control.group()
        if sign in _EMBEDS or sign in _ISOLATES:
            opened.append(at)
            isolates += sign in _ISOLATES
        elif sign == _ENDS_EMBEDDING:
            if opened and text[opened[-1]] in _EMBEDS:
                paired |= {opened.pop(), at}
        elif isolates:
            while text[opened[-1]] in _EMBEDS:
                opened.pop()
            paired |= {opened.pop(), at}
            isolates -= 1
    return _DIRECTION.sub(lambda m: m.group() if m.start() in paired else "", text)


def fold(text: str) -> str:
    """Return ``text`` without accents and case, for comparing names: ``Zürich`` -> ``zurich``."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.translate(_LETTERS_NFD_MISSES))
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold()


def plain(text: str) -> str:
    """Return ``text`` with one sign for all quotation marks and apostrophes and one for all dashes.

    Each outlet has a style of its own for them. For comparing only: what is shown keeps its signs.
    """
    return text.translate(_HOUSE_STYLE)


def bears(text: str, names: Iterable[str]) -> bool:
    """Whether one of ``names`` stands in ``text`` as whole words, also in a genitive, whatever case, accents and signs.

    Signs of either count as spaces, so ``text`` may be an address: ``anna-lunds-brot.txt`` bears ``Anna Lund``, and so
    does ``annalund.example``.
    """
    held = _spaced(text)
    told = (name for each in names if (name := _spaced(each).strip()))
    ways = (f" {way}{end} " for name in told for way in (name, name.replace(" ", "")) for end in ("", "s"))
    return any(way in held for way in ways)


def _spaced(text: str) -> str:
    """Return the folded words of ``text``, each between spaces."""
    return f" {_SIGNS.sub(' ', fold(text)).strip()} "


def slug(text: str) -> str:
    """Return an address for ``text``: ASCII ``[a-z0-9-]``, at most ``LONGEST_SLUG`` long, never empty.

    Where a letter has no Latin form, or nothing is left, a short hash follows, so that two names in another script stay
    two; so it does where Windows takes the name for a device.
    """
    folded = fold(text)
    kept = _NOT_WORD.sub("-", folded).strip("-")
    if not kept or (not folded.isascii() and any(c.isalnum() and not c.isascii() for c in folded)):
        kept = f"{kept[:40]}-{digest_of(text)[:8]}".strip("-")
    elif _DEVICE.match(kept):
        kept = f"{kept}-{digest_of(kept)[:8]}"
    return kept[:LONGEST_SLUG].strip("-")


def outlet_key(name: str) -> str:
    """Return what makes an outlet of a printed ``name``, and the address of its page: spellings with one key are one.

    It counts wherever an outlet is meant by name, so that what one page shows is published under one rule. Case and
    accents do not matter, nor, in Latin letters, do signs. No outlet has the key of the unknown one.
    """
    key = slug(fold(name))
    return f"outlet-{key}" if key == UNKNOWN_OUTLET else key


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


def spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, word)`` of each word and number of ``text``, the word folded, for comparing wordings."""
    for m in _SPOKEN.finditer(text):
        yield *m.span(), fold(m.group())


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


def capital(text: str) -> str:
    """Return ``text`` with a capital letter at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


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
        # what stands before an @ is no host, and there only to look like one
        return text if parts.hostname and "@" not in parts.netloc and (parts.port is None or parts.port) else None
    except ValueError:
        return None


def file_of(path: str) -> str:
    """Return the path of the file that holds the article at ``path``: ``a.zip!b/c.html`` -> ``a.zip``."""
    match = _MEMBER.search(path)
    return path[: match.end() - 1] if match else path


def uri(address: str) -> str:
    """Return an address in ASCII, as RFC 3986 wants it: every other character as its escaped UTF-8."""
    address = _NO_ESCAPE.sub("%25", address)
    host = match.group() if (match := _HOST.match(address)) else ""
    rest, sharp, fragment = address[len(host) :].partition("#")
    return quote(host, safe=f"{_URI}[]") + quote(rest, safe=_URI) + sharp + quote(fragment, safe=_URI)


def urn(*pieces: str) -> str:
    """Return the name of what the pieces are the id of, for a reader anywhere: the same pieces have the same name.

    It is a UUID made of a name (RFC 9562, version 5), and so depends neither on when nor on where it was published.
    """
    return uuid.uuid5(_OURS, "\x1f".join(pieces)).urn


def midnight(date: str | None) -> str | None:
    """Return the beginning of a day (``2018-07-12``) as RFC 3339 writes it, None where the day is not known."""
    return f"{date}T00:00:00Z" if date else None


def language_code(text: str) -> str | None:
    """Return the code of a language tag (``en-GB`` -> ``en``), or None when it is none."""
    match = _LANGUAGE.match(text.strip().lower())
    return _NORWEGIAN.get(match.group(1), match.group(1)) if match else None


def is_phrase(phrase: str) -> bool:
    """Whether a topic's phrase can stand at words: letters or digits, and one ``*`` at most, first or last.

    Not both: a word would have to be walked through for every place inside it where the phrase stands.
    """
    return any(map(str.isalnum, phrase)) and "*" not in phrase[1:-1] and not (phrase[0] == phrase[-1] == "*")
