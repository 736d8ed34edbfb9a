"""The commands that read articles and say what stands in them: ``annotate``, ``quotes``, ``explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import click

from digest.cli.console import DONE, EXISTING, Meter, on_terminal, plain, rows, tell_skipped
from digest.cli.options import curation_option, edition_and_holder_of, edition_of
from digest.decisions import ArticleMeta
from digest.edition import Skipped
from digest.model import SAYS, Analysis, DigestError, QuotationKind

STANDARD_INPUT = Path("-")


@click.command(short_help="Print everything found in the articles as JSON Lines.")
@click.argument("paths", metavar="PATH...|-", type=EXISTING, nargs=-1, required=True)
@curation_option
@click.pass_context
def annotate(ctx: click.Context, paths: tuple[Path, ...], curation: Path | None) -> None:
    """Print everything found in the articles under PATH as JSON Lines, one object an article, in order.

    A single - reads one article as plain text from standard input. Every article is printed for itself and as soon as
    it is read; what cannot be read is named on standard error.
    """
    from digest.export import jsonl, records

    code = DONE
    # On a terminal the articles scroll by themselves.
    with Meter(wanted=not on_terminal()) as meter:
        for found in _analyses(paths, curation or Path("curation"), meter):
            if isinstance(found, Skipped):
                code = tell_skipped([found])
                continue
            sys.stdout.buffer.write(jsonl.line(records.annotation(found)))
            sys.stdout.buffer.flush()
    ctx.exit(code)


def _analyses(paths: tuple[Path, ...], curation: Path, meter: Meter) -> Iterator[Analysis | Skipped]:
    from digest import articles

    if STANDARD_INPUT not in paths:
        yield from articles.analyse(paths, _known(curation), meter)
    elif len(paths) > 1:
        raise click.UsageError("- stands for one article on standard input; it cannot be mixed with other paths.")
    else:
        yield from articles.analyse_texts([(sys.stdin.buffer.read(), "stdin")], meter)


def _known(curation: Path) -> Mapping[str, ArticleMeta]:
    """Return what people know about articles; where they decided nothing, the reader of YAML is not loaded."""
    if not curation.exists():
        return {}
    from digest import curate

    return curate.load(curation).articles


@click.command(short_help="Print a table of who said what, how, when and via whom.")
@click.argument("paths", metavar="[PATH...]", type=EXISTING, nargs=-1)
@click.option(
    "--speaker", metavar="NAME", help="Only this speaker: a part of the name, the id, “unresolved” or “unnamed”."
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(get_args(QuotationKind)),
    multiple=True,
    help="Only this kind; may be given again. Without it, all that is speech: everything but fragments.",
)
@click.option("--outlet", metavar="NAME", help="Only this outlet: a part of its name.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Only what differs from an earlier `digest export --format jsonl`: new, changed, gone.",
)
@click.option("--markdown", is_flag=True, help="Print a Markdown table, for the summary of a CI run.")
@curation_option
@click.pass_context
def quotes(
    ctx: click.Context,
    paths: tuple[Path, ...],
    speaker: str | None,
    kinds: tuple[QuotationKind, ...],
    outlet: str | None,
    against: Path | None,
    markdown: bool,
    curation: Path | None,
) -> None:
    """Print a table of who said what, how, when and via whom, and where it stands.

    PATH names articles or folders of articles; without it, the articles of the monitor in this folder are taken.
    """
    from digest.cli import difference, tables
    from digest.export import records

    # Read first: a damaged file is to be told before the work, not after it.
    earlier = difference.load(against) if against else []
    with Meter() as meter:
        edition, holder = edition_and_holder_of(paths, curation, meter)
    wanted = tables.Wanted(speaker, outlet, kinds or SAYS)
    known = records.known(edition)
    found = [records.quotation(a, q, known) for a in edition.articles for q in a.quotations]
    found = [record for record in found if wanted(record)]
    if against:
        every = difference.compare([record for record in earlier if wanted(record)], found)
        changes, withheld = difference.tellable(every, holder)
        summary, header = difference.summary(changes, withheld), tables.CHANGES
        lines = [tables.change(each) for each in changes]
    else:
        summary, header = "", tables.QUOTATIONS
        lines = [tables.quotation(record) for record in found]
    if markdown:
        click.echo(tables.markdown(summary, header, lines), nl=False)
    else:
        rows(header, lines)
        if summary and on_terminal():
            click.echo(summary)
    ctx.exit(tell_skipped(edition.skipped))


@click.command(short_help="Say why each quotation, speaker and topic was found.")
@click.argument("path", metavar="PATH", type=EXISTING)
@click.option("--quotation", metavar="ID", help="Only this quotation: its id, as in the other tables.")
@curation_option
@click.pass_context
def explain(ctx: click.Context, path: Path, quotation: str | None, curation: Path | None) -> None:
    """Say why each quotation, speaker and topic was found in the article at PATH, or in every article of a folder."""
    from digest.cli import explained

    with Meter() as meter:
        edition = edition_of((path,), curation, meter)
    known = {q.id for analysis in edition.articles for q in analysis.quotations}
    if quotation and quotation not in known:
        raise DigestError(
            f"{plain(str(path))}: there is no quotation {quotation} here; `digest explain PATH` shows the ids of all"
        )
    for analysis in edition.articles:
        if not quotation or any(q.id == quotation for q in analysis.quotations):
            click.echo("\n".join(explained.lines(analysis, edition.actors, quotation)))
    ctx.exit(tell_skipped(edition.skipped))
