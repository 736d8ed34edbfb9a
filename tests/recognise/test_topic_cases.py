"""Invented articles and the topics they must and must not have (``topics/en.toml``, ``topics/de.toml``)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from digest import knowledge, language
from digest.model import Article, Block, BlockKind
from digest.recognise import topics

FOLDER = Path(__file__).parent / "topics"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One article, with the topic expected first, those that must come too and those that must not, by their names."""

    text: str
    first: str = ""
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cases of one language."""

    case: tuple[Case, ...]


CASES = {code: msgspec.toml.decode((FOLDER / f"{code}.toml").read_bytes(), type=File).case for code in ("en", "de")}


def article(text: str) -> Article:
    made, blocks = "", []
    for line in text.strip().splitlines():
        kind: BlockKind = "paragraph" if made else "title"
        blocks.append(Block(kind, len(made), len(made) + len(line)))
        made += line + "\n\n"
    return Article("a", "a.txt", text.strip().splitlines()[0], made, tuple(blocks))


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in CASES.items() for case in cases])
def test_an_article_has_the_topics_it_is_about(code: str, case: Case) -> None:
    found = {match.name: match.evidence for match in topics(article(case.text), language.load(code))}
    assert not case.first or next(iter(found), None) == case.first, found
    assert set(case.also) <= set(found), found
    assert set(case.never).isdisjoint(found), found


def test_there_are_cases_enough_and_each_says_something() -> None:
    names = {topic.name for topic in knowledge.load_topics()}
    branches = {topic.name: topic.top for topic in knowledge.load_topics()}
    for cases in CASES.values():
        assert len(cases) >= 60
        assert sum(bool(case.never) for case in cases) >= 15
        assert all(case.first or case.never for case in cases)
        assert {*(n for case in cases for n in (case.first, *case.also, *case.never) if n)} <= names
        assert len({branches[case.first] for case in cases if case.first}) >= 14
