"""A whole site of edited articles, with and without lines that withhold: every file under it is read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from published import decoded, readings, sequence
from repositories import Repository

from digest import build

EXAMPLES = Path(__file__).parents[2] / "examples"
ARTICLE = "court-ostrea"
EARLIER = {
    "cup-final.md": "The captain Vera Ostling and Jonte Wrenk shared the cup.",
    "accord-signed.txt": "Greta Holmwick had been heard before the signing, and so had Tilda Vorn.",
    "bread-fair.txt": "It rained on the loaves for an hour.",
}
"""What stood at the end of an article until it was edited."""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The examples under git, three of their articles edited once, and without a correction."""
    found = Repository(tmp_path_factory.mktemp("withheld") / "press")
    decided = ("actors.yml", "corrections.yml", "topics.yml")
    skipped = shutil.ignore_patterns("site", ".digest", *decided)
    shutil.copytree(EXAMPLES, found.root, ignore=skipped, dirs_exist_ok=True)
    config = found.root / "mkdocs.yml"
    config.write_text(f"{config.read_text(encoding='utf-8')}\nsite_url: https://press.example/\n", encoding="utf-8")
    (found.root / ".gitignore").write_text("site*/\n.digest/\n", encoding="utf-8")
    for name, words in EARLIER.items():
        held = (found.seeds / name).read_text(encoding="utf-8")
        (found.seeds / name).write_text(f"{held}\n\n{words}\n", encoding="utf-8")
    found.commit("2025-06-01")
    for name in EARLIER:
        shutil.copy(EXAMPLES / "seeds" / name, found.seeds / name)
    found.commit("2025-06-02")
    return found


def built(root: Path, folder: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "digest", "build", "-d", folder]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    site = root / folder
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def test_what_is_withheld_stands_nowhere_and_without_the_lines_the_site_is_as_it_was(press: Repository) -> None:
    before = built(press.root, "site1")
    whole = build.edition(build.Settings(press.seeds, press.root / "curation", press.root))
    a, q = next(
        (a, q)
        for a in whole.articles
        for q in a.quotations
        if q.kind == "direct" and [s.id for s in q.speakers] == ["greta-holmwick"] and a.article.language == "en"
    )
    (court,) = (a.article for a in whole.articles if a.article.id == ARTICLE)
    secrets = {
        "jonte wrenk": "actors/jonte-wrenk",
        a.article.text[q.start : q.end]: q.id,
        court.text.splitlines()[0]: f"articles/{ARTICLE}",
        court.text.splitlines()[-1]: f"articles/{ARTICLE}",
        ARTICLE: f"articles/{ARTICLE}",
        "tilda vorn": "articles/accord-signed/#edited",
    }
    # each of them is there to be withheld
    unseen = {words for words in secrets if not any(sequence(words).search(r) for f in before for r in read(before[f]))}
    assert unseen == set()

    file = press.root / "curation" / "corrections.yml"
    reason = "  why: asked for\n  by: desk\n  on: 2025-06-03\n"
    file.write_text("".join(f"- withhold: {what}\n{reason}" for what in dict.fromkeys(secrets.values())), "utf-8")
    hidden = built(press.root, "site2")
    assert {"sitemap.xml", "data/digest.sqlite", "data/quotations.csv", "data/state.json"} <= hidden.keys()
    assert any(name.endswith(".pf_fragment") for name in hidden)
    assert "hold something that is withheld" in hidden["articles/cup-final/index.html"].decode()
    assert "loaves for an hour" in hidden["articles/bread-fair/index.html"].decode(), "others show what was edited"
    patterns = [sequence(words) for words in secrets]
    for name, raw in hidden.items():
        assert "jonte" not in name
        assert ARTICLE not in name
        # a word alone is all that an index of words could tell
        assert b"jonte" not in decoded(raw).lower(), name
        for way in read(raw):
            assert not any(pattern.search(way) for pattern in patterns), name

    file.unlink()
    after = built(press.root, "site3")
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []


def read(raw: bytes) -> list[str]:
    return list(readings(decoded(raw)))
