"""Mail: a newsletter, and a web page that a browser saved as one file (MHTML).

RFC 5322, 2045 to 2047, 2557 (MHTML), 3676 (flowed text), 2919 (List-Id), 5064 (Archived-At). The page or the letter is
the first part that is a text, its HTML before its plain form; pictures and attachments are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from html import escape

from digest.decisions import ArticleMeta
from digest.read import dates
from digest.read.encoding import declared_in, decode
from digest.read.errors import ReadError
from digest.read.packs.pieces import Piece, plain
from digest.text import address, clean, squeeze

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_HEADER = 2_000
# The parser takes time with the square of a header's parameters, and with the lines times the parts inside one another.
_STRUCTURE = re.compile(rb"^content-[a-z-]{1,30}:[^\n]*(?:\r?\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_NESTING = re.compile(rb"\bboundary\b", re.IGNORECASE)
_MOST_NESTED = 50
_MOST_PARTS = 1_000
# What programs that send letters write for each link, in brackets or alone: an address that counts who opens it.
_BRACKETED = re.compile(r"[ \t]?[(<\[]\s?https?://[^\s()<>\[\]]{1,2000}\s?[)>\]]")
_ALONE = re.compile(r"^[ \t]*https?://\S+[ \t]*$", re.MULTILINE)
_BARE = re.compile(r"https?://\S{60,}")
_LIST_ID = re.compile(r"\s*\"?([^<>\"]{1,200}?)\"?\s*<[^<>]*>\s*$")


def read(data: bytes) -> Piece:
    """Return a letter as a piece: its HTML, else its plain text. Raises ReadError when there is no text in it."""
    message = _parsed(data)
    texts = list(_texts(message))
    subject = _header(message, "Subject")
    known = _facts(message, subject)
    page = next((part for part in texts if part.get_content_type() in _PAGES), None)
    if page is not None:
        found, notes = _decoded(page)
        return Piece(".html", _titled(found, subject), known, notes=notes)
    words = next(iter(texts), None)
    if words is None:
        raise ReadError("empty", "there is no text in this mail; save it with its contents")
    found, notes = _decoded(words)
    text, left_out = _without_addresses(found)
    if left_out:
        what = "1 address was" if left_out == 1 else f"{left_out:,} addresses were"
        notes = (*notes, f"{what} left out of the text")
    return Piece(".txt", plain(subject, text), known, notes=notes)


def page(data: bytes) -> Piece:
    """Return the page in an MHTML file as a piece. Raises ReadError when there is none."""
    message = _parsed(data)
    found = next((part for part in _texts(message) if part.get_content_type() in _PAGES), None)
    if found is None:
        raise ReadError("empty", "there is no page in this file; save it anew")
    text, notes = _decoded(found)
    # Chromium writes where the page was; the date is that of the saving, which says nothing of the article's
    url = address(_header(message, "Snapshot-Content-Location") or _header(found, "Content-Location"))
    return Piece(".html", text.encode("utf-8", "replace"), ArticleMeta(url=url), notes=notes)


def _parsed(data: bytes) -> Message:
    if any(len(header.group()) > _LONGEST_HEADER for header in _STRUCTURE.finditer(data)):
        raise ReadError("too large", "a header of this mail is longer than any program writes one; save its text only")
    if len(_NESTING.findall(data)) > _MOST_NESTED:
        raise ReadError("too deep", "this mail has too many parts inside one another; save its text only")
    # compat32: the newer parser of headers takes time with the square of some headers, and raises on others
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
    except Exception as error:  # the parser meets hostile mail here and raises what it likes
        raise ReadError("broken", "this is no mail that can be read; save it anew") from error


def _texts(message: Message) -> Iterator[Message]:
    """Yield the parts that hold text and are no attachments, in order."""
    try:
        for number, part in enumerate(message.walk()):
            if number == _MOST_PARTS:
                return
            kind = part.get_content_type()
            if (kind in _PAGES or kind == "text/plain") and part.get_content_disposition() != "attachment":
                yield part
    except RecursionError as error:
        raise ReadError("too deep", "the parts of this mail are nested too deeply; save its text only") from error


def _decoded(part: Message) -> tuple[str, tuple[str, ...]]:
    """Return the text of a part, and a note where its encoding had to be guessed. Raises ReadError when it is none."""
    try:
        content = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except Exception as error:  # what is no base64, no charset or no header raises many things
        raise ReadError("broken", "a part of this mail cannot be decoded; save it anew") from error
    data = content if isinstance(content, bytes) else b""
    named = declared_in(f'<meta charset="{charset}">'.encode("ascii", "replace")) if charset else None
    text, note = decode(data, named or declared_in(data))
    return text, (note,) if note else ()


def _facts(message: Message, subject: str) -> ArticleMeta:
    """Return what the head of a letter says. A list sends in the name of an outlet, anybody else in their own."""
    sender = _named(_header(message, "From"))
    listed = _header(message, "List-Id")
    match = _LIST_ID.fullmatch(listed)
    is_list = bool(listed or _header(message, "List-Unsubscribe"))
    outlet = (_named(match.group(1)) if match else None) or sender
    return ArticleMeta(
        title=subject or None,
        outlet=outlet if is_list else None,
        published=dates.iso(_header(message, "Date")),
        byline=sender if sender and sender != (outlet if is_list else None) else None,
        url=address(_header(message, "Archived-At").strip("<> ")),
    )


def _named(said: str) -> str | None:
    """Return the name in an address of mail, None where there is only the address."""
    name, _ = parseaddr(said) if "<" in said or "@" in said else (said, "")
    name = squeeze(clean(name)).strip("\"' ")
    return name if any(map(str.isalpha, name)) and "@" not in name else None


def _header(message: Message, name: str) -> str:
    """Return a header as words, whatever encodings stand in it."""
    try:
        raw = str(message.get(name, ""))[:_LONGEST_HEADER]
        return squeeze(clean(str(make_header(decode_header(raw)))))
    except Exception:  # noqa: BLE001 - an encoding that is none, a word that does not end: then it says nothing
        return ""


def _titled(page: str, subject: str) -> bytes:
    """Return a letter's page with its subject as the headline that it states."""
    stated = f'<meta property="og:title" content="{escape(subject)}">' if subject else ""
    return (stated + page).encode("utf-8", "replace")


def _without_addresses(text: str) -> tuple[str, int]:
    """Return a plain letter without the addresses that its program wrote for each link, and how many they were."""
    count = 0
    for pattern in (_BRACKETED, _ALONE, _BARE):
        text, found = pattern.subn("", text)
        count += found
    return text, count
