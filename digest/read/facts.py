"""What a file or its sidecar says about an article: keys to ArticleMeta, and a note for each thing not understood."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.decisions import ArticleMeta
from digest.read import dates
from digest.read.errors import ReadError
from digest.read.limits import MAX_FRONT_MATTER
from digest.text import address, clean, language_code, squeeze

if TYPE_CHECKING:
    import yaml

KEYS = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "source": "outlet",
    "publisher": "outlet",
    "published": "published",
    "date": "published",
    "pubdate": "published",
    "publishdate": "published",
    "publish_date": "published",
    "published_at": "published",
    "date_published": "published",
    "datepublished": "published",
    "byline": "byline",
    "author": "byline",
    "authors": "byline",
    "creator": "byline",
    "url": "url",
    "source_url": "url",
    "canonical": "url",
    "canonical_url": "url",
    "canonicalurl": "url",
    "original_url": "url",
    "link": "url",
    "permalink": "url",
    "language": "language",
    "lang": "language",
}
"""The keys of front matter and sidecars, with the field of ArticleMeta that each fills."""

GENERATORS = frozenset({
    "aliases", "archived", "cascade", "categories", "category", "comments", "cover", "created", "cssclass",
    "cssclasses", "description", "draft", "eleventyexcludefromcollections", "eleventynavigation", "excerpt",
    "expirydate", "extra", "featured", "hidden", "id", "image", "images", "in_search_index", "keywords",
    "last_modified_at", "lastmod", "layout", "linktitle", "markup", "math", "menu", "menus", "modified", "outputs",
    "params", "parent", "path", "pin", "pinned", "resources", "save_as", "series", "sitemap", "slug", "status",
    "subtitle", "summary", "tag", "tags", "taxonomies", "template", "thumbnail", "toc", "topics", "translationkey",
    "type", "uid", "updated", "weight",
})  # fmt: skip
"""The keys by which generators of sites lay out pages. They say nothing that an article needs, and nobody mistypes them
for one that does."""

NOTE = "note"
"""The key of what readers of the article are to know: its words, or each of a list, become a note of the article."""

OF_COLLECTING = frozenset({"fetched", "hash"})
"""The keys that `digest collect` writes for people and for itself."""

SIDECARS = (".meta.json", ".meta.yml")
"""How the names of sidecars end: ``talks.meta.yml`` stands beside ``talks.txt``."""

_JSON_EXAMPLE = '{"outlet": "Name"}'
_NULL = "tag:yaml.org,2002:null"
_TEXT_TAGS = frozenset({_NULL, *(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "timestamp"))})


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its values; no value stands for null. ``line`` counts from 1, in its own file.

    ``plain`` is False when the value is something other than text or a list of texts.
    """

    key: str
    values: tuple[str, ...]
    line: int | None = None
    plain: bool = True


@dataclass(frozen=True, slots=True)
class _Pairs:
    """A JSON object as it is written; a dictionary would silently keep the last of two equal keys."""

    items: list[tuple[str, Any]]


def settle(entries: Iterable[Entry], place: str, languages: tuple[str, ...]) -> tuple[ArticleMeta, tuple[str, ...]]:
    """Return what the entries say, and a note for each that says nothing usable. ``place`` names them in the notes."""
    found: dict[str, str] = {}
    notes = []
    for entry in entries:
        key = key_of(entry.key)
        field = KEYS.get(key)
        if key in OF_COLLECTING:
            continue
        if key == NOTE and entry.plain:
            notes += [words for value in entry.values if (words := squeeze(clean(value)))]
            continue
        where = f"{place}, line {entry.line}" if entry.line else place
        if field is None:
            notes.append(f"{where}: the key “{shown(entry.key)}” is not known and was left out")
        elif not entry.plain or (len(entry.values) > 1 and field != "byline"):
            notes.append(f"{where}: “{shown(entry.key)}” is not a single text and was left out")
        elif entry.values:
            raw = squeeze(clean(", ".join(entry.values)))
            if field == "outlet" and address(raw):
                field = "url"
            if field in found:
                notes.append(f"{where}: “{shown(entry.key)}” says again what stands before it and was left out")
            elif value := understood(field, raw, languages):
                found[field] = value
            elif raw:
                notes.append(f"{where}: “{shown(entry.key)}” cannot be read from “{shown(raw)}”; {_EXPECTED[field]}")
    return ArticleMeta(**found), tuple(notes)


