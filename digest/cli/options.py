"""Options and arguments that several commands share, and what they lead to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digest import build, curate
    from digest.articles import Progress
    from digest.edition import Edition

curation_option = click.option(
    "--curation",
    # Without the option the folder may be missing; one that is named and missing is a slip that would drop decisions.
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder with what people decided about the articles.  [default: curation, where there is one]",
)


def edition_of(paths: tuple[Path, ...], curation: Path | None, progress: Progress) -> Edition:
    """Return the edition of ``paths``, or that of the monitor in the current folder when there are none.

    Raises DigestError when there is no article.
    """
    from digest import build

    return build.edition(_settings(paths, curation), progress, paths)


def edition_and_holder_of(
    paths: tuple[Path, ...], curation: Path | None, progress: Progress
) -> tuple[Edition, curate.Holder]:
    """Return what ``edition_of`` does, and what tells whether something of an earlier edition may be told by now."""
    from digest import build

    return build.edition_and_holder(_settings(paths, curation), progress, paths)


def _settings(paths: tuple[Path, ...], curation: Path | None) -> build.Settings:
    from digest import build

    if paths:
        return build.Settings(seeds=Path("seeds"), curation=curation or Path("curation"))
    from dataclasses import replace

    # MkDocs takes a quarter of a second to import; only its own file says where this monitor keeps its articles.
    from digest import plugin

    settings = plugin.settings(Path())
    return replace(settings, curation=curation) if curation else settings


def site_url_of(paths: tuple[Path, ...]) -> str:
    """Return the address of the site of the monitor in the current folder, which articles elsewhere have none of."""
    if paths:
        return ""
    from digest import plugin

    return plugin.settings(Path()).site_url
