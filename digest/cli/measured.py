"""``digest evaluate``: how good the program is on articles in which people marked who says what."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import EXISTING, Meter, counted, rows, tell_skipped
from digest.edition import Skipped
from digest.model import SAYS, DigestError
from digest.output import KIND_WORDS
from digest.text import clip

if TYPE_CHECKING:
    from digest.measure.figures import Figures, Found, Share, Speakers
    from digest.measure.gold import Gold
    from digest.measure.match import Counted
    from digest.measure.quotes import Who
    from digest.measure.reliability import Reliability
    from digest.measure.report import Report

_LONGEST_WORDS = 160
_NOTHING = "–"
_COUNTED = {
    "direct": "Direct quotations",
    "quoted": "Direct quotations and the quoted parts of part direct ones",
    "reported": "Reported speech: part direct and reported quotations, as whole spans",
}


@click.command(short_help="Measure how good all this is on articles that people have marked.")
@click.argument("paths", metavar="GOLD...", type=EXISTING, nargs=-1, required=True)
@click.option("--mixed", is_flag=True, help="Count the quoted parts of mixed quotations too.")
@click.option("--reported", is_flag=True, help="Count mixed and indirect quotations as whole spans, instead of direct.")
@click.option("--by", metavar="KEY", help="Also for each value of this key of the gold file, such as outlet or lang.")
@click.option("--errors", metavar="N", type=click.IntRange(min=0), default=0, help="Show N mistakes of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes to read with.  [default: as many as are worth it]",
)
@click.pass_context
def evaluate(
    ctx: click.Context,
    paths: tuple[Path, ...],
    mixed: bool,
    reported: bool,
    by: str | None,
    errors: int,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Measure how good the program is on the articles of GOLD, in which people marked who says what.

    GOLD is a file of JSON Lines; docs/formats.md describes it. Each article is read as plain text and by itself.
    """
    if mixed and reported:
        raise click.UsageError("--mixed and --reported are two ways of counting; give one of them.")
    from digest import articles
    from digest.measure.gold import load
    from digest.measure.records import record
    from digest.measure.report import report

    golds = [article for path in paths for article in load(path)]
    _check_key(golds, by)
    what: Counted = "reported" if reported else "quoted" if mixed else "direct"
    with Meter() as meter:
        begun = time.perf_counter()
        found = list(articles.analyse_texts([(gold.text, gold.id) for gold in golds], meter, jobs))
        seconds = time.perf_counter() - begun
    made = report(golds, found, what, by, errors)
    if as_json:
        speed = {"seconds": round(seconds, 3), "articles_per_second": round(len(found) / seconds, 1)}
        click.echo(json.dumps({**record(made), **speed}, ensure_ascii=False))
    else:
        _show(made, by)
        click.echo(f"\n{counted(made.articles, 'article')} in {seconds:.1f} s, {len(found) / seconds:.0f} a second")
    ctx.exit(tell_skipped([each for each in found if isinstance(each, Skipped)]))


def _check_key(golds: Sequence[Gold], by: str | None) -> None:
    known = {key for gold in golds for key in gold.facts}
    if by and by not in known:
        raise DigestError(f"no article has a key “{by}” with words in it; there are {', '.join(sorted(known))}")


def _show(report: Report, by: str | None) -> None:
    click.echo(f"{_COUNTED[report.counted]} in {counted(report.articles, 'article')}\n")
    near = f"overlap of {100 * report.least:.0f} % and more"
    rows(("Found", "Precision", "Recall", "F1", "Right", "Found", "Marked"), list(_spans(report, near)))
    if report.left_out:
        click.echo(f"{report.left_out} more stand in what is marked as reported speech, and are left out.")
    click.echo(f"\nSpeakers of the quotations found ({near if report.counted == 'reported' else 'same words'})\n")
    rows(("Marked as", "Lenient", "Strict", "Published name", "Quotations"), list(_speakers(report.main)))
    click.echo("\nWhat the confidence is worth: quotations that were found, and how many of them are right\n")
    kinds = tuple(KIND_WORDS[kind] for kind in SAYS)
    rows(("Confidence", "Mean", "Right", "Quotations", *kinds), list(_reliability(report)))
    click.echo(_sure(report.reliability))
    if by:
        click.echo(f"\nBy {by}, the worst first\n")
        header = (by, "Articles", "Marked", "Spans F1", "Speakers", "End to end F1", "Strict")
        rows(header, list(_groups(report)))
    if report.examples:
        click.echo("\nMistakes\n")
        rows(("Mistake", "Place", "Words", "Speaker", "Taken for", "Rule"), list(_mistakes(report)))


def _spans(report: Report, near: str) -> Iterator[tuple[str, ...]]:
    for name, figures in (("same words", report.exact), (near, report.near)):
        yield (name, *_found(figures.spans))
        yield (f"{name}, and the speaker", *_found(figures.lenient))
        yield (f"{name}, and the speaker strictly", *_found(figures.strict))


def _speakers(figures: Figures) -> Iterator[tuple[str, ...]]:
    yield _labelled("all", figures.speakers, figures.published)
    for label, speakers in figures.by_label.items():
        yield _labelled(label, speakers, figures.published_by_label.get(label))


def _labelled(label: str, speakers: Speakers, published: Share | None) -> tuple[str, ...]:
    shares = (_percent(speakers.lenient.share), _percent(speakers.strict.share))
    return (label, *shares, _of(published) if published else _NOTHING, str(speakers.lenient.all))


def _reliability(report: Report) -> Iterator[tuple[str, ...]]:
    above = ""
    for n, row in enumerate(report.reliability.rows):
        name = f"{row.low:.2f} to {above}" if above else f"{row.low:.2f} and more: sure"
        above = f"{row.low:.2f}"
        mean = _NOTHING if row.mean is None else f"{row.mean:.2f}"
        kinds = (_of(report.by_kind[kind].rows[n].right) for kind in SAYS)
        yield (name, mean, _percent(row.right.share), str(row.right.all), *kinds)


def _sure(reliability: Reliability) -> str:
    sure, low = reliability.sure, reliability.rows[0].low
    off = _NOTHING if reliability.error is None else f"{reliability.error:.3f}"
    said = f"sure (>= {low}): {sure.right} of {sure.all} right, {_percent(sure.share)} %"
    return f"\n{said}; expected calibration error {off}"


def _groups(report: Report) -> Iterator[tuple[str, ...]]:
    for group in report.groups:
        spans, right = group.figures.spans, group.figures.speakers.lenient
        ends = (_percent(group.figures.lenient.f1), _percent(group.figures.strict.f1))
        value = "not stated" if group.value is None else group.value
        yield (value, str(group.articles), str(spans.gold), _percent(spans.f1), _percent(right.share), *ends)


def _mistakes(report: Report) -> Iterator[tuple[str, ...]]:
    for each in report.examples:
        place = f"{each.article}:{each.start}-{each.end}"
        words = clip(each.words, _LONGEST_WORDS)
        yield (each.mistake, place, words, _who(each.marked), _who(each.found), each.rule)


def _who(who: Who | None) -> str:
    if who is None:
        return ""
    both = " = ".join(dict.fromkeys(x for x in (who.words, who.name) if x))
    return both or "nobody"


def _found(found: Found) -> tuple[str, ...]:
    shares = (_percent(found.precision), _percent(found.recall), _percent(found.f1))
    return (*shares, str(found.right), str(found.found), str(found.gold))


def _of(share: Share) -> str:
    return f"{_percent(share.share)} of {share.all}" if share.all else _NOTHING


def _percent(share: float | None) -> str:
    return _NOTHING if share is None else f"{100 * share:.1f}"
