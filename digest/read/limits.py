"""How much one file may hold, each limit with its reason, and the checks that hold them.

The limits stand far above any article and far below what makes a build slow or run out of memory.
"""

from __future__ import annotations

from digest.read.errors import ReadError

MAX_BYTES = 5_000_000
"""The largest of 900 measured news pages has 2.6 MB, nearly all of it scripts; a book as plain text has about 1 MB."""

MAX_CHARS = 2_000_000
"""Of extracted text: ten times a long-read magazine issue. Everything later is at least linear in it."""

MAX_BLOCKS = 20_000
"""Paragraphs: each becomes an object in the text, the analysis and the page."""

MAX_ELEMENTS = 100_000
"""Tags and comments in a page. Its trees cost about 3 kB an element; the largest of 900 measured pages has 14,000."""

MAX_DEPTH = 200
"""Tags open inside one another. libxml2 cuts a page off without a word at 255; real pages stay under 60."""

MAX_ATTRIBUTES = 10_000
"""Of one tag: libxml2 compares each with all others, and 100,000 cost it 15 seconds."""

MAX_MARKS = 50_000
"""Characters of a Markdown text that can be mark-up: the worst of them, open brackets, cost the parser 40 µs each."""

MAX_FRONT_MATTER = 64_000
"""Characters of front matter or sidecar: some lines of keys, with room for a long description."""

MAX_DOTS = 2_000
"""Of front matter in TOML, which joins keys by them: its parser takes time with the square of a key's parts."""


MAX_ARCHIVE = 4_000_000_000
"""Of a ZIP or WARC: crawlers begin a new file after one gigabyte; nothing of it is read that is not asked for."""

MAX_ENTRIES = 20_000
"""Of a feed: in five million bytes there is room for as many titles, and for a tenth of as many articles."""

MAX_MEMBERS = 100_000
"""Files in a ZIP: five times the largest collection of news that was measured. Their list is held in memory."""

MAX_DIRECTORY = 30_000_000
"""Bytes of a ZIP's own list of its files: 300 for each, of which 46 are fixed and the rest is its name."""

MAX_RECORDS = 2_000_000
"""Records in a WARC, ten for a page: requests, pictures, scripts. They are looked at one after the other."""

MAX_NAME = 1_000
"""Bytes of a name in a ZIP, with its folders: many systems write no path over 1,024, and no name of a file over 255."""

MAX_FOLDERS = 100
"""Above a file in a ZIP. Names may have 65,535 bytes there, and each folder of one is looked at."""

MAX_UNPACKED = 8_000_000_000
"""Bytes that an archive unpacks to in all: twice what it may have packed, and text packs to a quarter."""

MAX_PACKED = 100_000_000
"""Of a WARC inside a ZIP, which is held in memory."""

MAX_RATIO = 200
"""How many times its size a file in a ZIP unpacks to: deflate can make 1,032, text makes 3 and a page of tables 20."""


def check_archive(size: int) -> None:
    """Raise ReadError when an archive of ``size`` bytes is too large to be looked through."""
    if size > MAX_ARCHIVE:
        raise ReadError("too large", f"the archive has {size:,} bytes, it may have {MAX_ARCHIVE:,}; split it")


def check_packed(size: int) -> None:
    """Raise ReadError when a container of ``size`` bytes inside a ZIP is too large to be held in memory."""
    if size > MAX_PACKED:
        why = f"this has {size:,} bytes, inside an archive it may have {MAX_PACKED:,}; put it beside the archive"
        raise ReadError("too large", why)


def too_many(members: int | None) -> ReadError:
    """Return the error of an archive with too many members, or of one whose list of them is too large."""
    said = f"{members:,} files" if members else "too long a list of its files"
    return ReadError("too many", f"the archive has {said}, it may have {MAX_MEMBERS:,}; split it")


def check_bytes(size: int) -> None:
    """Raise ReadError when a file of ``size`` bytes is too large to be an article."""
    if size > MAX_BYTES:
        raise _too_large("the file", size, "bytes", MAX_BYTES, "split it or leave it out")


def check_text(chars: int, blocks: int) -> None:
    """Raise ReadError when a text of ``chars`` code points in ``blocks`` paragraphs is too large to be an article."""
    if chars > MAX_CHARS:
        raise _too_large("the text", chars, "characters", MAX_CHARS, "split it or leave it out")
    if blocks > MAX_BLOCKS:
        raise _too_large("the text", blocks, "paragraphs", MAX_BLOCKS, "split it or leave it out")


def check_elements(tags: int) -> None:
    """Raise ReadError when a page has too many tags."""
    if tags > MAX_ELEMENTS:
        raise _too_large("the page", tags, "tags", MAX_ELEMENTS, "save the article's text only")


def check_attributes(attributes: int) -> None:
    """Raise ReadError when one tag has too many attributes."""
    if attributes > MAX_ATTRIBUTES:
        raise _too_large("a tag of the page", attributes, "attributes", MAX_ATTRIBUTES, "save the article's text only")


def check_marks(marks: int) -> None:
    """Raise ReadError when a Markdown text has too many characters that can be mark-up."""
    if marks > MAX_MARKS:
        raise _too_large("the text", marks, "marks such as * and [", MAX_MARKS, "save it as plain text (.txt)")


def check_depth(depth: int) -> None:
    """Raise ReadError when the tags of a page are nested too deeply."""
    if depth > MAX_DEPTH:
        why = f"the page's tags are nested more than {MAX_DEPTH} deep; save the article's text only"
        raise ReadError("too deep", why)


def _too_large(what: str, number: int, unit: str, limit: int, way_out: str) -> ReadError:
    return ReadError("too large", f"{what} has {number:,} {unit}, an article may have {limit:,}; {way_out}")
