"""Whatever a file holds, it becomes an article that keeps its promises, or a ReadError."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import LANGUAGES, article

from digest import read
from digest.model import Article
from digest.text import clean

SEEDS = Path(__file__).parents[2] / "examples" / "seeds"
TAGS = st.sampled_from(["p", "div", "h1", "li", "br", "b", "table", "td", "html", "body", "title", "script", "article"])
MARKUP = st.lists(
    st.one_of(
        st.text(max_size=20),
        TAGS.map("<{}>".format),
        TAGS.map("</{}>".format),
        TAGS.map("<{} class='byline'>".format),
        st.sampled_from(
            ["---\n", "title: x\n", "# ", "> ", "- ", "```\n", "\n\n", "<!--", "]]>", "&#8;", "&amp;", "|", "\\"]
        ),
    ),
    max_size=40,
).map("".join)


def holds(found: Article) -> None:
    assert found.text == clean(found.text)
    assert found.title.strip()
    assert found.blocks
    end = 0
    for block in found.blocks:
        assert end <= block.start < block.end <= len(found.text)
        words = found.text[block.start : block.end]
        assert words == words.strip()
        end = block.end
    assert sum(b.kind == "title" for b in found.blocks) <= 1
    covered = "".join(found.text[b.start : b.end] for b in found.blocks)
    assert "".join(covered.split()) == "".join(found.text.split())


def outcome(reading: Callable[[], Article]) -> Article | read.ReadError:
    try:
        return reading()
    except read.ReadError as error:
        return error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(read.FORMATS)),
    st.one_of(st.binary(max_size=400), st.text().map(str.encode), MARKUP.map(str.encode)),
)
@example(".html", b"<html><body><?xml")
@example(".md", b"---\n? [a, b]\n: c\n---\nx")
@example(".md", b"<div><table><td>a")
@example(".txt", b"\xff\xfea")
def test_any_bytes(ending: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = outcome(lambda: article(Path(folder), f"a{ending}", data))
    if isinstance(found, read.ReadError):
        assert found.code
        assert len(str(found).splitlines()) == 1
        # a worker process hands it back
        assert str(pickle.loads(pickle.dumps(found))) == str(found)  # noqa: S301 - pickled in the same line
    else:
        holds(found)


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_on_standard_input(text: str) -> None:
    found = outcome(lambda: read.from_text(text, "-", LANGUAGES))
    if isinstance(found, read.ReadError):
        assert found.code == "empty"
    else:
        holds(found)


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda p: p.name)
def test_every_example_is_read_without_a_doubt(path: Path) -> None:
    found = read.read(path, SEEDS, None, LANGUAGES)
    holds(found)
    assert found.notes == ()
    assert found.blocks[0].kind == "title"
    if path.suffix != ".txt":
        assert None not in (found.outlet, found.published, found.url, found.byline)
