"""The search index, written by the real Pagefind and read back from its files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import search
from digest.model import DigestError
from digest.output import SearchRecord


def quotation(n: int, words: str, language: str = "en", speaker: str = "Ida Quill", **meta: str) -> SearchRecord:
    return SearchRecord(
        url=f"articles/bridge-{n}/#q-{n:010}",
        title="A bridge for Osterfeld",
        content=f"{speaker}: {words}",
        language=language,
        kind="quotation",
        meta={"speaker": speaker, "words": words, **meta},
        filters={"speaker": (speaker,), "topic": ("Bridges", "Budgets")[: n % 3]},
        date=f"2025-03-{n % 28 + 1:02}" if n % 4 else None,
    )


RECORDS = [
    SearchRecord(
        "articles/bridge-1/", "A bridge for Osterfeld", "A bridge for Osterfeld. It stands.", "en", "article",
        {"outlet": "Osterfeld Echo"}, {"speaker": ("Ida Quill", "Tamo Brandl")}, "2025-03-02", ("zuerich",),
    ),
    quotation(1, "The bridges were promised twice", at="bridge.txt:10–41"),
    quotation(2, "Nobody is building"),
    quotation(3, "Die Brücken sind fertig", "de", "Jörg Überwein"),
    quotation(4, "<b>Nothing</b> & nobody"),
]  # fmt: skip


def written(records: Sequence[SearchRecord], folder: Path) -> dict[str, bytes]:
    search.index(records, folder)
    return files(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def shard(folder: Path, language: str) -> Path:
    """Return the folder of the only index of a language."""
    (found,) = (folder / search.FOLDER).glob(f"{language}-*")
    return found


def holds(folder: Path, language: str, word: str) -> bool:
    """Return whether an index has ``word`` among its stems: in CBOR, behind a letter with its length."""
    chunks = (shard(folder, language) / "index").glob("*.pf_index")
    stem = bytes([0x60 + len(word.encode())]) + word.encode()
    return any(stem in gzip.decompress(path.read_bytes()) for path in chunks)


def fragments(folder: Path, language: str) -> dict[str, dict[str, object]]:
    return {
        path.stem: json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in sorted((shard(folder, language) / "fragment").glob("*.pf_fragment"))
    }


def test_every_language_has_an_index_with_its_own_stems(tmp_path: Path) -> None:
    shards = search.index(RECORDS, tmp_path)
    assert [(s.language, s.records, s.program) for s in shards] == [("de", 1, "de"), ("en", 4, "en")]
    for each in shards:
        assert (tmp_path / search.FOLDER / each.folder / f"wasm.{each.program}.pagefind").is_file()
    for language, stem, other in (("en", "bridg", "bruck"), ("en", "promis", "fertig"), ("de", "bruck", "bridg")):
        assert holds(tmp_path, language, stem)
        assert not holds(tmp_path, language, other)


def test_a_language_whose_code_is_a_device_of_windows_has_an_index_as_well(tmp_path: Path) -> None:
    (only,) = search.index([quotation(1, "Nobody is building", "nul")], tmp_path)
    assert (only.language, only.program) == ("nul", "unknown")
    assert only.folder != "nul"
    for name in ("pagefind.js", "wasm.unknown.pagefind"):
        assert (tmp_path / search.FOLDER / only.folder / name).is_file()


def test_what_is_only_shown_is_not_searched_and_comes_back(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    assert holds(tmp_path, "en", "osterfeld")
    for shown in ("echo", "txt", "bridge.txt", "quotat", "articl"):
        assert not holds(tmp_path, "en", shown)
    urls = [str(f["url"]).split("\n") for f in fragments(tmp_path, "en").values()]
    shown = {place: json.loads(beside) for place, beside in urls}
    assert set(shown) == {r.url for r in RECORDS if r.language == "en"}
    for record in RECORDS:
        if record.language == "en":
            assert shown[record.url] == {"title": record.title, "type": record.kind, **record.meta}


def test_the_words_come_back_as_text(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    content = {str(f["content"]) for f in fragments(tmp_path, "en").values()}
    assert "Ida Quill: <b>Nothing</b> & nobody" in {c.replace("&lt;", "<").replace("&gt;", ">") for c in content}


def test_what_is_typed_otherwise_is_found_and_not_shown(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    assert holds(tmp_path, "en", "zuerich")
    assert "zuerich" not in json.dumps([f["content"] for f in fragments(tmp_path, "en").values()])


def test_entries_are_named_by_their_number_and_what_they_are(tmp_path: Path) -> None:
    key = search.index(RECORDS, tmp_path)[1].key
    own = [record for record in RECORDS if record.language == "en"]
    found = fragments(tmp_path, "en")
    assert {name: str(f["url"]).split("\n")[0] for name, f in found.items()} == {
        f"{key}{record.kind[0]}{n:03}": record.url for n, record in enumerate(own)
    }
    entries = json.loads((shard(tmp_path, "en") / search.ENTRIES).read_text("utf-8"))
    assert [length < 0 for length in entries["lengths"]] == [record.kind == "article" for record in own]


@pytest.mark.parametrize(("n", "name"), [(0, "abcdq000"), (35, "abcdq00z"), (36, "abcdq010"), (46656, "abcdq1000")])
def test_a_name_is_a_number_to_base_36(n: int, name: str) -> None:
    assert search._name(RECORDS[1], n, "abcd") == name


def test_facets_stand_in_columns(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    facets = json.loads((shard(tmp_path, "en") / search.FACETS).read_text("utf-8"))
    own = [record for record in RECORDS if record.language == "en"]
    for name in ("speaker", "topic"):
        of = [[numbers] if isinstance(numbers, int) else numbers for numbers in facets[name]["of"]]
        read = [tuple(facets[name]["values"][n] for n in numbers) for numbers in of]
        assert read == [tuple(record.filters.get(name, ())) for record in own]
    assert facets["date"]["values"] == ["2025-03-02", "2025-03-03"]
    assert facets["date"]["of"] == [0, 0, 1, []]
    assert [facets["type"]["values"][n] for n in facets["type"]["of"]] == [record.kind for record in own]


@given(st.integers(0, 1 << 20))
def test_a_rough_length_is_near(words: int) -> None:
    assert words * 3 / 4 < search._rough(words) + 1 <= words + 1


@given(st.integers(0, 1 << 20), st.integers(0, 1 << 20))
def test_rough_lengths_keep_their_order(one: int, other: int) -> None:
    assert (search._rough(one) <= search._rough(other)) or one > other


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    many = [quotation(n, f"promise {n} of {n * 7 % 13}", speaker=f"Speaker {n % 17}") for n in range(120)]
    first, second = written(many, tmp_path / "a"), written(many, tmp_path / "b")
    assert first == second
    assert any(name.endswith(".pf_index") for name in first)


def test_writing_again_leaves_nothing_of_before(tmp_path: Path) -> None:
    before = written(RECORDS, tmp_path)
    after = written(RECORDS[:1], tmp_path)
    assert any(name.startswith("pagefind/de-") for name in before)
    assert not any(name.startswith("pagefind/de-") for name in after)


def test_a_large_language_is_cut_from_the_oldest_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHARD", 5)
    many = [quotation(n, f"promise {n}") for n in range(12)]
    before = [s.folder for s in search.index(many, tmp_path / "old")]
    folders = [s.folder for s in search.index([quotation(90, "something new"), *many], tmp_path / "new")]
    old, new = files(tmp_path / "old"), files(tmp_path / "new")
    assert len(before) == len(folders) == 3
    # A folder is named by what it was made from, so what did not change keeps its address.
    assert folders[:2] == before[:2]
    assert folders[2] != before[2]
    for name, content in old.items():
        if name.startswith(tuple(f"pagefind/{folder}/" for folder in folders[:2])):
            assert new[name] == content, name


def test_no_records_make_an_empty_list(tmp_path: Path) -> None:
    assert search.index([], tmp_path) == []


def test_another_format_is_said_so() -> None:
    with pytest.raises(DigestError, match=r"x\.pf_meta: Pagefind changed its format"):
        search._opened({"x.pf_meta": gzip.compress(b"something else")}, "x.pf_meta")


VALUES = st.recursive(
    st.integers(0, 2**64 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=60,
)


def encoded(value: object) -> bytes:
    """Return a value in CBOR, every length in the shortest way (RFC 8949, 4.2.1)."""
    if isinstance(value, int):
        return headed(0, value)
    if isinstance(value, str):
        return headed(3, len(value.encode())) + value.encode()
    assert isinstance(value, list)
    return headed(4, len(value)) + b"".join(map(encoded, value))


def headed(kind: int, length: int) -> bytes:
    if length < 24:
        return bytes([kind << 5 | length])
    n = next(n for n in range(4) if length < 1 << (8 << n))
    return bytes([kind << 5 | 24 + n]) + length.to_bytes(1 << n, "big")


@given(VALUES)
def test_what_is_encoded_is_decoded(value: object) -> None:
    raw = encoded(value)
    assert search._decode(raw, 0) == (value, len(raw))
