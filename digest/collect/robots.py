"""What a robots.txt allows, as RFC 9309 says.

Python's own ``urllib.robotparser`` takes the first rule that fits instead of the longest and knows no ``*`` and ``$``
before its releases of 2026 (CPython issue 138907), and other readers make regular expressions of the patterns, which a
hostile file can make slow. Here a pattern costs time with the length of the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.text import uri

_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?$")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one site asks of us. ``rules`` are patterns, each with whether it allows; ``delay`` is in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, address: str) -> bool:
        """Whether the page at ``address`` may be fetched: the longest pattern that fits decides, at a tie in favour."""
        parts = urlsplit(address)
        path = _spelled(parts.path + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


ANYTHING = Robots()


def parse(text: str, token: str) -> Robots:
    """Return what ``text`` asks of the program whose product token is ``token``; ``*`` is asked of the others.

    The groups of one name count together. Lines that are not understood are passed over. What is asked of others is not
    kept: a group may have any number of names, and each line of it would be kept for each of them.
    """
    ours = token.lower()
    groups: dict[str, list[tuple[str, str]]] = {}
    names: set[str] = set()
    open_ = True
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent" and colon:
            if not open_:
                names.clear()
            open_ = True
            found = _TOKEN.match(value)
            if found and (name := found.group().lower()) in (ours, "*"):
                names.add(name)
                groups.setdefault(name, [])
        elif field in ("allow", "disallow", "crawl-delay") and colon:
            open_ = False
            for name in names:
                groups[name].append((field, value))
    lines = groups.get(ours, groups.get("*", []))
    rules = tuple((_spelled(value), field == "allow") for field, value in lines if value and field != "crawl-delay")
    delays = [float(value) for field, value in lines if field == "crawl-delay" and _NUMBER.match(value)]
    return Robots(rules, max(delays, default=None))


def _spelled(path: str) -> str:
    """Return a path or pattern in the one spelling that is compared (RFC 9309, 2.2.2): escaped where it must be."""
    return _ESCAPED.sub(_unescaped, uri(path)) or "/"


def _unescaped(match: re.Match[str]) -> str:
    sign = chr(int(match.group(1), 16))
    return sign if _UNRESERVED.match(sign) else match.group().upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether ``pattern`` fits the beginning of ``path``, or all of it where it ends in ``$``; ``*`` is any run."""
    first, *rest = pattern.removesuffix("$").split("*")
    whole = pattern.endswith("$")
    if not path.startswith(first):
        return False
    at = len(first)
    if whole and not rest:
        return at == len(path)
    last = rest.pop() if whole else ""
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not whole or (path.endswith(last) and len(path) - len(last) >= at)
