"""Write the search index: one entry for each article and each quotation, read in the browser by Pagefind.

Five decisions stand behind this file.

*One index a language.* Pagefind stems a query with the rules of the index it loads, and loads one index a page. Forced
into a single index, German words are stemmed as English ones and „Gesprächen“ no longer finds „Gespräche“. So each
language has indexes of its own with its own stemmer, the search page lists them, and its scripts in ``assets/search/``
ask all of them and merge the answers: one box finds every language. A large language is cut into shards, for Pagefind
keeps all of an index in memory. A shard lies in a folder named by what it was made from: what did not change keeps its
address.

*Pagefind finds words, and nothing else.* Its filters hold a number of five digits for each entry and value, its sorts
another, and it counts only under the filters that it was asked for. ``facets.json`` holds the same in columns, a
quarter of the bytes; the page counts every facet in one pass over it, and browses without a word by it alone.

*The binary is spoken to directly.* The wheel's asyncio client waits a tenth of a second for every answer, half an hour
for 20,000 records. The binary's protocol, lines of base64 JSON, is the same; only the waiting is gone.

*What is only shown is not searched.* Pagefind searches every metadata field, so that a quotation would be found by its
file's name or by its article's headline, with no word of its own to highlight. The one thing that a result brings back
unsearched is its URL; what is shown stands behind it, as JSON after a line end.

*Entries are named by their number.* Pagefind names an entry by a hash, which no compression makes smaller, and every
search loads all the names. Here the name is the entry's number in its index, which also leads to its row of
``facets.json``; so the list of entries need not be loaded at all but for their lengths: ``entries.json`` holds those,
and the page makes of them what Pagefind wants to read.
"""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from pagefind.service import get_executable

from digest.model import DigestError
from digest.output import SearchRecord
from digest.text import digest_of, slug
from digest.writing import write

PAGEFIND = version("pagefind")
"""The version of Pagefind: another one makes another index."""

FOLDER = "pagefind"
"""The folder of the site that holds the index."""

SHARD = 30_000
"""The most records an index may hold. Measured: the binary takes 0.7 GB for 20,000, and 1 GB for so many. Each further
index costs a reader another piece of some 24 KB for each word that is looked for."""

ENTRIES = "entries.json"
"""The file of an index that holds what Pagefind reads first: what there is, the lengths of its entries, in words, and
which words lie in which piece."""
FACETS = "facets.json"
"""The file of an index that holds what its entries can be narrowed by."""

_LAYOUT = 2
"""The version of the files that are written here beside Pagefind's; a browser may keep those of another for ever."""

_MAGIC = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_KEY = 4  # signs that tell an index's entries from another's: of thirty indexes, two share them once in a hundred sites
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Shard:
    """An index: the folder it lies in, below that of all; the key of its entries' names; its language; how many entries
    it has; and which of Pagefind's programs reads it, by the language that the program stems.
    """

    folder: str
    key: str
    language: str
    records: int
    program: str


def index(records: Sequence[SearchRecord], site_dir: Path) -> list[Shard]:
    """Write the index of ``records`` to ``site_dir/pagefind``, replacing what is there, and return its parts.

    Raises DigestError when the Pagefind binary is missing or refuses a record.
    """
    folder = site_dir / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    by_language: dict[str, list[SearchRecord]] = defaultdict(list)
    for record in records:
        by_language[record.language].append(record)
    shards = []
    for language in sorted(by_language):
        for piece in _pieces(by_language[language]):
            requests = [_request(record) for record in piece]
            made_from = json.dumps([PAGEFIND, _LAYOUT, [_facets(piece), requests]], sort_keys=True)
            # a slug, for an article may claim any code, and Windows can write no folder named aux, con or nul
            name = f"{slug(language)}-{digest_of(made_from)[:12]}"
            key = digest_of(name)[:_KEY]
            program = _write_shard(piece, requests, language, key, folder / name)
            shards.append(Shard(name, key, language, len(piece), program))
    return shards


def _pieces(records: Sequence[SearchRecord]) -> Iterator[Sequence[SearchRecord]]:
    """Cut ``records``, newest first, from the oldest on: a new article changes the last piece only."""
    for end in range(len(records), 0, -SHARD):
        yield records[max(0, end - SHARD) : end]


