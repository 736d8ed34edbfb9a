"""What a page picks from a dossier: which quotations stand for a topic, how dark a cell of the matrix is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.addresses import anchor, compared_at, said_there_at
from digest.dossiers import ActorDossier, ArticleDossier, Digest, PrintedRole, TopicDossier
from digest.lines import Line, Outlet, Tally, Topic, Utterance, Wording, quoted
from digest.model import Actor, Article
from digest.output import Download
from digest.page.english import counted, listed
from digest.relations import Edge, Grid, InOutlet, Matrix, OnTopic, Pair, Rivals, SilenceRow
from digest.since import Cause, Change

FEW = 12
"""Up to so many quotations a topic's page shows each of them large, beyond only one a speaker."""
SPEAKERS, SOME = 6, 6
"""Of more it shows so many speakers, each with one quotation, of so many words where there is one."""
BESIDE, ROWS = 12, 4
"""An utterance is shown in so many rows under a quotation's note, and in so many on the page of an actor or a topic."""
TARGETS, ABOUT_ONE = 40, 4
"""The page of what an actor says about others shows so many of them, and so many quotations about each."""
ACROSS, COLUMNS = 12, 6
"""So many speakers of a matrix stand below each other, and so many outlets side by side; the others are folded away."""
STORIES, IN_ONE = 4, 3
"""The page of a speaker shows so many stories of an outlet that leaves the speaker out, and so many quotations of one
that does not, or on one topic."""
SIDE = 4
"""So many quotations of each side stand side by side, about the other or on a topic."""
CHOSEN, BESIDE_ONE = 12, 6
"""The page of comparison names so many pairs and that of an actor, a topic or an outlet so many; a page has all."""
UTTERANCES, TEXTS = 3, 10
"""The page of two outlets shows the wordings of so many utterances that both print, and so many texts."""
ANSWERS = 6
"""The page of an actor shows so many answers, that of a topic so many denials."""
FOLDED = 50
"""Up to so many lines of a ranked list, and half as many stories, are folded away behind the first ten; a longer list
stands on pages of its own."""
REPORTS = 20
"""A story names so many of its articles."""
PICTURED = 3
"""Below so many lines the network is told in words only."""
TABLES = ("csv", "parquet", "sqlite", "jsonl")
"""In which formats a reader looks for what a list leaves out, those first that more programs open as a table."""
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


def table_of_all(downloads: Iterable[Download]) -> str:
    """Return the address of a file that has a row for every quotation, the plainest; empty where none is offered."""
    tables = [file for file in downloads if "quotations" in file.rows and file.format in TABLES]
    return f"data/{min(tables, key=lambda file: TABLES.index(file.format)).name}" if tables else ""


def by_speaker(dossier: TopicDossier) -> list[tuple[Tally, list[Line]]]:
    """Return the quotations that stand for a topic, grouped by speaker, the most quoted first.

    Each group comes with how many quotations of its speaker there are; of copies, the latest is shown. Sources that are
    not resolved are no speaker, so each of their quotations is a group of its own, after the others. Where one
    quotation stands for a speaker, it is the first that is verbatim, sure, undamaged and of some words; of those that
    stand for the topic already, none where there is another.
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in dossier.lines:
        groups[line.speaker.id if line.speaker else f"?{line.quotation.id}"].append(line)
    found = [(quoted(lines), lines) for lines in groups.values()]
    found.sort(key=lambda group: (group[1][0].speaker is None, group[0].rank))
    if not many(dossier):
        return [(tally, once(lines)) for tally, lines in found]
    above = {highlight.line.words for highlight in dossier.highlights}
    return [(tally, [_shown(lines, above)]) for tally, lines in found[:SPEAKERS]]


def _shown(lines: Sequence[Line], above: Collection[str]) -> Line:
    """Return the quotation that stands for a speaker, if it can be one that is not ``above`` already."""
    clear = [line for line in lines if line.clear]
    clear = [line for line in clear if line.words not in above] or clear
    return next((line for line in clear if len(line.words.split()) >= SOME), clear[0] if clear else lines[0])


def many(dossier: TopicDossier) -> bool:
    """Whether a topic has more quotations than its page shows large; then a few stand for all."""
    return quoted(dossier.lines).texts > FEW


def once(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` without those that a copy of a text repeats; the first of them stays."""
    first: dict[int, Line] = {}
    for line in lines:
        first.setdefault(line.original, line)
    return list(first.values())


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
    return once(sorted((x for e in edges for x in e.lines), key=lambda x: x.article.published or "", reverse=True))


def shades(matrix: Matrix) -> dict[int, str]:
    """Return the shade of each count in a matrix, in three steps of the accent up to the largest."""
    return _steps({cell.texts for row in matrix.rows for cell in row.cells if isinstance(cell, Tally)})


