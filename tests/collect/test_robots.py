"""What a robots.txt allows: the examples of RFC 9309, and what a hostile one may cost."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import robots

SITE = "https://courier.example"

RULES = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""


@pytest.mark.parametrize(("token", "path", "allowed"), [
    ("anybot", "/", True), ("anybot", "/a.gif", False), ("anybot", "/a.gifs", True), ("anybot", "/example/page", False),
    ("anybot", "/publications/a", True), ("foobot", "/", False), ("FooBot", "/example/page.html", True),
    ("foobot", "/example/allowed.gif", True), ("barbot", "/example/page.html", False), ("barbot", "/a.gif", True),
    ("bazbot", "/example/page.html", False), ("quxbot", "/example/page.html", True), ("foo", "/publications/", True),
])  # fmt: skip
def test_the_examples_of_the_standard(token: str, path: str, allowed: bool) -> None:
    assert robots.parse(RULES, token).allows(SITE + path) is allowed


@pytest.mark.parametrize(("rule", "path", "allowed"), [
    ("/fish", "/fish.html", False), ("/fish", "/catfish", True), ("/fish", "/Fish", True), ("/fish/", "/fish", True),
    ("/*.php", "/a/b.php?c", False), ("/*.php$", "/a/b.php?c", True), ("/*.php$", "/a.php.php", False),
    ("/a*b*c", "/aXXbYYc", False), ("/a*b*c", "/aXXcYYb", True), ("/a$", "/a", False), ("/a$", "/ab", True),
    ("/*", "/anything", False), ("*", "/anything", False), ("$", "/", True), ("", "/anything", True),
    ("/?q=", "/?q=1", False), ("/ü", "/%C3%BC", False), ("/%c3%bc", "/ü", False), ("/%7Ea", "/~a", False),
    ("/a%2Fb", "/a/b", True), ("/a%2Fb", "/a%2fb", False), ("/a%2A", "/a*", True), ("/ab*b$", "/ab", True),
    ("/robots.txt", "/robots.txt", True), ("/ab*$", "/abc", False),
])  # fmt: skip
def test_how_a_pattern_fits(rule: str, path: str, allowed: bool) -> None:
    assert robots.parse(f"user-agent: *\ndisallow: {rule}", "digest-test").allows(SITE + path) is allowed


def test_the_longest_pattern_decides_and_a_tie_is_in_favour() -> None:
    said = robots.parse("User-agent: *\nAllow: /p\nDisallow: /\nDisallow: /page\nAllow: /page\n", "digest-test")
    assert said.allows(SITE + "/page")
    assert not said.allows(SITE + "/other")


def test_groups_of_one_name_count_together() -> None:
    text = "User-agent: digest-test/2.0 (by us)\nDisallow: /a\nUser-agent: other\nDisallow: /\n"
    text += "User-agent: DIGEST-TEST\nDisallow: /b"
    said = robots.parse(text, "digest-test")
    assert [said.allows(SITE + path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_other_lines_do_not_end_a_group() -> None:
    text = "\ufeffUser-agent: a # me\r\nSitemap: https://x\r\n\r\nUser-agent: b\rnonsense\r"
    text += "Disallow: /x\rCrawl-delay: 2.5\rCrawl-delay: 4"
    for token in "ab":
        said = robots.parse(text, token)
        assert not said.allows(SITE + "/x")
        assert said.delay == 4


@pytest.mark.parametrize("delay", ["-1", "soon", "", "nan", "inf", "1e9", "9" * 400])
def test_a_pause_that_is_none_is_passed_over(delay: str) -> None:
    assert robots.parse(f"User-agent: *\nCrawl-delay: {delay}", "a").delay is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    robots.parse(f"user-agent: *\ndisallow: {text}", "a").allows(SITE + "/a")
    robots.parse(text, "a").allows(SITE + "/a?b")


def test_a_hostile_pattern_costs_no_more_than_its_length() -> None:
    said = robots.parse("User-agent: *\nDisallow: /" + "a*" * 200_000 + "b", "a")
    assert said.allows(SITE + "/" + "a" * 2_000)


def test_what_is_asked_of_others_is_not_kept_for_each_of_them() -> None:
    names = "".join(f"User-agent: {'a' * (n % 50)}{'b' * (n // 50)}\n" for n in range(1, 2_500))
    rules = "".join(f"Disallow: /{n}\n" for n in range(10_000))
    tracemalloc.start()
    try:
        said = robots.parse(f"{names}User-agent: Digest-Test\nUser-agent: *\n{rules}", "digest-test")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(said.rules) == 10_000
    assert peak < 20_000_000