def _facets(records: Sequence[SearchRecord]) -> dict[str, dict[str, list[object]]]:
    """Return a column for each facet: its values, and of each record the numbers of those that it has.

    Where it has one, the number stands alone. What it is and its date are columns as well.
    """
    names = sorted({name for record in records for name in record.filters})
    columns = {name: [tuple(record.filters.get(name, ())) for record in records] for name in names}
    columns["type"] = [(record.kind,) for record in records]
    columns["date"] = [(record.date,) if record.date else () for record in records]
    return {name: _column(column) for name, column in columns.items()}


def _column(column: Sequence[tuple[str, ...]]) -> dict[str, list[object]]:
    numbers: dict[str, int] = {}
    of: list[object] = []
    for values in column:
        found = [numbers.setdefault(value, len(numbers)) for value in values]
        of.append(found[0] if len(found) == 1 else found)
    return {"values": list(numbers), "of": of}


def _write_shard(
    records: Sequence[SearchRecord], asked: Sequence[Mapping[str, object]], language: str, key: str, folder: Path
) -> str:
    """Write an index and return which program reads it."""
    requests: list[Mapping[str, object]] = [{"type": "NewIndex", "config": {"force_language": language}}, *asked]
    # Not "WriteFiles": it answers before the last bytes are on the disk, and they are lost when the binary ends.
    requests.append({"type": "GetFiles", "index_id": 0})
    answers = _ask(requests)
    for request, answer in zip(requests, answers, strict=True):
        if answer["type"] == "Error":
            what = str(request.get("url", request["type"])).split("\n")[0]
            raise DigestError(f"Pagefind refused {what}: {answer.get('message')}")
    files = {str(file["path"]): base64.b64decode(file["content"]) for file in answers[-1]["files"]}
    files, entries = _numbered(files, records, key)
    for name, content in files.items():
        if not _unused(name, files):
            write(folder / name, content)
    for name, held in ((FACETS, _facets(records)), (ENTRIES, entries)):
        write(folder / name, json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode())
    (only,) = entries["about"]["languages"].values()
    return str(only["wasm"] or "unknown")


def _name(record: SearchRecord, n: int, key: str) -> str:
    """Return the name of the entry of this number: its index's key, a letter for what it is, the number to base 36."""
    number = ""
    while n or not number:
        n, digit = divmod(n, 36)
        number = _DIGITS[digit] + number
    return f"{key}{record.kind[0]}{number.rjust(3, '0')}"


def _unused(name: str, files: Mapping[str, bytes]) -> bool:
    """Return whether the search page never loads ``name``: Pagefind's own interfaces, and a stemmer beside a better."""
    if name == "wasm.unknown.pagefind":
        return sum(other.startswith("wasm.") for other in files) > 1
    return "-ui." in name or name in ("pagefind-highlight.js", "pagefind-worker.js")


def _request(record: SearchRecord) -> dict[str, object]:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"{record.url}\n{_shown(record)}",
        "content": record.content,
        "language": record.language,
        # A headline counts more than the text below it; a quotation is its speaker and its words.
        # Spellings are found, yet neither shown nor marked.
        "meta": ({"title": record.title} if record.kind == "article" else {})
        | ({"spellings": " ".join(record.spellings)} if record.spellings else {}),
        "filters": {},
        "sort": {},
    }


