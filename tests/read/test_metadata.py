from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packed import inside, put, zipped
from reading import LANGUAGES, article

from digest import read
from digest.decisions import ArticleMeta
from digest.model import Article
from digest.read import dates, limits

STORY = "---\ntitle: From the file\noutlet: File\ndate: 2025-03-01\n---\n\nThe ferry sails again.\n"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-03-05", "2025-03-05"),
        ("2025-03-05T23:59:00-08:00", "2025-03-05"),
        ("20250305", "2025-03-05"),
        ("Wed, 05 Mar 2025 08:00:00 GMT", "2025-03-05"),
        ("5.3.2025", "2025-03-05"),
        ("5. März 2025", "2025-03-05"),
        ("March 5, 2025", "2025-03-05"),
        ("3/5/2025", None),
        ("2025-02-30", None),
        ("2025-13-01", None),
        ("0000-00-00", None),
        ("9999-12-31", None),
        ("1604-12-31", None),
        ("March 2025", None),
        ("yesterday", None),
        ("in 3 days", None),
        ("12:30:45", None),
        ("1" * 10_000, None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    assert dates.iso(written, LANGUAGES) == iso


@settings(deadline=None)  # the first date in words loads the months of all languages
@given(st.text(max_size=90))
def test_a_date_is_an_iso_date_or_none(written: str) -> None:
    found = dates.iso(written, LANGUAGES)
    assert found is None or dates.iso(found) == found


@given(st.dates(dates.EARLIEST, dates.LATEST))
def test_an_iso_date_stays_what_it_is(date) -> None:  # type: ignore[no-untyped-def] # hypothesis gives a date
    assert dates.iso(date.isoformat()) == date.isoformat()


@pytest.mark.parametrize(
    ("stem", "date"),
    [
        ("2018-07-12-talks", "2018-07-12"),
        ("20180712", "2018-07-12"),
        ("talks_2018_07_12_b", "2018-07-12"),
        ("20180712T0830", "2018-07-12"),
        ("000_20180712cb24fb5c4", None),
        ("2018-0712", None),
        ("20181312", None),
        ("120180712", None),
    ],
)
def test_a_date_in_the_file_name(tmp_path: Path, stem: str, date: str | None) -> None:
    found = article(tmp_path, f"{stem}.txt", "Ferry returns\n\nIt sails.\n")
    assert (found.published, found.date_basis) == (date, "file name" if date else "none")


def test_curation_goes_before_the_file_and_the_file_before_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "2020-01-01-a.meta.yml").write_text("outlet: Sidecar\nauthor: Ada Quill\ndate: 2025-03-02\n")
    (tmp_path / "2020-01-01-a.meta.json").write_text('{"url": "https://x.example/a", "byline": null, "language": "de"}')
    found = article(tmp_path, "2020-01-01-a.md", STORY, ArticleMeta(outlet="Desk", published="2025-03-03"))
    assert (found.outlet, found.published, found.date_basis) == ("Desk", "2025-03-03", "curation")
    assert (found.title, found.byline, found.url, found.language) == (
        "From the file",
        "Ada Quill",
        "https://x.example/a",
        "de",
    )
    found = article(tmp_path, "2020-01-01-a.md", STORY)
    assert (found.outlet, found.published, found.date_basis) == ("File", "2025-03-01", "front matter")
    found = article(tmp_path, "2020-01-01-a.txt", "Ferry returns\n\nIt sails.\n")
    assert (found.outlet, found.published, found.date_basis) == ("Sidecar", "2025-03-02", "metadata")


def test_a_container_goes_before_a_pages_guess_and_behind_what_the_page_states(tmp_path: Path) -> None:
    """The date in a page's address is htmldate's guess; what a sidecar in the archive or beside it says goes before."""
    head = '<link rel="canonical" href="https://tarn.example/2024/01/17/quay">'
    stated = '<meta name="date" content="2025-03-01"><meta name="author" content="Ida Quill">'
    body = "<article><h1>Ferry returns</h1><p>It sails again, they say.</p></article>"

    def packed(page: str, **files: str) -> Article:
        put(tmp_path, "a.zip", zipped({"quay.html": page, **{f"quay.meta.{k}": v for k, v in files.items()}}))
        ((_, found),) = inside(tmp_path)[0].items()
        return found

    guessed = f"<html><head>{head}</head><body>{body}"
    said = {"yml": "date: 2025-03-02\nauthor: Bram Oxley\n"}
    assert (packed(guessed).published, packed(guessed).date_basis) == ("2024-01-17", "metadata")
    assert (packed(guessed, **said).published, packed(guessed, **said).byline) == ("2025-03-02", "Bram Oxley")
    whole = packed(f"<html><head>{head}{stated}</head><body>{body}", **said)
    assert (whole.published, whole.byline) == ("2025-03-01", "Ida Quill")
    put(tmp_path, "a.meta.yml", "date: 2025-03-03\noutlet: The Tarn Post\n")
    beside = packed(guessed)
    assert (beside.published, beside.outlet) == ("2025-03-03", "The Tarn Post")
    assert packed(guessed, **said).published == "2025-03-02"


