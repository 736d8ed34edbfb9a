"""How sure a finding is: a number for each rule, from ``confidence.toml``, which says where its numbers come from."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parent / "confidence.toml"
_UNKNOWN = 0.5


@functools.cache
def _table() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def of_rule(rule: str) -> float:
    """Return how often the findings of ``rule`` are right, 0 to 1; 0.5 where nobody has counted."""
    return _table()["rules"].get(rule, _UNKNOWN)


def of_reported(rule: str) -> float:
    """Return how often reported words that ``rule`` finds by itself are right; as ``of_rule`` where uncounted."""
    found = _table()["reported"].get(rule)
    return of_rule(rule) if found is None else found


def of_resolution(key: str) -> float:
    """Return how often the way ``key`` from source to speaker is right, 0 to 1."""
    return _table()["resolution"].get(key, _UNKNOWN)


@functools.cache
def antecedents() -> Mapping[str, float]:
    """Return the weight of each feature of somebody whom a pronoun may mean."""
    return {**_table()["antecedents"], **strangers()}


def strangers() -> Mapping[str, float]:
    """Return the weights of those who spoke and have no name, which are set by hand."""
    return _table()["strangers"]
