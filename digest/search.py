"""Write the search index: one entry for each article and each quotation, read in the browser by Pagefind.

Four decisions stand behind this file.

*One index a language.* Pagefind stems a query with the rules of the index it loads, and loads one index a page. Forced
into a single index, German words are stemmed as English ones and „Gesprächen“ no longer finds „Gespräche“; merged by
Pagefind itself, the query is still stemmed by the first language only. So each language stands in a folder of its own
with its own stemmer, ``shards.json`` lists them, and ``assets/search.js`` asks all of them and merges the answers: one
box finds every language. A large language is cut into shards, for Pagefind keeps all of an index in memory.

*The binary is spoken to directly.* The wheel's asyncio client waits a tenth of a second for every answer, half an hour
for 20,000 records. The binary's protocol, lines of base64 JSON, is the same; only the waiting is gone.

*What is only shown is not searched.* Pagefind searches every metadata field, so that a quotation would be found by its
file's name or by its article's headline, with no word of its own to highlight. The one thing that a result brings back
unsearched is its URL; what is shown stands behind it, as JSON after a line end.

*The same records give the same bytes.* Pagefind writes filters in the order of a hash table, which differs at every
run. They are put in order afterwards and renamed by their content.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from pagefind.service import get_executable

from digest.model import DigestError
from digest.output import SearchRecord
from digest.text import slug

FOLDER = "pagefind"
"""The folder of the site that holds the index."""

SHARD = 6000
"""The most records an index may hold. Measured with articles of 450 words among quotations of 22: the binary takes
0.4 GB for 6,000 records; 20,000 in one index take 1.1 GB, in shards of this size 0.5 GB and the same 16 s."""

EVERY = "ꙮ"
"""A word that every record has. Asked for nothing, Pagefind would load all of an index to list what there is; asked for
this, it loads one chunk. A letter that nobody types, so that no beginning of a word finds everything."""

_MAGIC = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
# Sorting by a key leaves out the records that lack it, so an undated one sorts before every date.
_UNDATED = "0000-00-00"


def index(records: Sequence[SearchRecord], site_dir: Path) -> None:
    """Write the index of ``records`` to ``site_dir/pagefind``, replacing what is there.

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
        for n, piece in enumerate(_pieces(by_language[language]), 1):
            # a slug, for an article may claim any code, and Windows can write no folder named aux, con or nul
            name = slug(language) if n == 1 else f"{slug(language)}-{n}"
            _write_shard(piece, language, folder / name)
            shards.append({"folder": name, "language": language, "records": len(piece)})
    listed = json.dumps({"every": EVERY, "shards": shards}, indent=1, ensure_ascii=False)
    (folder / "shards.json").write_text(listed + "\n", encoding="utf-8")


def _pieces(records: Sequence[SearchRecord]) -> Iterator[Sequence[SearchRecord]]:
    """Cut ``records``, newest first, from the oldest on: a new article changes the last piece only."""
    for end in range(len(records), 0, -SHARD):
        yield records[max(0, end - SHARD) : end]


def _write_shard(records: Sequence[SearchRecord], language: str, folder: Path) -> None:
    requests: list[Mapping[str, object]] = [{"type": "NewIndex", "config": {"force_language": language}}]
    requests += [_request(record) for record in records]
    # Not "WriteFiles": it answers before the last bytes are on the disk, and they are lost when the binary ends.
    requests.append({"type": "GetFiles", "index_id": 0})
    answers = _ask(requests)
    for request, answer in zip(requests, answers, strict=True):
        if answer["type"] == "Error":
            what = str(request.get("url", request["type"])).split("\n")[0]
            raise DigestError(f"Pagefind refused {what}: {answer.get('message')}")
    files = {str(file["path"]): base64.b64decode(file["content"]) for file in answers[-1]["files"]}
    for name, content in _in_order(files).items():
        if not _unused(name, files):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def _unused(name: str, files: Mapping[str, bytes]) -> bool:
    """Return whether the search page never loads ``name``: Pagefind's own interfaces, and a stemmer beside a better."""
    if name == "wasm.unknown.pagefind":
        return sum(other.startswith("wasm.") for other in files) > 1
    return "-ui." in name or name == "pagefind-highlight.js"


def _request(record: SearchRecord) -> dict[str, object]:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"{record.url}\n{_shown(record)}",
        "content": record.content,
        "language": record.language,
        # A headline counts more than the text below it; a quotation is its speaker and its words.
        # Spellings are found, yet neither shown nor marked.
        "meta": {"every": EVERY}
        | ({"title": record.title} if record.kind == "article" else {})
        | ({"spellings": " ".join(record.spellings)} if record.spellings else {}),
        "filters": {name: list(values) for name, values in record.filters.items() if values},
        "sort": {"date": record.date or _UNDATED},
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


def _in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index with its filters sorted, and what changes by that named by what it now holds."""
    ordered = dict(files)
    entry = json.loads(files[_ENTRY])
    for about in entry["languages"].values():
        version, pages, chunks, filters, sorts, fields = _opened(ordered, f"pagefind.{about['hash']}.pf_meta")
        renamed = []
        for name, old in filters:
            held_name, values = _opened(ordered, f"filter/{old}.pf_filter")
            new, content = _closed([held_name, sorted(values)], old)
            ordered[f"filter/{new}.pf_filter"] = content
            renamed.append([name, new])
        meta = [version, pages, chunks, sorted(renamed), sorted(sorts), fields]
        about["hash"], content = _closed(meta, about["hash"])
        ordered[f"pagefind.{about['hash']}.pf_meta"] = content
    entry["languages"] = dict(sorted(entry["languages"].items()))
    ordered[_ENTRY] = json.dumps(entry, separators=(",", ":")).encode()
    return ordered


def _opened(files: dict[str, bytes], name: str) -> Any:
    """Take the file ``name`` out of ``files`` and return the value it holds."""
    raw = gzip.decompress(files.pop(name))
    if not raw.startswith(_MAGIC):
        raise DigestError(f"{name}: Pagefind changed its format; install the version in requirements.txt")
    return _decode(raw, len(_MAGIC))[0]


def _closed(value: object, old: str) -> tuple[str, bytes]:
    """Return a name and the file that holds ``value``: the language of the ``old`` name and a hash of the content."""
    raw = _MAGIC + _encode(value)
    name = old.split("_")[0] + "_" + hashlib.sha256(raw).hexdigest()[:10]
    return name, gzip.compress(raw, 9, mtime=0)


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


def _encode(value: object) -> bytes:
    if isinstance(value, int):
        return _head(_UNSIGNED, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(value, list):
        return _head(_ARRAY, len(value)) + b"".join(map(_encode, value))
    raise TypeError(f"no CBOR for {type(value).__name__}")


def _head(kind: int, length: int) -> bytes:
    if length < 24:
        return bytes([kind << 5 | length])
    for n, width in enumerate((1, 2, 4, 8)):
        if length < 1 << (8 * width):
            return bytes([kind << 5 | 24 + n]) + length.to_bytes(width, "big")
    raise ValueError(f"{length} is more than CBOR can hold")
