"""The commands that work on a whole monitor: ``new``, ``build``, ``serve``, ``check``, ``export``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from digest.cli.console import (
    CANNOT,
    DONE,
    EXISTING,
    INTERRUPTED,
    Meter,
    counted,
    on_terminal,
    plain,
    say,
    shown,
    tell_skipped,
)
from digest.cli.options import curation_option, edition_of, site_url_of
from digest.edition import Skipped
from digest.export import EXPORTS, PLAIN, TABLES, demand, write, write_all
from digest.model import DigestError

FORMATS = tuple(dict.fromkeys(export.format for export in EXPORTS.values()))
NO_TEXT = ("sqlite", "parquet")
"""The formats that a terminal cannot show."""
REASONS = 5
"""How many skipped inputs a build names; report.json lists them all."""

config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The monitor's configuration.  [default: mkdocs.yml, where there is one]",
)


@click.command(short_help="Build the site.")
@config_option
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder for the site, which a build replaces when the new one is whole.  [default: site]",
)
@click.option("--strict/--no-strict", default=None, help="Whether a warning ends the build.  [default: as mkdocs.yml]")
@click.pass_context
def build(ctx: click.Context, config_file: Path | None, site_dir: Path | None, strict: bool | None) -> None:
    """Build the site from the articles, and say where it is and what was found.

    Without a mkdocs.yml, the articles in the folder seeds are taken as they stand.
    """
    from digest import build as building
    from digest import plugin

    with Meter() as meter:
        site, edition, warnings = plugin.build_site(config_file, site_dir, strict, meter)
    for warning in warnings:
        say(f"warning: {plain(warning)}")
    found = building.report(edition)
    click.echo(
        f"The site is in {shown(site)}{os.sep}: {counted(found['published'], 'article')}, "
        f"{counted(found['quotations'], 'quotation')} by {counted(found['speakers'], 'speaker')}, "
        f"{found['unresolved']} unresolved, {len(edition.skipped)} skipped{_by_code(edition.skipped)}"
    )
    ctx.exit(tell_skipped(edition.skipped, REASONS, f"; {shown(site / plugin.DATA / plugin.REPORT)} lists them all"))


def _by_code(skipped: Sequence[Skipped]) -> str:
    """Return how many inputs were skipped for which reason, the most frequent first: " (3 link, 1 empty)"."""
    counts = Counter(each.code for each in skipped)
    most = sorted(counts.items(), key=lambda count: (-count[1], count[0]))
    return f" ({', '.join(f'{n} {code}' for code, n in most)})" if most else ""


@click.command(short_help="Show the site in the browser while you edit.")
@config_option
@click.option("-a", "--address", metavar="HOST:PORT", help="Where to serve.  [default: 127.0.0.1:8000]")
def serve(config_file: Path | None, address: str | None) -> None:
    """Serve the site until interrupted, and build it again when an article, a page or a decision changes."""
    from digest import plugin

    plugin.serve_site(config_file, address)


@click.command(short_help="Validate articles, curation, languages and knowledge.")
@click.argument("root", metavar="[ROOT]", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path())
@click.option("--effect", "base", metavar="BASE", help="Also say what moves against this commit or branch.")
@click.pass_context
def check(ctx: click.Context, root: Path, base: str | None) -> None:
    """Validate the monitor in the folder ROOT: its articles and its curation, and the languages and the knowledge.

    Prints one line for each problem, with its file and line. With --effect, and where there is no problem, it prints a
    Markdown list of what the articles and the curation move against the commit BASE, ready for a pull request.
    """
    from digest.cli import checking, effect

    with Meter() as meter:
        troubles, doubts, articles = checking.check(root, meter)
    for doubt in doubts:
        say(f"warning: {plain(doubt)}")
    for trouble in troubles:
        click.echo(plain(trouble))
    if troubles:
        say(f"{counted(len(troubles), 'problem')} in {counted(articles, 'article')} and the data they are read with")
        ctx.exit(CANNOT)
    if base is not None:
        with Meter() as meter:
            lines = effect.effect(root, base, meter)
        click.echo("\n".join(map(plain, lines)))
    else:
        click.echo(f"{counted(articles, 'article')} checked, nothing to mend")


@click.command(short_help="Settle what is unsure, one question after the other.")
@click.argument("root", metavar="[ROOT]", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path())
@click.option("--by", metavar="NAME", help="Who decides; stands in every line.  [default: the name that git knows]")
@click.pass_context
def curate(ctx: click.Context, root: Path, by: str | None) -> None:
    """Walk through what is unsure in the monitor in ROOT, and write each answer as a line of curation/corrections.yml.

    Asks for the speakers that were not found or are unsure, for damaged quotations, for the same words of two speakers,
    for actors that may be one, and for a name that may be two people's. Every answer is written at once; an empty one
    leaves the question open, u takes the last line back, q stops.
    """
    from digest.cli import asking, curating

    with Meter() as meter:
        file, asked = asking.questions(root, meter)
    name = by or curating.name_of(root)
    if asked and not name:
        raise DigestError("nobody is named who decides; add --by NAME, or tell git your name")

    written, interrupted = 0, False
    try:
        for written in curating.walk(file, asked, _asked, click.echo, name):  # noqa: B007 - the last one is told below
            pass
    except KeyboardInterrupt:
        click.echo()
        interrupted = True
    say(f"{counted(written, 'line')} written to {shown(file)}" if written else "Nothing was written")
    ctx.exit(INTERRUPTED if interrupted else DONE)


def _asked(question: str) -> str | None:
    """Return what a person types, None at the end of the input; ``input`` lets the line be edited."""
    try:
        return input(f"{question}: ")
    except EOFError:
        click.echo()
        return None


@click.command(short_help="Write quotations, articles and actors as CSV, JSON Lines, SQLite and more.")
@click.argument("paths", metavar="[PATH...]", type=EXISTING, nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    help="The file to write, or a folder that gets every file (a name that ends in / is one).  [default: print]",
)
@click.option("--table", type=click.Choice(TABLES), help="What to export.  [default: the first that the format has]")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The format.  [default: the end of FILE's name, else jsonl]"
)
@curation_option
@click.pass_context
def export(
    ctx: click.Context,
    paths: tuple[Path, ...],
    output: str | None,
    table: str | None,
    format_: str | None,
    curation: Path | None,
) -> None:
    """Write the quotations (or the articles, or the actors) of the articles under PATH.

    Without PATH, the articles of the monitor in this folder are taken.
    """
    target = Path(output) if output else None
    folder = target is not None and (target.is_dir() or str(output).endswith(("/", os.sep)))
    names = _wanted(table, format_ or ("" if folder else _format_of(output or "")), every=folder)
    if target is None and on_terminal() and EXPORTS[names[0]].format in NO_TEXT:
        raise click.UsageError(f"{names[0]} is no text; name a file for it with -o.")
    # Before the articles are read: whoever lacks the extra is to know at once.
    demand(names)
    with Meter(wanted=target is not None) as meter:
        edition = edition_of(paths, curation, meter)
    site_url = site_url_of(paths)
    if target is None:
        _print(EXPORTS[names[0]].write(edition, site_url))
    elif folder:
        write_all(edition, target, names, site_url)
    else:
        write(EXPORTS[names[0]].write(edition, site_url), target)
    ctx.exit(tell_skipped(edition.skipped))


def _format_of(output: str) -> str:
    """Return the format that the end of a file's name says, JSON Lines where it says none."""
    ends = {name.partition(".")[2]: export.format for name, export in EXPORTS.items()}
    return next((ends[end] for end in sorted(ends, key=len, reverse=True) if output.endswith(f".{end}")), "jsonl")


def _wanted(table: str | None, format_: str, *, every: bool) -> list[str]:
    """Return the exports of a table and a format, either of which may be left open; the first unless ``every``.

    Where the format is open, those that need an extra are left out. Raises UsageError where there is none.
    """
    known = EXPORTS if format_ else PLAIN
    found = [name for name in known if format_ in ("", EXPORTS[name].format)]
    # A file of several tables has no table of its own to be asked for.
    found = [name for name in found if not table or name.partition(".")[0] == table]
    if not found:
        raise click.UsageError(f"There is no {table}.{format_}; there are {', '.join(EXPORTS)}.")
    return found if every else found[:1]


@click.command(short_help="Lay out a fresh monitor.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Lay out a fresh monitor in DIR: configuration, a sample article, curation, a page, CI workflows."""
    from digest import scaffold

    written = scaffold.lay_out(folder)
    click.echo(f"{shown(folder)} holds a fresh monitor of {len(written)} files; build its site with:")
    click.echo(f"  cd {shown(folder)}\n  digest build")


def _print(pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
