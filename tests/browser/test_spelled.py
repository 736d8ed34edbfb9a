"""Any spelling of a name, or of a word, finds what was printed in another."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page
from searching import open_search
from sites import Site, build

pytestmark = pytest.mark.browser

ARTICLES = {
    "vault.txt": """Vault closes

Osterfeld. “The vault stays closed,” said Ali Khamenei. Ilse Gröbel of Zürich, the mayor, told the Echo: “We will wait.”
""",
    "bread.txt": """Bread is dear

Osterfeld. “Bread will be dear,” said Jost Muerkl of Łódź. The World Health Organization said that it would wait.
""",
    "brot.txt": """Brot wird teuer

Osterfeld. „Das Brot wird teuer“, sagte Ilse Gröbel, die Bürgermeisterin. Deutschland wartet, teilte Ali Chamenei mit.
""",
}


@pytest.fixture(scope="module")
def spelled(served: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Site:
    root, address = served
    monitor = tmp_path_factory.mktemp("spelled")
    for folder in ("seeds", "docs", "curation"):
        (monitor / folder).mkdir()
    for name, text in ARTICLES.items():
        (monitor / "seeds" / name).write_text(text, encoding="utf-8")
    config = {"site_name": "Spelled", "theme": {"name": "digest"}, "plugins": ["digest"]}
    (monitor / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    build(monitor / "mkdocs.yml", root / "spelled")
    return Site(root / "spelled", address + "spelled/")


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        *((way, "Ali Khamenei") for way in ("Хаменеи", "Али Хаменеи", "خامنه‌ای", "Chamenei", "khamenei")),
        *((way, "Ilse Gröbel") for way in ("Gröbel", "Grobel", "Groebel", "GROEBEL")),
        *((way, "Jost Muerkl") for way in ("Muerkl", "Mürkl", "Murkl", "Łódź", "Lodz")),
        *((way, "World Health Organization") for way in ("WHO", "Weltgesundheitsorganisation")),
    ],
)
def test_any_spelling_finds_it(page: Page, spelled: Site, typed: str, speaker: str) -> None:
    assert open_search(page, spelled, f"?q={quote(typed)}") > 0
    assert speaker in page.inner_text("#results")


def test_every_spelling_of_a_town_finds_the_same(page: Page, spelled: Site) -> None:
    found = [open_search(page, spelled, f"?q={quote(way)}&type=article") for way in ("Zürich", "Zurich", "Zuerich")]
    assert found == [1, 1, 1]


def test_a_state_is_found_in_any_language(page: Page, spelled: Site) -> None:
    for way in ("Deutschland", "Germany", "Германия", "ألمانيا"):
        assert open_search(page, spelled, f"?q={quote(way)}&language=de&type=article") == 1, way