def _shown(record: SearchRecord) -> str:
    shown = {"title": record.title, "type": record.kind} | dict(record.meta)
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _ask(requests: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Return the service's answers to ``requests``, in the order of the requests."""
    binary = get_executable()
    if binary is None:
        raise DigestError("the search index needs Pagefind's binary: python -m pip install 'pagefind[bin]'")
    answers: dict[int, dict[str, Any]] = {}
    with subprocess.Popen(  # noqa: S603 - the binary of the wheel, with a constant argument
        [str(binary), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as service:
        if service.stdin is None or service.stdout is None:
            raise DigestError("Pagefind's binary could not be spoken to")
        # Written from a second thread: with both pipes full, writer and binary would wait for each other.
        writer = threading.Thread(target=_send, args=(service.stdin, requests), daemon=True)
        writer.start()
        for answer in _messages(service.stdout):
            answers[int(answer["message_id"])] = answer["payload"]
            if len(answers) == len(requests):
                break
        service.terminate()
        writer.join()
    if len(answers) < len(requests):
        raise DigestError(f"Pagefind stopped after {len(answers)} of {len(requests)} records")
    return [answers[n] for n in range(len(requests))]


def _send(pipe: IO[bytes], requests: Iterable[Mapping[str, object]]) -> None:
    try:
        for n, request in enumerate(requests):
            pipe.write(base64.b64encode(json.dumps({"message_id": n, "payload": request}).encode()) + b",")
        pipe.flush()
    except BrokenPipeError:
        return  # the reader sees that answers are missing, and says so


def _messages(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    held: list[bytes] = []
    while piece := pipe.read1(1 << 16):  # type: ignore[attr-defined] # a pipe of Popen is a BufferedReader
        *whole, rest = piece.split(b",")
        for end in whole:
            yield json.loads(base64.b64decode(b"".join([*held, end])))
            held = []
        held.append(rest)


def _numbered(
    files: Mapping[str, bytes], records: Sequence[SearchRecord], key: str
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of an index, its entries named by number, and ``entries.json``, which takes the place of two.

    An article's length is negative there, so that its name can be told.
    """
    changed = dict(files)
    about = json.loads(changed.pop(_ENTRY))
    (only,) = about["languages"].values()
    made_by, pages, chunks, filters, sorts, fields = _opened(changed, f"pagefind.{only['hash']}.pf_meta")
    lengths = []
    for n, ((old, words), record) in enumerate(zip(pages, records, strict=True)):
        content = changed.pop(f"fragment/{old}.pf_fragment")
        changed[f"fragment/{_name(record, n, key)}.pf_fragment"] = content
        lengths.append(-_rough(words) if record.kind == "article" else _rough(words))
        if not str(json.loads(gzip.decompress(content).removeprefix(_MAGIC))["url"]).startswith(f"{record.url}\n"):
            raise DigestError("Pagefind changed the order of its entries; install the version in requirements.txt")
    if filters or sorts:
        raise DigestError("Pagefind made filters without being asked; install the version in requirements.txt")
    return changed, {"about": about, "version": made_by, "lengths": lengths, "chunks": chunks, "fields": fields}


def _rough(words: int) -> int:
    """Return a length with its three highest binary digits: a short entry goes before a long one, by no single word."""
    least = max(0, words.bit_length() - 3)
    return words >> least << least


def _opened(files: dict[str, bytes], name: str) -> Any:
    """Take the file ``name`` out of ``files`` and return the value it holds."""
    raw = gzip.decompress(files.pop(name))
    if not raw.startswith(_MAGIC):
        raise DigestError(f"{name}: Pagefind changed its format; install the version in requirements.txt")
    return _decode(raw, len(_MAGIC))[0]


# Pagefind's metadata is CBOR (RFC 8949) made of unsigned numbers, strings and arrays alone.
_UNSIGNED, _TEXT, _ARRAY, _ENDLESS, _BREAK = 0, 3, 4, 31, 0xFF


def _decode(raw: bytes, at: int) -> tuple[Any, int]:
    """Return the CBOR value at offset ``at`` of ``raw`` (in bytes) and the offset behind it."""
    kind, length = raw[at] >> 5, raw[at] & 31
    at += 1
    if kind == _ARRAY and length == _ENDLESS:
        endless = []
        while raw[at] != _BREAK:
            value, at = _decode(raw, at)
            endless.append(value)
        return endless, at + 1
    if length > 23:
        width = 1 << (length - 24)
        length, at = int.from_bytes(raw[at : at + width], "big"), at + width
    if kind == _UNSIGNED:
        return length, at
    if kind == _TEXT:
        return raw[at : at + length].decode(), at + length
    if kind == _ARRAY:
        values = []
        for _ in range(length):
            value, at = _decode(raw, at)
            values.append(value)
        return values, at
    raise DigestError("Pagefind changed the format of its index; install the version in requirements.txt")