def test_what_is_unknown_stays_unknown(tmp_path: Path) -> None:
    found = article(tmp_path, "a.txt", "Ferry returns\n\nIt sails, said https://messenger.example on 5 March 2025.\n")
    assert (found.outlet, found.published, found.url, found.byline, found.date_basis) == (
        None,
        None,
        None,
        None,
        "none",
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.meta.yml", "outlet: A\noutlet: B\n", "a.meta.yml, line 2: “outlet” already stands in line 1"),
        ("a.meta.yml", "just words", "a.meta.yml: there are no keys"),
        ("a.meta.json", "[1]", "a.meta.json: this is not a JSON object"),
        ("a.meta.json", "[" * 60_000, "a.meta.json: this is not a JSON object"),
    ],
)
def test_a_broken_sidecar_is_refused(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(read.ReadError) as caught:
        article(tmp_path, "a.txt", "Ferry returns\n\nIt sails.\n")
    assert said in str(caught.value)


def test_a_key_that_stands_twice_in_a_json_sidecar_is_noted_and_the_first_counts(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"outlet": "A", "url": {"x": 1, "x": 2}, "outlet": "B", "publisher": "C"}')
    found = article(tmp_path, "a.txt", "Ferry returns\n\nIt sails.\n")
    assert found.outlet == "A"
    assert found.notes == (
        "a.meta.json: “url” is not a single text and was left out",
        "a.meta.json: “outlet” says again what stands before it and was left out",
        "a.meta.json: “publisher” says again what stands before it and was left out",
    )


def test_a_number_in_a_json_sidecar_is_taken_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"date": 20250305, "outlet": ' + "7" * 5_000 + ', "byline": [true]}')
    found = article(tmp_path, "a.txt", "Ferry returns\n\nIt sails.\n")
    assert (found.published, found.outlet, found.byline) == ("2025-03-05", "7" * 5_000, None)
    assert found.notes == ("a.meta.json: “byline” is not a single text and was left out",)


def test_the_content_hash_covers_the_sidecar(tmp_path: Path) -> None:
    found = article(tmp_path, "a.txt", "Ferry returns\n\nIt sails.\n")
    assert found.sha256 == hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
    before = read.content_hash(tmp_path / "a.txt")
    (tmp_path / "a.meta.yml").write_text("outlet: A\n")
    assert read.content_hash(tmp_path / "a.txt") != before


def test_the_language_is_told_from_the_text(tmp_path: Path) -> None:
    german = article(tmp_path, "a.txt", "Fähre fährt wieder\n\nDie Fähre fährt ab Montag wieder, sagte das Hafenamt.\n")
    assert (german.language, german.notes) == ("de", ())
    short = article(tmp_path, "b.txt", "Ferry returns\n")
    assert (short.language, short.notes) == ("en", ())
    spanish = article(
        tmp_path,
        "c.txt",
        "Vuelve el transbordador\n\nEl barco vuelve a navegar el lunes, dijo la oficina del puerto.\n",
    )
    assert spanish.language == "es"
    assert spanish.notes == ("there are no words for the language “es” yet, so English words were used",)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path, code in ((tmp_path / "pipe.txt", "not a file"), (tmp_path / "gone.txt", "unreadable")):
        with pytest.raises(read.ReadError) as caught:
            read.read(path, tmp_path, None, LANGUAGES)
        assert caught.value.code == code
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(read.ReadError, match=r"“\.pdf” is no format"):
        read.read(tmp_path / "a.pdf", tmp_path, None, LANGUAGES)


def test_a_file_beyond_the_limits_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50 * limits.MAX_BYTES)
    with pytest.raises(read.ReadError, match="an article may have 5,000,000") as caught:
        read.read(path, tmp_path, None, LANGUAGES)
    assert caught.value.code == "too large"
    with pytest.raises(read.ReadError, match="20,000"):
        article(tmp_path, "many.txt", "a\n" * 20_001)
