"""The sitemap: every page once, in as many files as the protocol asks for (https://www.sitemaps.org/protocol.html).

One file may name so many addresses; of more, the first file is an index of the others. These lie beside it, for a
sitemap may name only what lies in its own folder or below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.files import Files

NAME = "sitemap.xml"
MOST = 50_000
"""A sitemap names at most so many addresses, and may have 50 MB: a thousand bytes for each, which none of ours has."""


def addresses(files: Files) -> list[str]:
    """Return the address of every page that is one: whole, and none that only leads on to another."""
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    return [page.canonical_url for page in pages if page.canonical_url and not page.meta.get("moved")]


def sheets(found: Sequence[str]) -> list[Sequence[str]]:
    """Return the addresses in pieces of at most ``MOST``, in order."""
    return [found[start : start + MOST] for start in range(0, len(found), MOST)]


def sheet_name(number: int) -> str:
    """Return the name of one of several sitemaps, from 1."""
    return f"sitemap-{number}.xml"


def written(files: Files, env: Environment, site_url: str) -> dict[str, str]:
    """Return what lies beside the sitemap by its name, and tell the template of the sitemap what stands in it.

    That is each of several sitemaps, and ``robots.txt`` (RFC 9309), by which a search engine finds the first; nothing
    where the address of the site is not known.
    """
    held = sheets(addresses(files)) if site_url else []
    several = dict(enumerate(held, 1)) if len(held) > 1 else {}
    env.globals["sitemaps"] = [f"{site_url}{sheet_name(number)}" for number in several]
    env.globals["addresses"] = () if several else [address for sheet in held for address in sheet]
    urls = env.get_template("partials/urls.html")
    found = {sheet_name(number): urls.render(addresses=sheet) for number, sheet in several.items()}
    if held:
        found["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{NAME}\n"
    return found
