"""The network as a picture that reads: speakers on the left, each line a sentence to the one spoken about.

Two drawings, a wide one and one for a phone, as SVG of presentation attributes and classes. Units are those of the
drawing's own ``viewBox``. A name wraps and is never cut; how wide letters are is estimated from above, for the reader's
fonts are not known.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from digest.addresses import actor_at
from digest.model import Actor
from digest.page.words import attributes
from digest.relations import Edge, Network, Printed, Stance
from digest.text import clip

CLASSES: Mapping[Stance | None, str] = MappingProxyType(
    {None: "say", "accuse": "hard", "deny": "hard", "demand": "open"}
)
"""How a line is drawn: solid, dashed, dotted."""
THINNEST, STEP = 1.4, 0.75
"""A line of one quotation is so wide, and so much wider for each more; less where the widest would be wider than its
drawing allows, so that twice as many always show."""
ROW = 24
"""From one line's verb to the next below, and the least height of what can be clicked."""
WORDLESS = "no verb"
"""What stands at a line without a printed verb: a verb that nobody printed is never shown."""
_NARROW, _CAPITALS = frozenset("iljtfrI.,:;'’|!()- "), frozenset("mwMWÆŒ@—")


@dataclass(frozen=True, slots=True)
class Measures:
    """The columns of a drawing, from left to right: names and verbs, the lines, those spoken about."""

    name: str
    width: int
    names: int
    verbs: int
    begin: int
    end: int
    targets: int
    letters: int
    small: int
    widest: float

    @property
    def line(self) -> int:
        """From one line of a wrapped name to the next."""
        return self.letters + 4


WIDE = Measures("wide", 1040, names=214, verbs=220, begin=226, end=770, targets=780, letters=17, small=13, widest=10)
NARROW = Measures("narrow", 340, names=106, verbs=112, begin=117, end=212, targets=220, letters=14, small=13, widest=6)


@dataclass(frozen=True, slots=True)
class Box:
    """A text where it stands: its lines with the baseline of each, and the rectangle that they may fill."""

    lines: tuple[str, ...]
    baselines: tuple[int, ...]
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the picture: its edge, its verbs as shown and their box, where it starts and ends, and its width."""

    edge: Edge
    verbs: tuple[Printed, ...]
    count: str
    box: Box
    start: int
    end: int
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything placed: names by the ids of speakers and of targets, and the lines, from the top down."""

    measures: Measures
    height: int
    speakers: Mapping[str, Box]
    targets: Mapping[str, Box]
    lines: tuple[Placed, ...]


def picture(network: Network, at: Mapping[str, str], up: str, language: str) -> Markup:
    """Return both drawings as SVG, each name a link to the actor's page and each line one to its quotations.

    ``at`` has the address of the quotations of each line, by its place, ``up`` is the way to the site's root.
    ``language`` is that of the page. Where one drawing is shown the other is not, so that nothing is read twice.
    """
    return Markup("\n").join(_svg(drawing(network, measures), at, up, language) for measures in (WIDE, NARROW))


def drawing(network: Network, measures: Measures) -> Drawing:
    """Return where everything of a network stands.

    Speakers stand in the order of their quotations. Targets stand by the mean height of their lines, weighted by the
    square of their counts, so that the widest lines are the straightest; then the lines of each speaker in the order of
    their targets, so that they do not cross each other.
    """
    held: dict[str, list[Edge]] = defaultdict(list)
    for edge in network.edges:
        held[edge.speaker.id].append(edge)
    speakers = sorted(held, key=lambda id_: -sum(edge.tally.texts for edge in held[id_]))
    _, heights, _ = _left([held[id_] for id_ in speakers], measures)
    order = _order(network.edges, heights)
    own = [sorted(held[id_], key=lambda e: (order[e.target.id], e.stance or "")) for id_ in speakers]
    names, heights, bottom = _left(own, measures)
    targets, height = _right(network.edges, order, bottom, measures)
    most = max((edge.tally.texts for edge in network.edges), default=1)
    step = min(STEP, (measures.widest - THINNEST) / max(1, most - 1))
    lines = tuple(_placed(e, heights[e.place], targets[e.target.id], step, measures) for edges in own for e in edges)
    return Drawing(measures, height, names, targets, lines)


