"""How articles were edited, as git tells it: real repositories, however they came about."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from repositories import Repository, story

from digest import articles, repository, versions
from digest.decisions import ArticleMeta
from digest.edition import History
from digest.model import Analysis


@pytest.fixture
def press(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "press")


def histories(seeds: Path, cache: Path | None = None) -> tuple[History, ...]:
    found = [a for a in articles.analyse([seeds]) if isinstance(a, Analysis)]
    return versions.histories(seeds, found, {}, cache)


def told(history: History) -> list[tuple[str | None, str | None, str]]:
    """Each version with its commit, its date and its last line."""
    return [(v.commit, v.date, v.analysis.article.text.split("\n\n")[-1].strip()) for v in history.versions]


def test_an_article_that_was_never_edited_has_no_history(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    press.commit("2025-03-01")
    press.write("other.txt", story("Two."))
    press.commit("2025-03-02")
    press.write("not-yet-there.txt", story("Three."))
    assert histories(press.seeds) == ()


def test_articles_in_a_file_that_holds_many_have_no_history(press: Repository) -> None:
    """Git does not tell which of them an edit changed; one alone in such a file is told of as any other."""
    item = '{"uri": "urn:tarn:1", "headline": "Quay", "body_text": "“One,” said Ida Quill."}'
    press.write("one.json", item)
    press.write("many.json", f"[{item}]")
    press.write("bridge.txt", story("One."))
    press.commit("2025-03-01")
    for name, content in (("one.json", item), ("many.json", f"[{item}]"), ("bridge.txt", story("One."))):
        press.write(name, content.replace("One", "Two"))
    press.commit("2025-03-02")
    assert [found.article for found in histories(press.seeds)] == ["bridge", "one"]
    # the file held one article once, and holds many now
    press.write("one.json", f"[{item}]")
    press.commit("2025-03-03")
    assert [found.article for found in histories(press.seeds)] == ["bridge"]
    press.write("one.json", item)
    found = {each.article: each for each in histories(press.seeds)}
    assert found["one"].unread == 1


def test_two_edits_are_two_versions_before_the_one_of_today(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    press.commit("2025-03-01")
    press.write("bridge.txt", story("Two."))
    second = press.commit("2025-03-02")
    press.write("bridge.txt", story("Three."))
    third = press.commit("2025-03-05")
    (found,) = histories(press.seeds)
    assert found.article == "bridge"
    assert told(found) == [(third, "2025-03-05", "Three."), (second, "2025-03-02", "Two."), (None, None, "One.")]
    assert (found.older, found.unread, found.cut, found.withheld) == (0, 0, False, False)
    # a version is read as the article is: the same quotation has the same id
    assert len({v.analysis.quotations[0].id for v in found.versions}) == 1


def test_an_edit_that_is_not_committed_is_the_newest(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    press.commit("2025-03-01")
    press.write("bridge.txt", story("Two."))
    for staged in (False, True):
        if staged:
            press.git("add", "--all")
        (found,) = histories(press.seeds)
        assert told(found) == [(None, None, "Two."), (None, None, "One.")]


def test_a_merge_is_one_edit_whatever_was_done_beside_it(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    press.commit("2025-03-01")
    press.git("checkout", "-q", "-b", "desk")
    for day, words in (("2025-03-02", "Two."), ("2025-03-03", "Three.")):
        press.write("bridge.txt", story(words))
        press.commit(day)
    press.git("checkout", "-q", "main")
    press.write("other.txt", story("Four."))
    press.commit("2025-03-04")
    press.git("merge", "-q", "--no-ff", "-m", "Merge", "desk", day="2025-03-05")
    (found,) = histories(press.seeds)
    assert told(found) == [
        (press.git("rev-parse", "HEAD"), "2025-03-05", "Three."),
        (None, None, "One."),
    ]


def test_a_renamed_file_takes_its_past_along(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    press.write("other.txt", story("Something else."))
    press.commit("2025-03-01")
    press.write("bridge.txt", story("Two."))
    second = press.commit("2025-03-02")
    (press.seeds / "2025").mkdir()
    press.git("mv", "seeds/bridge.txt", "seeds/2025/bridge.txt")
    press.commit("2025-03-03")
    press.write("bridge.txt", story("This one is new under the old name."))
    press.commit("2025-03-04")
    by_path = repository.past(press.seeds, 10, 100).edits
    assert {path: [e.commit for e in edits] for path, edits in by_path.items()} == {b"2025/bridge.txt": [second]}


def test_what_was_deleted_does_not_come_back_with_a_file_of_the_same_name(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    press.write("other.txt", story("Other."))
    press.commit("2025-03-01")
    press.write("bridge.txt", story("Two."))
    press.commit("2025-03-02")
    (press.seeds / "bridge.txt").unlink()
    press.commit("2025-03-03")
    assert histories(press.seeds) == ()
    press.write("bridge.txt", story("Three."))
    press.commit("2025-03-04")
    assert histories(press.seeds) == ()
    press.write("bridge.txt", story("Four."))
    fifth = press.commit("2025-03-05")
    (found,) = histories(press.seeds)
    assert told(found) == [(fifth, "2025-03-05", "Four."), (None, None, "Three.")]


def test_a_shallow_clone_tells_less_and_says_so(press: Repository, tmp_path: Path) -> None:
    for n, words in enumerate(("One.", "Two.", "Three."), 1):
        press.write("bridge.txt", story(words))
        press.commit(f"2025-03-0{n}")
    clones = {}
    for depth in (1, 2, 3):
        clone = tmp_path / str(depth)
        press.git("clone", "-q", "--depth", str(depth), f"file://{press.root}", str(clone))
        clones[depth] = histories(clone / "seeds")
    assert clones[1] == ()
    assert [(len(h.versions), h.cut) for h in clones[2]] == [(2, True)]
    assert [len(h.versions) for h in clones[3]] == [3]


def test_files_of_odd_names_and_versions_that_are_no_text(press: Repository) -> None:
    names = [
        "two words.txt",
        "ünïcode.txt",
        "line\nbreak.txt",
        "\x01tab\there.txt",
        ":colon.txt",
        os.fsdecode(b"\xff.txt"),
    ]
    for name in names:
        press.write(name, story("One."))
    press.write("broken.txt", story("One."))
    press.commit("2025-03-01")
    press.write("broken.txt", b"\x00\x01\x02PNG\xff" * 50)
    press.commit("2025-03-02")
    for name in names:
        press.write(name, story("Two."))
    press.write("broken.txt", story("Three."))
    third = press.commit("2025-03-03")
    found = histories(press.seeds)
    assert len(found) == len(names) + 1
    assert {len(h.versions) for h in found} == {2}
    (broken,) = (h for h in found if h.article == "broken")
    assert broken.unread == 1
    assert told(broken) == [(third, "2025-03-03", "Three."), (None, None, "One.")]


def test_a_link_a_mode_and_another_folder_are_no_edits(press: Repository) -> None:
    press.write("bridge.txt", story("One."))
    (press.seeds / "link.txt").symlink_to("bridge.txt")
    (press.root / "notes.txt").write_text("One.", encoding="utf-8")
    press.commit("2025-03-01")
    (press.seeds / "bridge.txt").chmod(0o755)
    (press.root / "notes.txt").write_text("Two.", encoding="utf-8")
    (press.seeds / "link.txt").unlink()
    press.write("link.txt", story("Two."))
    press.commit("2025-03-02")
    assert histories(press.seeds) == ()


def test_only_the_latest_edits_are_looked_into_and_the_others_counted(
    press: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(1, 6):
        press.write("bridge.txt", story(f"No. {n}"))
        press.write("quay.txt", story(f"Quay no. {min(n, 2)}"))
        press.commit(f"2025-03-0{n}")
    monkeypatch.setattr(versions, "MOST", 2)
    assert [(h.article, len(h.versions), h.older) for h in histories(press.seeds)] == [("bridge", 3, 2), ("quay", 2, 0)]
    monkeypatch.setattr(versions, "MOST", 10)
    monkeypatch.setattr(versions, "MOST_IN_ALL", 3)
    assert [(h.article, len(h.versions), h.older) for h in histories(press.seeds)] == [("bridge", 4, 1), ("quay", 1, 1)]


def test_without_git_there_is_no_history(tmp_path: Path, press: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = tmp_path / "plain" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "bridge.txt").write_text(story("One."), encoding="utf-8")
    assert histories(seeds) == ()
    press.write("bridge.txt", story("One."))
    assert histories(press.seeds) == ()  # no commit yet
    press.commit("2025-03-01")
    press.write("bridge.txt", story("Two."))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert histories(press.seeds) == ()


def test_contents_that_are_missing_or_too_large_are_left_out(press: Repository) -> None:
    press.write("bridge.txt", b"small\n\x00\n")
    press.write("large.txt", "large" * 100)
    press.commit("2025-03-01")
    small, large = (press.git("rev-parse", f"HEAD:seeds/{name}.txt") for name in ("bridge", "large"))
    found = list(repository.contents(press.seeds, [large, "0" * 40, small], 100))
    assert found == [(small, b"small\n\x00\n")]


def test_a_version_is_read_once_and_in_the_language_of_today(
    press: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.write("bridge.txt", "Brücke zu\n\n„Die Brücke ist zu“, sagte Ida Quill.\n")
    press.commit("2025-03-01")
    press.write("bridge.txt", story("Two."))
    press.commit("2025-03-02")
    found = [a for a in articles.analyse([press.seeds]) if isinstance(a, Analysis)]
    metas = {"bridge": ArticleMeta(outlet="Osterfeld Echo")}
    cache = tmp_path / "versions.sqlite"
    first = versions.histories(press.seeds, found, metas, cache)
    assert [v.analysis.article.language for v in first[0].versions] == ["en", "en"]
    assert first[0].versions[1].analysis.article.outlet == "Osterfeld Echo"

    def never(job: articles.Job) -> None:
        raise AssertionError(job)

    monkeypatch.setattr(articles, "_run", never)
    assert versions.histories(press.seeds, found, metas, cache) == first


def test_nothing_is_asked_of_git_for_its_contents_where_nothing_was_edited(
    press: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.write("bridge.txt", story("One."))
    press.commit("2025-03-01")
    asked = []
    run = subprocess.run

    def noted(command: list[str], **more: object) -> object:
        asked.append(command[3])
        return run(command, **more)  # type: ignore[call-overload] - passed on as it is

    monkeypatch.setattr(subprocess, "run", noted)
    assert histories(press.seeds) == ()
    assert asked == ["log", "diff"]
