"""Archives: what lies in them is read as if it lay in a folder, and nothing else that an archive can do is done."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from packed import inside, put, zipped
from test_read_feeds import item, rss

from digest import articles, read
from digest.read import limits
from digest.read.packs import zip as archives

PAGE = (
    "<html><head><title>Quay opens</title></head><body><article><h1>Quay opens</h1><p>It opened.</p></article></body>"
)


def test_every_format_is_read_inside_an_archive(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "quay.txt": "Quay opens\n\nIt opened on Monday.",
        "news/quay.md": "---\noutlet: The Tarn Post\n---\n# Quay opens\n\nIt opened.",
        "news/page.html": PAGE,
        "feed.xml": rss(item("Ferry", "It sails.")),
        "b.pdf": b"%PDF",
        "more.zip": zipped({"a.txt": "A"}),
        "empty.txt": "",
    }
    put(tmp_path, "tarn.zip", zipped(files))
    found, skipped = inside(tmp_path)
    assert list(found) == [
        "tarn.zip!quay.txt",
        "tarn.zip!news/quay.md",
        "tarn.zip!news/page.html",
        "tarn.zip!feed.xml!ferry",
    ]
    assert skipped == {"tarn.zip!b.pdf": "format", "tarn.zip!more.zip": "format", "tarn.zip!empty.txt": "empty"}
    assert found["tarn.zip!news/quay.md"].outlet == "The Tarn Post"
    assert found["tarn.zip!feed.xml!ferry"].outlet == "The Tarn Post"


def test_ids_are_those_of_the_members(tmp_path: Path) -> None:
    put(tmp_path, "quay.txt", "Quay")
    put(tmp_path, "a.zip", zipped({"quay.txt": "Quay", "Bridge opens.txt": "Bridge", "f.rss": rss(item("Ferry", "x"))}))
    sources, _ = articles.sources([tmp_path])
    ids = [source.id for source in sources]
    assert ids[1:3] == ["bridge-opens", "ferry"]
    assert len({id_ for id_ in ids if id_.startswith("quay-")}) == 2
    analyses = [articles.analyse_one(source) for source in sources]
    assert [analysis.article.id for analysis in analyses] == ids  # type: ignore[union-attr]


def test_hidden_files_sidecars_and_pages_folders_are_passed_over(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "__MACOSX/._quay.txt": "x",
        ".git/a.txt": "x",
        "a/.hidden.txt": "x",
        "page.html": PAGE,
        "page_files/advert.html": PAGE,
        "page-Dateien/logo.png": b"x",
        "a/": "",
    }
    put(tmp_path, "a.zip", zipped(files))
    found, skipped = inside(tmp_path)
    assert (list(found), skipped) == (["a.zip!page.html"], {})


def test_sidecars_speak_for_their_articles_inside_and_beside(tmp_path: Path) -> None:
    inner = {
        "quay.txt": "Quay\n\nIt opened.",
        "quay.meta.yml": "outlet: The Tarn Post\nnothing: x\n",
        "b.txt": "B\n\nB.",
    }
    put(tmp_path, "a.zip", zipped(inner))
    put(tmp_path, "a.meta.json", '{"outlet": "The Bay Wire", "date": "2025-03-03"}')
    found, _ = inside(tmp_path)
    quay, other = found["a.zip!quay.txt"], found["a.zip!b.txt"]
    assert (quay.outlet, quay.published) == ("The Tarn Post", "2025-03-03")
    assert [note for note in quay.notes if "nothing" in note]
    assert other.outlet == "The Bay Wire"
    before = read.content_hash(tmp_path / "a.zip", member=_members(tmp_path)[0])
    put(tmp_path, "a.zip", zipped({**inner, "quay.meta.yml": "outlet: The Tarn Mail\n"}))
    assert read.content_hash(tmp_path / "a.zip", member=_members(tmp_path)[0]) != before


def _members(folder: Path) -> list[read.Member]:
    return [f.member for f in read.find([folder]) if isinstance(f, read.Found) and f.member]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", "C:/a.txt", "a\\..\\b.txt"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a.zip", zipped({name: "x", "b.txt": "The quay opened."}))
    found, skipped = inside(tmp_path)
    assert (list(found), list(skipped.values())) == (["a.zip!b.txt"], ["unsafe name"])


@pytest.mark.parametrize(
    "name", ["a/" * 32_000 + "a.txt", "a_files/" * 101 + "a.html", "a" * 65_000 + ".html", "ü" * 500 + ".txt"]
)
def test_a_name_that_no_system_writes_is_refused(tmp_path: Path, name: str) -> None:
    """Each folder of a name is looked at: a few names of 64,000 bytes held a build up for a quarter of a minute."""
    long = "ü" * 492 + "/a/b/c/d.txt"
    put(tmp_path, "a.zip", zipped({name: "x", long: "The quay opened.", "a/" * 100 + "b.txt": "The quay opened."}))
    found, skipped = inside(tmp_path)
    assert (list(found), list(skipped.values())) == ([f"a.zip!{long}", f"a.zip!{'a/' * 100}b.txt"], ["unsafe name"])
    assert len(*skipped) < 1_020


def test_the_folder_of_a_saved_page_is_known_by_any_case_and_at_any_depth(tmp_path: Path) -> None:
    files = {
        "./b/Große Fähre.html": PAGE,
        "b/GROSSE FÄHRE-Dateien/js//x/a.html": PAGE,
        "b/Große Fähre_filesystem/a.txt": "The quay.",
        "Große Fähre_files/a.txt": "The quay.",
        "b/c/Große Fähre_files/a.txt": "The quay.",
        "c-filer.htm": PAGE,
        "c-filer_filer/a.txt": "x",
    }
    put(tmp_path, "a.zip", zipped(files))
    kept = [f"a.zip!{name}" for name in files if "Dateien" not in name and "filer_" not in name]
    found, skipped = inside(tmp_path)
    assert (list(found), skipped) == (kept, {})


def test_names_are_printed_in_one_line(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", zipped({"a\nb\x1b[31m.txt": "The quay.", "c\u202e.txt": "The quay."}))
    found, skipped = inside(tmp_path)
    assert skipped == {}
    assert list(found) == ["a.zip!a�b�[31m.txt", "a.zip!c�.txt"]


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path: Path) -> None:
    data = zipped({"Bruecke.txt": "The quay opened."}).replace(b"Bruecke", "Brücke".encode())
    put(tmp_path, "a.zip", data)
    assert list(inside(tmp_path)[0]) == ["a.zip!Brücke.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_of_one_name_the_first_is_read(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "The first.")
        archive.writestr("a.txt", "The second.")
        archive.writestr("A.TXT", "The third.")
    put(tmp_path, "a.zip", made.getvalue())
    found = list(read.find([tmp_path]))
    assert [getattr(f, "code", None) for f in found] == [None, "twice", "twice"]
    assert inside(tmp_path)[0]["a.zip!a.txt"].text == "The first."


def test_links_encrypted_files_and_other_methods_are_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("lzma.txt", "The quay.", zipfile.ZIP_LZMA)
        archive.writestr("bzip2.txt", "The quay.", zipfile.ZIP_BZIP2)
        archive.writestr("secret.txt", "The quay.")
    data = bytearray(made.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    put(tmp_path, "a.zip", bytes(data))
    assert inside(tmp_path) == (
        {},
        {
            "a.zip!link.txt": "link",
            "a.zip!lzma.txt": "format",
            "a.zip!bzip2.txt": "format",
            "a.zip!secret.txt": "encrypted",
        },
    )


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", zipped({"bomb.txt": b"0" * 4_900_000, "quay.txt": "The quay opened."}))
    found, skipped = inside(tmp_path)
    assert (list(found), skipped) == (["a.zip!quay.txt"], {"a.zip!bomb.txt": "ratio"})


def test_a_file_that_is_too_large_is_refused_by_its_stated_size(tmp_path: Path) -> None:
    words = zlib.crc32(b"quay").to_bytes(4, "big")
    large = b"".join((words * 30 + n.to_bytes(4, "big")) for n in range(45_000))
    put(tmp_path, "a.zip", zipped({"large.txt": large, "large.xml": large}))
    assert inside(tmp_path) == ({}, {"a.zip!large.txt": "too large", "a.zip!large.xml": "too large"})


def test_an_archive_that_lies_about_its_sizes_gives_nothing_more(tmp_path: Path) -> None:
    """The list says 20 bytes, the data unpack to two million: what is behind the 21st byte is never made."""
    data = bytearray(zipped({"a.txt": b"The quay opened. " * 100_000}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(mark) + at
        data[start : start + 4] = struct.pack("<L", 20)
    path = put(tmp_path, "a.zip", bytes(data))
    assert inside(tmp_path) == ({}, {"a.zip!a.txt": "broken"})
    with path.open("rb") as file:
        ((_, place),) = archives.listed(file)
        assert isinstance(place, tuple)
        with pytest.raises(read.ReadError):
            archives.unpacked(file, place)


def test_all_that_an_archive_unpacks_to_is_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 30)
    put(tmp_path, "a.zip", zipped({f"{n}.txt": f"The quay, day {n}." for n in range(4)}))
    found, skipped = inside(tmp_path)
    assert list(found) == ["a.zip!0.txt"]
    assert list(skipped.values()) == ["too large"] * 3


def test_an_archive_in_itself_is_not_opened(tmp_path: Path) -> None:
    """A quine holds itself (Cox 2010, "Zip files all the way down"): one level is all that is ever looked at."""
    level = zipped({"a.txt": "x"})
    for _ in range(20):
        level = zipped({"r/r.zip": level})
    put(tmp_path, "r.zip", level)
    assert inside(tmp_path) == ({}, {"r.zip!r/r.zip": "format"})


def _with_members(number: int) -> bytes:
    """Return an archive of ``number`` empty files, all of them the same bytes: each entry of its list is 46 bytes."""
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 8, 0) + b"000000.x"
    row = struct.Struct("<4s4B4HL2L5H2L")
    rows = b"".join(
        row.pack(b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0) + b"%06d.x" % n
        for n in range(number)
    )
    short = min(number, 0xFFFF)
    return head + rows + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, short, short, len(rows), len(head), 0)


def test_a_hundred_thousand_members_are_looked_at_and_no_more(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", _with_members(limits.MAX_MEMBERS))
    codes = [f.code for f in read.find([tmp_path]) if not isinstance(f, read.Found)]
    assert codes == ["format"] * limits.MAX_MEMBERS
    put(tmp_path, "a.zip", _with_members(limits.MAX_MEMBERS + 1))
    assert inside(tmp_path) == ({}, {"a.zip": "too many"})
    put(tmp_path, "a.zip", _with_members(600_000))
    assert inside(tmp_path) == ({}, {"a.zip": "too many"})


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "broken"), (b"PK", "broken"), (b"PK\x05\x06" + b"\0" * 18, "empty"), (b"x" * 1_000, "broken")],
)
def test_what_is_no_archive_is_skipped(tmp_path: Path, content: bytes, code: str) -> None:
    put(tmp_path, "a.zip", content)
    assert inside(tmp_path) == ({}, {"a.zip": code})


def test_a_cut_archive_is_skipped(tmp_path: Path) -> None:
    data = zipped({"quay.txt": "The quay opened."})
    for length in range(0, len(data), 7):
        put(tmp_path, "a.zip", data[:length])
        assert inside(tmp_path) == ({}, {"a.zip": "broken"})


def test_a_huge_archive_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.zip").open("wb") as file:
        file.truncate(limits.MAX_ARCHIVE + 1)
    assert inside(tmp_path) == ({}, {"a.zip": "too large"})
