from __future__ import annotations

from pathlib import Path

import pytest
from reading import article, blocks

from digest import read

STORY = """---
title: "Ferry returns: ‘about time’"
source: Tamm Messenger
date: 2025-03-05
author: [Ilse Noor, Jan Feld]
url: https://messenger.example/ferry
lang: en-GB
---

# Ferry returns: ‘about time’

The *ferry* to [Lower Tamm](https://messenger.example/tamm "map") sails **again**,
the office said. ![the ferry](ferry.jpg)

## What it costs

- two crowns
- one crown for `dogs`

> “We waited,” said Ilse Noor.

**Q:** Why so late?\\
**A:** Ice &amp; wind.
"""


def test_front_matter_and_blocks(tmp_path: Path) -> None:
    found = article(tmp_path, "ferry.md", STORY)
    assert (found.title, found.outlet, found.published, found.date_basis) == (
        "Ferry returns: ‘about time’",
        "Tamm Messenger",
        "2025-03-05",
        "front matter",
    )
    assert (found.byline, found.url, found.language, found.notes) == (
        "Ilse Noor, Jan Feld",
        "https://messenger.example/ferry",
        "en",
        (),
    )
    assert blocks(found) == [
        ("title", "Ferry returns: ‘about time’"),
        ("paragraph", "The ferry to Lower Tamm sails again, the office said."),
        ("heading", "What it costs"),
        ("list", "two crowns"),
        ("list", "one crown for dogs"),
        ("quote", "“We waited,” said Ilse Noor."),
        ("paragraph", "Q: Why so late?"),
        ("paragraph", "A: Ice & wind."),
    ]


def test_a_title_that_stands_only_in_the_front_matter_comes_first(tmp_path: Path) -> None:
    found = article(tmp_path, "a.md", "---\ntitle: Ferry returns\n---\n\nIt sails.\n")
    assert blocks(found) == [("title", "Ferry returns"), ("paragraph", "It sails.")]


def test_without_front_matter_the_first_heading_is_the_headline(tmp_path: Path) -> None:
    found = article(tmp_path, "a.md", "# Ferry returns\n\nIt sails.\n")
    assert found.title == "Ferry returns"
    assert blocks(found)[0] == ("title", "Ferry returns")


def test_markup_and_code_never_reach_the_text(tmp_path: Path) -> None:
    body = (
        "It <b>sails</b> <script>alert(1)</script>again.\n\n<div onclick='x()'>From <i>Monday</i>.</div>\n\n"
        "<!-- not for print -->\n\n```python\nprint(1)\n```\n\n    An indented line is text.\n"
    )
    found = article(tmp_path, "a.md", f"# Ferry returns\n\n{body}")
    assert [words for _, words in blocks(found)] == [
        "Ferry returns",
        "It sails again.",
        "From Monday.",
        "An indented line is text.",
    ]
    assert found.notes == (
        "a comment was left out of the text",
        "a block of code (1 line) was left out of the text",
    )


def test_a_table_is_a_paragraph_a_row(tmp_path: Path) -> None:
    found = article(tmp_path, "a.md", "# Results\n\n| boat | place |\n|---|---|\n| Otter | first |\n")
    assert blocks(found)[1:] == [("paragraph", "boat place"), ("paragraph", "Otter first")]


def test_nested_items_and_cells_keep_their_words(tmp_path: Path) -> None:
    body = (
        "- the ferry\n  - at eight\n    1. not on Sundays\n\n  goes on\n- > the bus\n\n"
        "| who | crowns |\n|---|---|\n| *dogs* | one<br>or two |\n\n"
        "<table><tr><td><p>Cats</p></td><td><ul><li>free</li></ul></td></tr></table>\n\n"
        "<dl><dt>Snow</dt><dd>no ferry</dd></dl>\n"
    )
    found = article(tmp_path, "a.md", f"# Ferry returns\n\n{body}")
    assert " ".join(words for _, words in blocks(found)) == (
        "Ferry returns the ferry at eight not on Sundays goes on the bus who crowns dogs one or two Cats free "
        "Snow no ferry"
    )


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: Ferry: late\n", "front matter, line 2: this is not YAML"),
        ("title: A\ntitle: B\n", "front matter, line 3: “title” already stands in line 2; keep one"),
        ("- title\n", "front matter: there are no keys"),
        ("title: " + "[" * 5_000 + "\n", "this is not YAML"),
        ("x: " + "y" * 70_000 + "\n", "at most 64,000 are read"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(tmp_path: Path, front: str, said: str) -> None:
    with pytest.raises(read.ReadError) as caught:
        article(tmp_path, "a.md", f"---\n{front}---\n\nIt sails.\n")
    assert said in str(caught.value)


def test_front_matter_without_an_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(read.ReadError, match="has no end"):
        article(tmp_path, "a.md", "---\ntitle: A\n\nIt sails.\n")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    found = article(tmp_path, "a.md", "---\n\nThe ferry sails again.\n\nAt eight.\n")
    assert [words for _, words in blocks(found)] == ["The ferry sails again.", "At eight."]


def test_what_front_matter_says_in_vain_is_noted(tmp_path: Path) -> None:
    front = (
        "title: yes\ndate: next Tuesday\nurl: javascript:alert(1)\nmood: calm\noutlet: {a: b}\n"
        "author: ~\nlanguage: the usual\n"
    )
    found = article(tmp_path, "a.md", f"---\n{front}---\n\nThe ferry sails again.\n")
    assert (found.title, found.published, found.url, found.outlet, found.byline) == ("yes", None, None, None, None)
    assert found.date_basis == "none"
    assert found.notes == (
        "front matter, line 3: “date” cannot be read from “next Tuesday”; write a date as YYYY-MM-DD",
        "front matter, line 4: “url” cannot be read from “javascript:alert(1)”; "
        "write an address that begins with https:// or http://",
        "front matter, line 5: the key “mood” is not known and was left out",
        "front matter, line 6: “outlet” is not a single text and was left out",
        "front matter, line 8: “language” cannot be read from “the usual”; write a code such as en or de",
    )


def test_what_repeats_by_an_alias_is_refused(tmp_path: Path) -> None:
    rows = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    rows += [f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(read.ReadError, match=r"line 3: “\*a” repeats what stands elsewhere") as caught:
        article(tmp_path, "a.md", "---\n" + "\n".join(rows) + "\ntitle: *i\n---\n\nThe ferry sails again.\n")
    assert caught.value.code == "front matter"
    # an anchor alone, or a star, repeats nothing
    found = article(tmp_path, "a.md", "---\ntitle: &t 5 * 3\n---\n\nThe ferry sails again.\n")
    assert found.title == "5 * 3"


def test_more_marks_than_an_article_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(read.ReadError, match="50,000") as caught:
        article(tmp_path, "a.md", "# Ferry returns\n\n" + "![" * 50_001)
    assert caught.value.code == "too large"
