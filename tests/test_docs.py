"""What the papers say is so: names, numbers, links and examples are compared with the program.

Commands, options and exit codes are held by ``cli/test_documented.py``, the keys of a language file by
``language/test_language.py``, the keys and columns of the exports by ``export/test_export.py``.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from importlib.metadata import metadata, packages_distributions
from pathlib import Path

import pytest

import digest
from digest import build, confidence, curate, read, versions, workers
from digest.cli import cli
from digest.curate import corrections
from digest.decisions import ArticleMeta, KnownAs
from digest.edition import Edition, Skipped
from digest.export.places import AROUND
from digest.gather import (
    answers,
    chosen,
    compare,
    difference,
    edits,
    highlights,
    pairing,
    rivalry,
    silence,
    stories,
    time,
)
from digest.gather.briefings import BEFORE, CHANCE, LEAST, SEVERAL, SPEAKERS
from digest.gather.front import AN_ARTICLE, LONGEST, SHORTEST
from digest.gather.network import DRAWN, TELLING, TOPICS
from digest.gather.network import LEAST as LINES
from digest.gather.stances import BEHIND
from digest.gather.time import DATED
from digest.gather.varied import WORK
from digest.lines import SURE
from digest.measure import gold, records
from digest.measure.report import report
from digest.page import edited, fragments, views
from digest.page.sheets import PART, WHOLE
from digest.plugin import DigestConfig
from digest.read import facts, limits

ROOT = Path(__file__).parents[1]
STORY = import_module("digest.cluster.stories")  # the package has a function of that name
DOCS = ROOT / "docs"
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "examples" / "README.md"]
PAGES = sorted(DOCS.glob("*.md"))
EVERY = [*PAPERS, *PAGES]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
FENCE = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", FENCE.sub(_masked, text(path)), re.M | re.S)
    assert found, f"{path.name} has no section “{heading}”"
    return text(path)[found.start(1) : found.end(1)]


def _masked(fence: re.Match[str]) -> str:
    """A comment in an example is no heading; the length stays."""
    return fence[0].replace("#", ".")


def rows(markdown: str) -> list[list[str]]:
    """Return the cells of the tables of ``markdown``, without their heads."""
    found = []
    for table in re.findall(r"^\|[^\n]*\n\|[-|: ]+\n((?:\|[^\n]*\n?)+)", markdown, re.MULTILINE):
        found += [[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()]
    return found


def named(cells: list[str]) -> set[str]:
    """Return what stands in backticks in ``cells``."""
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def fenced(path: Path, heading: str, language: str | None = None) -> list[str]:
    return [body for kind, body in FENCE.findall(section(path, heading)) if language in (None, kind)]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


# --- README and CONTRIBUTING ------------------------------------------------------------------------------------------


def test_the_two_commands_are_those_of_the_makefile() -> None:
    (block,) = fenced(ROOT / "README.md", "Two commands")
    assert block.splitlines() == ["make site", "make test"]
    assert {"site", "test"} <= TARGETS
    assert "make test" in text(ROOT / ".ci" / "run")


def test_every_make_target_is_documented_and_no_other() -> None:
    said = set(re.findall(r"`make ([a-z]+)`", text(ROOT / "CONTRIBUTING.md")))
    assert said == TARGETS
    everywhere = {target for path in EVERY for target in re.findall(r"`make ([a-z]+)`", text(path))}
    assert everywhere <= TARGETS
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == TARGETS


def test_a_monitor_of_ones_own_is_made_as_the_readme_says(tmp_path: Path) -> None:
    (block,) = fenced(ROOT / "README.md", "A monitor of your own")
    lines = block.splitlines()
    # a new environment, and what cli/test_wheel.py builds, installs and tries
    assert lines[:3] == [
        "python3 -m venv ~/.venvs/digest",
        ". ~/.venvs/digest/bin/activate",
        "python -m pip install .",
    ]
    assert lines[-1] == "digest serve"  # which ends only when interrupted; cli/test_program.py does it
    folder = tmp_path
    for line in lines[3:-1]:
        program, *arguments = line.split()
        if program == "cd":
            folder = folder / arguments[0]
            continue
        done = run(folder, program, *arguments)
        assert done.returncode == 0, done.stderr
    assert (folder / "site" / "index.html").is_file()


def test_the_picture_is_small_and_described() -> None:
    ((described, path),) = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text(ROOT / "README.md"))
    assert len(described) > 100
    assert 0 < (ROOT / path).stat().st_size < 200_000


def test_the_changelog_knows_this_version() -> None:
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == digest.__version__


@pytest.mark.parametrize("path", re.findall(r"`((?:digest|templates|tests|tools|docs)/[\w./<>*-]+)`", text(PAPERS[1])))
def test_every_file_that_contributing_names_is_there(path: str) -> None:
    assert list(ROOT.glob(path.replace("<code>", "en").rstrip("/"))), path


def test_registers_that_contributing_names_are_there() -> None:
    assert "READERS" in text(ROOT / "digest" / "read" / "__init__.py")
    assert "EXPORTS" in text(ROOT / "digest" / "export" / "__init__.py")
    for name in ("attribution", "reported"):
        assert re.search(r"^RULES: ", text(ROOT / "digest" / "recognise" / f"{name}.py"), re.MULTILINE)


# --- links and names --------------------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text(path)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def links(path: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text(path))):
        if not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("path", EVERY, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    generated = {"data/index.md", "review/index.md"}  # on the site only
    for link in links(path):
        name, _, anchor = link.partition("#")
        if path.parent == DOCS and name in generated:
            continue
        target = path.parent / name if name else path
        assert target.exists(), f"{path.name}: {link}"
        assert not anchor or anchor in anchors(target), f"{path.name}: {link}"


def test_every_page_stands_in_the_navigation() -> None:
    nav = text(ROOT / "mkdocs.yml").partition("\nnav:\n")[2].partition("\n\n")[0]
    assert sorted(re.findall(r": ([\w-]+\.md)$", nav, re.MULTILINE)) == [p.name for p in PAGES]


def test_every_command_that_is_named_is_there() -> None:
    for path in EVERY:
        assert set(re.findall(r"`digest ([a-z]+)", text(path))) <= set(cli.commands), path.name


def test_no_paper_and_no_pin_names_an_index_of_packages() -> None:
    for path in [*EVERY, ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]:
        assert not re.search(r"index-url|find-links|pypi\.", re.sub("--no-emit-[a-z-]+", "", text(path))), path.name
    for path in ROOT.glob("requirements*.txt"):
        lines = [line for line in text(path).splitlines() if line and not line.lstrip().startswith("#")]
        assert [x for x in lines if not re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$|[\w.-]+==[^ ]+ ", x)] == []


# --- the manual -------------------------------------------------------------------------------------------------------


def test_every_plugin_option_is_documented_and_no_other() -> None:
    documented = [cells[0] for cells in rows(section(DOCS / "publishing.md", "What a build does"))]
    options = [name for name, _ in DigestConfig._schema]
    assert documented[: len(options)] == [f"`{name}`" for name in options]
    (example,) = fenced(DOCS / "publishing.md", "What a build does", "yaml")
    assert set(re.findall(r"^      ([a-z]+):", example, re.MULTILINE)) <= set(options)


CODES = {"ReadError": 0, "Refused": 1, "Skipped": 1, "_skipped": 2}
"""Which argument is the code of an input that is skipped."""


def codes() -> Iterator[str]:
    """Yield the code of every input that is skipped somewhere in the program."""
    for path in sorted(Path(digest.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODES:
                code = node.args[CODES[node.func.id]]
                if isinstance(code, ast.Constant):
                    yield code.value


def test_every_code_of_what_is_skipped_is_documented_and_no_other() -> None:
    table = [cells[0] for cells in rows(section(DOCS / "publishing.md", "Skipped inputs"))]
    assert table == [f"`{code}`" for code in sorted({*codes(), *workers.CODES})]


def test_every_key_of_curation_is_documented_and_no_other() -> None:
    table = rows(section(DOCS / "curation.md", "articles.yml"))
    assert [cells[0] for cells in table] == [f"`{f.name}`" for f in fields(ArticleMeta)]


def test_every_decision_is_documented_and_no_other(tmp_path: Path) -> None:
    keys = [cells[0] for cells in rows(section(DOCS / "curation.md", "actors.yml"))]
    assert keys == [f"`{f.name}`" for f in fields(KnownAs) if f.name not in ("id", "decided")]
    kinds = [cells[0] for cells in rows(section(DOCS / "curation.md", "corrections.yml"))]
    assert kinds == [f"`{kind}`" for kind in corrections.KINDS]
    for name in ("actors.yml", "corrections.yml", "topics.yml"):
        (example,) = fenced(DOCS / "curation.md", name, "yaml")
        (tmp_path / name).write_text(example, encoding="utf-8")
    decided = curate.load(tmp_path)
    assert (len(decided.actors), len(decided.corrections), len(decided.topics)) == (2, 4, 1)


def test_every_key_of_front_matter_is_documented_and_no_other() -> None:
    table = rows(section(DOCS / "curation.md", "Front matter and sidecars"))
    filled = {key: re.findall("`([^`]+)`", cells[1])[0] for cells in table for key in named(cells[:1])}
    assert filled == facts.KEYS
    assert all(f"NAME{ending}" in text(DOCS / "curation.md") for ending in facts.SIDECARS)


def test_check_says_of_the_example_what_the_page_says(tmp_path: Path) -> None:
    (wrong,) = fenced(DOCS / "curation.md", "What `digest check` says", "yaml")
    (said,) = fenced(DOCS / "curation.md", "What `digest check` says", "text")
    for name in ("bridge-opens", "ferry-strike"):
        (tmp_path / "seeds").mkdir(exist_ok=True)
        (tmp_path / "seeds" / f"{name}.txt").write_text("Nothing new\n\nIt rained.\n", encoding="utf-8")
    (tmp_path / "curation").mkdir()
    curated = tmp_path / "curation" / "articles.yml"
    curated.write_text(wrong, encoding="utf-8")
    done = run(tmp_path, "digest", "check")
    assert (done.returncode, done.stdout) == (1, said)
    curated.write_text(fenced(DOCS / "curation.md", "articles.yml", "yaml")[0], encoding="utf-8")
    done = run(tmp_path, "digest", "check")
    assert done.returncode == 0, done.stdout


def test_front_matter_is_read_as_the_page_says(tmp_path: Path) -> None:
    (example,) = fenced(DOCS / "curation.md", "Front matter and sidecars", "markdown")
    path = tmp_path / "bridge-opens.md"
    path.write_text(example, encoding="utf-8")
    article = read.read(path, tmp_path, None, ("en",))
    assert (article.title, article.outlet, article.published) == ("Bridge opens", "The Tarnholm Sample", "2025-01-17")
    assert article.notes == ()


def test_every_format_is_documented_and_no_other() -> None:
    documented = [cells[0] for cells in rows(section(DOCS / "formats.md", "What is read"))]
    assert named(documented) == set(read.FORMATS)
    assert f"{limits.MAX_BYTES:,} bytes" in text(DOCS / "formats.md")
    assert f"{limits.MAX_CHARS:,} characters" in text(DOCS / "formats.md")
    many = " ".join(section(DOCS / "formats.md", "Many articles in one file").split())
    for limit in (
        limits.MAX_ARCHIVE,
        limits.MAX_UNPACKED,
        limits.MAX_MEMBERS,
        limits.MAX_RATIO,
        limits.MAX_PACKED,
        limits.MAX_ENTRIES,
        limits.MAX_NAME,
        limits.MAX_FOLDERS,
    ):
        assert re.search(rf"\b{limit:,}\b", many)


def test_every_key_of_a_gold_file_is_documented_and_no_other() -> None:
    keys = [named(cells[:1]) for cells in rows(section(DOCS / "formats.md", "Gold files"))]
    read_ = {f.name for kind in (gold._Line, gold._Marked) for f in fields(kind)}
    assert {name for each in keys for name in each} == read_


def test_the_example_of_a_gold_file_is_one() -> None:
    (example,) = fenced(DOCS / "formats.md", "Gold files", "json")
    article = gold.read(example.encode())
    text_ = article.text
    assert [text_[q.start : q.end] for q in article.quotes] == ["We wait", "The quay was “not safe"]
    assert [text_[part.start : part.end] for q in article.quotes for part in q.parts] == ["not safe"]
    place = article.quotes[0].who.place
    assert place
    assert text_[place.start : place.end] == "she"


def test_a_draft_of_a_gold_file_finds_no_mistake(tmp_path: Path) -> None:
    (lines,) = fenced(DOCS / "formats.md", "Gold files", "python")
    (tmp_path / "draft.py").write_text(lines, encoding="utf-8")
    (tmp_path / "annotations.jsonl").write_text(_annotations(tmp_path), encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-W", "ignore::ResourceWarning", "draft.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    (tmp_path / "gold.jsonl").write_text(done.stdout, encoding="utf-8")
    for counted in ("--mixed", "--reported"):
        measured = json.loads(run(tmp_path, "digest", "evaluate", "gold.jsonl", counted, "--json").stdout)
        spans = measured["exact"]["spans"]
        assert spans["gold"] > 20
        assert measured["exact"]["strict"]["right"] == spans["right"] == spans["gold"] == spans["found"]
        assert measured["reliability"]["all"]["rows"][0]["share"] == 1


def _annotations(folder: Path) -> str:
    done = run(folder, "digest", "annotate", str(ROOT / "examples" / "seeds"))
    assert done.returncode == 0, done.stderr
    # read as plain text, an article is read anew; of a web page or Markdown that is not quite the same
    plain = [line for line in done.stdout.splitlines() if json.loads(line)["path"].endswith(".txt")]
    return "\n".join(plain)


def test_every_key_of_a_measurement_is_documented() -> None:
    article = gold.read(json.dumps({"id": "a", "text": "No.", "quotes": [{"kind": "direct", "text": "No"}]}).encode())
    made = report([article], [Skipped("a", "empty", "")], "direct", "id", 1)
    said = section(DOCS / "commands.md", "digest evaluate")
    assert made.examples
    assert [key for key in _keys(records.record(made)) if f"`{key}`" not in said] == []


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for each in value.values() for key in _keys(each))}
    return {key for each in value for key in _keys(each)} if isinstance(value, list) else set()


def test_every_key_of_the_report_is_documented() -> None:
    said = section(DOCS / "formats.md", "What is written")
    assert [key for key in build.report(Edition((), {})) if f"`{key}`" not in said] == []


def test_five_lines_check_every_quotation(tmp_path: Path) -> None:
    (lines,) = fenced(DOCS / "formats.md", "Checking a quotation yourself", "python")
    assert len([line for line in lines.splitlines() if line]) == 5
    done = run(tmp_path, "digest", "annotate", str(ROOT / "examples" / "seeds"))
    assert done.returncode == 0, done.stderr
    path = tmp_path / "annotations.jsonl"
    path.write_text(done.stdout, encoding="utf-8")
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    assert sum(len(a["quotations"]) for a in articles) > 100
    script = tmp_path / "check.py"
    script.write_text(lines, encoding="utf-8")
    assert subprocess.run([sys.executable, str(script)], cwd=tmp_path, check=False).returncode == 0
    quotation = next(q for a in articles for q in a["quotations"] if q["parts"])
    quotation["parts"][0]["text"] += "!"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert f"AssertionError: {quotation['id']}" in done.stderr


def test_method_gives_every_rule_and_every_number() -> None:
    method = text(DOCS / "method.md")
    table = tomllib.loads(text(confidence.FILE))
    assert [rule for rule in table["rules"] if rule not in re.sub(r"\s+", " ", method)] == []
    ways = {cells[0]: float(cells[2]) for cells in rows(section(DOCS / "method.md", "Confidence"))}
    assert ways == table["resolution"]
    assert {float(x) for x in re.findall(r"[Bb]elow (0\.\d+)", method)} == {SURE}
    rule, way, product = re.findall(r"has (0\.\d+) × (0\.\d+) = (0\.\d+)\.", method)[0]
    assert float(way) == table["resolution"]["pronoun, clear"]
    assert f"{float(rule) * float(way):.2f}" == product


def test_method_gives_the_limits_of_what_is_shown_of_edits() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Edits"))
    assert f"The latest {versions.MOST} edits of an article are looked into" in said
    assert f"of all articles together the latest {versions.MOST_IN_ALL:,}" in said
    assert f"Beyond {difference.WORK // 1_000_000} million comparisons" in said
    assert f"at most {edits.SHOWN:,} characters" in said
    assert (difference.ALIKE, "at least half of their words" in said) == (0.5, True)
    assert (edits.OF_ONE, "three words in ten" in said) == (0.3, True)
    assert (difference.RUN, "a single word that stayed between two changes" in said) == (2, True)


def test_method_gives_the_limits_of_what_reports_print_otherwise() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "together.md", "The same text twice"))
    assert f"more than {WORK:,} comparisons" in said
    assert f"the first {edited.COMPARED} later ones" in said


def test_method_gives_the_numbers_of_a_briefing() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Briefings"))
    assert f"up to {chosen.REPORTED} that several" in said
    assert f"gives up to {chosen.A_GROUP}, then" in said
    assert f"up to {chosen.GROUPS} topics" in said
    assert f"gives up to {chosen.MORE} more" in said
    assert f"of {chosen.SHORTEST} to {chosen.LONGEST} characters" in said
    assert f"nobody has more than {chosen.A_SPEAKER}, an article no more than {chosen.AN_ARTICLE} or" in said
    assert f"its share of {chosen.FULL};" in said
    assert f"{chosen.ROOM} lines" in said
    assert f"its first {chosen.ONE_ARTICLE} are shown" in said
    assert f"more than {BEFORE} weeks ago" in said
    assert f"the {BEFORE} weeks before, of which three must" in said
    assert DATED == 3
    assert f"reaches {CHANCE}" in said
    assert f"there are {LEAST} texts on it" in said
    assert f"those of the {SPEAKERS} most quoted speakers whom two other outlets" in said
    assert SEVERAL == 2


def test_method_gives_the_limits_of_links_to_the_source() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Checking a line"))
    assert f"A run of up to {fragments.WHOLE} words" in said
    assert f"the first {fragments.ENDS} and the last {fragments.ENDS}" in said
    assert f"up to {fragments.BEFORE} words in front" in said


def test_method_gives_the_limits_of_what_stands_side_by_side() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Side by side"))
    assert f"at least {pairing.LEAST} times on one topic" in said
    assert f"among the {pairing.VOICES} most quoted" in said
    assert f"at most {pairing.PAIRS} pairs" in said
    assert pairing.TOPICS == rivalry.TOPICS
    assert f"at most {pairing.TOPICS} topics, with {views.SIDE} quotations on each side" in said
    assert f"the {rivalry.OUTLETS} that quote most" in said
    assert f"at most {rivalry.ONLY} speakers" in said


def test_method_gives_the_reach_of_a_denial() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Who denies"))
    assert f"at most {answers.BEFORE} quotations after them or {answers.BEHIND} before" in said


def test_method_gives_the_limits_of_what_is_compared() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Who is quoted where"))
    assert f"up to {views.IN_ONE} on the page of the speaker" in said
    assert f"the {compare.SPEAKERS} most quoted speakers" in said
    assert f"against {compare.OUTLETS} outlets and {compare.TOPICS} topics" in said
    assert f"has {silence.ALIKE:.0%} in 100".replace("%", "") in said
    assert f"has the {compare.GAPS} whose speakers" in said
    assert f"at least {stories.WORDS} words" in said


def test_method_gives_the_limits_of_stories() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "together.md", "Stories"))
    assert f"stays open for {STORY.DAYS} days" in said
    assert f"the first {STORY.FIRST} words" in said
    assert said.count(f"the {STORY.TERMS} that weigh most") == 2
    assert f"alike by {STORY.WORDED}" in said
    assert f"the words alone, from {STORY.NAMELESS} on" in said
    assert f"from {STORY.LIKE} on where at most {STORY.FEW} articles are near" in said
    assert f"it has to be {STORY.DENSER} more" in said
    assert f"names alike by {STORY.ACROSS}" in said
    assert f"fewer than {STORY.WORDS} words" in said
    assert f"the {STORY.TRIED} open stories" in said
    assert f"more than {STORY.COMMON} open stories" in said
    assert (STORY.NAMES, STORY.HEADLINE, STORY.STEM, STORY.IN_COMMON, STORY.LEAST_NAMES) == (0.4, 3, 6, 3, 3)


def test_method_gives_the_limits_of_what_a_page_puts_first() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "What a page puts first"))
    assert f"of {SHORTEST} to {LONGEST} characters" in said
    assert f"clear ones of at least {SHORTEST} characters" in said
    assert f"the clear one of {highlights.FROM} to {highlights.TO} words" in said
    assert f"clear one of at least {highlights.FROM} words" in said
    assert f"each of at most {WHOLE.rows} rows" in said
    assert f"{WHOLE.weight:,} bytes compressed" in said
    assert f"begins with at most {PART.rows}" in said
    assert f"more than {views.FOLDED} lines, or of more than {views.FOLDED // 2} stories" in said
    assert (AN_ARTICLE, highlights.COMMON, highlights.NAMED) == (2, 2, 3)
    assert f"at least {highlights.REPORTED} articles where their outlets are not known" in said
    assert (highlights.STEM, highlights.LEAST, time.REGULAR, time.SHARE, time.PERIPHERAL) == (5, 3, 3, 3, 6)


def test_method_gives_the_limits_of_the_network() -> None:
    said = re.sub(r"\s+", " ", section(DOCS / "method.md", "Who speaks about whom"))
    assert f"within {BEHIND} characters of its sentence" in said
    assert f"at most {DRAWN} lines" in said
    assert f"up to {TELLING} of them are kept" in said
    assert f"Below {views.PICTURED} lines there is none" in said
    assert f"at least {LINES} lines; at most {TOPICS} topics" in said
    assert f"the latest {views.ABOUT_ONE} about each" in said


def test_formats_give_the_reach_of_a_quote_selector() -> None:
    assert f"up to {AROUND} characters before and behind" in section(DOCS / "formats.md", "Annotations")


# --- the house --------------------------------------------------------------------------------------------------------


def test_every_module_has_its_room() -> None:
    home = ROOT / "digest"
    modules = {p.stem for p in home.glob("[a-z]*.py")} | {p.parent.name for p in home.glob("*/__init__.py")}
    rooms = [cells[0].strip("`") for cells in rows(section(DOCS / "house.md", "Rooms"))]
    assert sorted(rooms) == sorted(modules)


def test_the_layers_are_those_that_are_held() -> None:
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    shown = next(body for body in fenced(DOCS / "house.md", "Rooms", "text"))
    assert shown.replace("|\n  ", "| ").splitlines() == [layer for layer in contract["layers"] if layer != "__main__"]


def required(groups: list[list[str | dict[str, str]]]) -> list[str]:
    return [re.split(r"[^\w.-]", entry)[0] for group in groups for entry in group if isinstance(entry, str)]


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("To run", required([PROJECT["project"]["dependencies"]])),
        ("To build, check and test", required(list(PROJECT["dependency-groups"].values()))),
    ],
)
def test_every_dependency_has_its_reason_and_its_licence(heading: str, wanted: list[str]) -> None:
    table = rows(section(DOCS / "dependencies.md", heading))
    assert sorted(named([cells[0] for cells in table])) == sorted(wanted)
    for name, reason, licence in ((cells[0].strip("`"), cells[1], cells[2]) for cells in table):
        assert len(reason) > 15, name
        assert family(licence) in {family(stated) for stated in stated_licences(name)}, name


def test_what_the_program_imports_is_what_it_depends_on() -> None:
    """A package that another one brings along is there today, and leaves with the other's next version."""
    project = PROJECT["project"]
    declared = required([project["dependencies"], *project["optional-dependencies"].values()])
    brought_by = packages_distributions()
    undeclared = {
        f"{path.relative_to(ROOT)}: {package}"
        for path in (ROOT / "digest").rglob("*.py")
        for package in imported(path) - sys.stdlib_module_names - {"digest"}
        if not {normal(name) for name in brought_by.get(package, ())} & set(map(normal, declared))
    }
    assert undeclared == set()


