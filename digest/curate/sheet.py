"""A YAML file as people write it, read so that every mistake can be shown with its line and what to do.

A ``Sheet`` collects the mistakes while the parts of the file are asked for; nothing is raised before all are known.
Lines count from 1.
"""

from __future__ import annotations

import difflib
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from digest.text import squeeze

_NULL = "tag:yaml.org,2002:null"
# The parser in C is ten times as fast, which counts when ten thousand articles are described.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Sheet:
    """One file: its content, None where there is none or it cannot be read, and the mistakes found so far."""

    path: Path
    root: yaml.Node | None = None
    problems: list[str] = field(default_factory=list)

    def at(self, node: yaml.Node) -> str:
        """Return where a node stands, as ``file:line``."""
        return f"{self.path}:{node.start_mark.line + 1}"

    def wrong(self, node: yaml.Node, sentence: str) -> None:
        """Note a mistake at ``node``."""
        self.problems.append(f"{self.at(node)}: {sentence}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, in text order, with the node of the key and that of the value."""

    key: str
    at: yaml.Node
    value: yaml.Node

    @property
    def block(self) -> yaml.MappingNode:
        """The value of an entry of ``named_blocks``, which has keys of its own."""
        assert isinstance(self.value, yaml.MappingNode)  # noqa: S101 - held by who made it
        return self.value


def read(path: Path) -> Sheet:
    """Return the file at ``path``; one that is not there is an empty sheet."""
    try:
        # opening a named pipe would wait for a writer for ever
        if not stat.S_ISREG(path.stat().st_mode):
            return Sheet(path, None, [f"{path}: this is not a file; move it away, or write a file of this name"])
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Sheet(path)
    except UnicodeDecodeError as error:
        return Sheet(path, None, [f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"])
    except OSError as error:
        why = f"the file cannot be opened ({error.strerror}); check its folder and who may read it"
        return Sheet(path, None, [f"{path}: {why}"])
    try:
        return Sheet(path, yaml.compose(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        return Sheet(path, None, [_broken(path, text, error)])
    except yaml.YAMLError as error:
        return Sheet(path, None, [f"{path}: this is not YAML ({squeeze(str(error))})"])


def items(text: str) -> int | None:
    """Return how many items the list has that ``text`` holds, None where it holds no list; 0 where it holds nothing."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return None
    if root is None or is_empty(root):
        return 0
    return len(root.value) if isinstance(root, yaml.SequenceNode) else None


def _broken(path: Path, text: str, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    rows = text.splitlines()
    if line < len(rows) and "\t" in rows[line][: len(rows[line]) - len(rows[line].lstrip())]:
        return f"{path}:{line + 1}: the line begins with a tab; YAML is indented with spaces"
    return (
        f"{path}:{line + 1}: this is not YAML ({error.problem}); a value with a colon or a mark needs quotation marks"
    )


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written where a value may stand, or YAML's sign for nothing."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def named_blocks(sheet: Sheet, what: str, example: str) -> Iterator[Entry]:
    """Yield what stands below each id of a file of ids: ``what`` says what an id is, ``example`` is a key below one."""
    if sheet.root is None:
        return
    if not isinstance(sheet.root, yaml.MappingNode):
        sheet.wrong(sheet.root, f"write {what}s with keys below them, such as “{example}”")
        return
    lines: dict[str, int] = {}
    for key_node, value_node in sheet.root.value:
        if not isinstance(key_node, yaml.ScalarNode):
            sheet.wrong(key_node, f"the {what} is a single word")
            continue
        id_ = key_node.value
        if id_ in lines:
            sheet.wrong(key_node, f"“{id_}” already stands in line {lines[id_]}; put both together")
            continue
        lines[id_] = key_node.start_mark.line + 1
        if isinstance(value_node, yaml.MappingNode):
            yield Entry(id_, key_node, value_node)
        elif is_empty(value_node):
            sheet.wrong(key_node, f"nothing is said about “{id_}”; write keys such as “{example}” below it, indented")
        else:
            sheet.wrong(key_node, f"“{id_}” needs keys below it, indented, such as “{example}”")


def keyed(sheet: Sheet, node: yaml.MappingNode, keys: Collection[str]) -> dict[str, Entry]:
    """Return what stands below ``node`` by its key; a key that is none of ``keys``, or stands twice, is a mistake.

    What is empty is left out.
    """
    found: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key not in keys:
            sheet.wrong(key_node, f"“{key}” is not a key; {nearest(key, keys)}")
        elif key in lines:
            sheet.wrong(key_node, f"“{key}” already stands in line {lines[key]}; keep one")
        elif not is_empty(value_node):
            found[key] = Entry(key, key_node, value_node)
        lines.setdefault(key, key_node.start_mark.line + 1)
    return found


def nearest(word: str, known: Collection[str]) -> str:
    """Return a question for the nearest of ``known``, or the list of all where none is near."""
    near = difflib.get_close_matches(word, known, 1)
    return f"did you mean “{near[0]}”?" if near else f"the keys are {', '.join(known)}"


def text(sheet: Sheet, entry: Entry) -> str | None:
    """Return a single text, None where there is none."""
    if not isinstance(entry.value, yaml.ScalarNode):
        sheet.wrong(entry.at, f"“{entry.key}” takes a single text, not a list or keys of its own")
        return None
    value = squeeze(entry.value.value)
    if not value:
        sheet.wrong(entry.at, f"“” does not fit “{entry.key}”; write some words or leave the key out")
    return value or None


def texts(sheet: Sheet, entry: Entry | None) -> tuple[str, ...]:
    """Return a list of texts; a single text is a list of one. Each stands once."""
    if entry is None:
        return ()
    if isinstance(entry.value, yaml.ScalarNode):
        one = text(sheet, entry)
        return (one,) if one else ()
    if not isinstance(entry.value, yaml.SequenceNode):
        sheet.wrong(entry.at, f"“{entry.key}” takes a text or a list of texts")
        return ()
    found: list[str] = []
    for item in entry.value.value:
        value = squeeze(item.value) if isinstance(item, yaml.ScalarNode) and not is_empty(item) else ""
        if not value:
            sheet.wrong(item, f"the list of “{entry.key}” holds texts only; write some words or take the line out")
        elif value in found:
            sheet.wrong(item, f"“{value}” stands in the list of “{entry.key}” already; keep one")
        else:
            found.append(value)
    return tuple(found)


def one_of(sheet: Sheet, entry: Entry | None, known: Mapping[str, str] | Collection[str]) -> str | None:
    """Return a text that is one of ``known``."""
    value = text(sheet, entry) if entry else None
    if entry is None or value is None or value in known:
        return value
    sheet.wrong(entry.at, f"“{value}” does not fit “{entry.key}”; write one of {', '.join(known)}")
    return None
