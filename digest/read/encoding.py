"""Bytes to text: a byte order mark, then UTF-8, then what the page declares, then a guess that is put on record."""

from __future__ import annotations

import codecs
import re

from digest.read.errors import ReadError
from digest.text import clean

# The longer marks first: the one of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What news is stored in besides UTF-8. Left to choose among all it knows, the detector takes a short German text for a
# DOS code page. Where several fit alike it answers with the first.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "iso8859_5",
    "gb18030", "big5", "cp932", "euc_jp", "cp949", "utf_16_le", "utf_16_be",
]  # fmt: skip
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_BINARY_SHARE = 0.05
_SAMPLE = 100_000


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Return the text in ``data``, cleaned, and a note when its encoding had to be guessed.

    ``declared`` is what the file itself says its encoding is; valid UTF-8 goes before it, because a page saved again
    keeps the old declaration. Raises ReadError for what is not text.
    """
    text, note = _decode(data, declared)
    sample = text[:_SAMPLE]
    # Control characters in a readable file are dirt and are taken out; in numbers they mean that this is no text.
    dirt = len(_BINARY.findall(sample)) if note else sample.count("\0")
    if len(sample) > 64 and dirt > _BINARY_SHARE * len(sample):
        raise ReadError("binary", "this is not text; save the article as .txt, .md or .html")
    return clean(text), note


def declared_in(data: bytes) -> str | None:
    """Return the encoding that an HTML page declares in a ``<meta>`` at its beginning, if Python knows it.

    Latin-1 stands for Windows-1252 there, as in every browser (WHATWG, Encoding Standard).
    """
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    name = match.group(1).decode("ascii")
    try:
        known = codecs.lookup(name)
    except LookupError:
        return None
    # Python's list also holds codecs such as base64, which make no text
    if not known._is_text_encoding:
        return None
    return "cp1252" if known.name in ("iso8859-1", "ascii") else known.name


def _decode(data: bytes, declared: str | None) -> tuple[str, str | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding)
    if b"\0" not in data[:_SAMPLE]:
        try:
            return data.decode("utf-8"), None
        except UnicodeDecodeError:
            pass
        # before the declaration: Latin-1 is declared often and fits anything
        if mixed := _mostly_utf8(data):
            return mixed
        if declared and declared != "utf-8":
            try:
                return data.decode(declared), None
            except UnicodeError:
                pass
    return _guess(data)


def _tolerant(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return (
            data.decode(encoding, "replace"),
            f"the file is {encoding.upper()} by its mark, but byte {error.start:,} does not fit; such places show as �",
        )


def _mostly_utf8(data: bytes) -> tuple[str, str] | None:
    """Read UTF-8 with strays: text pasted from an old system into a new one keeps single bytes of Windows-1252."""
    text = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= c <= "\udcff" for c in text)
    if strays > sum(c > "\x7f" for c in text) - strays:
        return None
    mended = re.sub("[\udc80-\udcff]", _from_cp1252, text)
    what = "1 byte that is not UTF-8 was" if strays == 1 else f"{strays:,} bytes that are not UTF-8 were"
    return mended, f"{what} read as Windows-1252"


def _from_cp1252(match: re.Match[str]) -> str:
    return bytes([ord(match.group()) - 0xDC00]).decode("cp1252", "replace")


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # few files need it, and it takes a while to load

    best = from_bytes(data, cp_isolation=_CANDIDATES, enable_fallback=False).best()
    if best is None:
        return data.decode("cp1252", "replace"), "the encoding is unknown; the file was read as Windows-1252"
    names = [best.encoding, *best.could_be_from_charset]
    name = "cp1252" if "cp1252" in names else best.encoding
    return str(best), f"the encoding is not stated; the file reads best as {name.replace('cp125', 'Windows-125')}"
