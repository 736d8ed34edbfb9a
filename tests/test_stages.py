"""Where the stages meet: the order of articles, what the search and the report are told, and what git does not say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from editions import IDA, WIRE, Writer, edition

from digest import build, language, repository
from digest.edition import Skipped
from digest.model import SAYS, Analysis
from digest.output import KIND_WORDS


def written() -> list[Writer]:
    echo = Writer("echo", published="2025-03-04")
    echo.says(IDA, "The bridge will stand in May", via=(WIRE,))
    echo.says(None, "Nobody told me")
    echo.mixes(IDA, "the old one was", "tired", " of us")
    blank = Writer("blank", outlet=None, published=None)
    blank.reports(IDA, "nobody would drown")
    return [echo, blank]


def test_articles_are_newest_first_undated_ones_last_then_by_id() -> None:
    dates = {"b": "2025-03-04", "a": "2025-03-04", "z": None, "n": "2025-03-05"}
    found: list[Analysis] = [Writer(id_, published=date).analysis() for id_, date in dates.items()]
    assert [a.article.id for a in build.newest_first(found)] == ["n", "a", "b", "z"]
    assert build.newest_first(found[::-1]) == build.newest_first(found)


def test_the_search_is_told_of_every_article_and_of_all_that_is_speech() -> None:
    whole = edition(*written())
    records = build.search_records(whole)
    spoken = [(a, q) for a in whole.articles for q in a.quotations if q.kind in SAYS]
    assert [r.url for r in records if r.kind == "article"] == ["articles/echo/", "articles/blank/"]
    assert [r.url for r in records if r.kind == "quotation"] == [f"articles/{a.article.id}/#{q.id}" for a, q in spoken]
    for (analysis, q), record in zip(spoken, [r for r in records if r.kind == "quotation"], strict=True):
        assert record.meta["words"] == analysis.article.text[q.start : q.end]
        assert record.filters["kind"] == (KIND_WORDS[q.kind],)
        assert record.filters["speaker"] == (("Ida Quill",) if q.speaker else ("unnamed",))


def test_the_report_counts_what_was_found_and_lists_what_was_skipped() -> None:
    skipped = Skipped("b.pdf", "format", "It is no text.")
    found = build.report(edition(*written(), skipped=(skipped,)))
    counts = {key: found[key] for key in ("found", "published", "quotations", "speakers", "unresolved")}
    assert counts == {
        "found": 3,
        "published": 2,
        "quotations": 4,
        "speakers": 1,
        "unresolved": 0,
    }  # a nominal is an answer
    assert found["skipped"] == [{"path": "b.pdf", "code": "format", "reason": "It is no text."}]


def test_a_git_that_does_not_answer_costs_the_commit_and_not_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 30\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(repository, "PATIENCE", 0.1)
    assert repository.commit(tmp_path, tmp_path) is None


def test_the_commit_is_named_only_where_it_holds_the_articles(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("Rain\n\nIt rained.\n", encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run([*git, *arguments], check=True)
    commit = repository.commit(tmp_path, seeds)
    assert commit is not None
    (tmp_path / "notes.txt").write_text("beside the articles", encoding="utf-8")
    assert repository.commit(tmp_path, seeds) == commit
    (seeds / "a.txt").write_text("Rain\n\nIt poured.\n", encoding="utf-8")
    assert repository.commit(tmp_path, seeds) is None


def test_an_example_of_a_language_is_found_however_its_heading_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shutil.copy(language.FOLDER / "en.toml", tmp_path)
    text = Path(path).read_text(encoding="utf-8")
    before, heading, after = text.partition("[[examples]]\n")
    assert heading
    # the first example now says what is not so
    changed = f"{before}[[ examples ]] # as TOML allows\n{after.replace('direct |', 'mixed |', 1)}"
    Path(path).write_text(changed, encoding="utf-8")
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    language.available.cache_clear()
    language.load.cache_clear()
    try:
        (problem,) = build.language_problems()
    finally:
        language.available.cache_clear()
        language.load.cache_clear()
    assert problem.startswith(f"languages/en.toml:{before.count(chr(10)) + 1}: ")
