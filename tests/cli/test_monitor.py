"""``new``, ``build``, ``check`` and ``export``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from program import BRIDGE, run

from digest import plugin
from digest.export import PLAIN
from digest.workers import Limits


def test_a_fresh_monitor_builds_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "press").stdout.startswith("press holds a fresh monitor of 10 files")
    monkeypatch.chdir(tmp_path / "press")
    checked = run("check")
    assert (checked.exit_code, checked.stdout) == (0, "1 article checked, nothing to mend\n")
    built = run("build")
    assert built.exit_code == 0, built.output
    assert built.stdout.startswith("The site is in site/: 1 article, ")
    assert "warning" not in built.output
    report = json.loads((tmp_path / "press" / "site" / "data" / "report.json").read_text(encoding="utf-8"))
    assert report["published"] == 1
    assert report["quotations"] >= 3
    assert (tmp_path / "press" / "site" / "about" / "index.html").is_file()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_new_writes_over_nothing(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "press"
    target.mkdir() if kind == "folder" else target.write_text("mine")
    mine = target / "mine" if kind == "folder" else target
    mine.write_text("mine")
    result = run("new", target)
    assert result.exit_code == 1
    assert mine.read_text() == "mine"
    assert kind == "file" or list(target.iterdir()) == [mine]


def test_build_works_without_a_configuration_and_tells_what_it_skipped(monitor: Path) -> None:
    (monitor / "seeds" / "empty.txt").write_bytes(b"")
    result = run("build")
    assert result.exit_code == 3, result.output
    assert result.stdout.startswith(
        "The site is in site/: 2 articles, 2 quotations by 2 speakers, 0 unresolved, 1 skipped (1 empty)\n"
    )
    assert "skipped empty.txt: " in result.stderr
    report = json.loads((monitor / "site" / "data" / "report.json").read_text(encoding="utf-8"))
    assert [skipped["path"] for skipped in report["skipped"]] == ["empty.txt"]
    page = (monitor / "site" / "articles" / "bridge" / "index.html").read_text(encoding="utf-8")
    assert "The bridge will stand in May" in page
    again = run("build")
    assert again.stdout == result.stdout


def test_an_alias_that_is_a_common_word_is_warned_of(monitor: Path) -> None:
    lines = "  why: seen in print\n  by: Nora Feld\n  on: 2025-06-01\n"
    known = f"ida-quill:\n  aliases: [Q, Bridge, Mayor Quill]\n{lines}"
    (monitor / "curation" / "actors.yml").write_text(known, encoding="utf-8")
    result = run("check")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("warning: curation/actors.yml:1: ") == 2
    assert "“Q” is seldom a name (de); wherever it stands, it would mean “ida-quill”" in result.stderr
    assert "“Bridge” is seldom a name (en)" in result.stderr
    assert "Mayor Quill" not in result.stderr


def test_build_without_articles_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "digest new DIR" in result.stderr
    (tmp_path / "seeds").mkdir()
    result = run("build")
    assert result.exit_code == 1
    assert "no article found here" in result.stderr


@pytest.mark.parametrize("target", [".", "..", "seeds", "curation", "mine"])
def test_build_deletes_nothing_that_no_build_has_made(monitor: Path, target: str) -> None:
    (monitor / "mine").mkdir()
    (monitor / "mine" / "novel.txt").write_text("mine")
    before = sorted(monitor.rglob("*"))
    result = run("build", "-d", target)
    assert result.exit_code == 1
    assert "a build empties this folder" in result.stderr
    assert sorted(monitor.rglob("*")) == before


@pytest.mark.parametrize(
    ("configuration", "sentence"),
    [
        ("site_name: X\ntheme: {name: digest}\n", "the plugin digest is not listed"),
        ("site_name: X\ntheme: {name: mkdocs}\nplugins: [digest]\n", "made for its own theme"),
        ("site_name: X\ntheme: {name: digest}\nplugins: [digest]\nuse_directory_urls: [1]\n", "use_directory_urls"),
        ("site_name: [X\n", "mkdocs.yml"),
    ],
)
def test_a_wrong_configuration_is_one_sentence(monitor: Path, configuration: str, sentence: str) -> None:
    (monitor / "docs").mkdir()
    (monitor / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    result = run("build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_check_finds_what_a_build_would_stop_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == run("build").exit_code == 1
    assert result.stdout == "seeds: no article found here; put .txt, .md or .html files into it\n"


def limited(monitor: Path, limits: str) -> None:
    (monitor / "docs").mkdir()
    config = f"site_name: Press\ntheme: {{name: digest}}\nplugins: [digest: {{limits: {limits}}}]\n"
    (monitor / "mkdocs.yml").write_text(config, encoding="utf-8")


def test_what_reading_an_article_may_take_is_an_option(monitor: Path) -> None:
    limited(monitor, "{seconds: 0.05, memory: 2000}")
    (monitor / "seeds" / "long.txt").write_text(f"Long\n\n{BRIDGE * 500}", encoding="utf-8")
    said = "long.txt: reading it took more than 0.05 seconds; split it, leave it out, or raise limits.seconds"
    assert f"{said} in mkdocs.yml\n" in run("check").stdout
    # whether the others are read in time is the machine's to say; where none is, there is no site, for the same reason
    assert said.removeprefix("long.txt: ") in run("build").stderr
    assert plugin.settings(monitor).limits == Limits(0.05, 2_000_000_000)


@pytest.mark.parametrize("wrong", ["{seconds: 0}", "{seconds: many}", "{memory: -3}", "{memory: true}"])
def test_a_limit_that_is_none_is_told(monitor: Path, wrong: str) -> None:
    limited(monitor, wrong)
    result = run("build")
    assert result.exit_code == 1
    assert "limits" in result.stderr


def test_check_finds_a_rule_for_an_outlet_that_is_not_there(monitor: Path) -> None:
    options = "{publish: full, publish_by_outlet: {Nobody’s Courier: excerpts}}"
    config = f"site_name: Press\ntheme: {{name: digest}}\nplugins: [digest: {options}]\n"
    (monitor / "docs").mkdir()
    (monitor / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("check")
    assert result.exit_code == run("build").exit_code == 1
    assert "mkdocs.yml: publish_by_outlet names “Nobody’s Courier”, which printed no article here" in result.stdout


def test_a_rule_for_an_outlet_whose_articles_are_all_withheld_is_warned_of(monitor: Path) -> None:
    options = "{publish: full, publish_by_outlet: {Osterfeld Courier: excerpts}}"
    config = f"site_name: Press\ntheme: {{name: digest}}\nstrict: true\nplugins: [digest: {options}]\n"
    (monitor / "docs").mkdir()
    (monitor / "mkdocs.yml").write_text(config, encoding="utf-8")
    for result in (run("check"), run("build")):
        assert result.exit_code == 0, result.output
        assert "warning" not in result.stderr
    line = "- {withhold: articles/bridge, why: asked for, by: desk, on: 2025-06-01}\n"
    (monitor / "curation" / "corrections.yml").write_text(line, encoding="utf-8")
    said = (
        "warning: mkdocs.yml: publish_by_outlet names “Osterfeld Courier”, of whose articles all are withheld; "
        "the line has no effect\n"
    )
    for result in (run("check"), run("build")):
        assert result.exit_code == 0, result.output
        assert result.stderr.count(said) == 1


def test_a_build_that_fails_leaves_the_site_that_stands(monitor: Path) -> None:
    assert run("build").exit_code == 0
    before = {p: p.read_bytes() for p in (monitor / "site").rglob("*") if p.is_file()}
    (monitor / "curation" / "articles.yml").write_text("brigde:\n  outlet: Osterfeld Courier\n", encoding="utf-8")
    result = run("build")
    assert (result.exit_code, "did you mean “bridge”?" in result.stderr) == (1, True)
    assert before == {p: p.read_bytes() for p in (monitor / "site").rglob("*") if p.is_file()}
    assert sorted(p.name for p in monitor.iterdir()) == [".digest", "curation", "seeds", "site"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("site_name: [Press", "Error: MkDocs encountered an error parsing the configuration file: "),
        ("Press", "Error: mkdocs.yml: The configuration is invalid."),
        ("theme: {name: digest}\nplugins: [digest]", "Error: mkdocs.yml: Config value 'site_name': "),
        (
            "site_name: P\ndocs_dir: curation\nplugins: [nobody]",
            "Error: mkdocs.yml: Config value 'plugins': The \"nobody\" plugin is",
        ),
        (
            "site_name: P\ndocs_dir: curation\ntheme: {name: digest}\nplugins: [digest, digest]",
            "Error: mkdocs.yml: the plugin digest is listed more than once; keep one",
        ),
        (
            "site_name: P\ndocs_dir: curation\nsite_dir: seeds/site\ntheme: {name: digest}\nplugins: [digest]",
            f"Error: {Path('seeds', 'site')}",
        ),
    ],
)
def test_a_broken_configuration_is_told_in_one_line_with_its_file(monitor: Path, content: str, said: str) -> None:
    (monitor / "mkdocs.yml").write_text(content, encoding="utf-8")
    result = run("build")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.replace(f"{monitor}/", "").startswith(said), result.stderr


def test_a_warning_ends_a_strict_build(monitor: Path) -> None:
    (monitor / "docs").mkdir()
    (monitor / "docs" / "about.md").write_text("# About\n\n[nowhere](nowhere.md)\n", encoding="utf-8")
    (monitor / "mkdocs.yml").write_text(
        "site_name: X\ntheme: {name: digest}\nplugins: [{digest: {search: false}}]\nstrict: true\n", encoding="utf-8"
    )
    strict = run("build")
    assert strict.exit_code == 1
    assert "nowhere.md" in strict.stderr
    lax = run("build", "--no-strict")
    assert lax.exit_code == 0
    assert lax.stderr.startswith("warning: ")
    assert "nowhere.md" in lax.stderr


def test_check_names_each_problem_with_its_place(monitor: Path) -> None:
    (monitor / "seeds" / "empty.txt").write_bytes(b"")
    (monitor / "curation" / "articles.yml").write_text("bridge:\n  published: soon\nbrigde:\n  outlet: X\n")
    result = run("check", monitor)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line for line in lines if "empty.txt" in line]
    assert [line for line in lines if "articles.yml:2" in line]
    assert [line for line in lines if "articles.yml:3" in line and "bridge" in line]
    assert len(lines) == 3
    assert result.stderr == "3 problems in 2 articles and the data they are read with\n"


def test_check_needs_a_monitor(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert "there is no such folder" in result.stderr


@pytest.mark.usefixtures("monitor")
def test_export_prints_what_it_would_write() -> None:
    printed = run("export", "seeds", "--format", "csv")
    assert run("export", "-o", "quotations.csv").exit_code == 0
    assert Path("quotations.csv").read_bytes() == printed.stdout_bytes
    with Path("quotations.csv").open(encoding="utf-8", newline="") as file:
        assert {row["speaker"] for row in csv.DictReader(file)} == {"Ida Quill", "Bram Oxley"}


@pytest.mark.usefixtures("monitor")
@pytest.mark.parametrize("folder", ["tables/", "there"])
def test_export_fills_a_folder(folder: str) -> None:
    Path("there").mkdir()
    assert run("export", "-o", folder).exit_code == 0
    written = {p.name for p in Path(folder).iterdir()}
    assert written == set(PLAIN)
    assert {"actors.jsonl", "articles.jsonl", "quotations.csv", "quotations.jsonl"} <= written


def test_export_takes_one_table(monitor: Path) -> None:
    lines = [json.loads(line) for line in run("export", "--table", "articles").stdout.splitlines()]
    assert [line["id"] for line in lines] == ["bridge", "quay"]
    assert run("export", "--table", "actors", "-o", "actors.csv").exit_code == 0
    assert (monitor / "actors.csv").read_bytes().startswith(b"id,name,type,")


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("-o x.sqlite", ["x.sqlite"]),
        ("-o x.ninjs.jsonl", ["x.ninjs.jsonl"]),
        ("-o x/ --format ninjs", ["articles.ninjs.jsonl"]),
        ("-o x/ --table actors", ["actors.csv", "actors.jsonl"]),
        ("-o x/ --format csv", ["actors.csv", "articles.csv", "quotations.csv"]),
    ],
)
def test_export_finds_its_format(options: str, names: list[str], monitor: Path) -> None:
    assert run("export", *options.split()).exit_code == 0
    folder = monitor / "x" if "x/" in options else monitor
    assert sorted(p.name for p in folder.iterdir() if p.name in names) == names
    assert folder.name != "x" or len(list(folder.iterdir())) == len(names)
    if "sqlite" in names[0]:
        assert (monitor / names[0]).read_bytes().startswith(b"SQLite format 3\x00")
    if "ninjs" in names[0]:
        assert b'"version": "3.1"' in (folder / names[0]).read_bytes()


@pytest.mark.usefixtures("monitor")
def test_export_names_the_files_that_there_are() -> None:
    result = run("export", "--table", "actors", "--format", "ninjs")
    assert result.exit_code == 2
    assert "There is no actors.ninjs; there are quotations.csv, articles.csv" in result.stderr


def test_export_that_cannot_be_written_is_one_sentence(monitor: Path) -> None:
    result = run("export", "-o", monitor / "seeds" / "bridge.txt" / "x.csv")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert (monitor / "seeds" / "bridge.txt").read_text(encoding="utf-8") == BRIDGE
