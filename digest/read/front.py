"""What stands above an article in Markdown: YAML, TOML, or lines of ``Key: value``, as generators of sites read it.

YAML between ``---`` (Jekyll, Hugo, Eleventy, Hexo, Obsidian), TOML between ``+++`` (Hugo, Zola), headers down to the
first empty line (Pelican, MultiMarkdown). Listed keys count; what the generators have for themselves (tags, layouts,
addresses on their own site) says nothing of the article and is passed over; any other key is noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.decisions import ArticleMeta
from digest.read import facts, limits
from digest.read.errors import ReadError
from digest.read.facts import Entry

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"\s*(---|\+\+\+)[ \t]*\n\s*[\w\"]+\s*[:=]")
_HEADER = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]+(\S[^\n]*)\n")
_MORE = re.compile(r"[ \t]{4,}(\S[^\n]*)\n")
_NAMED = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")


def taken_off(text: str, languages: tuple[str, ...]) -> tuple[ArticleMeta, tuple[str, ...], str]:
    """Return what stands above an article, notes on what of it is not understood, and the text below it.

    Raises ReadError when it is broken, has no end or is too large.
    """
    for pattern, entries in ((_YAML, facts.yaml_entries), (_TOML, toml_entries)):
        if match := pattern.match(text):
            first_line = text.count("\n", 0, match.start(1)) + 1
            found = entries(match.group(1), "front matter", first_line)
            return *_settled(found, languages), text[match.end() :]
    if match := _OPENED.match(text):
        mark = match.group(1)
        why = f"the front matter has no end; write {mark} in a line of its own below its keys"
        raise ReadError("front matter", why)
    headers, end = _headers(text)
    return (*_settled(headers, languages), text[end:]) if headers else (ArticleMeta(), (), text)


def toml_entries(text: str, place: str, first_line: int = 1) -> list[Entry]:
    """Return the top-level keys of a TOML document, dates as they are written. Raises ReadError when it is broken."""
    import tomllib  # few articles have it

    facts.check_size(text, place)
    if text.count(".") > limits.MAX_DOTS:
        raise ReadError("too large", f"{place}: more than {limits.MAX_DOTS:,} dots; shorten it")
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = f"{place} from line {first_line} on: this is not TOML ({facts.shown(str(error))}); mend it"
        raise ReadError("front matter", why) from error
    entries = []
    for key, value in found.items():
        values = value if isinstance(value, list) else [value]
        plain = all(not isinstance(one, dict | list) for one in values)
        entries.append(Entry(key, tuple(map(str, values)) if plain else (), None, plain))
    return entries


def _settled(found: list[Entry], languages: tuple[str, ...]) -> tuple[ArticleMeta, tuple[str, ...]]:
    said = (_unlinked(entry) for entry in found if not _is_generators(entry))
    return facts.settle(said, "front matter", languages)


def _is_generators(entry: Entry) -> bool:
    """Whether a key is the generator's own; so is the address of a page on its site, which begins with no host."""
    key = facts.key_of(entry.key)
    own = key == "permalink" or all(value.startswith("/") for value in entry.values)
    here = facts.KEYS.get(key) == "url" and own and not any("://" in value for value in entry.values)
    return key in facts.GENERATORS or here


def _unlinked(entry: Entry) -> Entry:
    """Return an entry with the names in it as they are read: Obsidian writes links to notes, ``[[Ida Quill]]``."""
    values = tuple(_NAMED.sub(r"\1", value) for value in entry.values)
    return Entry(entry.key, values, entry.line, entry.plain)


def _headers(text: str) -> tuple[list[Entry], int]:
    """Return the headers at the beginning of a text and where they end, none and 0 where it begins with its words.

    There are two at least, a title among them, each with a key that is known: an article may begin with a place and a
    colon, and never with these.
    """
    lines = list(_header_lines(text))
    keys = {facts.key_of(entry.key) for entry, _ in lines}
    known = keys <= facts.KEYS.keys() | facts.GENERATORS
    end = lines[-1][1] if lines else 0
    below = text[end : end + 1]
    if len(lines) > 1 and known and "title" in keys and below in ("", "\n"):
        return [entry for entry, _ in lines], end
    return [], 0


def _header_lines(text: str) -> Iterator[tuple[Entry, int]]:
    at, line = 0, 1
    while at < limits.MAX_FRONT_MATTER and (match := _HEADER.match(text, at)):
        values, first = [match.group(2)], line
        at, line = match.end(), line + 1
        while more := _MORE.match(text, at):
            values.append(more.group(1))
            at, line = more.end(), line + 1
        yield Entry(match.group(1), (" ".join(values),), first), at