def _steps(counts: Collection[int]) -> dict[int, str]:
    most = max(counts, default=1)
    return {n: "w3" if n == most and most > 1 else "w2" if 2 * n >= most and n > 1 else "w1" for n in counts}


Standings = Mapping[str, Mapping[str, str]]
"""For each speaker that has a page of comparison, by id, where all that is compared there stands, by its place."""


def standings(digest: Digest) -> Standings:
    """Return where what the tables of comparison count stands: on each speaker's page, or on a page of its own."""
    return {
        standing.speaker.id: {own.place: all_at(standing.speaker, own) for own in standing.places}
        for standing in digest.comparison.standings
    }


def all_at(speaker: Actor, own: InOutlet | OnTopic) -> str:
    """Return where everything stands that a speaker says in one outlet or on one topic."""
    return said_there_at(speaker.id, own.place) if cut(own) else f"{compared_at(speaker.id)}#{own.place}"


def cut(own: InOutlet | OnTopic) -> bool:
    """Whether the page of comparison shows only some of what a speaker says there."""
    return len(own.lines) > len(once(own.lines)[:IN_ONE])


def in_outlet(held: Standings, speaker: Actor, outlet: Outlet) -> str:
    """Return where what an outlet prints of a speaker stands, by ``standings``; empty where it stands nowhere."""
    return held.get(speaker.id, {}).get(anchor("in", outlet.key), "")


def on_topic(held: Standings, speaker: Actor, topic: Topic) -> str:
    """Return where what a speaker says on a topic stands, by ``standings``; empty where it stands nowhere."""
    return held.get(speaker.id, {}).get(anchor("on", topic.slug), "")


def pieces(matrix: Matrix) -> list[tuple[str, Matrix]]:
    """Return a matrix in pieces of as many rows and columns as stand on a page, each but the first with its name."""
    found = []
    for row in range(0, len(matrix.rows), ACROSS):
        for n in range(0, len(matrix.outlets), COLUMNS):
            rows = matrix.rows[row : row + ACROSS]
            across = slice(n, n + COLUMNS)
            cut = tuple(SilenceRow(r.speaker, r.total, r.cells[across], r.shown[across]) for r in rows)
            outlets = matrix.outlets[across]
            speakers = counted(len(rows), "more speaker") if row else ""
            columns = f"{'and ' if row else ''}{listed([o.name or '' for o in outlets])}" if n else ""
            found.append((f"{speakers} {columns}".strip(), Matrix(outlets, cut)))
    return found


def spread(lines: Sequence[Line]) -> list[Line]:
    """Return as many of ``lines`` as stand on one side, evenly from the first to the last of them."""
    if len(lines) <= SIDE:
        return list(lines)
    return [lines[round(n * (len(lines) - 1) / (SIDE - 1))] for n in range(SIDE)]


def by_topic(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs in the order of the topics that both of each are quoted on most."""
    return sorted(pairs, key=lambda pair: pair.topics[0].topic.name)


def beside_actors(digest: Digest) -> dict[str, list[tuple[str, str]]]:
    """Return for each actor with whom it is compared side by side: name and address, those that matter most first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in digest.comparison.pairs:
        found[pair.one.id].append((pair.other.name, pair.url))
        found[pair.other.id].append((pair.one.name, pair.url))
    return found


def on_topics(pairs: Iterable[Pair | Rivals]) -> dict[str, list[tuple[str, str]]]:
    """Return for each topic the ``pairs`` that are compared on it, in their order: names and address."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        for both in pair.topics:
            where = f"{pair.url}#{anchor('on', both.topic.slug)}"
            found[both.topic.id].append((f"{pair.one.name} and {pair.other.name}", where))
    return found


def beside_outlets(digest: Digest) -> dict[str, list[tuple[str, str]]]:
    """Return for each outlet, by its address, with which ones it is compared: name and address."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rivals in digest.comparison.rivals:
        found[rivals.one.url].append((rivals.other.name or "", rivals.url))
        found[rivals.other.url].append((rivals.one.name or "", rivals.url))
    return found


def steps(grid: Grid) -> dict[int, str]:
    """Return the shade of each count in a grid of topics."""
    return _steps({n.texts for _, _, cells in grid.rows for n in cells if n.reports})


def like_names(matrix: Matrix) -> bool:
    """Whether a cell of the matrix says that an outlet quotes someone of nearly the same name."""
    return any("like name" in row.cells for row in matrix.rows)


def columns(lines: Sequence[Line], without: Sequence[str], *, dated: bool, named: bool) -> list[tuple[str, str, str]]:
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
    if "outlet" not in gone or not any(line.via for line in lines):
        gone.add("via")
    if not any(line.about for line in lines):
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
