"""What docs/collecting.md says is so."""

from __future__ import annotations

import re
from inspect import signature
from pathlib import Path

from digest import read, workers
from digest.collect import Limits, Manners, Options, asking, manners, state, stories
from digest.read import facts

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "collecting.md").read_text(encoding="utf-8")
SAID = re.sub(r"\s+", " ", PAGE)


def test_the_limits_are_those_of_the_program() -> None:
    limits, guest = Limits(), Manners()
    said = f"An answer may have {limits.body:,} bytes, also when unpacked; it may take {limits.total} seconds in all"
    assert said in SAID
    assert f"{limits.read} between two of them and {limits.connect} to connect" in SAID
    assert (manners.REDIRECTS, "Five redirects are followed" in SAID) == (5, True)
    assert (asking.HOSTS, "Eight hosts are asked at once" in SAID) == (8, True)
    assert (guest.delay, "there is at least a second" in SAID) == (1, True)
    assert SAID.count(f"{guest.patience:.0f} seconds") == 3
    assert (guest.run, "after half an hour" in SAID) == (1_800, True)
    assert (stories.FULL, "if it has a hundred words or more" in SAID) == (100, True)
    apart = workers.Limits()
    assert (apart.memory, f"more than {apart.seconds:.0f} seconds or 1 GB" in SAID) == (1_000_000_000, True)
    defaults = {name: each.default for name, each in signature(Options).parameters.items()}
    assert f"takes {defaults['most']} new stories of a feed" in SAID
    assert (defaults["days"], "asked for again for two days" in SAID) == (2, True)
    assert f"`seeds/{state.NAME}`" in SAID


def test_the_example_is_a_file_that_is_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```markdown\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "story.md"
    path.write_text(example, encoding="utf-8")
    article = read.read(path, tmp_path, None, ("en",))
    assert (article.title, article.outlet, article.published) == ("Quay stays shut", "Harbour Courier", "2025-05-06")
    assert article.notes == ()


def test_the_keys_that_collecting_writes_are_named() -> None:
    said = re.sub(r"\s+", " ", (DOCS / "curation.md").read_text(encoding="utf-8"))
    assert f"What stands under `{facts.NOTE}`" in said
    assert all(f"`{key}`" in said for key in facts.OF_COLLECTING)