def key_of(name: str) -> str:
    """Return a key as it stands in ``KEYS``: ``Publish-Date`` -> ``publish_date``."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


_EXPECTED = {
    "title": "write some words",
    "outlet": "write some words",
    "byline": "write some words",
    "published": "write a date as YYYY-MM-DD",
    "url": "write an address that begins with https:// or http://",
    "language": "write a code such as en or de",
}


def understood(field: str, raw: str, languages: tuple[str, ...] = ("en",)) -> str | None:
    """Return the value of a field of ArticleMeta as it is stored, or None when ``raw`` is no such value."""
    if field == "published":
        return dates.iso(raw, languages)
    if field == "url":
        return address(raw)
    if field == "language":
        return language_code(raw)
    return raw if any(c.isalnum() for c in raw) else None


def yaml_entries(text: str, place: str, first_line: int = 1) -> list[Entry]:
    """Return the top-level keys of a YAML mapping. ``first_line`` is the number of the text's first line in its file.

    Values are taken as written: no dates, numbers or booleans are made of them (so ``no`` stays Norwegian). Raises
    ReadError naming the line when the YAML is broken, is no mapping, holds a key twice, or repeats by an alias what
    stands elsewhere, of which ten lines make a billion values.
    """
    import yaml  # most articles have no front matter

    check_size(text, place)
    try:
        _refuse_aliases(text, place, first_line)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f", line {mark.line + first_line}" if mark else ""
        why = f"{place}{at}: this is not YAML ({error.problem}); put the value into quotation marks"
        raise ReadError("front matter", why) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ReadError("front matter", f"{place}: this is not YAML ({shown(str(error))}); mend it") from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise ReadError("front matter", f"{place}: there are no keys; write lines such as “outlet: Name”")
    found: dict[str, Entry] = {}
    for key_node, value_node in root.value:
        line = key_node.start_mark.line + first_line
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key in found:
            why = f"{place}, line {line}: “{shown(key)}” already stands in line {found[key].line}; keep one"
            raise ReadError("front matter", why)
        values = _values(value_node)
        found[key] = Entry(key, values or (), line, values is not None)
    return list(found.values())


def _refuse_aliases(text: str, place: str, first_line: int) -> None:
    import yaml

    if "*" not in text:
        return
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            mark = event.start_mark
            line = mark.line + first_line if mark else first_line
            why = f"{place}, line {line}: “*{shown(event.anchor or '')}” repeats what stands elsewhere; write the words"
            raise ReadError("front matter", why)


def json_entries(text: str, place: str) -> list[Entry]:
    """Return the keys of a JSON object; one that stands twice comes twice. Raises ReadError when it is no object."""
    check_size(text, place)
    try:
        found = json.loads(text, object_pairs_hook=_Pairs, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise ReadError("front matter", f"{place}: this is not a JSON object ({shown(str(error))}); mend it") from error
    if not isinstance(found, _Pairs):
        raise ReadError("front matter", f"{place}: this is not a JSON object; write lines such as {_JSON_EXAMPLE}")
    entries = []
    for key, value in found.items:
        values = value if isinstance(value, list) else [] if value is None else [value]
        plain = all(isinstance(v, str) for v in values)
        entries.append(Entry(key, tuple(values) if plain else (), None, plain))
    return entries


def sidecars(path: Path) -> Iterator[Path]:
    """Yield the sidecars that lie beside the article ``path``. Links are not followed."""
    for ending in SIDECARS:
        beside = path.with_name(path.stem + ending)
        if _is_file(beside):
            yield beside


def entries(text: str, name: str) -> list[Entry]:
    """Return the keys of a sidecar that is called ``name``. Raises ReadError when it is broken."""
    return (json_entries if name.endswith(".json") else yaml_entries)(text, name)


def over(first: ArticleMeta, second: ArticleMeta) -> ArticleMeta:
    """Return ``first`` with its gaps filled from ``second``."""
    gaps = {f.name: getattr(second, f.name) for f in fields(ArticleMeta) if getattr(first, f.name) is None}
    return replace(first, **gaps)


def printable(name: str) -> str:
    """Return a foreign name of a file in one line, with � for what is no letter."""
    return "".join(c if c.isprintable() else "�" for c in name.encode("utf-8", "replace").decode())


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False  # it is not there; or, beside a very long name, it could not even be written


def shown(text: str) -> str:
    """Return a piece of foreign text, short enough for a sentence."""
    text = squeeze(clean(text))
    return text if len(text) <= 60 else text[:59] + "…"


def check_size(text: str, place: str) -> None:
    """Raise ReadError when front matter or a sidecar is larger than some lines of keys are."""
    if len(text) > MAX_FRONT_MATTER:
        raise ReadError(
            "too large", f"{place}: {len(text):,} characters, at most {MAX_FRONT_MATTER:,} are read; shorten it"
        )


def _values(node: yaml.Node) -> tuple[str, ...] | None:
    """Return the texts in a value, none for null; None when it is something other than text or a list of texts."""
    import yaml

    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(n, yaml.ScalarNode) and n.tag in _TEXT_TAGS for n in nodes):
        return None
    return tuple(n.value for n in nodes if n.tag != _NULL)
