"""Whether JSON-LD keeps to the vocabulary of schema.org: types, their properties, the values these take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TYPES: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("schemaorg.json").read_text())["types"]
_INPUT = re.compile(r"\w+-(input|output)")  # https://schema.org/docs/actions.html: a constraint on a property
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LITERALS = {
    "Text": lambda v: isinstance(v, str),
    "URL": lambda v: isinstance(v, str) and bool(v) and not re.search(r"[\s<>\"{}]", v),
    "Date": lambda v: isinstance(v, str) and _DATE.fullmatch(v),
    "Integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "Boolean": lambda v: isinstance(v, bool),
}


def kinds(type_: str) -> set[str]:
    """Return a type with those it is a kind of."""
    return {type_, *(above for parent in _TYPES[type_]["is"] for above in kinds(parent))}


def properties(type_: str) -> dict[str, list[str]]:
    """Return the properties of a type, each with the kinds of value that it takes."""
    found = {name: taken for parent in _TYPES[type_]["is"] for name, taken in properties(parent).items()}
    return found | _TYPES[type_]["has"]


def problems(node: dict[str, Any], at: str = "") -> Iterator[str]:
    """Yield what in a node of a graph, and in the nodes inside it, schema.org does not know."""
    type_ = node.get("@type")
    if type_ is None:
        if set(node) != {"@id"}:
            yield f"{at}: a node without a type"
        return
    if type_ not in _TYPES:
        yield f"{at}: there is no type {type_}"
        return
    known = properties(type_)
    for name, value in node.items():
        here = f"{at}/{type_}.{name}"
        if name.startswith("@") or _INPUT.fullmatch(name):
            continue
        if name not in known:
            yield f"{here}: there is no such property"
            continue
        values = value if isinstance(value, list) else [value]
        if not values or value in ("", None):
            yield f"{here}: no value"
        for each in values:
            if not _fits(each, known[name]):
                yield f"{here}: {each!r:.80} is none of {known[name]}"
            if isinstance(each, dict):
                yield from problems(each, here)


def _fits(value: object, taken: list[str]) -> bool:
    if isinstance(value, dict):
        if "@type" not in value:
            return "IdReference" in taken
        return value["@type"] in _TYPES and bool(kinds(value["@type"]) & set(taken))
    return any(test(value) for name, test in _LITERALS.items() if name in taken)


def nodes(node: object) -> Iterator[dict[str, Any]]:
    """Yield every node of a graph, those inside others too."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)
