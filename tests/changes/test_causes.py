"""Two real builds of one monitor, and the cause that is told for what changed between them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from digest import build, changes
from digest.since import Changes

BRIDGE = "Mayor promises a bridge\n\n“The bridge will stand in May,” said Ida Quill, the mayor of Osterfeld.\n"
QUAY = "Quay stays shut\n\n“It is not safe,” said Bram Oxley, a harbour engineer. “Ask the cranes,” he said.\n"
WHY = "why: seen in print, by: Nora Feld, on: 2025-06-01"


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    for folder in ("seeds", "curation", ".digest"):
        (tmp_path / folder).mkdir()
    (tmp_path / "seeds" / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "seeds" / "quay.txt").write_text(QUAY, encoding="utf-8")
    published(tmp_path)
    return tmp_path


def made(root: Path) -> build.Built:
    state = root / ".digest" / "state.json"
    return build.built(build.Settings(root / "seeds", root / "curation", root, state=state))


def published(root: Path) -> None:
    """Build, and keep the state where the workflows put the one that they fetch."""
    (root / ".digest" / "state.json").write_bytes(changes.dump(made(root).state))


def causes(root: Path) -> dict[tuple[str, str], int]:
    return dict(Counter((change.kind, change.cause) for change in since(root).quotations))


def since(root: Path) -> Changes:
    found = made(root).changes
    assert found is not None
    return found


def test_without_an_earlier_state_nothing_is_compared(monitor: Path) -> None:
    (monitor / ".digest" / "state.json").unlink()
    assert made(monitor).changes is None


def test_nothing_is_told_where_nothing_changed(monitor: Path) -> None:
    assert since(monitor).nothing


def test_a_new_article(monitor: Path) -> None:
    (monitor / "seeds" / "rain.txt").write_text("Rain\n\n“It pours,” said Ida Quill.\n", encoding="utf-8")
    assert causes(monitor) == {("added", "new article"): 1}
    assert since(monitor).articles == ("rain",)


def test_an_article_that_is_gone(monitor: Path) -> None:
    (monitor / "seeds" / "quay.txt").unlink()
    assert causes(monitor) == {("removed", "article removed"): 2}


def test_an_edited_article(monitor: Path) -> None:
    (monitor / "seeds" / "bridge.txt").write_text(BRIDGE.replace("in May", "in June"), encoding="utf-8")
    assert causes(monitor) == {("added", "edited article"): 1, ("removed", "edited article"): 1}
    assert since(monitor).edited == ("bridge",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("merge: [ida-quill, bram-oxley]", {("re-attributed", "curation"): 2}),
        ("reject: bram-oxley", {("re-attributed", "curation"): 2}),
        ("rename: ida-quill, to: Mayor Quill", {}),
        ("topic: bridge, add: 'medtop:04000000'", {}),
    ],
)
def test_a_line_of_curation_and_taking_it_back(monitor: Path, line: str, expected: dict[tuple[str, str], int]) -> None:
    file = monitor / "curation" / "corrections.yml"
    bare = made(monitor)
    file.write_text(f"- {{{line}, {WHY}}}\n", encoding="utf-8")
    assert causes(monitor) == expected
    assert not since(monitor).nothing
    published(monitor)
    file.unlink()
    assert causes(monitor) == expected, "the way back has the same cause"
    assert (made(monitor).edition, made(monitor).state) == (bare.edition, bare.state)


def test_a_new_version_of_the_program(monitor: Path) -> None:
    """The state of a program that gave one quotation to somebody else and did not find another."""
    path = monitor / ".digest" / "state.json"
    state = json.loads(path.read_bytes())
    first, second = state["articles"]["quay"]["quotations"]
    state["program"] = "an earlier one"
    state["articles"]["quay"]["quotations"][first] = ["ida-quill"]
    del state["articles"]["quay"]["quotations"][second]
    path.write_text(json.dumps(state), encoding="utf-8")
    assert causes(monitor) == {
        ("re-attributed", "new version of the program"): 1,
        ("added", "new version of the program"): 1,
    }


def test_several_causes_at_once_are_told_apart(monitor: Path) -> None:
    path = monitor / ".digest" / "state.json"
    state = json.loads(path.read_bytes())
    state["program"] = "an earlier one"
    path.write_text(json.dumps(state), encoding="utf-8")
    (monitor / "seeds" / "rain.txt").write_text("Rain\n\n“It pours,” said Tom Ferrow.\n", encoding="utf-8")
    (monitor / "seeds" / "bridge.txt").write_text(BRIDGE.replace("in May", "in June"), encoding="utf-8")
    (monitor / "curation" / "corrections.yml").write_text(f"- {{reject: bram-oxley, {WHY}}}\n", encoding="utf-8")
    assert causes(monitor) == {
        ("added", "new article"): 1,
        ("added", "edited article"): 1,
        ("removed", "edited article"): 1,
        ("re-attributed", "curation"): 2,
    }
