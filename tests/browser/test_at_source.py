"""Links to the words at the source, on a copy of the source that sets its quotation marks in another way."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from digest import build
from digest.gather import gather
from digest.lines import Line
from digest.page.fragments import at_source, directive

ROOT = Path(__file__).parents[2]
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "»": '"', "«": '"'})
ARTICLES = ("dam-talks-open", "castaar-interview", "abkommen-unterzeichnet", "pressekonferenz-skarne")


@pytest.fixture(scope="module")
def said() -> dict[str, list[Line]]:
    settings = build.Settings(ROOT / "examples" / "seeds", ROOT / "examples" / "curation", ROOT / "examples")
    edition = build.edition(settings)
    gathered = gather(edition, build.site_info(edition, settings))
    return {dossier.article.id: list(dossier.lines) for dossier in gathered.articles}


def original(line: Line) -> str:
    """Return a page with the article as its outlet may set it: each block far below the one before."""
    article = line.article
    blocks = (
        f"<p style='margin-top:2000px' id=b{n}>{escape(article.text[b.start : b.end].translate(STRAIGHT))}</p>"
        for n, b in enumerate(article.blocks)
    )
    head = "<!doctype html><meta charset=utf-8><title>Original</title><link rel=icon href=data:,>"
    return f"{head}{''.join(blocks)}<p style='margin-top:2000px'>"


@pytest.mark.browser
@pytest.mark.parametrize("article", ARTICLES)
def test_the_browser_goes_to_the_words(
    article: str, said: dict[str, list[Line]], served: tuple[Path, str], page: Page
) -> None:
    root, address = served
    (root / "original.html").write_text(original(said[article][0]), encoding="utf-8")
    assert said[article]
    for line in said[article]:
        q, blocks = line.quotation, line.article.blocks
        n = next(n for n, block in enumerate(blocks) if block.start <= q.start < block.end)
        found = directive(line.article.text, q.start, q.end)
        assert found
        assert (at_source(line) or "").endswith(found)
        page.goto("about:blank")  # the same page with another fragment would not be loaded anew
        page.goto(f"{address}original.html#:~:text={found}")
        page.wait_for_function("scrollY > 0")
        shown = page.evaluate(
            "[...document.querySelectorAll('p')].filter(p => { const r = p.getBoundingClientRect();"
            " return p.id && r.bottom > 0 && r.top < innerHeight }).map(p => p.id)"
        )
        assert shown == [f"b{n}"], line.words
