"""What a page picks from a dossier: which quotations stand for a topic, how dark a cell of the matrix is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digest.dossiers import ActorDossier, ArticleDossier, Digest, Matrix, PrintedRole, TopicDossier
from digest.lines import Line, Tally, Utterance, Wording, quoted
from digest.model import Article
from digest.page.sheets import Sheet
from digest.relations import Edge
from digest.since import Cause, Change

FEW = 12
"""Up to so many quotations a topic's page shows each of them large, beyond only one a speaker."""
SPEAKERS = 6
BESIDE, ROWS = 12, 4
"""An utterance is shown in so many rows under a quotation's note, and in so many on the page of an actor or a topic."""
TARGETS, ABOUT_ONE = 40, 4
"""The page of what an actor says about others shows so many of them, and so many quotations about each."""
PICTURED = 3
"""Below so many lines the network is told in words only."""
PRINTING = 6
"""A row names so many articles that print the same words with the same attribution."""

_COLUMNS = (
    ("date", "Date", ""),
    ("speaker", "Speaker", ""),
    ("said", "What was said", ""),
    ("about", "About", "opt"),
    ("how", "How", ""),
    ("outlet", "Outlet, via", ""),
    ("via", "Via", ""),
    ("article", "Article", ""),
)

_SAID_TOGETHER = ("said_together", "What was said", "")


def by_speaker(dossier: TopicDossier) -> list[tuple[Tally, list[Line]]]:
    """Return the quotations that stand for a topic, grouped by speaker, the most quoted first.

    Each group comes with how many quotations of its speaker there are; of copies, the latest is shown. Sources that are
    not resolved are no speaker, so each of their quotations is a group of its own, after the others. Where one
    quotation stands for a speaker, it is the first that is verbatim, sure and undamaged.
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in dossier.lines:
        groups[line.speaker.id if line.speaker else f"?{line.quotation.id}"].append(line)
    found = [(quoted(lines), lines) for lines in groups.values()]
    found.sort(key=lambda group: (group[1][0].speaker is None, group[0].rank))
    if quoted(dossier.lines).texts <= FEW:
        return [(tally, _once(lines)) for tally, lines in found]
    return [(tally, [next(filter(_clear, lines), lines[0])]) for tally, lines in found[:SPEAKERS]]


def _once(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` without those that a copy of a text repeats; the first of them stays."""
    first: dict[int, Line] = {}
    for line in lines:
        first.setdefault(line.original, line)
    return list(first.values())


def _clear(line: Line) -> bool:
    return line.quotation.kind == "direct" and not (line.unsure or line.quotation.flaws)


@dataclass(frozen=True, slots=True)
class Row:
    """A wording with one of its attributions, and the lines that print both, one an article. ``again``: the words are
    those that stand above it.
    """

    wording: Wording
    lines: tuple[Line, ...]
    again: bool


def side_by_side(utterance: Utterance, line: Line | None = None) -> list[Row]:
    """Return the rows that show an utterance: by wordings, for what is compared stands together, and by attributions.

    Where ``line`` is given, the rows stand under its note on the page of its article: its own row comes first, unless
    all print the same words.
    """
    found = []
    for wording in sorted(utterance.wordings, key=lambda w: line not in w.lines) if line else utterance.wordings:
        own = [line] if line in wording.lines and line else []
        rows = [Row(wording, tuple(own), again=False)] if own and len(utterance.wordings) > 1 else []
        for attribution in utterance.attributions:
            both = (each for each in wording.lines if each in attribution.lines)
            others = {each.article.id: each for each in both if not line or each.article.id != line.article.id}
            if others:
                rows.append(Row(wording, tuple(others.values()), again=bool(own or rows)))
        found += rows
    return found


def beside(line: Line) -> str:
    """Return the anchor under which a quotation's other wordings stand on the page of its article."""
    return f"also{line.number}"


def role(dossier: ActorDossier, language: str) -> PrintedRole:
    """Return the role that stands beside an actor's name in a list: the latest one in ``language``, or the latest."""
    return next((r for r in dossier.roles if r.article.language == language), dossier.roles[0])


def of_edges(edges: Sequence[Edge]) -> list[Line]:
    """Return the lines of edges, newest first, each of those that copies of a text repeat once."""
    return _once(sorted((x for e in edges for x in e.lines), key=lambda x: x.article.published or "", reverse=True))


def shades(matrix: Matrix) -> dict[int, str]:
    """Return the shade of each count in a matrix, in three steps of the accent up to the largest."""
    counts = {cell.texts for row in matrix.rows for cell in row.cells if isinstance(cell, Tally)}
    most = max(counts, default=1)
    return {n: "w3" if n == most and most > 1 else "w2" if 2 * n >= most and n > 1 else "w1" for n in counts}


def like_names(matrix: Matrix) -> bool:
    """Whether a cell of the matrix says that an outlet quotes someone of nearly the same name."""
    return any("like name" in row.cells for row in matrix.rows)


def columns(sheet: Sheet[Line], without: Sequence[str], *, dated: bool, named: bool) -> list[tuple[str, str, str]]:
    """Return the columns of a table of quotations: the macro of its cells, its name and its class.

    ``without`` names those the page makes needless: beside an outlet's own name only the ``via`` is left. Whom the
    words are about and through whom they came is left out where no row says it, date and outlet where the edition
    has none (``dated``, ``named``). Where no column names the speaker, the words say who speaks together with them.
    """
    gone = set(without)
    if not dated:
        gone.add("date")
    if not named:
        gone.add("outlet")
    if "outlet" not in gone or not any(line.via for line in sheet.rows):
        gone.add("via")
    if not any(line.about for line in sheet.rows):
        gone.add("about")
    kept = (column for column in _COLUMNS if column[0] not in gone)
    return [_SAID_TOGETHER if column[0] == "said" and "speaker" in gone else column for column in kept]


def lacking(digest: Digest) -> Sequence[Article]:
    """Return the articles without a date or an outlet, in the edition's order."""
    return [d.article for d in digest.articles if not d.article.published or not d.outlet.name]


def articles(digest: Digest) -> dict[str, Article]:
    """Return the articles of the edition by id."""
    return {d.article.id: d.article for d in digest.articles}


def edited(digest: Digest) -> list[ArticleDossier]:
    """Return the articles that were edited since the last edition, in the edition's order."""
    ids = set(digest.changes.edited) if digest.changes else set()
    return [dossier for dossier in digest.articles if dossier.article.id in ids]


def changes(digest: Digest) -> list[tuple[Cause, list[tuple[Change, Line | None]]]]:
    """Return the changed quotations by their cause, each with its line where it is still there, most changes first."""
    lines = {(line.article.id, line.quotation.id): line for line in digest.lines}
    groups: dict[Cause, list[tuple[Change, Line | None]]] = defaultdict(list)
    for change in digest.changes.quotations if digest.changes else ():
        line = lines.get((change.article, change.quotation)) if change.kind != "removed" else None
        groups[change.cause].append((change, line))
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
