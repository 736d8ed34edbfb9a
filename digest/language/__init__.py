"""A language is one data file: ``languages/<code>.toml`` holds its words, the engine holds none.

Every key is explained in ``docs/languages.md``. A file proves itself by its ``[[examples]]``: ``digest check`` and the
tests run them.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from digest.language.check import troubles, wrong
from digest.language.tables import tables
from digest.language.types import FRAMES, GRAMMAR, GROUPS, KINDS, Example, Groups, Language, Raw, Teller, Verb, Words
from digest.model import DigestError

__all__ = [
    "FOLDER",
    "FRAMES",
    "GRAMMAR",
    "GROUPS",
    "KINDS",
    "Example",
    "Groups",
    "Language",
    "Raw",
    "Teller",
    "Verb",
    "Words",
    "available",
    "keys",
    "load",
    "problems",
    "read",
]

FOLDER = Path(__file__).parent.parent / "languages"
_KEY_OF_ERROR = re.compile(r"\$\.([a-z_]+)")


@functools.cache
def available() -> tuple[str, ...]:
    """Return the codes of the languages there are, sorted."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.toml")))


@functools.cache
def load(code: str) -> Language:
    """Return the language ``code``; an unknown one is read with English words, the only honest default there is.

    Raises DigestError, naming the file and the place, when the data file is wrong.
    """
    return read(FOLDER / f"{code}.toml") if code in available() or code == "en" else load("en")


def read(path: Path) -> Language:
    """Return the language that the file ``path`` describes.

    Raises DigestError, one sentence with the file, its line and the way out, when the file is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DigestError(f"languages/{path.name}: {error}; mend the file, it must be TOML in UTF-8") from error
    try:
        raw = msgspec.convert(table, Raw, strict=True)
    except msgspec.ValidationError as error:
        found = _KEY_OF_ERROR.search(str(error))
        key = found[1] if found else ""
        raise wrong(path, text, key, f"{error}; docs/languages.md says what each key holds") from error
    for key, trouble in troubles(table, raw):
        raise wrong(path, text, key, trouble)
    return tables(raw)


def problems(folder: Path = FOLDER) -> list[str]:
    """Return what is wrong with the language files in ``folder``, one sentence each, with file and line."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            raw = read(path).raw
        except DigestError as error:
            found.append(str(error))
            continue
        if raw.code != path.stem:
            found.append(f"languages/{path.name}: code is “{raw.code}”; it must be the file's own name, “{path.stem}”")
        if not raw.examples:
            found.append(f"languages/{path.name}: there are no [[examples]]; add some, so that the file proves itself")
    return found


def keys() -> Mapping[str, Any]:
    """Return the keys a language file may have, with their types."""
    return {name: f.type for name, f in Raw.__dataclass_fields__.items()}
