from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from digest import curate
from digest.decisions import ArticleMeta, Curation
from digest.model import DigestError

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = """# what the desk knows
ferry-returns:
  outlet: Tamm Messenger
  published: 2025-03-05
  url: https://messenger.example/ferry
  language: en-GB
  byline: ~
  why: "the file says nothing: it is a cutting"
  on: 2025-06-01
"""


def sheet(folder: Path, content: str | bytes) -> Path:
    (folder / "articles.yml").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def wrong(folder: Path, content: str | bytes, known: tuple[str, ...] = ("ferry-returns",)) -> list[str]:
    decided, found = curate.read(sheet(folder, content))
    found += curate.misfits(decided, (), known)
    return [problem.replace(f"{folder / 'articles.yml'}", "F") for problem in found]


def test_what_people_decided_is_read(tmp_path: Path) -> None:
    assert curate.load(sheet(tmp_path, GOOD)).articles == {
        "ferry-returns": ArticleMeta(
            outlet="Tamm Messenger",
            published="2025-03-05",
            url="https://messenger.example/ferry",
            language="en",
            why="the file says nothing: it is a cutting",
            on="2025-06-01",
        )
    }
    assert wrong(tmp_path, GOOD) == []
    assert wrong(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()) == []


@pytest.mark.parametrize("content", ["", "# nothing yet\n", None])
def test_nothing_decides_nothing(tmp_path: Path, content: str | None) -> None:
    folder = tmp_path if content is None else sheet(tmp_path, content)
    assert curate.load(folder).articles == {}
    assert curate.load(tmp_path / "nowhere").articles == {}
    assert curate.read(tmp_path / "nowhere")[1] == curate.read(folder)[1] == curate.unread(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- a\n", "F:1: write article ids with keys below them, such as “outlet: Name”"),
        ("ferry-returns:\n\toutlet: A\n", "F:2: the line begins with a tab; YAML is indented with spaces"),
        ("ferry-returns: A\n", "F:1: “ferry-returns” needs keys below it, indented, such as “outlet: Name”"),
        (
            "ferry-returns:\n",
            "F:1: nothing is said about “ferry-returns”; write keys such as “outlet: Name” below it, indented",
        ),
        ("ferry-returns: {outlet: ''}\n", "F:1: “” does not fit “outlet”; write some words or leave the key out"),
        ("ferry-returns:\n  outlet: [A]\n", "F:2: “outlet” takes a single text, not a list or keys of its own"),
        ("ferry-returns:\n  outlets: A\n", "F:2: “outlets” is not a key; did you mean “outlet”?"),
        (
            "ferry-returns:\n  x: A\n",
            "F:2: “x” is not a key; the keys are outlet, published, url, language, title, byline, why, by, on",
        ),
        (
            "ferry-returns:\n  published: 2025-02-30\n",
            "F:2: “2025-02-30” does not fit “published”; write a date as YYYY-MM-DD",
        ),
        ("ferry-returns:\n  on: 1 June\n", "F:2: “1 June” does not fit “on”; write a date as YYYY-MM-DD"),
        (
            "ferry-returns:\n  url: javascript:x\n",
            "F:2: “javascript:x” does not fit “url”; write an address that begins with https:// or http://",
        ),
        (
            "ferry-returns:\n  language: English!\n",
            "F:2: “English!” does not fit “language”; write a code such as en or de",
        ),
        (
            "ferry-returns:\n  outlet: A\n  url: https://x.example\n  outlet: B\n",
            "F:4: “outlet” already stands in line 2; keep one",
        ),
        (
            "ferry-returns: {outlet: A}\nferry-returns: {outlet: B}\n",
            "F:2: “ferry-returns” already stands in line 1; put both together",
        ),
        (
            "? [a]\n: {outlet: A}\n",
            "F:1: the article id is a single word",
        ),
        (
            "ferry-return: {outlet: A}\n",
            "F:1: there is no article “ferry-return”; did you mean “ferry-returns”? Or delete this entry",
        ),
        (
            "\nzzz: {outlet: A}\n",
            "F:2: there is no article “zzz”; its id is the file's name without its ending; or delete this entry",
        ),
        (b"ferry: \xff\n", "F: byte 7 is not UTF-8; save the file as UTF-8"),
    ],
)
def test_each_mistake_is_named_with_its_line(tmp_path: Path, content: str | bytes, problem: str) -> None:
    assert wrong(tmp_path, content) == [problem]


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = wrong(tmp_path, "ferry-returns:\n  title: Ferry: late\n")
    assert problem.startswith("F:2: this is not YAML (")
    assert problem.endswith("; a value with a colon or a mark needs quotation marks")
    (problem,) = wrong(tmp_path, "a\x07: b\n")
    assert problem.startswith("F: this is not YAML (") or problem.startswith("F:1: this is not YAML (")


def test_all_mistakes_are_named_at_once_and_loading_stops_at_the_first(tmp_path: Path) -> None:
    content = "ferry-returns:\n  outlets: A\n  on: soon\n"
    assert [problem[:4] for problem in wrong(tmp_path, content)] == ["F:2:", "F:3:"]
    with pytest.raises(DigestError, match=r"articles\.yml:2: “outlets” is not a key"):
        curate.load(tmp_path)


def test_an_article_that_is_not_there_stops_a_build(tmp_path: Path) -> None:
    decided = curate.load(sheet(tmp_path, GOOD))
    curate.demand(decided, (), {"ferry-returns"})  # it is there, though it could not be read
    with pytest.raises(
        DigestError, match=r"articles\.yml:2: there is no article “ferry-returns”; did you mean “ferry-r"
    ):
        curate.demand(decided, (), {"ferry-return"})


def test_a_file_that_nothing_reads_is_named(tmp_path: Path) -> None:
    (sheet(tmp_path, GOOD) / "actor.yml").write_text("x: y\n")
    (tmp_path / "notes.txt").write_text("x")
    listed = "articles.yml, actors.yml, corrections.yml, topics.yml"
    assert curate.unread(tmp_path) == [
        f"{tmp_path / 'actor.yml'}: nothing reads this file; the files that are read are {listed}"
    ]
    assert list(curate.load(tmp_path).articles) == ["ferry-returns"]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "articles.yml").mkdir()
    _, (problem,) = curate.read(tmp_path)
    assert problem == f"{tmp_path / 'articles.yml'}: this is not a file; move it away, or write a file of this name"


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "articles.yml")
    with pytest.raises(DigestError, match="this is not a file; move it away"):
        curate.load(tmp_path)


def test_a_folder_that_is_none_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "curation").touch()
    with pytest.raises(DigestError, match=re.escape(f"cannot be opened ({os.strerror(errno.ENOTDIR)}); check its")):
        curate.load(tmp_path / "curation")


def test_the_examples_hold_no_mistake() -> None:
    ids = {path.stem for path in (EXAMPLES / "seeds").iterdir()}
    decided = Curation(articles=curate.load(EXAMPLES / "curation").articles)
    assert curate.misfits(decided, (), ids) == curate.unread(EXAMPLES / "curation") == []
    assert len(decided.articles) == 21
