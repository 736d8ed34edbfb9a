"""Addresses: from page to page, to the file in the repository, to the words at the source, to a report of an error."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

from digest.lines import Line
from digest.model import Article
from digest.output import SiteInfo
from digest.text import clip

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\\"<>^`{|}]")
_RUN = re.compile(r"[^\n\"“”„«»‘’‚‹›]+")
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


def blob(site: SiteInfo, article: Article) -> str | None:
    """Return the address of the article's file in the repository at the commit, or None where it is unknown."""
    repo = web(site.repo_url)
    if not repo or not site.commit:
        return None
    return f"{_base(repo)}blob/{site.commit}/{quote(f'{site.seeds_dir}/{article.path}')}"


def commit(site: SiteInfo, hash_: str | None) -> str | None:
    """Return the address of a commit in the site's repository, or None where either is unknown."""
    repo = web(site.repo_url)
    return f"{_base(repo)}commit/{hash_}" if repo and hash_ else None


def report(site: SiteInfo, line: Line) -> str | None:
    """Return the address where an error in this quotation can be reported, filled in, or None without a repository."""
    repo = web(site.repo_url)
    if not repo:
        return None
    q = line.quotation
    title = f"{line.article.id}: {q.id}"
    body = f"{site.seeds_dir}/{line.article.path}:{q.start}-{q.end}\n> {clip(line.words, 300)}\n\nWhat is wrong:\n"
    names = ("issue[title]", "issue[description]") if _gitlab(repo) else ("title", "body")
    return f"{_base(repo)}issues/new?{urlencode(dict(zip(names, (title, body), strict=True)), quote_via=quote)}"


def at_source(line: Line) -> str | None:
    """Return the article's address with a text fragment on the quotation, or None without a web address.

    https://wicg.github.io/scroll-to-text-fragment/: the first words of the longest run without quotation marks, which
    the original may set otherwise; ``-`` and ``,`` are the fragment's own punctuation and are escaped too.
    """
    url = web(line.article.url)
    if not url:
        return None
    words = max(_RUN.findall(line.words), key=len, default="").split()[:8]
    wanted = quote(" ".join(words), safe="").replace("-", "%2D")
    return f"{url.partition('#')[0]}#:~:text={wanted}" if wanted else url


def short_path(path: str) -> str:
    """Return a file's name, shortened in its middle: ``000_940fa06cb24fb5c4.txt`` -> ``000_940f….txt``."""
    name = path.rpartition("/")[2]
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


def _base(repo: str) -> str:
    """Return a repository's address up to where its pages begin; GitLab puts ``-`` before them."""
    return repo.rstrip("/").removesuffix(".git") + ("/-/" if _gitlab(repo) else "/")


def _gitlab(repo: str) -> bool:
    return "gitlab" in (urlsplit(repo).hostname or "")
