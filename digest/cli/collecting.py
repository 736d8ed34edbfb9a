"""The command that fetches: ``collect``."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest import __version__
from digest.cli.console import DONE, SKIPPED, Meter, counted, rows, say, shown

if TYPE_CHECKING:
    from digest.collect import Health

HEADER = ("Source", "State", "New", "Updated", "Unchanged", "Failed", "Last read", "Why")
NAME = "newsroom-digest"
"""By it a robots.txt may mean this program."""
_REASONS = 3


@click.command(short_help="Fetch new and edited stories of feeds and pages.")
@click.argument("sources", metavar="[SOURCE...]", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder for the stories.  [default: the seeds of the monitor in this folder]",
)
@click.option(
    "--most", type=click.IntRange(1), default=50, metavar="N", help="New stories of a feed in a run.  [default: 50]"
)
@click.option(
    "--days", type=click.IntRange(0), default=2, metavar="N", help="How long a story is looked at again.  [default: 2]"
)
@click.option(
    "--delay",
    type=click.FloatRange(0),
    default=1.0,
    metavar="SECONDS",
    help="The least time between two requests to a host.  [default: 1]",
)
@click.option("--allow-private", is_flag=True, help="Also ask hosts of this machine and of private networks.")
@click.option("--dry-run", is_flag=True, help="Fetch and tell, and write nothing.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table as Markdown.")
@click.pass_context
def collect(
    ctx: click.Context,
    sources: tuple[str, ...],
    output: Path | None,
    most: int,
    days: int,
    delay: float,
    allow_private: bool,
    dry_run: bool,
    as_markdown: bool,
) -> None:
    """Fetch what is new of each SOURCE: a feed, a page, or a list of feeds (OPML); and say how each of them is.

    Without SOURCE, what mkdocs.yml names under collect is fetched. Each story becomes a Markdown file, and an edited
    one updates its file.
    """
    from digest import collect as collecting
    from digest import language, plugin
    from digest.workers import Workers

    settings, listed = plugin.collected(Path())
    wanted = collecting.gathered(sources, Path()) if sources else collecting.gathered(listed, settings.root)
    if not wanted:
        say("Nothing is named to be collected; name feeds here, or in mkdocs.yml under `collect:`")
        ctx.exit(DONE)
    agent = f"{NAME}/{__version__}" + (f" (+{settings.site_url})" if settings.site_url else "")
    guest = collecting.Guest(collecting.Client(agent, private=allow_private), NAME, collecting.Manners(delay=delay))
    now = datetime.datetime.now(datetime.UTC)
    options = collecting.Options(now, language.available(), most, days, dry_run, all_sources=not sources)
    folder = output or settings.seeds
    with Workers(1) as workers, Meter() as meter:
        found = collecting.collect(wanted, folder, guest, workers, options, meter)
    summary = _summary(found, folder, dry_run)
    if as_markdown:
        from digest.cli.tables import markdown  # it brings the words of the pages along

        click.echo(markdown(summary, HEADER, [_row(each) for each in found]), nl=False)
    else:
        rows(HEADER, [_row(each) for each in found])
        say(summary)
    ctx.exit(SKIPPED if any(each.condition == "failed" or each.failed for each in found) else DONE)


def _row(health: Health) -> tuple[str, ...]:
    reasons = list(health.reasons[:_REASONS])
    if len(health.reasons) > _REASONS:
        reasons.append(f"{len(health.reasons) - _REASONS} more like these")
    if health.gone:
        reasons.append(f"{counted(health.gone, 'story')} no longer there".replace("storys", "stories"))
    if health.later:
        reasons.append(f"{health.later} left to the next run")
    numbers = (health.new, health.updated, health.unchanged, health.failed)
    name = health.source.outlet or health.source.name
    return (
        f"{name} ({health.source.address})" if name else health.source.address,
        health.condition,
        *map(str, numbers),
        health.good or "never",
        "; ".join(reasons),
    )


def _summary(found: Sequence[Health], folder: Path, dry: bool) -> str:
    new, updated = sum(each.new for each in found), sum(each.updated for each in found)
    ill = sum(each.condition == "failed" for each in found)
    told = f"{new} new and {updated} edited stories {'for' if dry else 'in'} {shown(folder)}"
    return f"{told}, from {counted(len(found), 'source')}{f', {ill} of which failed' if ill else ''}"
