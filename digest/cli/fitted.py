"""``digest fit``: fit the weights of a language on articles in which people marked who says what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import EXISTING, Meter, rows
from digest.model import DigestError

if TYPE_CHECKING:
    from digest.measure.fit import Setting
    from digest.measure.gold import Gold
    from digest.measure.labelled import Labelled
    from digest.weights import Weights

_ROUNDS = 3  # a quotation may go on with the speaker of the one before, so what is decided changes what is seen


@click.command(short_help="Fit the weights of a language on articles that people have marked.")
@click.argument("paths", metavar="GOLD...", type=EXISTING, nargs=-1, required=True)
@click.option("--language", "code", metavar="CODE", required=True, help="The language; other articles are left out.")
@click.option("--on", metavar="WORDS", required=True, help="What the articles are, for the head of the file.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Where to write the weights.")
@click.option(
    "--ridge", type=(float, float), default=(5.0, 5.0), metavar="SPEAKER SPEECH", help="What holds weights small."
)
@click.option("--cutoff", type=click.FloatRange(0, 1), default=0.75, help="From which share words in marks are speech.")
@click.option("--by", metavar="KEY", help="Leave out each value of this key in turn, and measure the rest on it.")
def fit(
    paths: tuple[Path, ...],
    code: str,
    on: str,
    out: Path | None,
    ridge: tuple[float, float],
    cutoff: float,
    by: str | None,
) -> None:
    """Fit the weights of a language on the articles of GOLD, in which people marked who says what.

    With --by the weights are checked on articles they have not seen: once for each value of the key. With --out they
    are fitted on all articles and written to FILE; the program's own stand in digest/weights.
    """
    from digest.measure.fit import START, Setting, write
    from digest.measure.fit import fit as fitted
    from digest.measure.gold import load
    from digest.measure.labelled import labelled

    golds = [gold for path in paths for gold in load(path) if gold.language == code]
    if not golds:
        raise DigestError(f"no article in {', '.join(map(str, paths))} has the language {code}")
    now, setting = START, Setting(*ridge, cutoff)
    cases: list[list[Labelled]] = []
    with Meter() as meter:
        for number in range(_ROUNDS):
            cases = []
            for gold in golds:
                cases.append(labelled(gold, now))
                meter(f"Reading articles, round {number + 1} of {_ROUNDS}", len(cases), len(golds))
            now = fitted(cases, setting)
    if by:
        _check(golds, cases, by, setting)
    if out:
        many = sum(len(some) for some in cases)
        head = (
            f"Weights of {code}, fitted by digest fit on {on}:",
            f"{len(golds)} articles, {many} quotations; --ridge {ridge[0]:g} {ridge[1]:g} --cutoff {cutoff:g}.",
            "Lines are a decision, a feature and its weight.",
        )
        write(now, out, head)
        click.echo(f"{len(now.speaker) + len(now.speech)} weights written to {out}")


def _check(golds: Sequence[Gold], cases: Sequence[Sequence[Labelled]], by: str, setting: Setting) -> None:
    from digest.measure.fit import fit as fitted

    groups = sorted({gold.facts.get(by, "") for gold in golds})
    table = []
    for value in groups:
        rest = [some for gold, some in zip(golds, cases, strict=True) if gold.facts.get(by, "") != value]
        out = [gold for gold in golds if gold.facts.get(by, "") == value]
        table.append((value or "not stated", str(len(out)), *_measured(out, fitted(rest, setting))))
    header = (
        by,
        "Articles",
        *(f"{x} {y}" for x in ("Direct:", "Quoted:") for y in ("spans F1", "end to end", "strict")),
    )
    click.echo("Each left out of the fit in turn, and measured with the weights of the others\n")
    rows(header, table)


def _measured(golds: Sequence[Gold], now: Weights) -> tuple[str, ...]:
    from digest import articles
    from digest.measure.report import report

    found = [articles.watch_text(gold.text, gold.id, gold.language, now) for gold in golds]
    direct = report(golds, found, "direct", None, 0).exact
    quoted = report(golds, found, "quoted", None, 0).exact
    shares = (x.f1 for figures in (direct, quoted) for x in (figures.spans, figures.lenient, figures.strict))
    return tuple("–" if share is None else f"{100 * share:.1f}" for share in shares)
