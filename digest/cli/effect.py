"""What the articles and the curation of a monitor move against an earlier commit, in lines for a pull request."""

from __future__ import annotations

import io
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from digest import build, changes, plugin, repository
from digest.cli import difference
from digest.cli.tables import escaped
from digest.export import records
from digest.model import DigestError
from digest.page.english import counted, listed

if TYPE_CHECKING:
    from digest.articles import Progress
    from digest.edition import Edition
    from digest.since import Change, Changes, TopicChange

_NAMED = 8
"""So many articles, actors and pairs of speakers are named; the others are counted."""


def effect(root: Path, base: str, progress: Progress) -> list[str]:
    """Return what the monitor in ``root`` moves against the commit ``base``, as lines of a Markdown list.

    Both are read by this program, so that nothing is told but what articles and curation change. Raises DigestError
    where git does not know ``base`` or an edition cannot be made.
    """
    settings = plugin.settings(root)
    now = build.built(replace(settings, state=None), progress)
    with TemporaryDirectory(prefix="digest-") as folder:
        seeds, curation = (
            _at(path, base, Path(folder) / str(n)) for n, path in enumerate((settings.seeds, settings.curation))
        )
        earlier = replace(settings, seeds=seeds, curation=curation, state=None)
        before = build.built(earlier, progress) if any(seeds.rglob("*")) else None
    if before is None:
        return [f"- there was no article at {base}; everything is new"]
    found = changes.compare(before.state, now.state, now.edition, now.decided)
    found, changed = _paired(found, _edited(before.edition, now.edition))
    return list(_lines(found, changed, {a.article.id: a.article.title for a in now.edition.articles}))


def _at(path: Path, base: str, target: Path) -> Path:
    """Write the folder ``path`` as it was at ``base`` into ``target``; one that was not there is empty."""
    target.mkdir()
    if not repository.installed():
        raise DigestError("git is not installed; `--effect` compares with a commit")
    parent, name = path.resolve().parent, path.name
    if not repository.ask(parent, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}"):
        raise DigestError(f"{base}: git knows no such commit here; name a commit or a branch, such as origin/main")
    if not repository.ask(parent, "ls-tree", base, "--", name):
        return target
    packed = repository.ask(parent, "archive", "--format=tar", base, "--", name)
    if not packed:
        raise DigestError(f"{path}: git cannot give this folder as it was at {base}; fetch the whole history")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(target, filter="data")
    return target / name


def _edited(before: Edition, now: Edition) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the quotations whose words were edited: each by its article and id, before and now."""
    for change in difference.compare(records.quotations(before), records.quotations(now)):
        if change.before and "text" in change.fields:
            old, new = change.before, change.record
            yield (old["article"], old["id"]), (new["article"], new["id"])


def _paired(found: Changes, edited: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> tuple[Changes, list[Change]]:
    """Return the changes without those that are halves of an edit, and of each edit the half of now."""
    halves = {(c.kind, (c.article, c.quotation)): c for c in found.quotations}
    changed, gone = [], set()
    for old, new in edited:
        if ("removed", old) in halves and ("added", new) in halves:
            changed.append(halves["added", new])
            gone |= {("removed", old), ("added", new)}
    left = tuple(c for c in found.quotations if (c.kind, (c.article, c.quotation)) not in gone)
    return replace(found, quotations=left), changed


def _lines(found: Changes, changed: Sequence[Change], titles: dict[str, str]) -> Iterator[str]:
    if found.nothing and not changed:
        yield "- nothing moves"
        return
    for ids, what in ((found.articles, "new article"), (found.edited, "edited article")):
        if ids:
            yield f"- {counted(len(ids), what)}: {_some([escaped(titles[id_]) for id_ in ids])}"
    for n, what in ((found.gone, "removed"), (found.withheld_articles, "withheld")):
        if n:
            yield f"- {counted(n, 'article')} {what}"
    if found.merged:
        named = _some([f"{escaped(one.name)} into {escaped(one.into)}" for one in found.merged])
        yield f"- {counted(len(found.merged), 'actor')} merged: {named}"
    if found.renamed:
        named = _some([f"{escaped(one.name)} to {escaped(one.to)}" for one in found.renamed])
        yield f"- {counted(len(found.renamed), 'actor')} renamed: {named}"
    moved = Counter((c.before, c.after) for c in found.quotations if c.kind == "re-attributed")
    for (before, after), n in moved.most_common(_NAMED):
        yield f"- {counted(n, 'quotation')} from {_who(before)} to {_who(after)}"
    if len(moved) > _NAMED:
        rest = sum(moved.values()) - sum(n for _, n in moved.most_common(_NAMED))
        yield f"- {counted(rest, 'more quotation')} from one to another"
    for kind in ("added", "changed", "removed"):
        these = changed if kind == "changed" else [c for c in found.quotations if c.kind == kind]
        own = Counter(c.after or c.before for c in these)
        if own:
            by = _some([f"{_who(who)} {n}" for who, n in own.most_common()])
            yield f"- {counted(sum(own.values()), 'quotation')} {kind}: {by}"
    if found.withheld:
        yield f"- {counted(found.withheld, 'quotation')} withheld"
    for topic in found.topics[:_NAMED]:
        yield f"- {_topic(topic, titles)}"
    if len(found.topics) > _NAMED:
        yield f"- {counted(len(found.topics) - _NAMED, 'more topic')} with other articles"


def _topic(change: TopicChange, titles: dict[str, str]) -> str:
    """Return which articles are on a topic by now, and which are no longer."""
    sides = (("on", change.more), ("no longer on", change.fewer))
    told = [
        f"{counted(len(ids), 'article')} {how} {escaped(change.topic)}: {_some([escaped(titles[id_]) for id_ in ids])}"
        for how, ids in sides
        if ids
    ]
    return "; ".join(told)


def _who(names: tuple[str, ...]) -> str:
    return listed([escaped(name) for name in names]) or "nobody"


def _some(items: list[str]) -> str:
    more = len(items) - _NAMED
    return listed(items) if more <= 0 else f"{', '.join(items[:_NAMED])} and {more:,} more"
