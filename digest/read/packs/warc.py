"""WARC, the archives of crawlers: a page that was answered is an article, named by its address.

ISO 28500, https://iipc.github.io/warc-specifications/. Members are the records of pages; what belongs to a page
(pictures, styles, scripts) and what tells of the crawl (requests, redirects, metadata) is passed over, as the folder
beside a saved page is. FastWARC reads the records and undoes the codings of HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from digest.decisions import ArticleMeta
from digest.read import limits
from digest.read.encoding import declared_in, decode
from digest.read.errors import ReadError
from digest.read.packs.feed import named_after
from digest.read.packs.pieces import TAIL, Key, Member, Piece, Refused
from digest.text import address, digest_of, slug

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"text/plain"})
_GZIP = b"\x1f\x8b"
# Beside a page, not in its place. What else a server may answer (PDF, feeds) is listed as skipped.
_BESIDE = ("image/", "font/", "audio/", "video/", "text/css", "text/javascript", "application/javascript",
           "application/x-javascript", "application/json", "application/manifest+json", "application/font",
           "application/x-font", "application/vnd.ms-fontobject", "application/octet-stream", "application/wasm",
           "application/x-www-form-urlencoded", "text/dns", "application/ocsp")  # fmt: skip
_CODINGS = ("Content-Encoding", "Transfer-Encoding")
_CUT = "the crawler kept only the beginning of this page"
_REDIRECTS = range(300, 400)


def members(file: BinaryIO) -> Iterator[Member | Refused]:
    """Yield the pages in an archive; of several copies of one address the last one, for crawlers come again.

    Raises ReadError when it is no archive, or cannot be entered in the middle.
    """
    found: dict[str, Member | Refused] = {}
    whole = 0
    zipped = file.read(2) == _GZIP
    file.seek(0)
    records = _records(file)
    for number in range(limits.MAX_RECORDS + 1):
        try:
            record = next(records, None)
        except (OSError, ValueError) as error:
            if not number:
                raise ReadError("broken", "this is no WARC archive, or it breaks off at once; fetch it anew") from error
            yield Refused(f"record-{number + 1}", "broken", f"the archive breaks off behind its record {number:,}")
            break
        if record is None:
            break
        whole += record.content_length
        if number == limits.MAX_RECORDS or whole > limits.MAX_UNPACKED:
            why = f"only the first {number:,} records of the archive were looked at; split it"
            yield Refused(f"record-{number + 1}", "too large", why)
            break
        if (each := _member(record)) is not None:
            url = _uri(record)
            if isinstance(earlier := found.pop(url, None), Member):
                again = Refused(earlier.name, "twice", "the archive holds this page again further on, which was read")
                each, earlier = (earlier, each) if isinstance(each, Refused) else (each, again)
            if earlier:
                yield earlier
            found[url] = each
    if zipped:
        _check_entries(file, [each for each in found.values() if isinstance(each, Member)])
    yield from _told_apart(found)


def load(file: BinaryIO, key: Key) -> Piece:
    """Return the page whose record begins at the offset in ``key``. Raises ReadError when it cannot be read."""
    file.seek(key[0])
    try:
        record = next(_records(file), None)
        if record is None or not isinstance(_member(record), Member):
            raise ReadError("broken", "the archive has changed while it was read; run this again")
        length, kind, url = record.content_length, _kind(record), _uri(record)
        charset = record.http_charset if record.is_http_parsed else None
        data = record.reader.read(limits.MAX_BYTES + 1)
        if len(data) < min(length, limits.MAX_BYTES + 1):
            raise ReadError("broken", "the archive breaks off in this page; fetch it anew")
        if record.is_http_parsed and any(record.http_headers.get(name) for name in _CODINGS):
            file.seek(key[0])
            data = next(_records(file, decoded=True)).reader.read(limits.MAX_BYTES + 1)
    except (OSError, ValueError, StopIteration) as error:
        raise ReadError("broken", f"the record cannot be unpacked ({error}); fetch the page anew") from error
    limits.check_bytes(len(data))
    notes: tuple[str, ...] = (_CUT,) if record.headers.get("WARC-Truncated") else ()
    if charset and kind in _PAGES and declared_in(data) is None:
        # what the server said goes with the page no further than here
        text, note = decode(data, _declared(charset))
        data, notes = text.encode("utf-8"), (*notes, note) if note else notes
    ending = ".txt" if kind in _TEXTS else ".html"
    return Piece(ending, data, ArticleMeta(url=address(url)), notes=notes)


def _told_apart(found: Mapping[str, Member | Refused]) -> Iterator[Member | Refused]:
    """Yield the members by their addresses; where two have one name, the later one gets letters of its address."""
    names: set[str] = set()
    for url, each in found.items():
        if isinstance(each, Member) and each.name in names:
            name = f"{each.name}-{digest_of(url)[:TAIL]}"
            yield Member(each.key, name, name)
        else:
            yield each
        names.add(each.name)


def _records(file: BinaryIO, *, decoded: bool = False) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator

    every: ArchiveIterator = ArchiveIterator(file, parse_http=True, auto_decode="all" if decoded else "none")
    return iter(every)


def _member(record: WarcRecord) -> Member | Refused | None:
    """Return a record as a member, why it is none, or None for what is passed over."""
    from fastwarc.warc import conversion, resource, response

    kind, url = _kind(record), _uri(record)
    answered = record.record_type == response
    if not (answered or record.record_type in (resource, conversion)) or not url or kind.startswith(_BESIDE):
        return None
    known = named_after(url) if address(url) else slug(url)
    if answered:
        status = record.http_headers.status_code if record.is_http_parsed else None
        if status is None or status in _REDIRECTS:
            return None
        if status != 200:
            return Refused(known, "no page", f"the server answered {status}, which is no article")
    if kind not in _PAGES and (answered or kind not in _TEXTS):
        what = f"“{kind[:60]}”" if kind else "of no stated type"
        return Refused(known, "format", f"the record is {what}, which is no format that can be read")
    return Member((record.stream_pos,), known, known)


def _kind(record: WarcRecord) -> str:
    """Return the media type of what a record holds, in lower case and without parameters."""
    said = record.http_content_type if record.is_http_parsed else record.headers.get("Content-Type")
    return (said or "").partition(";")[0].strip().lower()


def _uri(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def _declared(charset: str) -> str | None:
    """Return the encoding that a server named, as a page would name it in its head."""
    return declared_in(f'<meta charset="{charset}">'.encode("ascii", "replace"))


def _check_entries(file: BinaryIO, found: list[Member]) -> None:
    """Raise ReadError when a compressed archive is one stream, in which no record can be found again."""
    for each in found:
        file.seek(each.key[0])
        if file.read(2) != _GZIP:
            why = "the archive is compressed as a whole, not record by record; unpack it (gunzip)"
            raise ReadError("format", why)
