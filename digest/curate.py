"""What people decided, in YAML files under git: read, checked, and each mistake shown with its file and line.

``articles.yml`` maps an article's id to what is known about it; the keys are the fields of ``model.ArticleMeta``.
"""

from __future__ import annotations

import datetime
import difflib
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import yaml

from digest.model import ArticleMeta, DigestError
from digest.text import address, language_code, squeeze

ARTICLES = "articles.yml"

_FIELDS = tuple(f.name for f in fields(ArticleMeta))
_DATES = frozenset({"published", "on"})
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_NULL = "tag:yaml.org,2002:null"
# The parser in C is ten times as fast, which counts when ten thousand articles are described.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Curation:
    """What people decided. ``articles`` maps an article's id to what is known about it."""

    articles: Mapping[str, ArticleMeta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file as read: entries with the lines of their ids (from 1), and what is wrong, in order."""

    entries: Mapping[str, ArticleMeta]
    lines: Mapping[str, int]
    problems: tuple[str, ...]


def load(folder: Path) -> Curation:
    """Return what stands in ``folder``; a folder or file that is not there decides nothing.

    Raises DigestError with the first mistake, naming file and line.
    """
    sheet = _read(folder / ARTICLES)
    if sheet.problems:
        raise DigestError(sheet.problems[0])
    return Curation(sheet.entries)


def demand_known(folder: Path, metas: Mapping[str, ArticleMeta], known_ids: Collection[str]) -> None:
    """Raise DigestError, naming file and line, when ``metas`` of ``folder`` name an article that is not there."""
    if not metas.keys() <= set(known_ids):
        # only now are the lines of interest, so the file is read a second time
        for problem in _unknown(folder / ARTICLES, _read(folder / ARTICLES).lines, known_ids):
            raise DigestError(problem)


def problems(folder: Path, known_ids: Collection[str]) -> list[str]:
    """Return everything that is wrong in ``folder``, one sentence each with file and line.

    ``known_ids`` are the ids of the articles there are.
    """
    path = folder / ARTICLES
    sheet = _read(path)
    found = [*sheet.problems, *_unknown(path, sheet.lines, known_ids)]
    if folder.is_dir():
        others = sorted(p for p in folder.iterdir() if p.suffix in (".yml", ".yaml") and p.name != ARTICLES)
        found += [f"{p}: nothing reads this file yet; the file that is read is {ARTICLES}" for p in others]
    return found


def _read(path: Path) -> _Sheet:
    try:
        # opening a named pipe would wait for a writer for ever
        if not stat.S_ISREG(path.stat().st_mode):
            return _Sheet({}, {}, (f"{path}: this is not a file; move it away, or write a file of this name",))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _Sheet({}, {}, ())
    except UnicodeDecodeError as error:
        return _Sheet({}, {}, (f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8",))
    except OSError as error:
        return _Sheet(
            {}, {}, (f"{path}: the file cannot be opened ({error.strerror}); check its folder and who may read it",)
        )
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return _Sheet({}, {}, (_broken(path, text, error),))
    except yaml.YAMLError as error:
        return _Sheet({}, {}, (f"{path}: this is not YAML ({squeeze(str(error))})",))
    if root is None:
        return _Sheet({}, {}, ())
    if not isinstance(root, yaml.MappingNode):
        return _Sheet({}, {}, (f"{_at(path, root)}: write article ids with keys below them, such as “outlet: Name”",))
    return _sheet(path, root)


def _broken(path: Path, text: str, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    rows = text.splitlines()
    if line < len(rows) and "\t" in rows[line][: len(rows[line]) - len(rows[line].lstrip())]:
        return f"{path}:{line + 1}: the line begins with a tab; YAML is indented with spaces"
    return (
        f"{path}:{line + 1}: this is not YAML ({error.problem}); a value with a colon or a mark needs quotation marks"
    )


def _sheet(path: Path, root: yaml.MappingNode) -> _Sheet:
    entries: dict[str, ArticleMeta] = {}
    lines: dict[str, int] = {}
    wrong: list[str] = []
    for key_node, value_node in root.value:
        at = _at(path, key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            wrong.append(f"{at}: an article's id is a single word; it is the file's name without its ending")
            continue
        id_ = key_node.value
        if id_ in lines:
            wrong.append(f"{at}: “{id_}” already stands in line {lines[id_]}; put both together")
            continue
        lines[id_] = key_node.start_mark.line + 1
        if isinstance(value_node, yaml.MappingNode):
            values, more = _values(path, value_node)
            entries[id_] = ArticleMeta(**values)
            wrong += more
        elif value_node.tag == _NULL:
            wrong.append(f"{at}: nothing is said about “{id_}”; write keys such as “outlet: Name” below it, indented")
        else:
            wrong.append(f"{at}: “{id_}” needs keys below it, indented, such as “outlet: Name”")
    return _Sheet(entries, lines, tuple(wrong))


def _values(path: Path, node: yaml.MappingNode) -> tuple[dict[str, str], list[str]]:
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    wrong: list[str] = []
    for key_node, value_node in node.value:
        at = _at(path, key_node)
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key not in _FIELDS:
            near = difflib.get_close_matches(key, _FIELDS, 1)
            hint = f"did you mean “{near[0]}”?" if near else f"the keys are {', '.join(_FIELDS)}"
            wrong.append(f"{at}: “{key}” is not a key; {hint}")
        elif key in lines:
            wrong.append(f"{at}: “{key}” already stands in line {lines[key]}; keep one")
        elif not isinstance(value_node, yaml.ScalarNode):
            wrong.append(f"{at}: “{key}” takes a single text, not a list or keys of its own")
        elif value_node.tag != _NULL:
            value, expected = _understood(key, squeeze(value_node.value))
            if value is None:
                wrong.append(f"{at}: “{squeeze(value_node.value)}” does not fit “{key}”; {expected}")
            else:
                values[key] = value
        lines.setdefault(key, key_node.start_mark.line + 1)
    return values, wrong


def _understood(key: str, raw: str) -> tuple[str | None, str]:
    """Return the value as it is stored, or None and what is expected."""
    if key in _DATES:
        return _date(raw), "write a date as YYYY-MM-DD"
    if key == "url":
        return address(raw), "write an address that begins with https:// or http://"
    if key == "language":
        return language_code(raw), "write a code such as en or de"
    return raw or None, "write some words or leave the key out"


def _date(raw: str) -> str | None:
    if not _ISO.fullmatch(raw):
        return None
    try:
        return datetime.date.fromisoformat(raw).isoformat()
    except ValueError:
        return None


def _unknown(path: Path, lines: Mapping[str, int], known_ids: Collection[str]) -> Iterator[str]:
    known = sorted(known_ids)
    for id_, line in lines.items():
        if id_ not in known_ids:
            near = difflib.get_close_matches(id_, known, 1)
            hint = f"did you mean “{near[0]}”?" if near else "its id is the file's name without its ending"
            yield f"{path}:{line}: there is no article “{id_}”; {hint}"


def _at(path: Path, node: yaml.Node) -> str:
    return f"{path}:{node.start_mark.line + 1}"
