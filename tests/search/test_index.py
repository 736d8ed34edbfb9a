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
        filters={"speaker": (speaker,), "type": ("quotation",), "topic": ("Bridges", "Budgets")[: n % 3]},
        date=f"2025-03-{n % 28 + 1:02}" if n % 4 else None,
    )


RECORDS = [
    SearchRecord(
        "articles/bridge-1/", "A bridge for Osterfeld", "A bridge for Osterfeld. It stands.", "en", "article",
        {"outlet": "Osterfeld Echo"}, {"type": ("article",)}, "2025-03-02",
    ),
    quotation(1, "The bridges were promised twice", at="bridge.txt:10–41"),
    quotation(2, "Nobody is building"),
    quotation(3, "Die Brücken sind fertig", "de", "Jörg Überwein"),
    quotation(4, "<b>Nothing</b> & nobody"),
]  # fmt: skip


def written(records: Sequence[SearchRecord], folder: Path) -> dict[str, bytes]:
    search.index(records, folder)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def holds(folder: Path, shard: str, word: str) -> bool:
    """Return whether an index has ``word`` among its stems."""
    chunks = (folder / search.FOLDER / shard / "index").glob("*.pf_index")
    return any(search._encode(word) in gzip.decompress(path.read_bytes()) for path in chunks)


def fragments(folder: Path, shard: str) -> list[dict[str, object]]:
    found = []
    for path in (folder / search.FOLDER / shard / "fragment").glob("*.pf_fragment"):
        found.append(json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")))
    return found


def test_every_language_has_an_index_with_its_own_stems(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    shards = json.loads((tmp_path / "pagefind" / "shards.json").read_text(encoding="utf-8"))["shards"]
    assert [(s["folder"], s["language"], s["records"]) for s in shards] == [("de", "de", 1), ("en", "en", 4)]
    for shard, stem, other in (("en", "bridg", "bruck"), ("en", "promis", "fertig"), ("de", "bruck", "bridg")):
        assert holds(tmp_path, shard, stem)
        assert not holds(tmp_path, shard, other)


def test_a_language_whose_code_is_a_device_of_windows_has_an_index_as_well(tmp_path: Path) -> None:
    search.index([quotation(1, "Nobody is building", "nul")], tmp_path)
    (shard,) = json.loads((tmp_path / search.FOLDER / "shards.json").read_text(encoding="utf-8"))["shards"]
    assert (shard["language"], shard["records"]) == ("nul", 1)
    assert shard["folder"] != "nul"
    assert (tmp_path / search.FOLDER / shard["folder"] / "pagefind.js").is_file()


def test_what_is_only_shown_is_not_searched_and_comes_back(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    assert holds(tmp_path, "en", "osterfeld")
    for shown in ("echo", "txt", "bridge.txt", "quotat", "articl"):
        assert not holds(tmp_path, "en", shown)
    shown = {str(f["url"]).split("\n")[0]: json.loads(str(f["url"]).split("\n")[1]) for f in fragments(tmp_path, "en")}
    assert set(shown) == {r.url for r in RECORDS if r.language == "en"}
    for record in RECORDS:
        if record.language == "en":
            assert shown[record.url] == {"title": record.title, "type": record.kind, **record.meta}


def test_the_words_come_back_as_text(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    content = {str(f["content"]) for f in fragments(tmp_path, "en")}
    assert "Ida Quill: <b>Nothing</b> & nobody" in {c.replace("&lt;", "<").replace("&gt;", ">") for c in content}


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    many = [quotation(n, f"promise {n} of {n * 7 % 13}", speaker=f"Speaker {n % 17}") for n in range(120)]
    first, second = written(many, tmp_path / "a"), written(many, tmp_path / "b")
    assert first == second
    assert any(name.endswith(".pf_filter") for name in first)


def test_writing_again_leaves_nothing_of_before(tmp_path: Path) -> None:
    before = written(RECORDS, tmp_path)
    after = written(RECORDS[:1], tmp_path)
    assert "pagefind/de/pagefind.js" in before
    assert not any(name.startswith("pagefind/de/") for name in after)


def test_a_large_language_is_cut_from_the_oldest_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHARD", 5)
    many = [quotation(n, f"promise {n}") for n in range(12)]
    old = written(many, tmp_path / "old")
    new = written([quotation(90, "something new"), *many], tmp_path / "new")
    folders = [s["folder"] for s in json.loads(new["pagefind/shards.json"])["shards"]]
    assert folders == ["en", "en-2", "en-3"]
    for name, content in old.items():
        if name.startswith(("pagefind/en/", "pagefind/en-2/")):
            assert new[name] == content, name


def test_every_record_has_the_word_that_stands_for_all(tmp_path: Path) -> None:
    search.index(RECORDS, tmp_path)
    assert holds(tmp_path, "en", search.EVERY)
    assert holds(tmp_path, "de", search.EVERY)


def test_no_records_make_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(written([], tmp_path)["pagefind/shards.json"]) == {"every": search.EVERY, "shards": []}


def test_another_format_is_said_so() -> None:
    with pytest.raises(DigestError, match=r"x\.pf_meta: Pagefind changed its format"):
        search._opened({"x.pf_meta": gzip.compress(b"something else")}, "x.pf_meta")


VALUES = st.recursive(
    st.integers(0, 2**64 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=60,
)


@given(VALUES)
def test_what_is_encoded_is_decoded(value: object) -> None:
    raw = search._encode(value)
    assert search._decode(raw, 0) == (value, len(raw))
