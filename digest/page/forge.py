"""Addresses in the repository of the articles: a file at its commit, a commit, a report of an error filled in.

The forges differ in their addresses. Each is known by the name of its host; one on a host of its own is named in
mkdocs.yml, and is otherwise taken for one that answers like GitHub.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urlencode, urlsplit

from digest.addresses import actor_at
from digest.lines import Line, unresolved
from digest.model import Actor, Article
from digest.output import KIND_WORDS, SiteInfo
from digest.page.links import web
from digest.text import clip, file_of

WORDS = 300
"""A report repeats so many characters of a quotation. Servers take addresses of 8 KB, and a letter may be nine bytes of
one."""
NAMES = 12
"""A report on an actor lists so many of its names."""


@dataclass(frozen=True, slots=True)
class Forge:
    """How a forge's addresses go on behind the repository's. ``host`` is a part of the name of its public host.

    ``title`` and ``body`` are the parameters that fill in a new issue.
    """

    host: tuple[str, ...]
    blob: str
    commit: str
    issue: str = "issues/new"
    title: str = "title"
    body: str = "body"


# GitHub: https://docs.github.com/en/issues/tracking-your-work-with-issues/creating-an-issue#creating-an-issue-from-a-url-query
# GitLab: https://docs.gitlab.com/user/project/issues/create_issues/#using-a-url-with-prefilled-values
# Gitea, Forgejo: https://docs.gitea.com/usage/issue-pull-request-templates#filling-issue-fields-by-url
_FORGES: Mapping[str, Forge] = MappingProxyType(
    {
        "gitlab": Forge(
            ("gitlab",),
            "-/blob/{}/{}",
            "-/commit/{}",
            "-/issues/new",
            "issue[title]",
            "issue[description]",
        ),
        "gitea": Forge(("codeberg", "gitea", "forgejo"), "src/commit/{}/{}", "commit/{}"),
        "github": Forge(("github",), "blob/{}/{}", "commit/{}"),
    }
)
FORGES: Sequence[str] = tuple(_FORGES)
"""What mkdocs.yml may name."""


def blob(site: SiteInfo, article: Article) -> str | None:
    """Return the address of the article's file in the repository at the commit, or None where it is unknown.

    Of an article in a file that holds many, it is the file that all of them stand in.
    """
    base = _base(site)
    if not base or not site.commit:
        return None
    return base + _forge(site).blob.format(site.commit, quote(f"{site.seeds_dir}/{file_of(article.path)}"))


def commit(site: SiteInfo, hash_: str | None) -> str | None:
    """Return the address of a commit in the site's repository, or None where either is unknown."""
    base = _base(site)
    return base + _forge(site).commit.format(hash_) if base and hash_ else None


def report(site: SiteInfo, line: Line) -> str | None:
    """Return the address where an error in this quotation can be reported, or None without a repository.

    The report names the quotation by its id and says what it is read as now, so that whoever settles it can write the
    line of curation without looking it up.
    """
    q, article = line.quotation, line.article
    speakers = ", ".join(f"{actor.name} ({actor.id})" for actor in line.speakers)
    if not speakers:
        speakers = "not found" if unresolved(q) else "not named in the article"
    found = [
        ("Quotation", q.id),
        ("Page", _page(site, line.url)),
        ("File", f"{site.seeds_dir}/{article.path}, characters {q.start} to {q.end}"),
        ("Words", f"“{clip(line.words, WORDS)}”"),
        ("Speaker", speakers),
        ("Named by", clip(q.source.text, WORDS) if q.source else ""),
        ("Via", ", ".join(via.name for via in line.via)),
        ("Kind", KIND_WORDS[q.kind]),
        ("Outlet and date", ", ".join(filter(None, (line.outlet.name, article.published)))),
    ]
    return _issue(site, f"{q.id} in {article.id}", found)


def report_actor(site: SiteInfo, actor: Actor) -> str | None:
    """Return the address where an error about an actor can be reported, or None without a repository."""
    names = [name for name in actor.aliases if name != actor.name]
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    found = [
        ("Actor", actor.id),
        ("Page", _page(site, actor_at(actor.id))),
        ("Name", actor.name),
        ("Type", actor.type),
        ("Also written", ", ".join(names[:NAMES]) + more),
        ("Wikidata", actor.wikidata or ""),
    ]
    return _issue(site, f"{actor.id}: {clip(actor.name, WORDS)}", found)


def _issue(site: SiteInfo, title: str, found: Sequence[tuple[str, str]]) -> str | None:
    base = _base(site)
    if not base:
        return None
    forge = _forge(site)
    # A list, because Markdown would join lines of plain text.
    body = "".join(f"- {name}: {value}\n" for name, value in found if value)
    filled = {forge.title: title, forge.body: f"{body}\nWhat is wrong, and what would be right?\n"}
    return f"{base}{forge.issue}?{urlencode(filled, quote_via=quote)}"


def _page(site: SiteInfo, place: str) -> str:
    return f"{site.url}{place}" if site.url else place


def _base(site: SiteInfo) -> str | None:
    """Return the repository's address with a slash behind it, None where it is unknown or cannot be linked to."""
    repo = web(site.repo_url)
    return repo.rstrip("/").removesuffix(".git") + "/" if repo else None


def _forge(site: SiteInfo) -> Forge:
    if site.forge:
        return _FORGES[site.forge]
    host = urlsplit(site.repo_url or "").hostname or ""
    return next((f for f in _FORGES.values() if any(part in host for part in f.host)), _FORGES["github"])
