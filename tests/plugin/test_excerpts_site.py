"""A whole site of excerpts: no file of it holds a sentence that is not published, whatever its format."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from digest import articles, build, language
from digest.excerpts import excerpted
from digest.gather import gather
from digest.model import Analysis
from digest.recognise import sentences_in

ROOT = Path(__file__).parents[2]
PRESS = ["git", "-c", "user.name=desk", "-c", "user.email=desk@press.example"]
FULL = "Veldmark Examiner"
LEAST = 5
"""Words of a sentence from which on it is nobody else's."""
EDITED = "dam-talks-open.txt"
EARLIER = "The hall of the old customs house was colder than the river on that morning."


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, one of them with an earlier version, of which all but one outlet's are excerpts."""
    root = tmp_path_factory.mktemp("monitor")
    for name in ("seeds", "curation", "docs"):
        shutil.copytree(ROOT / "examples" / name, root / name)
    options = {"publish": "excerpts", "publish_by_outlet": {FULL: "full"}}
    config = {"site_name": "Ilve", "theme": {"name": "digest"}, "docs_dir": "docs", "plugins": [{"digest": options}]}
    (root / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    (root / ".gitignore").write_text("site/\n.digest/\n", encoding="utf-8")
    subprocess.run([*PRESS, "init", "-q"], cwd=root, check=True)
    today = (root / "seeds" / EDITED).read_text(encoding="utf-8")
    for text in (f"{today.rstrip()}\n\n{EARLIER}\n", today):
        (root / "seeds" / EDITED).write_text(text, encoding="utf-8")
        subprocess.run([*PRESS, "add", "--all"], cwd=root, check=True)
        subprocess.run([*PRESS, "commit", "-q", "-m", "Press"], cwd=root, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "digest", "build"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 3), done.stderr
    return root


@pytest.fixture(scope="module")
def whole(monitor: Path) -> dict[str, Analysis]:
    found = build.edition(build.Settings(monitor / "seeds", monitor / "curation", monitor))
    return {analysis.article.id: analysis for analysis in found.articles}


def plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def sentences(analysis: Analysis) -> list[tuple[int, int]]:
    return sentences_in(analysis.article, language.load(analysis.article.language))


def told(site: Path) -> Iterator[tuple[str, str]]:
    """Yield what every file of the site says, as words: HTML without its elements, JSON without its escapes."""
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        text = data.decode("utf-8", "replace")
        yield path.relative_to(site).as_posix(), plain(text)
        if path.suffix == ".html":
            yield path.relative_to(site).as_posix(), plain(BeautifulSoup(text, "html.parser").get_text(" "))
            yield path.relative_to(site).as_posix(), plain(BeautifulSoup(text, "html.parser").get_text(""))
        else:
            yield path.relative_to(site).as_posix(), plain(unescape(text.replace("\\n", " ").replace('\\"', '"')))


def test_nothing_that_is_left_out_stands_in_any_file(monitor: Path, whole: dict[str, Analysis]) -> None:
    hidden, public = set(), []
    for analysis in whole.values():
        article = analysis.article
        kept = article if article.outlet == FULL else excerpted(analysis, sentences(analysis)).article
        public.append(plain(kept.title + " " + kept.piece(0, len(kept.text))))
        for start, end in sentences(analysis):
            if not kept.text[start:end].strip():
                hidden.add(plain(article.text[start:end]))
    hidden = {words for words in hidden if len(words.split()) >= LEAST and not any(words in text for text in public)}
    assert len(hidden) > 100
    hidden.add(plain(EARLIER))
    files = list(told(monitor / "site"))
    assert len({name for name, _ in files}) > 200
    assert [(name, words) for name, text in files for words in hidden if words in text] == []


def test_every_quotation_stands_on_the_page_of_its_article(monitor: Path, whole: dict[str, Analysis]) -> None:
    for analysis in whole.values():
        page = (monitor / "site" / "articles" / analysis.article.id / "index.html").read_text(encoding="utf-8")
        soup = BeautifulSoup(page, "html.parser")
        for node in soup.select("a.ref, .left-out, .l-ed > span"):
            node.decompose()
        text = plain(soup.select_one("main").get_text(""))  # type: ignore[union-attr] - every page has one
        for q in analysis.quotations:
            if q.kind in ("direct", "mixed", "indirect"):
                words = analysis.article.text[q.start : q.end]
                assert all(plain(line) in text for line in words.splitlines()), words


def test_a_page_of_excerpts_says_so_and_others_do_not(monitor: Path, whole: dict[str, Analysis]) -> None:
    for analysis in whole.values():
        page = (monitor / "site" / "articles" / analysis.article.id / "index.html").read_text(encoding="utf-8")
        cut = excerpted(analysis, sentences(analysis)).article.gaps
        says = bool(cut) and analysis.article.outlet != FULL
        assert ("<b>Excerpts.</b>" in page) == says, analysis.article.id
        assert ('class="left-out"' in page) == says
        rows = [row.get_text(" ", strip=True) for row in BeautifulSoup(page, "html.parser").select(".text .row > p")]
        twice = [b for a, b in pairwise(rows) if a.endswith("[…]") and b == "words left out […]"]
        assert twice == [], "a gap has one sign"
        assert 'id="differs"' not in page, "the examples have no two reports that are both whole"


def test_how_much_two_texts_share_is_counted_in_the_whole(monitor: Path) -> None:
    page = (monitor / "site" / "articles" / "talks-begin-at-skarne" / "index.html").read_text(encoding="utf-8")
    settings = build.Settings(monitor / "seeds", monitor / "curation", monitor)
    full = build.edition(settings)
    gathered = gather(full, build.site_info(full, settings))
    dossier = next(d for d in gathered.articles if d.article.id == "talks-begin-at-skarne")
    shares = [f"{other.share} in 100" for other in (*dossier.reports, *dossier.shared)]
    assert shares
    assert re.findall(r"\d+ in 100", page.partition('id="reports"')[2] or page.partition('id="shared"')[2]) == shares


def test_a_misspelled_outlet_ends_the_build(monitor: Path, tmp_path: Path) -> None:
    config = (monitor / "mkdocs.yml").read_text(encoding="utf-8").replace(FULL, "Veldmark Examinor")
    (monitor / "wrong.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "digest", "build", "-f", "wrong.yml", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=monitor, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"did you mean “{FULL}”?" in " ".join(done.stderr.split())


def test_the_commands_show_whole_texts(monitor: Path) -> None:
    (found,) = articles.analyse([monitor / "seeds" / "castaar-interview.md"])
    assert isinstance(found, Analysis)
    assert found.article.gaps == ()