def imported(path: Path) -> set[str]:
    """Return the first names of all that a module imports, wherever in it that stands."""
    found = set()
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return {name.partition(".")[0] for name in found}


def normal(name: str) -> str:
    """Return the name of a package as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_audit_has_its_reason_and_its_licence() -> None:
    browser = ROOT / "tests" / "browser"
    wanted = json.loads(text(browser / "package.json"))["devDependencies"]
    locked = json.loads(text(browser / "package-lock.json"))["packages"]
    table = rows(section(DOCS / "dependencies.md", "To audit the pages"))
    assert sorted(named([cells[0] for cells in table])) == sorted(wanted)
    assert {cells[0].strip("`"): cells[2] for cells in table} == {
        name: locked[f"node_modules/{name}"]["license"] for name in wanted
    }
    assert all(len(cells[1]) > 15 for cells in table)
    assert not any("resolved" in package for package in locked.values()), "a lock file names no registry"


def stated_licences(package: str) -> list[str]:
    found = metadata(package)
    classified = [c.rpartition(":")[2] for c in found.get_all("Classifier") or [] if c.startswith("License")]
    return [x for x in (found.get("License-Expression"), found.get("License"), *classified) if x]


def family(licence: str) -> str:
    """MIT, BSD, Apache or MPL: a package's metadata write the same licence in many ways."""
    return next((name for name in ("MIT", "BSD", "Apache", "MPL") if name in licence), licence)
