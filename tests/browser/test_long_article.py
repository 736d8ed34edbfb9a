"""A very long article goes on on further pages, and the address of a quotation still leads to its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sites import ROOT, build

pytestmark = pytest.mark.browser


def test_the_address_of_a_quotation_leads_to_its_page(page: Page, served: tuple[Path, str]) -> None:
    root, address = served
    monitor = root / "long-monitor"
    (monitor / "seeds").mkdir(parents=True)
    paragraphs = [
        f"“The weir needs {n} new gates and {n + 7} beams of oak,” Ida Quill said on day {n}." for n in range(300)
    ]
    (monitor / "seeds" / "weir.txt").write_text("The long hearing\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
    (monitor / "docs").mkdir()
    (monitor / "docs" / "about.md").write_text("# About\n", encoding="utf-8")
    config = (ROOT / "examples" / "mkdocs.yml").read_text(encoding="utf-8")
    (monitor / "mkdocs.yml").write_text(config, encoding="utf-8")
    build(monitor / "mkdocs.yml", root / "long")
    page.goto(f"{address}long/articles/weir/")
    last = page.locator(".onward a[id]").last
    quotation, number = last.get_attribute("id"), last.text_content()
    assert number == "300"
    page.goto(f"{address}long/articles/weir/#{quotation}")
    page.wait_for_url(f"**/articles/weir/*/#{quotation}")
    expect(page.locator(f".text [id='{quotation}']")).to_contain_text("The weir needs 299 new gates")
    expect(page.locator(f".text [id='{quotation}']")).to_be_in_viewport()
