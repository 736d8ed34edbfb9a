"""Addresses: from page to page, and out of the site; how a file and an id are written."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\\"<>^`{|}]")
_STEM = 20
"""A file name longer than this is shortened in a line of provenance; the link has it whole."""
# https://yaml.org/type/: what YAML 1.1 makes of a plain scalar of the characters that an id has.
_TYPED = re.compile(r"[\d-]+|0[box][\da-f]+|\d+e\d+|y|n|yes|no|on|off|true|false|null")
_HASH = re.compile(r"[0-9a-f]{8,}")


def up(url: str) -> str:
    """Return the way from the page at ``url`` to the site's root: ``../../`` from ``actors/ida-quill/``."""
    return "../" * url.count("/")


def web(url: str | None) -> str | None:
    """Return ``url`` if it can be linked to: an absolute http(s) address. Anything else must stay text."""
    if not url or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # "http://[" and its like
        return None


def short_path(path: str) -> str:
    """Return a file's name, shortened in its middle: ``000_940fa06cb24fb5c4.txt`` -> ``000_940f….txt``.

    Of a file that holds many articles it is the article's own: ``valley.rss!bridge-closed`` -> ``bridge-closed``.
    """
    name = path.rpartition("/")[2].rpartition("!")[2]
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    if _HASH.search(stem) and len(stem) > 12:
        return f"{stem[:8]}…{dot}{suffix}"
    return f"{stem[:_STEM]}…{dot}{suffix}" if len(stem) > _STEM + 4 else name


def yaml_key(id_: str) -> str:
    """Return an article's id as a key to paste into a YAML file: in quotation marks where it would be read as another
    type (``0001`` is a number, ``on`` a truth value).
    """
    return f'"{id_}"' if _TYPED.fullmatch(id_) else id_
