"""Addresses of stories: one spelling for each, which of those that a page names counts, and the file it is kept in."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from digest.read.packs.feed import without_tracking
from digest.text import address, digest_of, slug, uri

PORTS = {"http": 80, "https": 443}
"""The port of each scheme where an address names none."""
_VARIANTS = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_KEY = re.compile(r"-([0-9a-f]{12})\.md$")
_LONGEST_WORDS = 50


def normal(text: str, base: str | None = None) -> str | None:
    """Return the one spelling of a web address, in ASCII, or None when ``text`` is none that may be fetched.

    Host and scheme are in lower case (RFC 3986, 6.2.2), and the default port, the fragment and what only marks the way
    a reader came are left out. A relative address is taken from ``base``.
    """
    try:
        whole = address(urljoin(base, text.strip()) if base else text)
        if whole is None:
            return None
        parts = urlsplit(whole)
        host = (parts.hostname or "").encode("idna").decode("ascii") if not whole.isascii() else parts.hostname or ""
        port = parts.port
    except ValueError:  # UnicodeError too: a host that no name can have
        return None
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    place = host if port in (None, PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    spelled = urlunsplit((parts.scheme.lower(), place, uri(parts.path or "/"), uri(parts.query), ""))
    return address(without_tracking(spelled))


def origin(address: str) -> str:
    """Return scheme, host and port of an address: what a robots.txt is for (RFC 9309, 2.3)."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host(address: str) -> str:
    """Return the host of an address without the port."""
    return urlsplit(address).hostname or ""


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: one host, whichever variant of it, or one below the other."""
    a, b = (_VARIANTS.sub("", host(each)) for each in (one, other))
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def canonical(stated: str | None, fetched: str) -> str:
    """Return the address of the story at ``fetched``: the one that its page states, where that can be true.

    It has to be of the same site, or anybody could take the place of another's story; and a page that names the front
    page as its own address has a mistake in its template.
    """
    named = normal(stated, fetched) if stated else None
    if named is None or not same_site(named, fetched):
        return fetched
    return fetched if urlsplit(named).path == "/" and not urlsplit(named).query else named


def key(address: str) -> str:
    """Return what marks the file of the story at ``address``, in its name: 12 hex digits."""
    return digest_of(address)[:12]


def key_in(name: str) -> str | None:
    """Return the key in the name of a file, None where there is none: by it a file is found whatever its title was."""
    found = _KEY.search(name)
    return found.group(1) if found else None


def file_name(title: str, published: str | None, address: str) -> str:
    """Return the place of a new story's file: a folder for its site, and a name from date, headline and address.

    The name is given once and stays, however the headline is edited. The name of a story without a date has no digits
    but those of its key, which no date can be read in.
    """
    words = slug(title) if published else slug(re.sub(r"\d", " ", title))
    if len(words) > _LONGEST_WORDS:
        words = words[: _LONGEST_WORDS + 1].rpartition("-")[0][:_LONGEST_WORDS] or words[:_LONGEST_WORDS]
    pieces = [published, words, key(address)] if published else [words, key(address)]
    return f"{slug(_VARIANTS.sub('', host(address)))}/{'-'.join(filter(None, pieces))}.md"
