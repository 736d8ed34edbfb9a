"""Addresses in one spelling, and files whose names last."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import addresses
from digest.read import dates
from digest.text import LONGEST_SLUG, slug


@pytest.mark.parametrize(("written", "expected"), [
    ("HTTPS://Courier.Example:443", "https://courier.example/"),
    ("http://courier.example:80/a#b", "http://courier.example/a"),
    ("http://courier.example:8080/A?b=C", "http://courier.example:8080/A?b=C"),
    ("https://courier.example/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://courier.example/a?id=7"),
    ("https://courier.example/a?utm_source=x", "https://courier.example/a"),
    ("https://courier.example/a?b&c=", "https://courier.example/a?b&c="),
    ("https://zürich.example/straße?ä=ö", "https://xn--zrich-kva.example/stra%C3%9Fe?%C3%A4=%C3%B6"),
    ("https://courier.example./a", "https://courier.example/a"),
    ("http://[::1]:80/a", "http://[::1]/a"),
    (" https://courier.example/a%20b ", "https://courier.example/a%20b"),
    ("/b/../c", "https://courier.example/c"), ("//other.example/x", "https://other.example/x"),
    ("?page=2", "https://courier.example/a/b?page=2"),
    ("mailto:a@b.example", None), ("javascript:alert(1)", None), ("https://a:b@courier.example/", None),
    ("https://", None), ("http://[", None), ("https://a b.example/", None), ("data:text/html,x", None),
    ("https://\u2028.example/", None), ("https://courier.example:0/", None), (f"https://{'ü' * 80}.example/", None),
])  # fmt: skip
def test_an_address_has_one_spelling(written: str, expected: str | None) -> None:
    base = "https://courier.example/a/b" if not re.match(r"\s*\w+:", written) else None
    assert addresses.normal(written, base) == expected


@given(st.text() | st.from_regex(r"https?://[a-z.]{1,9}(:[0-9]{1,5})?/[^\s]{0,20}", fullmatch=True))
def test_the_one_spelling_stays(text: str) -> None:
    found = addresses.normal(text)
    assert found is None or (addresses.normal(found) == found and found.isascii())


@pytest.mark.parametrize(("one", "other", "same"), [
    ("https://www.courier.example/a", "http://courier.example/b", True),
    ("https://m.courier.example/a", "https://amp.courier.example/b", True),
    ("https://news.courier.example/", "https://courier.example/", True),
    ("https://courier.example/", "https://mycourier.example/", False),
    ("https://courier.example/", "https://other.example/", False),
    ("https://courier.example.evil.example/", "https://courier.example/", False),
])  # fmt: skip
def test_sites(one: str, other: str, same: bool) -> None:
    assert addresses.same_site(one, other) is addresses.same_site(other, one) is same


@pytest.mark.parametrize(("title", "published", "pattern"), [
    ("Quay stays shut", "2025-05-06", r"courier-example/2025-05-06-quay-stays-shut-[0-9a-f]{12}\.md"),
    ("What 1999 and 2018-07-12 brought", None, r"courier-example/what-and-brought-[0-9a-f]{12}\.md"),
    ("“1”", None, r"courier-example/[0-9a-f]{8}-[0-9a-f]{12}\.md"),
    ("мост", "2025-05-06", r"courier-example/2025-05-06-[0-9a-f]{8}-[0-9a-f]{12}\.md"),
    ("word " * 40, "2025-05-06", r"courier-example/2025-05-06-(word-){10}[0-9a-f]{12}\.md"),
    ("x" * 400, "2025-05-06", r"courier-example/2025-05-06-x{50}-[0-9a-f]{12}\.md"),
])  # fmt: skip
def test_names_of_files(title: str, published: str | None, pattern: str) -> None:
    assert re.fullmatch(pattern, addresses.file_name(title, published, "https://www.courier.example/a"))


@given(
    st.text(), st.sampled_from([None, "2025-05-06"]), st.from_regex(r"https?://[a-z.]{1,70}/[a-z]{0,5}", fullmatch=True)
)
def test_any_name_is_an_id_and_tells_no_date(title: str, published: str | None, address: str) -> None:
    folder, name = addresses.file_name(title, published, address).split("/")
    stem = name.removesuffix(".md")
    assert slug(stem) == stem
    assert len(stem) <= LONGEST_SLUG
    assert re.fullmatch(r"[a-z0-9-]+", folder)
    assert addresses.key_in(name) == addresses.key(address)
    assert published or dates.in_name(stem) is None