def _left(groups: Sequence[Sequence[Edge]], m: Measures) -> tuple[dict[str, Box], dict[str, int], int]:
    """Return the boxes of the speakers' names, the baseline of each line's verb, and how far down they reach."""
    names: dict[str, Box] = {}
    heights = {}
    y = 0
    for edges in groups:
        speaker = edges[0].speaker
        names[speaker.id] = _box(wrapped(speaker.name, m.names, m.letters), 0, y, m)
        y = round(names[speaker.id].bottom)
        for edge in edges:
            y += ROW
            heights[edge.place] = y - ROW // 3
        y += ROW // 2
    return names, heights, y


def _order(edges: Sequence[Edge], heights: Mapping[str, int]) -> dict[str, int]:
    """Return the place of each target, the top one first."""
    weighed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for edge in edges:
        weighed[edge.target.id].append((edge.tally.texts**2, heights[edge.place]))
    means = {id_: sum(w * y for w, y in found) / sum(w for w, _ in found) for id_, found in weighed.items()}
    return {id_: n for n, id_ in enumerate(sorted(means, key=lambda id_: (means[id_], id_)))}


def _right(edges: Sequence[Edge], order: Mapping[str, int], bottom: int, m: Measures) -> tuple[dict[str, Box], int]:
    """Return the boxes of the targets' names, evenly over the height of the left side, and the height of the whole."""
    actors = {edge.target.id: edge.target for edge in edges}
    lines = {id_: wrapped(actors[id_].name, m.width - m.targets, m.letters) for id_ in order}
    needed = sum(max(ROW, m.line * len(own) + ROW // 4) for own in lines.values())
    height = max(bottom, needed)
    gap = (height - needed) / len(order) if order else 0
    boxes, y = {}, gap / 2
    for id_ in order:
        own = lines[id_]
        room = max(ROW, m.line * len(own) + ROW // 4)
        boxes[id_] = _box(own, m.targets, round(y + (room - m.line * len(own)) / 2), m)
        y += room + gap
    return boxes, height


def _box(lines: tuple[str, ...], left: float, top: float, m: Measures) -> Box:
    baselines = tuple(round(top + m.line * n + 0.9 * m.letters) for n in range(len(lines)))
    right = left + max(breadth(line, m.letters, bold=True) for line in lines)
    return Box(lines, baselines, left, top, right, top + m.line * len(lines))


def _placed(edge: Edge, baseline: int, target: Box, step: float, m: Measures) -> Placed:
    count = f" · {edge.tally.texts:,}" if edge.tally.texts > 1 else ""
    verbs, text = _fitting(edge.verbs, count, m)
    left = m.verbs - breadth(text, m.small)
    box = Box((text,), (baseline,), left, baseline - m.small, m.verbs, baseline + m.small / 3)
    width = THINNEST + step * (edge.tally.texts - 1)
    return Placed(edge, verbs, count, box, baseline - m.small // 3, round((target.top + target.bottom) / 2), width)


def _fitting(verbs: Sequence[Printed], count: str, m: Measures) -> tuple[tuple[Printed, ...], str]:
    """Return as many verbs as there is room for, the first of them cut at a word where it is too long, and the text."""
    shown: list[Printed] = []
    for verb in dict.fromkeys(Printed(v.verb, v.language, 0) for v in verbs):
        text = ", ".join(v.verb for v in (*shown, verb)) + count
        if breadth(text, m.small) > m.names:
            break
        shown.append(verb)
    if not shown and verbs:
        room = max(4, int((m.names - breadth(count, m.small)) / (0.62 * m.small)))
        first = clip(verbs[0].verb, room)
        while breadth(first + count, m.small) > m.names and len(first) > 1:
            first = first[:-2] + "…"
        shown = [Printed(first, verbs[0].language, 0)]
    return tuple(shown), (", ".join(v.verb for v in shown) or WORDLESS) + count


def breadth(text: str, size: int, *, bold: bool = False) -> float:
    """Return how wide a text may be at most, in pixels, at a letter size of ``size``."""
    ems = sum(map(_em, text))
    return ems * size * (1.08 if bold else 1)


def _em(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in _NARROW:
        return 0.38
    if letter in _CAPITALS:
        return 0.95
    return 0.72 if letter.isupper() else 0.54


def wrapped(name: str, width: int, size: int) -> tuple[str, ...]:
    """Return a name in lines that fit into ``width``, broken between words, inside one only where it alone is wider."""
    lines = [""]
    for word in name.split():
        for piece in _pieces(word, width, size):
            longer = f"{lines[-1]} {piece}".strip()
            if breadth(longer, size, bold=True) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return tuple(line for line in lines if line) or ("…",)


def _pieces(word: str, width: int, size: int) -> Iterator[str]:
    """Yield a word in pieces that fit, all but one of them only where the whole does not."""
    start, filled = 0, 0.0
    for at, letter in enumerate(word):
        wide = breadth(letter, size, bold=True)
        if filled + wide > width and at > start:
            yield word[start:at]
            start, filled = at, 0.0
        filled += wide
    yield word[start:]


def _svg(made: Drawing, at: Mapping[str, str], up: str, language: str) -> Markup:
    m = made.measures
    drawn: list[Markup] = []
    named: set[str] = set()
    for placed in made.lines:
        speaker = placed.edge.speaker
        if speaker.id not in named:
            named.add(speaker.id)
            drawn.append(_name(speaker, made.speakers[speaker.id], up))
        drawn.append(_line(placed, m, f"{up}{at[placed.edge.place]}", language))
    targets = {placed.edge.target.id: placed.edge.target for placed in made.lines}
    for id_, box in made.targets.items():
        dot = Markup('<circle class="dot" cx="{}" cy="{}" r="3"/>').format(m.end, round((box.top + box.bottom) / 2))
        drawn.append(dot + _name(targets[id_], box, up))
    return Markup(
        '<svg class="net {}" viewBox="0 0 {} {}" role="group" aria-label="Who speaks about whom; '
        'the table below says the same in words.">{}</svg>'
    ).format(m.name, m.width, made.height, Markup("").join(drawn))


def _name(actor: Actor, box: Box, up: str) -> Markup:
    spans = Markup(" ").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(box.left, y, line)
        for line, y in zip(box.lines, box.baselines, strict=True)
    )
    return Markup('<a href="{}{}"><text class="p">{}</text></a>').format(up, actor_at(actor.id), spans)


def _line(placed: Placed, m: Measures, href: str, language: str) -> Markup:
    edge = placed.edge
    verbs = Markup(", ").join(_verb(verb, language) for verb in placed.verbs)
    middle = (m.begin + m.end) // 2
    return Markup(
        '<a href="{href}" class="{kind}" aria-label="{speaker} {text}, about {target}">'
        '<path d="M{begin} {y}C{middle} {y} {middle} {end_y} {end} {end_y}" stroke-width="{width:.2f}"/>'
        '<text class="v" x="{x}" y="{baseline}" text-anchor="end">{verbs}{count}</text></a>'
    ).format(
        href=href,
        kind=CLASSES[edge.stance],
        speaker=edge.speaker.name,
        text=placed.box.lines[0],
        target=edge.target.name,
        begin=m.begin,
        middle=middle,
        end=m.end,
        y=placed.start,
        end_y=placed.end,
        width=placed.width,
        x=m.verbs,
        baseline=placed.box.baselines[0],
        verbs=verbs or WORDLESS,
        count=placed.count,
    )


def _verb(verb: Printed, language: str) -> Markup:
    """Return a verb, with its language where that is not the page's."""
    own = attributes(verb.language, language)
    return Markup("<tspan{}>{}</tspan>").format(own, verb.verb) if own else Markup("{}").format(verb.verb)
