"""Write the search index: one entry for each article and each quotation, read in the browser by Pagefind.

Four decisions stand behind this file.

*One index a language.* Pagefind stems a query with the rules of the index it loads, and loads one index a page. Forced
into a single index, German words are stemmed as English ones and „Gesprächen“ no longer finds „Gespräche“; merged by
Pagefind itself, the query is still stemmed by the first language only. So each language stands in a folder of its own
with its own stemmer, ``shards.json`` lists them, and ``assets/search.js`` asks all of them and merges the answers: one
box finds every language.

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

from digest.model import DigestError, SearchRecord

FOLDER = "pagefind"
"""The folder of the site that holds the index."""

_MAGIC = b"pagefind_dcd"
# What the search page does not load: Pagefind's own interfaces and the stemmer-less fallback.
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
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
    for language in sorted(by_language):
        _write_shard(by_language[language], language, folder / language)
    shards = [{"language": code, "records": len(by_language[code])} for code in sorted(by_language)]
    (folder / "shards.json").write_text(json.dumps({"shards": shards}, indent=1) + "\n", encoding="utf-8")


def _write_shard(records: Sequence[SearchRecord], language: str, folder: Path) -> None:
    requests: list[Mapping[str, object]] = [{"type": "NewIndex", "config": {"force_language": language}}]
    requests += [_request(record) for record in records]
    requests.append({"type": "WriteFiles", "index_id": 0, "output_path": str(folder.resolve())})
    for request, answer in zip(requests, _ask(requests), strict=True):
        if answer["type"] == "Error":
            what = str(request.get("url", request["type"])).split("\n")[0]
            raise DigestError(f"Pagefind refused {what}: {answer.get('message')}")
    _put_in_order(folder)
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            # A language without a stemmer of its own does need the fallback.
            if path.name != "wasm.unknown.pagefind" or len(list(folder.glob("wasm.*"))) > 1:
                path.unlink()


def _request(record: SearchRecord) -> dict[str, object]:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"{record.url}\n{_shown(record)}",
        "content": record.content,
        "language": record.language,
        # A headline counts more than the text below it; a quotation is its speaker and its words.
        "meta": {"title": record.title} if record.kind == "article" else {},
        "filters": {name: list(values) for name, values in record.filters.items() if values},
        "sort": {"date": record.date or _UNDATED},
    }


def _shown(record: SearchRecord) -> str:
    shown = {"title": record.title, "type": record.kind} | dict(record.meta)
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _ask(requests: Sequence[Mapping[str, object]]) -> Iterator[dict[str, Any]]:
    """Yield the service's answers to ``requests``, in the order of the requests."""
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
    yield from (answers[n] for n in range(len(requests)))


def _send(pipe: IO[bytes], requests: Iterable[Mapping[str, object]]) -> None:
    try:
        for n, request in enumerate(requests):
            pipe.write(base64.b64encode(json.dumps({"message_id": n, "payload": request}).encode()) + b",")
        pipe.flush()
    except BrokenPipeError:
        return  # the reader sees that answers are missing, and says so


def _messages(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    rest = b""
    while piece := pipe.read1(1 << 16):  # type: ignore[attr-defined]
        *whole, rest = (rest + piece).split(b",")
        for message in whole:
            yield json.loads(base64.b64decode(message))


def _put_in_order(folder: Path) -> None:
    """Sort the filters of a written index and rename the files that change by what they now hold."""
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for about in entry["languages"].values():
        meta_path = folder / f"pagefind.{about['hash']}.pf_meta"
        version, pages, chunks, filters, sorts, fields = _read(meta_path)
        renamed = []
        for name, digest in filters:
            path = folder / "filter" / f"{digest}.pf_filter"
            held_name, values = _read(path)
            path.unlink()
            renamed.append([name, _write([held_name, sorted(values)], folder / "filter", "", about, "pf_filter")])
        meta = [version, pages, chunks, sorted(renamed), sorted(sorts), fields]
        meta_path.unlink()
        about["hash"] = _write(meta, folder, "pagefind.", about, "pf_meta")
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_path.write_text(json.dumps(entry, separators=(",", ":")), encoding="utf-8")


def _read(path: Path) -> Any:
    raw = gzip.decompress(path.read_bytes())
    if not raw.startswith(_MAGIC):
        raise DigestError(f"{path.name}: Pagefind changed its format; install the version in requirements.txt")
    return _decode(raw, len(_MAGIC))[0]


def _write(value: object, folder: Path, prefix: str, about: Mapping[str, str], suffix: str) -> str:
    """Write ``value`` to a file named by its content and return the name without prefix and suffix."""
    raw = _MAGIC + _encode(value)
    name = about["hash"].split("_")[0] + "_" + hashlib.sha256(raw).hexdigest()[:10]
    (folder / f"{prefix}{name}.{suffix}").write_bytes(gzip.compress(raw, 9, mtime=0))
    return name


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
